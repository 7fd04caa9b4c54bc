-- One row per area of a level whose box (degrees) touches another, with its boundary (EPSG:27700), in order of
-- feature_id. Parameters: $level, $west, $south, $east, $north.
SELECT feature_id, ST_AsWKB(geometry) AS wkb
FROM area
WHERE
    area_type = $level
    AND geometry IS NOT NULL
    AND west <= $east
    AND east >= $west
    AND south <= $north
    AND north >= $south
ORDER BY feature_id
