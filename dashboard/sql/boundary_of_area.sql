-- One row: the boundary of an area (EPSG:27700), or none where it was not loaded. Parameters: $area_code.
SELECT ST_AsWKB(geometry) AS wkb
FROM area
WHERE area_code = $area_code AND geometry IS NOT NULL
