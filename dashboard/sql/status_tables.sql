-- One row per table: how many rows it holds.
SELECT table_name, estimated_size AS row_count FROM duckdb_tables() ORDER BY table_name
