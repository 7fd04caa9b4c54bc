-- One row per composite index, the default one first.
SELECT recipe_id, name, description, origin, is_default
FROM recipe
ORDER BY is_default DESC, name
