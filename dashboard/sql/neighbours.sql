-- Grain: one row per neighbourhood that touches another, by name. Parameters: lsoa21_code.
SELECT neighbour.neighbour_code
FROM neighbour
JOIN area ON area.area_code = neighbour.neighbour_code
WHERE neighbour.lsoa21_code = $lsoa21_code
ORDER BY area.name, neighbour.neighbour_code
