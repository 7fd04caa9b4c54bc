-- Every boundary is valid.
SELECT count(*) FROM area WHERE geometry IS NOT NULL AND NOT ST_IsValid(geometry)
