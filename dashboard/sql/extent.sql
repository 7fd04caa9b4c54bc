-- One row: the box around every neighbourhood that is drawn, in degrees.
SELECT min(west) AS west, min(south) AS south, max(east) AS east, max(north) AS north
FROM area
WHERE area_type = 'lsoa'
