"""What is outside: one file per outside thing."""
