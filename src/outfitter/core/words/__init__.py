"""What a text says: its words, names, slips of spelling and turns of phrase."""
