"""What the map's script is told: ids, numbers and booleans, written so that nothing in them can run.

Everything that changes travels in the message. Names and other words reach the browser as JSON from the API and are
drawn with `textContent`: folium puts text into JavaScript and does not make it safe.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import astuple

from dashboard.components.maps.fills import Bivariate
from dashboard.components.maps.places import Place
from dashboard.components.maps.view import MapView

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_UNSAFE = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&'`$%#{}"})


def message_of(view: MapView) -> dict[str, object]:
    """Return what the map's script is told: ids, numbers and booleans, never words."""
    fill = view.fill
    if isinstance(fill, Bivariate):
        painted: dict[str, object] = {"palette": "bivariate", "ids": [fill.need_id, fill.exclusion_id], "breaks": []}
    else:
        painted = {"palette": fill.palette, "ids": [fill.indicator_id], "breaks": [c.up_to for c in fill.classes]}
    outline = view.left_behind
    return {
        "layer": view.layer,
        "fill": painted,
        "base": view.base_area_code,
        "leftBehind": None
        if outline is None
        else {
            "ids": [outline.need_id, outline.exclusion_id],
            "worst": [outline.need_worst, outline.exclusion_worst],
        },
        "selected": _place_of(view.selected),
        "within": _place_of(view.within),
        "bounds": list(astuple(view.bounds)),
        "looks": view.looks,
        "basemap": view.is_basemap_shown,
        "given": {name: b64encode(figures).decode("ascii") for name, figures in view.given.items()},
        "inside": None if view.inside is None else b64encode(view.inside).decode("ascii"),
        "assets": None
        if view.assets is None
        else {
            "number": view.assets.number,
            "filters": dict(view.assets.filters),
            "selected": view.assets.selected_key,
        },
        "pins": [[float(lon), float(lat)] for lon, lat in view.pins],
        "corners": [[float(lon), float(lat)] for lon, lat in view.corners],
    }


def safe_json(value: object) -> str:
    """Return JSON that may stand in a script, whatever the script stands in.

    Folium puts a script through its template engine once more, so a brace in a string could run on the server, and a
    dollar sign or a backtick in the browser. Inside strings all such characters are written as escapes, which mean the
    same; JSON's own structure holds none of them but single braces.
    """
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return _STRING.sub(lambda found: found.group().translate(_UNSAFE), text)


def _place_of(place: Place | None) -> dict[str, object] | None:
    return None if place is None else {"layer": place.layer, "id": place.feature_id, "code": place.area_code}
