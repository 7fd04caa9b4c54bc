-- One row per LSOA 2021 whose population-weighted centroid is known. Parameters: none.
INSERT INTO staged_centroid
SELECT lsoa21_code, easting, northing
FROM read_lsoa_centroids
