-- One row per tile of a level: thinned area by area, cut and encoded by DuckDB. Parameters: $layer its name, $zoom,
-- $side tiles to a side of the world, $world its width and $tolerance, both in metres of Web Mercator.
WITH thinned AS (
  SELECT id, ST_SimplifyPreserveTopology(shape, $tolerance) AS shape,
    floor((ST_XMin(shape) / $world + 0.5) * $side)::INT AS west,
    floor((ST_XMax(shape) / $world + 0.5) * $side)::INT AS east,
    floor((0.5 - ST_YMax(shape) / $world) * $side)::INT AS north,
    floor((0.5 - ST_YMin(shape) / $world) * $side)::INT AS south
  FROM mercator
),
columns AS (SELECT *, unnest(range(west, east + 1)) AS x FROM thinned),
placed AS (SELECT *, unnest(range(north, south + 1)) AS y FROM columns),
cut AS (
  SELECT x, y, id, ST_AsMVTGeom(shape, ST_Extent(ST_TileEnvelope($zoom, x::INT, y::INT)), 4096, 64, true) AS shape
  FROM placed
)
SELECT x, y, ST_AsMVT(struct_pack(shape := shape, id := id), $layer, 4096, 'shape', 'id') FROM cut
WHERE shape IS NOT NULL GROUP BY x, y
