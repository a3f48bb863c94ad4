"""Delimited text: encodings, dialects, headers and rows that are not data."""
