"""Data is brought in: sources, formats, ingest, profiles and engines."""
