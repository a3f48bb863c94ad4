"""Workbooks: guarded, then read as grids."""
