-- One row per component and input of a composite index: points of an area's score (mean over its people) beside the
-- median of England's neighbourhoods. Parameters: $area_code, $recipe_id.
WITH summed AS (
    SELECT
        contribution.component_id,
        contribution.indicator_id,
        sum(contribution.contribution * neighbourhood.population) / sum(neighbourhood.population) AS contribution,
        any_value(contribution.england_median) AS england_median
    FROM recipe_contribution AS contribution
    JOIN area_member USING (lsoa21_code)
    JOIN neighbourhood USING (lsoa21_code)
    WHERE contribution.recipe_id = $recipe_id AND area_member.area_code = $area_code
    GROUP BY contribution.component_id, contribution.indicator_id
)
SELECT
    summed.component_id,
    recipe_input.component_name,
    summed.indicator_id,
    indicator.name AS indicator_name,
    summed.contribution,
    summed.england_median
FROM summed
JOIN recipe_input
    ON recipe_input.recipe_id = $recipe_id
    AND recipe_input.component_id = summed.component_id
    AND recipe_input.indicator_id = summed.indicator_id
JOIN indicator ON indicator.indicator_id = summed.indicator_id
ORDER BY summed.contribution - summed.england_median DESC, summed.indicator_id
