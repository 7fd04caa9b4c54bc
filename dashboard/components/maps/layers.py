"""The folium side of a map: a small map that stays the same, and the message that restyles it."""

from __future__ import annotations

from collections.abc import Mapping

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from dashboard.components.maps import assets
from dashboard.components.maps.asset_symbols import SYMBOLS
from dashboard.components.maps.message import message_of, safe_json
from dashboard.components.maps.palettes import CASING_COLOUR, FOCUS_COLOUR, NO_FIGURE_COLOUR, OUTLINE_COLOUR, PALETTES
from dashboard.components.maps.places import ENGLAND
from dashboard.components.maps.view import Basemap, MapView

CENTRE = ((ENGLAND.south + ENGLAND.north) / 2, (ENGLAND.west + ENGLAND.east) / 2)
BOUNDARY_CREDIT = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right"
)


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
