-- Grain: one row per point that lies in a neighbourhood, with its code. The join is the predicate alone, so that DuckDB
-- goes by an index of the boundaries. Parameters: $numbers, $eastings, $northings (EPSG:27700), side by side.
WITH given AS (
    SELECT
        unnest($numbers::INTEGER[]) AS number,
        unnest($eastings::DOUBLE[]) AS easting,
        unnest($northings::DOUBLE[]) AS northing
),
located AS MATERIALIZED (
    SELECT number, ST_Point(easting, northing) AS point
    FROM given
),
lsoa AS (
    SELECT area_code, geometry
    FROM area
    WHERE area_type = 'lsoa'
)
SELECT located.number, min(lsoa.area_code) AS lsoa21_code
FROM located
JOIN lsoa ON ST_Intersects(lsoa.geometry, located.point)
GROUP BY located.number
