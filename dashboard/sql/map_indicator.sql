-- Grain: one indicator. Parameters: indicator_id.
SELECT indicator_id, polarity FROM indicator WHERE indicator_id = $indicator_id
