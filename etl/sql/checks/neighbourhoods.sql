-- Every LSOA is there, once.
SELECT abs(count(*) - $neighbourhoods) FROM neighbourhood
