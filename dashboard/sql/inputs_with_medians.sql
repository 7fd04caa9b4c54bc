-- One row per input of a composite index that adds points anywhere, with the median of England's neighbourhoods, in
-- the recipe's order.
-- Parameters: $recipe_id.
SELECT
    recipe_input.component_id,
    any_value(recipe_input.component_name) AS component_name,
    recipe_input.indicator_id,
    any_value(indicator.name) AS indicator_name,
    any_value(contribution.england_median) AS england_median
FROM recipe_contribution AS contribution
JOIN recipe_input USING (recipe_id, component_id, indicator_id)
JOIN indicator ON indicator.indicator_id = recipe_input.indicator_id
WHERE contribution.recipe_id = $recipe_id
GROUP BY recipe_input.component_id, recipe_input.indicator_id
ORDER BY min(recipe_input.rowid)
