"""What a map shows, and what a person did on it: plain values, with nothing about how they are drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.components.maps.fills import Bivariate, Fill, LeftBehind, require_indicator_id
from dashboard.components.maps.places import ENGLAND, Bounds, Layer, LonLat, Place, require_area_code

_FILTER = re.compile(r"[a-z0-9_,]*")


@dataclass(frozen=True)
class Basemap:
    """Streets and names under the areas: an XYZ address and the credit that its licence asks for."""

    url: str
    attribution: str


@dataclass(frozen=True)
class AssetLayer:
    """The community assets that are drawn.

    Parameters
    ----------
    number
        The register's number of change: a newer one has the map ask again.
    filters
        As the map's address of assets has them: names, and ids with commas between them.
    selected_key
        The register's number of the entry that is picked out.
    """

    number: int
    filters: Mapping[str, str] = field(default_factory=dict)
    selected_key: int | None = None

    def __post_init__(self) -> None:
        for text in (*self.filters, *self.filters.values()):
            if not _FILTER.fullmatch(text):
                raise ValueError(f"{text!r} is not a filter of ids")


@dataclass(frozen=True)
class MapView:
    """All that a map shows.

    Parameters
    ----------
    build_id
        The snapshot; addresses of tiles and values carry it.
    layer
        Size of the areas that are painted.
    fill
        One indicator, or need and digital exclusion together.
    base_area_code
        Count worst-per-cent among the areas inside this one instead of over England; None for England.
    left_behind
        Thresholds of the outline; None draws none.
    selected
        The one area that is picked out.
    within
        Area that the map is about: it is outlined and everything outside it faded.
    bounds
        Box to move to whenever it differs from the one before; the first is not followed when the address of the page
        already says where to look.
    looks
        How often a person has asked to be taken to the box: when it has grown, the map moves to it again.
    basemap
        The base map that can be drawn; None when none is offered.
    is_basemap_shown
        Whether it is drawn, when there is one.
    assets
        The community assets that are drawn; None draws none.
    given
        Worst-per-cent of indicators that the server's routes do not know, by id: one byte per area of the layer in
        order of feature_id, 0 for none. They take the place of what the routes would say.
    inside
        One byte per area: 1 for those the map is about, when that is not one area of the warehouse; the others fade.
    pins
        Places with a number each, from 1 up.
    corners
        Corners of a boundary that is being drawn, numbered too.
    """

    build_id: str
    layer: Layer
    fill: Fill | Bivariate
    base_area_code: str | None = None
    left_behind: LeftBehind | None = None
    selected: Place | None = None
    within: Place | None = None
    bounds: Bounds = ENGLAND
    looks: int = 0
    basemap: Basemap | None = None
    is_basemap_shown: bool = True
    assets: AssetLayer | None = None
    given: Mapping[str, bytes] = field(default_factory=dict)
    inside: bytes | None = None
    pins: tuple[LonLat, ...] = ()
    corners: tuple[LonLat, ...] = ()

    def __post_init__(self) -> None:
        if self.base_area_code is not None:
            require_area_code(self.base_area_code)
        for indicator_id in self.given:
            require_indicator_id(indicator_id)


@dataclass(frozen=True)
class MapEvent:
    """A click (or Enter at the middle of the map) that has not been answered yet.

    Parameters
    ----------
    lon, lat
        Where, in degrees.
    layer, feature_id
        The area that was drawn there; None when there was none.
    asset_key
        The register's number of the community asset that was chosen; None when it was none.
    """

    lon: float
    lat: float
    layer: Layer
    feature_id: int | None
    asset_key: int | None = None
