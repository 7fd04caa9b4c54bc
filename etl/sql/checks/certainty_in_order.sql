-- Every interval of ranks runs from low to high, and no rank is larger than the number of LSOAs that are ranked.
SELECT count(*) FROM certainty WHERE rank_low > rank_high OR rank_high > (SELECT count(*) FROM certainty)
