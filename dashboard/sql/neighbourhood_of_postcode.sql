-- One row: the neighbourhood of a postcode, or the nearest within 2 km when its point lies just off the clipped coast.
-- Parameters: $postcode.
WITH placed AS (
    SELECT easting, northing, lsoa21_code
    FROM postcode
    WHERE postcode = $postcode
),
nearest AS (
    SELECT neighbourhood.lsoa21_code
    FROM neighbourhood
    CROSS JOIN placed
    WHERE
        placed.lsoa21_code IS NULL
        AND abs(neighbourhood.easting - placed.easting) < 10000
        AND abs(neighbourhood.northing - placed.northing) < 10000
        AND ST_DWithin(neighbourhood.geometry, ST_Point(placed.easting, placed.northing), 2000)
    ORDER BY ST_Distance(neighbourhood.geometry, ST_Point(placed.easting, placed.northing))
    LIMIT 1
)
SELECT area.area_code, area.area_type, area.name
FROM placed
JOIN area ON area.area_code = coalesce(placed.lsoa21_code, (SELECT lsoa21_code FROM nearest))
