"""Boundaries as GeoPackage and GeoJSON, the same bytes each time."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely

from dashboard.briefs.pack.data import Shapes
from dashboard.briefs.rows import rows_of
from dashboard.questions.shapes import to_degrees

BRITISH_NATIONAL_GRID = "EPSG:27700"
# About 0.1 m in England.
DEGREE_DECIMALS = 6
_lock = threading.Lock()


def write_geopackage(layers: Mapping[str, Shapes], *, built_at: str) -> bytes:
    """Return layers as one GeoPackage in the British National Grid, dated when the snapshot was built."""
    with _lock, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "boundaries.gpkg"
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{built_at}.000Z"})
        try:
            for name, shapes in layers.items():
                frame = gpd.GeoDataFrame(shapes.frame, geometry=shapes.shapes, crs=BRITISH_NATIONAL_GRID)
                frame.to_file(path, layer=name, driver="GPKG", engine="pyogrio", promote_to_multi=True)
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        return path.read_bytes()


def write_geojson(shapes: Shapes) -> bytes:
    """Return areas as GeoJSON (RFC 7946): longitude and latitude, rings the right way round."""
    turned = shapely.orient_polygons(shapely.transform(shapes.shapes, to_degrees))
    rounded = shapely.transform(turned, lambda points: points.round(DEGREE_DECIMALS))
    features = [
        {"type": "Feature", "properties": row, "geometry": json.loads(shapely.to_geojson(shape))}
        for row, shape in zip(rows_of(shapes.frame), rounded, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode("utf-8")
