"""What goes over the wire, one file for each thing that is asked for, as the routes are."""
