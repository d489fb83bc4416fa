"""What the product does: short sequences over the adapters."""
