-- One row per node or way with a name and one of the tags; its point in degrees, the mean of its nodes for a way.
-- Parameters: $path, $keys and $values (the tags, side by side), $most.
WITH element AS (
    SELECT kind, id, tags, refs, lon, lat
    FROM ST_ReadOSM($path)
),
chosen AS (
    SELECT kind, id, tags, refs, lon, lat
    FROM element
    WHERE
        kind IN ('node', 'way')
        AND tags['name'] IS NOT NULL
        AND len(list_filter(list_zip($keys, $values), lambda one: tags[one[1]] = one[2])) > 0
    LIMIT $most
),
corner AS (
    SELECT id, unnest(list_distinct(refs)) AS node_id
    FROM chosen
    WHERE kind = 'way'
),
middle AS (
    SELECT corner.id, avg(element.lon) AS lon, avg(element.lat) AS lat
    FROM corner
    JOIN element ON element.kind = 'node' AND element.id = corner.node_id
    GROUP BY corner.id
)
SELECT
    chosen.kind || '/' || chosen.id AS osm_ref,
    chosen.tags,
    coalesce(chosen.lon, middle.lon) AS lon,
    coalesce(chosen.lat, middle.lat) AS lat
FROM chosen
LEFT JOIN middle ON chosen.kind = 'way' AND middle.id = chosen.id
ORDER BY osm_ref
