-- One row per area that holds all or most of an area, largest first (England left out). Parameters: $area_code.
WITH place AS (
    SELECT unnest([
        icb_code,
        sicbl_code,
        lad_code,
        CASE WHEN area_type IN ('lsoa', 'msoa') THEN (
            SELECT mode(ward_code)
            FROM neighbourhood
            JOIN area_member USING (lsoa21_code)
            WHERE area_member.area_code = $area_code
        ) END,
        CASE WHEN area_type = 'lsoa' THEN (
            SELECT msoa21_code FROM neighbourhood WHERE lsoa21_code = $area_code
        ) END
    ]) AS area_code
    FROM area
    WHERE area_code = $area_code
)
SELECT area.* EXCLUDE (geometry), area.geometry IS NOT NULL AS is_drawn
FROM area
JOIN place USING (area_code)
WHERE area.area_code != $area_code
ORDER BY array_position(['icb', 'sicbl', 'lad', 'ward', 'msoa'], area.area_type)
