-- One row per area that a map can be narrowed to: ICBs and districts, then the wards of one district or ICB, of those
-- that are drawn.
-- Parameters: $ward_parent_code (empty for no wards).
SELECT area_code, area_type, name
FROM area
WHERE
    west IS NOT NULL
    AND (area_type IN ('icb', 'lad') OR (area_type = 'ward' AND $ward_parent_code IN (lad_code, icb_code)))
ORDER BY array_position(['icb', 'lad', 'ward'], area_type), name
