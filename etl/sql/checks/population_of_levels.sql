-- The people of every level add up to the census total.
SELECT count(*)
FROM (SELECT area_type FROM area GROUP BY area_type HAVING sum(population) != $population)
