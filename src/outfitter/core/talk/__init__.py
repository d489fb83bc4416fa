"""What a message wants, in the light of what was said before."""
