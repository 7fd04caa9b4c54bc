-- One row per area of any level. Names are shortened to what people say: no "NHS … Integrated Care Board". Wards and
-- sub-ICB locations can straddle a border; each belongs where most of its people live.
INSERT INTO area
WITH named AS (
    SELECT 'E92000001' AS area_code, 'england' AS area_type, 'England' AS name, 'England' AS official_name
    UNION ALL
    SELECT DISTINCT icb_code, 'icb',
        regexp_replace(regexp_replace(icb_name, '^NHS ', ''), ' (Integrated Care Board|ICB)$', ''), icb_name
    FROM place
    UNION ALL
    SELECT DISTINCT sicbl_code, 'sicbl',
        regexp_replace(regexp_replace(sicbl_name, '^NHS ', ''), ' (Integrated Care Board|ICB) - ([0-9A-Z]+)$', ' (\2)'),
        sicbl_name
    FROM place
    UNION ALL SELECT DISTINCT lad_code, 'lad', lad_name, lad_name FROM place
    UNION ALL
    SELECT ward_code, 'ward', min(ward_name) || ', ' || min(lad_name), min(ward_name) FROM place GROUP BY ward_code
    UNION ALL SELECT DISTINCT msoa21_code, 'msoa', local_name || ', ' || msoa21_name, msoa21_name FROM place
    UNION ALL SELECT lsoa21_code, 'lsoa', local_name || ', ' || lsoa21_name, lsoa21_name FROM place
),
living AS (
    SELECT member.area_code, place.lad_code, place.sicbl_code, place.icb_code, place.population
    FROM area_member AS member
    JOIN place USING (lsoa21_code)
),
counted AS (
    SELECT area_code, CAST(sum(population) AS INTEGER) AS population, CAST(count(*) AS INTEGER) AS neighbourhoods
    FROM living
    GROUP BY area_code
),
in_lad AS (
    SELECT area_code, max_by(lad_code, (people, lad_code)) AS lad_code
    FROM (SELECT area_code, lad_code, sum(population) AS people FROM living GROUP BY area_code, lad_code)
    GROUP BY area_code
),
in_sicbl AS (
    SELECT area_code, max_by(sicbl_code, (people, sicbl_code)) AS sicbl_code
    FROM (SELECT area_code, sicbl_code, sum(population) AS people FROM living GROUP BY area_code, sicbl_code)
    GROUP BY area_code
),
in_icb AS (
    SELECT area_code, max_by(icb_code, (people, icb_code)) AS icb_code
    FROM (SELECT area_code, icb_code, sum(population) AS people FROM living GROUP BY area_code, icb_code)
    GROUP BY area_code
)
SELECT
    named.area_code,
    named.area_type,
    named.name,
    named.official_name,
    counted.population,
    counted.neighbourhoods,
    CASE WHEN named.area_type NOT IN ('england', 'icb', 'sicbl') THEN in_lad.lad_code END,
    CASE WHEN named.area_type NOT IN ('england', 'icb') THEN in_sicbl.sicbl_code END,
    CASE WHEN named.area_type != 'england' THEN in_icb.icb_code END,
    CAST(row_number() OVER (PARTITION BY named.area_type ORDER BY named.area_code) - 1 AS INTEGER),
    shape.lon,
    shape.lat,
    shape.west,
    shape.south,
    shape.east,
    shape.north,
    ST_GeomFromWKB(shape.wkb)
FROM named
JOIN counted USING (area_code)
JOIN in_lad USING (area_code)
JOIN in_sicbl USING (area_code)
JOIN in_icb USING (area_code)
LEFT JOIN shape USING (area_code)
ORDER BY array_position(['england', 'icb', 'sicbl', 'lad', 'ward', 'msoa', 'lsoa'], named.area_type), named.area_code
