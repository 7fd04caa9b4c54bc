-- One row per LSOA, in order of code: its population-weighted centroid (EPSG:27700), NULL where none is loaded.
SELECT staged.easting, staged.northing
FROM place
LEFT JOIN staged_centroid AS staged USING (lsoa21_code)
ORDER BY place.lsoa21_code
