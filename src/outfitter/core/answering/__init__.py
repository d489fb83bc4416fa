"""What the user is told after a turn."""
