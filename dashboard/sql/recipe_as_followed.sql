-- Grain: one row per component and input of a composite index, in the order in which the build followed them.
-- Parameters: recipe_id.
SELECT component_id, component_name, component_weight, indicator_id, indicator_weight, is_reversed, scaling
FROM recipe_input
WHERE recipe_id = $recipe_id
ORDER BY rowid
