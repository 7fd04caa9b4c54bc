-- Grain: one row per known postcode, its middle in metres (EPSG:27700). Parameters: $postcodes, written `M1 1AA`.
SELECT postcode, easting, northing, lsoa21_code
FROM postcode
WHERE postcode IN (SELECT unnest($postcodes::VARCHAR[]))
