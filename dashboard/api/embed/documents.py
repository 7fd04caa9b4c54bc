"""The embedded pages, drawn by Jinja2 with every text escaped; nothing in them is a script of their own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from dashboard.api.embed.points import bounds_of, query_of, spots_of
from dashboard.assets.hours_words import open_now_words
from dashboard.assets.view import ASSET, LONGEST_TEXT, PARAMETERS, read_asset_view, write_asset_view
from dashboard.assets.words import AVAILABILITY, Naming, where_words
from dashboard.components.maps.assets import LEAFLET, LEAFLET_CSS, own_address
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.entry import Entry
from dashboard.register.model import Availability
from dashboard.register.query import Page
from dashboard.register.register import Register, utc_now
from dashboard.register.rules.freshness import freshness_words
from dashboard.register.rules.hours import UK_TIME
from dashboard.repository import Repository, open_repository
from etl.errors import NothingLoadedError
from etl.publish import current_snapshot
from etl.settings import Settings

Json = dict[str, Any]
PER_PAGE, ROWS_BESIDE_A_MAP = 20, 50
LIST_PATH, MAP_PATH, POINTS_PATH = "/embed/list", "/embed/map", "/embed/points.geojson"
ENTRY_PATH = "/assets"

_TEMPLATES = Environment(
    loader=PackageLoader("dashboard.api.embed"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Documents:
    """The two pages that another website may show.

    Parameters
    ----------
    settings
        Say which register is asked, and which base map lies under the map.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def list_page(self, parameters: Mapping[str, str], *, root: str) -> bytes:
        """Return the list at a filter, a page of it.

        Parameters
        ----------
        root
            The path under which everything is served; most often empty.
        """
        view = read_asset_view(parameters)
        pages = {
            "previous": self._address(root, LIST_PATH, {**parameters, "page": str(view.page - 1)}),
            "next": self._address(root, LIST_PATH, {**parameters, "page": str(view.page + 1)}),
        }
        return self._draw("list.html", parameters, root=root, per_page=PER_PAGE, more={"pages": pages})

    def map_page(self, parameters: Mapping[str, str], *, root: str) -> bytes:
        """Return the map at a filter, with a table that says the same."""
        bounds = bounds_of(spots_of(self._register(), query_of(parameters)))
        more = {
            "leaflet": f"{root}{LEAFLET.address}",
            "leaflet_css": f"{root}{LEAFLET_CSS.address}",
            "script": f"{root}{own_address('embed_map.js')}",
            "entry": f"{root}{ENTRY_PATH}",
            "points": self._address(root, POINTS_PATH, parameters),
            "bounds": ",".join(str(round(one, 6)) for one in bounds) if bounds else "",
            "basemap_url": self._settings.basemap_url,
            "basemap_attribution": self._settings.basemap_attribution,
        }
        first = {**parameters, "page": "1"}
        return self._draw("map.html", first, root=root, per_page=ROWS_BESIDE_A_MAP, more=more)

    def _draw(
        self, template: str, parameters: Mapping[str, str], *, root: str, per_page: int, more: Mapping[str, Any]
    ) -> bytes:
        register, repository, now = self._register(), self._repository(), utc_now()
        view = read_asset_view(parameters)
        found = register.finding.find(replace(view.query(now=now), per_page=per_page), actor=THE_PUBLIC)
        naming = Naming(taxonomy=register.settings.taxonomy(), area_name=lambda code: _area_name(repository, code))
        filters = {name: value for name, value in write_asset_view(view).items() if name != "page"}
        shown: Json = {
            "entries": [_entry(one, naming=naming, now=now, root=root) for one in found.entries],
            "total": found.total,
            "view": view,
            "last_page": max(1, math.ceil(found.total / per_page)),
            "search": PARAMETERS["text"],
            "kept": {name: value for name, value in filters.items() if name != PARAMETERS["text"]},
            "longest": LONGEST_TEXT,
            "area": naming.area_name(view.area) if view.area else "",
            "list_address": self._address(root, LIST_PATH, filters),
            "here": f"{root}{LIST_PATH if template == 'list.html' else MAP_PATH}",
            "whole": self._address(root, ENTRY_PATH, filters),
            "style": f"{root}{own_address('embed.css')}",
            "sources": _sources(found),
            "is_demo": repository.build.is_demo if repository else False,
        }
        return _TEMPLATES.get_template(template).render(**shown, **more).encode()

    def _register(self) -> Register:
        return open_register(self._settings)

    def _repository(self) -> Repository | None:
        try:
            return open_repository(current_snapshot(self._settings))
        except NothingLoadedError:
            return None

    @staticmethod
    def _address(root: str, path: str, parameters: Mapping[str, str]) -> str:
        known = {name: parameters[name] for name in PARAMETERS.values() if parameters.get(name)}
        return f"{root}{path}?{urlencode(known)}" if known else f"{root}{path}"


def _area_name(repository: Repository | None, code: str) -> str:
    area = repository.area(code) if repository else None
    return area.name if area else code


def _entry(entry: Entry, *, naming: Naming, now: datetime, root: str) -> Json:
    asset = entry.asset
    takes = AVAILABILITY[asset.availability] if asset.availability is not Availability.UNKNOWN else ""
    return {
        "name": asset.name,
        "address": f"{root}{ENTRY_PATH}?{urlencode({ASSET: asset.asset_id})}",
        "kind": naming.taxonomy.name_of("kinds", asset.kind),
        "where": where_words(asset, naming=naming),
        "takes": takes,
        "hours": open_now_words(asset.opening_hours, moment=now),
        "offers": naming.terms("offers", asset.offers),
        "freshness": freshness_words(asset.trust, today=now.astimezone(UK_TIME).date()),
    }


def _sources(found: Page) -> list[str]:
    """Return who is to be credited for what is shown, each once."""
    told = (
        f"{one.asset.source} ({one.asset.licence})" if one.asset.licence else one.asset.source for one in found.entries
    )
    return list(dict.fromkeys(filter(None, told)))
