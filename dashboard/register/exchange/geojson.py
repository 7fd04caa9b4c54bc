"""GeoJSON in, as a table like any other, and out, as one feature for each entry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry import shape

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.limits import MAX_BYTES, MAX_ROWS, check_size
from dashboard.register.exchange.sheet import Sheet, make_sheet
from dashboard.register.exchange.text_files import decode_text

LON, LAT = "longitude", "latitude"


def read_json(content: bytes, *, most: int = MAX_BYTES) -> Any:  # noqa: ANN401
    """Return what a JSON file says.

    Raises
    ------
    UploadError
        If it is too big or not JSON.
    """
    check_size(content, most=most)
    try:
        return json.loads(decode_text(content), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UploadError("The file is not JSON.", todo="Export it again from where it came from.") from error


def read_geojson(content: bytes, *, title: str) -> Sheet:
    """Return the features of a GeoJSON file as a table, each with the middle of its geometry.

    Raises
    ------
    UploadError
        If it is not a collection of features in degrees.
    """
    body = read_json(content)
    features = body.get("features") if isinstance(body, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise UploadError("The file is not a GeoJSON collection of features.", todo="Export it as a FeatureCollection.")
    if len(features) > MAX_ROWS:
        raise UploadError(f"The file has more than {MAX_ROWS:,} features.", todo="Split it into parts.")
    told = [one["properties"] if isinstance(one.get("properties"), dict) else {} for one in features]
    columns = list(dict.fromkeys(str(key) for properties in told for key in properties))
    names = [name for name in columns if name not in (LON, LAT)]
    lines = [
        [*(_text(properties.get(name)) for name in names), *_middle(one.get("geometry"))]
        for properties, one in zip(told, features, strict=True)
    ]
    return make_sheet(title=title, lines=[[*names, LON, LAT], *lines], numbers=range(len(lines) + 1))


def write_geojson(rows: Iterable[dict[str, Any]]) -> bytes:
    """Return rows (as of `tables_out.public_row`) as GeoJSON; an entry without a point has no geometry."""
    features = [
        {
            "type": "Feature",
            "id": row["asset_id"],
            "geometry": None if row["lon"] is None else {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {name: value for name, value in row.items() if value not in (None, "")},
        }
        for row in rows
    ]
    # A page that shows the file inside a script must not be left by what somebody typed.
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()


def _middle(geometry: object) -> tuple[str, str]:
    """Return longitude and latitude of a point on a geometry, or two empty cells."""
    try:
        found = shape(geometry) if isinstance(geometry, dict) else None
        if found is None or found.is_empty:
            return "", ""
        point = found if found.geom_type == "Point" else shapely.point_on_surface(found)
        return f"{point.x:.7f}", f"{point.y:.7f}"
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError):
        return "", ""


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        # Lists within lists say nothing in a table, and may lie in one another without end.
        return "; ".join(_text(one) for one in value if not isinstance(one, list | dict))
    return "" if isinstance(value, dict) else str(value)


def _refuse_constant(name: str) -> float:
    raise ValueError(name)
