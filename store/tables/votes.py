"""Votes and what people follow."""
