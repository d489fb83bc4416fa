"""What the product means: values and pure functions."""
