-- Grain: one row, how many numbers the areas of a level take up in a value file. Parameters: layer.
SELECT coalesce(max(feature_id) + 1, 0) AS length FROM area WHERE area_type = $layer
