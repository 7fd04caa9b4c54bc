"""Boundaries as people bring them: GeoJSON, a GeoPackage, or a zipped Shapefile, read with care.

A file comes from anywhere. So its size is limited before it is opened, only the parts that are looked for are unpacked,
and each format is told by its own first bytes rather than by its name.
"""

from __future__ import annotations

import io
import json
import tempfile
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from etl.errors import CommonGroundError

MOST_BYTES = 20_000_000
MOST_UNPACKED = 80_000_000
MOST_SHAPES = 500
MOST_CORNERS = 500_000
LONGEST_NAME = 100
BRITISH_GRID, DEGREES = "EPSG:27700", "EPSG:4326"
GPKG_START, ZIP_START = b"SQLite format 3\x00", b"PK\x03\x04"
# Where a GeoPackage says that it is one (OGC 12-128r18, requirement 2).
GPKG_ID, GPKG_IDS = slice(68, 72), (b"GPKG", b"GP10", b"GP11")
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
# A box around England in metres, with room at its edges.
ENGLAND_BOX = (0.0, 0.0, 700_000.0, 700_000.0)
HOW = "Bring GeoJSON (.geojson), a GeoPackage (.gpkg), or a Shapefile zipped with its .shx, .dbf and .prj (.zip)."

Geometry = Any


class BoundaryFileError(CommonGroundError):
    """A file that no boundary can be read from."""

    exit_code = 5


@dataclass(frozen=True)
class NamedShape:
    """One shape of a file: its name there, its area in metres (EPSG:27700), and whether it had to be mended."""

    name: str
    geometry: Geometry
    was_mended: bool


def read_boundaries(data: bytes) -> list[NamedShape]:
    """Return the areas in a file.

    Raises
    ------
    BoundaryFileError
        If the file is too large, of another kind, has no areas or no known projection, or lies outside England.
    """
    if len(data) > MOST_BYTES:
        what = f"The file has {len(data) / 1e6:,.0f} MB, and {MOST_BYTES / 1e6:,.0f} MB is the most."
        raise BoundaryFileError(what, todo="Simplify the boundaries, or bring fewer of them.")
    if data.startswith(ZIP_START):
        names, shapes, crs = _read_zip(data)
    elif data.startswith(GPKG_START):
        names, shapes, crs = _read_geopackage(data)
    else:
        names, shapes, crs = _read_geojson(data)
    return _finish(names, shapes, crs=crs)


def _finish(names: list[str], shapes: list[Geometry], *, crs: str) -> list[NamedShape]:
    kept = [(name, shape) for name, shape in zip(names, shapes, strict=True) if _is_area(shape)]
    if not kept:
        raise BoundaryFileError("The file holds no areas.", todo="Points and lines are no boundary: bring polygons.")
    if len(kept) > MOST_SHAPES or sum(int(shapely.get_num_coordinates(shape)) for _, shape in kept) > MOST_CORNERS:
        what = f"The file holds more than {MOST_SHAPES} areas, or they have more than {MOST_CORNERS:,} corners."
        raise BoundaryFileError(what, todo="Bring fewer of them, or simplify their boundaries.")
    return [_placed(name, shape, crs=crs) for name, shape in kept]


def _is_area(shape: Geometry) -> bool:
    return shape is not None and shape.geom_type in {"Polygon", "MultiPolygon"} and not shape.is_empty


def _placed(name: str, shape: Geometry, *, crs: str) -> NamedShape:
    mended = shapely.force_2d(shape)
    is_valid = bool(mended.is_valid)
    grid = _in_metres(mended if is_valid else shapely.make_valid(mended), crs=crs)
    west, south, east, north = grid.bounds if not grid.is_empty else (np.nan,) * 4
    low_x, low_y, high_x, high_y = ENGLAND_BOX
    if not (
        np.isfinite([west, south, east, north]).all()
        and west < high_x
        and east > low_x
        and south < high_y
        and north > low_y
    ):
        what = f"“{name}” does not lie in England."
        raise BoundaryFileError(
            what, todo="Its projection may be wrong: save it as WGS 84 or as British National Grid."
        )
    if not grid.area > 0:
        raise BoundaryFileError(f"“{name}” holds no area.", todo="Its corners lie in one line: draw it again.")
    return NamedShape(name=name, geometry=grid, was_mended=not is_valid)


