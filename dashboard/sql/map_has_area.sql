-- Grain: one row when there is an area of that code. Parameters: area_code.
SELECT area_code FROM area WHERE area_code = $area_code
