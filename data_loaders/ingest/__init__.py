"""The ingest child's work: raw tables in, typed tables, Parquet and a report out. The only DuckDB besides the engines."""
