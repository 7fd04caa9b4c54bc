-- One row per area whose name holds every word, best match first; LSOAs only by their code or ONS name.
-- Parameters: $text (lower case), $words (its words), $limit.
WITH named AS (
    SELECT
        area_code,
        area_type,
        name,
        population,
        lower(strip_accents(name)) AS plain_name,
        lower(strip_accents(official_name)) AS plain_official_name
    FROM area
    WHERE area_type != 'england'
),
matched AS (
    SELECT
        *,
        lower(area_code) = $text
        OR $text IN (plain_name, plain_official_name, split_part(plain_name, ',', 1)) AS is_exact
    FROM named
    WHERE
        lower(area_code) = $text
        OR plain_official_name = $text
        OR (
            area_type != 'lsoa'
            AND list_bool_and(list_transform($words, lambda word: contains(plain_name, word)))
        )
)
SELECT area_code, area_type, name, is_exact
FROM matched
ORDER BY
    is_exact DESC,
    starts_with(plain_name, $text) DESC,
    array_position(['lad', 'icb', 'ward', 'msoa', 'sicbl', 'lsoa', 'custom'], area_type),
    population DESC,
    area_code
LIMIT $limit
