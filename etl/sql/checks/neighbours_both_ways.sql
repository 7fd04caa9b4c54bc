-- Whoever is a neighbour has a neighbour in return, and nobody is their own.
SELECT count(*)
FROM neighbour
WHERE
    lsoa21_code = neighbour_code
    OR (neighbour_code, lsoa21_code) NOT IN (SELECT (back.lsoa21_code, back.neighbour_code) FROM neighbour AS back)
