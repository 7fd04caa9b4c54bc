-- One row per composite index, component and input, with the input's name (its id when it is not loaded).
SELECT
    recipe_input.*,
    coalesce(indicator.name, recipe_input.indicator_id) AS indicator_name
FROM recipe_input
LEFT JOIN indicator USING (indicator_id)
ORDER BY recipe_input.recipe_id, recipe_input.component_id, recipe_input.indicator_id
