-- Grain: one row per neighbourhood whose place in the order is worked out at load. No parameters.
SELECT neighbourhood.feature_id, certainty.rank_low, certainty.rank_high, certainty.share_in_worst_tenth
FROM certainty
JOIN neighbourhood USING (lsoa21_code)
ORDER BY neighbourhood.feature_id
