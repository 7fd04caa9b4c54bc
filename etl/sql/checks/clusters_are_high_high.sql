-- The LSOAs of clusters are the high-high ones, and no other.
SELECT count(*) FROM cluster WHERE (kind = 'high_high') != (cluster_id IS NOT NULL)
