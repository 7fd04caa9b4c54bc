-- One row per neighbourhood and input of a composite index: points of its score. Parameters: $recipe_id.
SELECT area.feature_id, contribution.component_id, contribution.indicator_id, contribution.contribution
FROM recipe_contribution AS contribution
JOIN area ON area.area_code = contribution.lsoa21_code
WHERE contribution.recipe_id = $recipe_id
