-- One row per LSOA and indicator with a value. A published rank stands; otherwise rank 1 is the worst and ties share
-- their mean rank. Reads `value_to_rank` (lsoa21_code, indicator_id, value, national_rank, decile, origin).
INSERT INTO indicator_value
WITH ranked AS (
    SELECT
        given.*,
        indicator.polarity,
        CASE indicator.polarity WHEN 'higher_is_better' THEN given.value ELSE -given.value END AS badness_order,
        count(*) OVER (PARTITION BY given.indicator_id) AS places
    FROM value_to_rank AS given
    JOIN indicator USING (indicator_id)
),
tied AS (
    SELECT
        *,
        rank() OVER (PARTITION BY indicator_id ORDER BY badness_order) AS first_rank,
        count(*) OVER (PARTITION BY indicator_id, badness_order) AS sharing
    FROM ranked
),
settled AS (
    SELECT
        *,
        CASE WHEN polarity != 'neutral' THEN coalesce(national_rank, first_rank + (sharing - 1) / 2.0) END AS settled_rank
    FROM tied
)
SELECT
    lsoa21_code,
    indicator_id,
    value,
    settled_rank,
    CASE WHEN polarity != 'neutral' THEN coalesce(decile, CAST(ceil(10 * settled_rank / places) AS INTEGER)) END,
    origin
FROM settled
ORDER BY indicator_id, lsoa21_code
