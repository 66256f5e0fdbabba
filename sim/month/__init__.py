"""The month, one phase a file, in the model's order."""
