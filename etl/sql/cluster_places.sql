-- Grain: one row per cluster, MSOA name and district in it: neighbourhoods and people; the cluster with most people
-- first. Needs the relation `member` (lsoa21_code, number).
WITH part AS (
    SELECT
        member.number,
        neighbourhood.local_name,
        district.name AS district,
        count(*) AS neighbourhoods,
        sum(neighbourhood.population) AS people
    FROM member
    JOIN neighbourhood USING (lsoa21_code)
    JOIN area AS district ON district.area_code = neighbourhood.lad_code
    GROUP BY member.number, neighbourhood.local_name, district.name
)
SELECT part.number, part.local_name, part.district, part.neighbourhoods, part.people::BIGINT
FROM part
ORDER BY sum(part.people) OVER (PARTITION BY part.number) DESC, part.number, part.people DESC, part.local_name
