"""Catalogues and bundles as files and as pages of a registry."""
