-- Grain: one row per postcode of England that has a position, spelt in capitals with one space. Parameters: none.
INSERT INTO staged_postcode
SELECT
    replace(left(postcode, -3), ' ', '') || ' ' || right(postcode, 3) AS postcode,
    easting,
    northing
FROM read_code_point_open
WHERE quality < 90
