"""The formats that boundaries come in, read with care: each is told by its own first bytes rather than by its name.

Only the parts that are looked for are unpacked, and no more shapes are read than may be kept.
"""

from __future__ import annotations

import io
import json
import tempfile
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

from dashboard.words import join
from etl.errors import CommonGroundError

MOST_UNPACKED = 80_000_000
MOST_SHAPES = 500
LONGEST_NAME = 100
BRITISH_GRID, DEGREES = "EPSG:27700", "EPSG:4326"
GPKG_START, ZIP_START = b"SQLite format 3\x00", b"PK\x03\x04"
# Where a GeoPackage says that it is one (OGC 12-128r18, requirement 2).
GPKG_ID, GPKG_IDS = slice(68, 72), (b"GPKG", b"GP10", b"GP11")
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
PYOGRIO_ERRORS = (DataSourceError, DataLayerError, FeatureError, GeometryError)
HOW = "Bring GeoJSON (.geojson), a GeoPackage (.gpkg), or a Shapefile zipped with its .shx, .dbf and .prj (.zip)."

Geometry = Any


class BoundaryFileError(CommonGroundError):
    """A file that no boundary can be read from."""

    exit_code = 5


@dataclass(frozen=True)
class Shapes:
    """The shapes of a file as they are there: a name for each, and the projection of all."""

    names: list[str]
    geometries: list[Geometry]
    crs: str


def read_shapes(data: bytes) -> Shapes:
    """Return the shapes in a file, one more than may be kept at the most.

    Raises
    ------
    BoundaryFileError
        If it is of no kind that can be read, is damaged, or does not say which projection it is in.
    """
    if data.startswith(ZIP_START):
        return _read_zip(data)
    if data.startswith(GPKG_START):
        return _read_geopackage(data)
    return _read_geojson(data)


def is_area(shape: Geometry) -> bool:
    """Return whether a shape is one or more polygons, and not empty."""
    return shape is not None and shape.geom_type in {"Polygon", "MultiPolygon"} and not shape.is_empty


def _read_geojson(data: bytes) -> Shapes:
    try:
        body = json.loads(data.decode("utf-8-sig"))
        features = (body["features"] if body.get("type") == "FeatureCollection" else [body])[: MOST_SHAPES + 1]
        shapes = [_shape_of(feature) for feature in features]
        names = [_name_of(feature.get("properties"), number) for number, feature in enumerate(features, start=1)]
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BoundaryFileError("The file is of no kind that can be read.", todo=HOW) from error
    except (AttributeError, KeyError, TypeError, IndexError, shapely.errors.ShapelyError) as error:
        raise BoundaryFileError("The file is JSON, but not GeoJSON with areas.", todo=HOW) from error
    crs = DEGREES
    if any(is_area(shape) and np.abs(shape.bounds).max() > 180 for shape in shapes):  # noqa: PLR2004 - degrees
        # GeoJSON is WGS 84 (RFC 7946); older programs write metres and say so in a member that has been retired.
        if "27700" not in json.dumps(body.get("crs", "")):
            what = "The corners in the file are not longitudes and latitudes."
            raise BoundaryFileError(what, todo="Save it again as GeoJSON in WGS 84 (EPSG:4326).")
        crs = BRITISH_GRID
    return Shapes(names, shapes, crs)


def _shape_of(feature: dict[str, Any]) -> Geometry:
    """Return the shape of a feature, or of a bare geometry; none for a feature without a place, which may be so."""
    geometry = feature.get("geometry", feature)
    return None if geometry is None else shapely.geometry.shape(geometry)


def _read_zip(data: bytes) -> Shapes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, tempfile.TemporaryDirectory() as folder:
            parts = [one for one in packed.infolist() if Path(one.filename).suffix.lower() in PARTS]
            stems = {str(Path(one.filename).with_suffix("")) for one in parts if one.filename.lower().endswith(".shp")}
            if len(stems) != 1:
                what = f"The zip holds {len(stems)} Shapefiles." if stems else "The zip holds no Shapefile."
                raise BoundaryFileError(what, todo=f"Zip one Shapefile. {HOW}")
            if sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise BoundaryFileError("The zip is too large unpacked.", todo="Simplify the boundaries.")
            for part in parts:
                if str(Path(part.filename).with_suffix("")) in stems:
                    (Path(folder) / f"shape{Path(part.filename).suffix.lower()}").write_bytes(packed.read(part))
            return _read_with_gdal(Path(folder) / "shape.shp")
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise BoundaryFileError("The zip cannot be opened.", todo="Zip it again, without a password.") from error


def _read_geopackage(data: bytes) -> Shapes:
    if data[GPKG_ID] not in GPKG_IDS:
        raise BoundaryFileError("The file is a database, but not a GeoPackage.", todo=HOW)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shape.gpkg"
        path.write_bytes(data)
        return _read_with_gdal(path)


def _read_with_gdal(path: Path) -> Shapes:
    try:
        # What GDAL warns of is either no matter or comes out as an error as well.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            meta, wkb, columns = _read_layer(path)
        shapes = list(shapely.from_wkb(wkb))
    except (*PYOGRIO_ERRORS, shapely.errors.ShapelyError, IndexError, ValueError) as error:
        what = "The file is damaged, or parts of it are missing."
        raise BoundaryFileError(what, todo=HOW) from error
    if not meta["crs"]:
        what = "The file does not say which projection it is in."
        raise BoundaryFileError(what, todo="Add its .prj to the zip, or save it as GeoJSON in WGS 84.")
    rows = [dict(zip(meta["fields"], values, strict=True)) for values in zip(*columns, strict=True)]
    rows = rows or [{} for _ in wkb]
    names = [_name_of(row, number) for number, row in enumerate(rows, start=1)]
    return Shapes(names, shapes, str(meta["crs"]))


def _read_layer(path: Path) -> tuple[dict[str, Any], Any, list[Any]]:
    layers = pyogrio.list_layers(path)
    with_areas = [str(name) for name, kind in layers if kind and "Polygon" in str(kind)] or [str(layers[0][0])]
    if len(with_areas) > 1:
        named = join([f"“{name[:LONGEST_NAME]}”" for name in with_areas[:5]])
        what = f"The file holds {len(with_areas)} layers of areas: {named}{' …' if len(with_areas) > 5 else ''}."  # noqa: PLR2004
        raise BoundaryFileError(what, todo="Save the one that is meant as a file of its own, and bring that.")
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=with_areas[0], max_features=MOST_SHAPES + 1)
    return meta, wkb, columns


def _name_of(properties: object, number: int) -> str:
    """Return what a shape is called: by a field that is named so, else by its first words, else by its number."""
    fields = properties if isinstance(properties, dict) else {}
    words = {str(key): value for key, value in fields.items() if isinstance(value, str) and value.strip()}
    named = [value for key, value in words.items() if "name" in key.lower() or key.lower().endswith("nm")]
    return " ".join((named or [*words.values()] or [f"Area {number}"])[0].split())[:LONGEST_NAME]
