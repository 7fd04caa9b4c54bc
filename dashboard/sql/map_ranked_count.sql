-- Grain: one row per value that ranked areas of a level have on an indicator, those of most areas first: how many have
-- it, and how many have a rank at all. Parameters: layer, indicator_id, most (rows).
SELECT area_value.value, count(*) AS tied, sum(count(*)) OVER () AS ranked
FROM area_value
JOIN area USING (area_code)
WHERE
    area.area_type = $layer
    AND area_value.indicator_id = $indicator_id
    AND area_value.national_rank IS NOT NULL
GROUP BY area_value.value
ORDER BY tied DESC, area_value.value
LIMIT $most
