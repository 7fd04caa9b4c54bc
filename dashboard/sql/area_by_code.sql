-- One row: the area of a code. Parameters: $area_code.
SELECT * EXCLUDE (geometry), geometry IS NOT NULL AS is_drawn
FROM area
WHERE area_code = $area_code