def _in_metres(shape: Geometry, *, crs: str) -> Geometry:
    try:
        source = CRS.from_user_input(crs)
    except CRSError as error:
        what = "The projection of the file is not known."
        raise BoundaryFileError(what, todo="Save it as WGS 84 or as British National Grid.") from error
    if source == CRS.from_user_input(BRITISH_GRID):
        return shape
    transformer = Transformer.from_crs(source, BRITISH_GRID, always_xy=True)
    return shapely.transform(shape, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))


def _read_geojson(data: bytes) -> tuple[list[str], list[Geometry], str]:
    try:
        body = json.loads(data.decode("utf-8-sig"))
        features = body["features"] if body.get("type") == "FeatureCollection" else [body]
        shapes = [shapely.geometry.shape(feature.get("geometry") or feature) for feature in features[: MOST_SHAPES + 1]]
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BoundaryFileError("The file is of no kind that can be read.", todo=HOW) from error
    except (AttributeError, KeyError, TypeError, IndexError, shapely.errors.ShapelyError) as error:
        raise BoundaryFileError("The file is JSON, but not GeoJSON with areas.", todo=HOW) from error
    names = [_name_of(feature.get("properties"), number) for number, feature in enumerate(features, start=1)]
    crs = DEGREES
    if any(_is_area(shape) and np.abs(shape.bounds).max() > 180 for shape in shapes):  # noqa: PLR2004 - degrees
        # GeoJSON is WGS 84 (RFC 7946); older programs write metres and say so in a member that has been retired.
        if "27700" not in json.dumps(body.get("crs", "")):
            what = "The corners in the file are not longitudes and latitudes."
            raise BoundaryFileError(what, todo="Save it again as GeoJSON in WGS 84 (EPSG:4326).")
        crs = BRITISH_GRID
    return names[: len(shapes)], shapes, crs


def _read_zip(data: bytes) -> tuple[list[str], list[Geometry], str]:
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
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise BoundaryFileError("The zip cannot be opened.", todo="Zip it again, without a password.") from error


def _read_geopackage(data: bytes) -> tuple[list[str], list[Geometry], str]:
    if data[GPKG_ID] not in GPKG_IDS:
        raise BoundaryFileError("The file is a database, but not a GeoPackage.", todo=HOW)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shape.gpkg"
        path.write_bytes(data)
        return _read_with_gdal(path)


def _read_with_gdal(path: Path) -> tuple[list[str], list[Geometry], str]:
    try:
        # What GDAL warns of is either no matter or comes out as an error as well.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            meta, wkb, columns = _read_layer(path)
    except (DataSourceError, DataLayerError, IndexError, ValueError) as error:
        what = "The file is damaged, or parts of it are missing."
        raise BoundaryFileError(what, todo=HOW) from error
    if not meta["crs"]:
        what = "The file does not say which projection it is in."
        raise BoundaryFileError(what, todo="Add its .prj to the zip, or save it as GeoJSON in WGS 84.")
    rows = [dict(zip(meta["fields"], values, strict=True)) for values in zip(*columns, strict=True)]
    rows = rows or [{} for _ in wkb]
    names = [_name_of(row, number) for number, row in enumerate(rows, start=1)]
    return names, list(shapely.from_wkb(wkb)), str(meta["crs"])


def _read_layer(path: Path) -> tuple[dict[str, Any], Any, list[Any]]:
    layers = pyogrio.list_layers(path)
    with_areas = [str(name) for name, kind in layers if kind and "Polygon" in str(kind)] or [str(layers[0][0])]
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=with_areas[0], max_features=MOST_SHAPES + 1)
    return meta, wkb, columns


def _name_of(properties: object, number: int) -> str:
    """Return what a shape is called: by a field that is named so, else by its first words, else by its number."""
    fields = properties if isinstance(properties, dict) else {}
    words = {str(key): value for key, value in fields.items() if isinstance(value, str) and value.strip()}
    named = [value for key, value in words.items() if "name" in key.lower() or key.lower().endswith("nm")]
    return " ".join((named or [*words.values()] or [f"Area {number}"])[0].split())[:LONGEST_NAME]
