-- Every LSOA that was asked for has a boundary, and no other.
SELECT abs(count(*) - $drawn) FROM neighbourhood WHERE geometry IS NOT NULL
