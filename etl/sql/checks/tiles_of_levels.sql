-- Every level that has boundaries has tiles.
SELECT count(DISTINCT area_type)
FROM area
WHERE geometry IS NOT NULL AND area_type != 'england' AND area_type NOT IN (SELECT layer FROM tile)
