"""The ingest child's work: raw tables in; typed tables, Parquet and a report out. DuckDB lives here and in engines."""
