"""Which servers fit a message: ranked, chosen, and how good the choice is."""
