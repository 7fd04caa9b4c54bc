-- One row per published asset in a box (degrees) or in one of the neighbourhoods given.
-- Parameters: $lsoa21_codes, $west, $south, $east, $north.
SELECT asset_id, name, kind, offers, state, lon, lat, lsoa21_code
FROM asset
WHERE
    (lon BETWEEN $west AND $east AND lat BETWEEN $south AND $north)
    OR lsoa21_code IN (SELECT unnest($lsoa21_codes::VARCHAR[]))
ORDER BY asset_id
