"""A drawer."""
