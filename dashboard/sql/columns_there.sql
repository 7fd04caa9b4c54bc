-- Grain: one row per column of any table of the snapshot.
SELECT table_name, column_name
FROM information_schema.columns
