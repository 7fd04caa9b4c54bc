-- Grain: one vector tile, or no row where nothing is drawn. Parameters: layer, z, x, y.
SELECT mvt FROM tile WHERE layer = $layer AND z = $z AND x = $x AND y = $y
