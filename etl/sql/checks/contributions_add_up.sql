-- The contributions to a score add up to it.
SELECT count(*)
FROM recipe_score AS scored
JOIN (
    SELECT lsoa21_code, recipe_id, sum(contribution) AS total FROM recipe_contribution GROUP BY lsoa21_code, recipe_id
) AS added USING (lsoa21_code, recipe_id)
WHERE abs(scored.score - added.total) > 1e-9
