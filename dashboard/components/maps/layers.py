"""The folium side of a map: a small map that stays the same, and the message that restyles it.

Everything that changes travels in the message, and a message holds ids, numbers and booleans only. Names and other
words reach the browser as JSON from the API and are drawn with `textContent`: folium puts text into JavaScript and
does not make it safe.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import astuple

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from dashboard.components.maps import assets
from dashboard.components.maps.asset_symbols import SYMBOLS
from dashboard.components.maps.palettes import CASING_COLOUR, FOCUS_COLOUR, NO_FIGURE_COLOUR, OUTLINE_COLOUR, PALETTES
from dashboard.components.maps.view import ENGLAND, Basemap, Bivariate, MapView, Place

CENTRE = ((ENGLAND.south + ENGLAND.north) / 2, (ENGLAND.west + ENGLAND.east) / 2)
BOUNDARY_CREDIT = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right"
)

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_UNSAFE = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&'`$%#{}"})


class QuietMap(folium.Map):
    """A folium map that loads Leaflet from this server, nothing else, and lets people zoom the page."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }} ></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }}, zoom: 6, minZoom: 4, maxZoom: 17, zoomSnap: 0.25, zoomDelta: 1,
            zoomControl: false, attributionControl: false
        });
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(CENTRE, tiles=None)
        self.default_js = [("leaflet", assets.LEAFLET.address)]
        self.default_css = [("leaflet_css", assets.LEAFLET_CSS.address)]


class NeighbourhoodLayer(JSCSSMixin):
    """The MapLibre layer inside the Leaflet map; our own script does the work."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.commonGround.attach({{ this._parent.get_name() }}, {{ this.settings_json }});
        {% endmacro %}
        """
    )

    def __init__(self, settings_json: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "NeighbourhoodLayer"
        self.settings_json = settings_json
        self.default_js = [
            ("maplibre", assets.MAPLIBRE.address),
            ("maplibre_leaflet", assets.MAPLIBRE_LEAFLET.address),
            ("community_assets", assets.own_address("community_assets.js")),
            ("neighbourhoods", assets.own_address("neighbourhoods.js")),
        ]
        self.default_css = [
            ("maplibre_css", assets.MAPLIBRE_CSS.address),
            ("neighbourhoods_css", assets.own_address("neighbourhoods.css")),
        ]


class RestyleMessage(MacroElement):
    """The message, which runs whenever it differs from the one before; the map stays."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.commonGround.restyle({{ this.message_json }});{% endmacro %}"
    )

    def __init__(self, message_json: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "RestyleMessage"
        self.message_json = message_json


def make_map(
    *, build_id: str, zooms: Mapping[str, tuple[int, int]], basemap: Basemap | None, keeps_view: bool = True
) -> folium.Map:
    """Return the map; the same arguments give the same script, so that it is not made anew at each rerun.

    Parameters
    ----------
    zooms
        Lowest and highest zoom of each layer's tiles.
    keeps_view
        Whether the page's address says where the map looks.
    """
    settings = {
        "build": build_id,
        "zooms": {layer: list(pair) for layer, pair in zooms.items()},
        "worker": assets.MAPLIBRE_WORKER.address,
        "palettes": {name: list(colours) for name, colours in PALETTES.items()},
        "colours": {
            "noFigure": NO_FIGURE_COLOUR,
            "outline": OUTLINE_COLOUR,
            "casing": CASING_COLOUR,
            "focus": FOCUS_COLOUR,
        },
        "basemap": None if basemap is None else {"url": basemap.url, "credit": basemap.attribution},
        "credit": BOUNDARY_CREDIT,
        "symbols": [symbol.path for symbol in SYMBOLS],
        "keepsView": keeps_view,
    }
    made = QuietMap()
    NeighbourhoodLayer(safe_json(settings)).add_to(made)
    return made


def make_message(view: MapView) -> folium.FeatureGroup:
    """Return the feature group that carries a view to the map."""
    group = folium.FeatureGroup(name="view")
    RestyleMessage(safe_json(message_of(view))).add_to(group)
    return group


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
