-- The people of all LSOAs add up to the census total.
SELECT abs(sum(population) - $population) FROM neighbourhood
