"""Geometry: shapes to GeoJSON and points."""
