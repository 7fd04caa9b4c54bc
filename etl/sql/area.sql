-- One row per area of any level. Names are shortened to what people say: no "NHS … Integrated Care Board".
INSERT INTO area
WITH named AS (
    SELECT 'E92000001' AS area_code, 'england' AS area_type, 'England' AS name, 'England' AS official_name, * EXCLUDE local_name
    FROM place
    UNION ALL
    SELECT icb_code, 'icb',
        regexp_replace(regexp_replace(icb_name, '^NHS ', ''), ' (Integrated Care Board|ICB)$', ''), icb_name,
        * EXCLUDE local_name
    FROM place
    UNION ALL
    SELECT sicbl_code, 'sicbl',
        regexp_replace(regexp_replace(sicbl_name, '^NHS ', ''), ' (Integrated Care Board|ICB) - ([0-9A-Z]+)$', ' (\2)'),
        sicbl_name, * EXCLUDE local_name
    FROM place
    UNION ALL
    SELECT lad_code, 'lad', lad_name, lad_name, * EXCLUDE local_name FROM place
    UNION ALL
    SELECT ward_code, 'ward', ward_name || ', ' || lad_name, ward_name, * EXCLUDE local_name FROM place
    UNION ALL
    SELECT msoa21_code, 'msoa', local_name || ', ' || msoa21_name, msoa21_name, * EXCLUDE local_name FROM place
    UNION ALL
    SELECT lsoa21_code, 'lsoa', local_name || ', ' || lsoa21_name, lsoa21_name, * EXCLUDE local_name FROM place
),
grouped AS (
    SELECT
        area_code,
        area_type,
        min(name) AS name,
        min(official_name) AS official_name,
        CAST(sum(population) AS INTEGER) AS population,
        CAST(count(*) AS INTEGER) AS neighbourhoods
    FROM named
    GROUP BY area_code, area_type
),
-- Wards and sub-ICB locations can straddle a border; each belongs where most of its people live.
home AS (
    SELECT
        area_code,
        (list(lad_code ORDER BY in_lad DESC, lad_code))[1] AS lad_code,
        (list(sicbl_code ORDER BY in_sicbl DESC, sicbl_code))[1] AS sicbl_code,
        (list(icb_code ORDER BY in_icb DESC, icb_code))[1] AS icb_code
    FROM (
        SELECT DISTINCT
            area_code, lad_code, sicbl_code, icb_code,
            sum(population) OVER (PARTITION BY area_code, lad_code) AS in_lad,
            sum(population) OVER (PARTITION BY area_code, sicbl_code) AS in_sicbl,
            sum(population) OVER (PARTITION BY area_code, icb_code) AS in_icb
        FROM named
    )
    GROUP BY area_code
)
SELECT
    grouped.area_code,
    grouped.area_type,
    grouped.name,
    grouped.official_name,
    grouped.population,
    grouped.neighbourhoods,
    CASE WHEN grouped.area_type NOT IN ('england', 'icb', 'sicbl') THEN home.lad_code END,
    CASE WHEN grouped.area_type NOT IN ('england', 'icb') THEN home.sicbl_code END,
    CASE WHEN grouped.area_type != 'england' THEN home.icb_code END,
    CAST(row_number() OVER (PARTITION BY grouped.area_type ORDER BY grouped.area_code) - 1 AS INTEGER),
    shape.lon,
    shape.lat,
    shape.west,
    shape.south,
    shape.east,
    shape.north,
    ST_GeomFromWKB(shape.wkb)
FROM grouped
JOIN home USING (area_code)
LEFT JOIN shape USING (area_code)
ORDER BY array_position(['england', 'icb', 'sicbl', 'lad', 'ward', 'msoa', 'lsoa'], grouped.area_type), grouped.area_code
