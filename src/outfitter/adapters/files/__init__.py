"""Files on disk, archives, and the pages of a registry."""
