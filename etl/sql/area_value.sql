-- One row per area and indicator: the population-weighted mean over its LSOAs that have a value, ranked among areas of
-- its level, with the shares of its LSOAs in England's worst tenth and fifth.
INSERT INTO area_value
WITH summed AS (
    SELECT
        member.area_code,
        given.indicator_id,
        sum(given.value * place.population) / sum(place.population) AS value,
        avg(CAST(given.decile = 1 AS INTEGER)) AS share_in_worst_decile,
        avg(CAST(given.decile <= 2 AS INTEGER)) AS share_in_worst_fifth
    FROM area_member AS member
    JOIN indicator_value AS given USING (lsoa21_code)
    JOIN place USING (lsoa21_code)
    GROUP BY member.area_code, given.indicator_id
),
ordered AS (
    SELECT
        summed.*,
        area.area_type,
        indicator.polarity,
        own.national_rank AS own_rank,
        -- Sums of the same numbers in another order differ in the last bits; twelve digits decide a tie.
        round(CASE indicator.polarity WHEN 'higher_is_better' THEN summed.value ELSE -summed.value END, 12) AS badness_order
    FROM summed
    JOIN area USING (area_code)
    JOIN indicator USING (indicator_id)
    LEFT JOIN indicator_value AS own
        ON own.lsoa21_code = summed.area_code AND own.indicator_id = summed.indicator_id
)
SELECT
    area_code,
    indicator_id,
    value,
    CASE
        WHEN polarity = 'neutral' THEN NULL
        WHEN area_type = 'lsoa' THEN own_rank
        ELSE rank() OVER (PARTITION BY area_type, indicator_id ORDER BY badness_order)
            + (count(*) OVER (PARTITION BY area_type, indicator_id, badness_order) - 1) / 2.0
    END,
    share_in_worst_decile,
    share_in_worst_fifth
FROM ordered
ORDER BY indicator_id, area_type, area_code
