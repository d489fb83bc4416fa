"""Documents that describe servers, read, checked and compared."""
