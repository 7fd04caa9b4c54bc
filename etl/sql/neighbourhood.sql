-- One row per LSOA; the boundary is there only inside the area that was loaded.
INSERT INTO neighbourhood
SELECT
    place.lsoa21_code,
    place.lsoa21_name,
    place.local_name,
    place.msoa21_code,
    place.ward_code,
    place.lad_code,
    place.sicbl_code,
    place.icb_code,
    place.ruc21_code,
    place.ruc21_name,
    place.population,
    point.lon,
    point.lat,
    point.easting,
    point.northing,
    place.feature_id,
    ST_GeomFromWKB(shape.wkb)
FROM place
JOIN point USING (lsoa21_code)
LEFT JOIN shape ON shape.area_code = place.lsoa21_code
ORDER BY place.lsoa21_code
