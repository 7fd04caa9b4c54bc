-- Grain: one row per neighbourhood that is in a cluster. No parameters.
SELECT neighbourhood.feature_id, cluster.cluster_id
FROM cluster
JOIN neighbourhood USING (lsoa21_code)
WHERE cluster.cluster_id IS NOT NULL
ORDER BY neighbourhood.feature_id
