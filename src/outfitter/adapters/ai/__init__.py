"""Models that read and embed."""
