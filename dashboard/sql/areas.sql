-- One row per area of any level, boundaries left out.
SELECT
    area_code, area_type, name, official_name, population, neighbourhoods, lad_code, sicbl_code, icb_code, feature_id,
    lon, lat, west, south, east, north
FROM area
ORDER BY area_type, feature_id
