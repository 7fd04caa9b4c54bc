-- Grain: one row per layer that has tiles, with the zooms it has them for.
SELECT layer, min(z) AS lowest_zoom, max(z) AS highest_zoom FROM tile GROUP BY layer ORDER BY layer
