-- Grain: one row per cluster, most people first. No parameters.
SELECT
    cluster.cluster_id,
    any_value(cluster.cluster_name) AS name,
    count(*) AS neighbourhoods,
    sum(neighbourhood.population)::BIGINT AS people
FROM cluster
JOIN neighbourhood USING (lsoa21_code)
WHERE cluster.cluster_id IS NOT NULL
GROUP BY cluster.cluster_id
ORDER BY cluster.cluster_id
