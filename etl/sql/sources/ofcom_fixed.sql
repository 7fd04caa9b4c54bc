-- Grain: one row per LSOA 2021 with premises, and indicator; sums of premises over sums of premises, in percent.
-- Parameters: none.
INSERT INTO staged_value (lsoa21_code, indicator_id, value, origin)
SELECT lsoa21_code, indicator_id, value, 'published'
FROM (
    SELECT
        lsoa21_code,
        100.0 * sum(ofcom_no_30mbit) / sum(premises) AS ofcom_no_30mbit,
        100.0 * sum(ofcom_below_uso) / sum(premises) AS ofcom_below_uso,
        100.0 * sum(ofcom_gigabit) / sum(premises) AS ofcom_gigabit
    FROM read_ofcom_fixed
    JOIN read_ofcom_output_areas USING (oa21_code)
    GROUP BY lsoa21_code
    HAVING sum(premises) > 0
)
UNPIVOT (value FOR indicator_id IN (ofcom_no_30mbit, ofcom_below_uso, ofcom_gigabit))
