"""The embedded pages, drawn by Jinja2 with every text escaped; nothing in them is a script of their own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from dashboard.api.embed.points import bounds_of, query_of, spots_of
from dashboard.api.embed.rows import ENTRY_PATH, area_name, entry_row, sources_of
from dashboard.assets.asked import read_asked
from dashboard.assets.view import LONGEST_TEXT, PARAMETERS, read_asset_view, write_asset_view
from dashboard.assets.words import Naming
from dashboard.components.maps.assets import LEAFLET, LEAFLET_CSS, own_address
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.errors import RegisterError
from dashboard.register.register import Register, utc_now
from dashboard.repository import Repository, open_repository
from etl.errors import NothingLoadedError
from etl.publish import current_snapshot
from etl.settings import Settings

Json = dict[str, Any]
PER_PAGE, ROWS_BESIDE_A_MAP = 20, 50
LIST_PATH, MAP_PATH, POINTS_PATH = "/embed/list", "/embed/map", "/embed/points.geojson"

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
        register = self._register()
        bounds = bounds_of(spots_of(register, query_of(register, parameters)))
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

    def refusal_page(self, refused: RegisterError, *, root: str) -> bytes:
        """Return why there is no list or map, for whoever visits the other website."""
        shown = {"refused": refused, "whole": f"{root}{ENTRY_PATH}", "sources": []}
        return self._render("refused.html", shown, root=root)

    def _draw(
        self, template: str, parameters: Mapping[str, str], *, root: str, per_page: int, more: Mapping[str, Any]
    ) -> bytes:
        register, repository, now = self._register(), self._repository(), utc_now()
        view = read_asset_view(parameters)
        asked = read_asked(register, view, now=now)
        found = register.finding.find(replace(asked.query, per_page=per_page), actor=THE_PUBLIC)
        naming = Naming(taxonomy=register.settings.taxonomy(), area_name=lambda code: area_name(repository, code))
        filters = {name: value for name, value in write_asset_view(view).items() if name != "page"}
        shown: Json = {
            "entries": [entry_row(one, naming=naming, now=now, root=root) for one in found.entries],
            "total": found.total,
            "view": view,
            "last_page": max(1, math.ceil(found.total / per_page)),
            "search": PARAMETERS["text"],
            "kept": {name: value for name, value in filters.items() if name != PARAMETERS["text"]},
            "longest": LONGEST_TEXT,
            "area": asked.own.name if asked.own else naming.area_name(view.area) if view.area else "",
            "list_address": self._address(root, LIST_PATH, filters),
            "here": f"{root}{LIST_PATH if template == 'list.html' else MAP_PATH}",
            "whole": self._address(root, ENTRY_PATH, filters),
            "sources": sources_of(found),
        }
        return self._render(template, {**shown, **more}, root=root)

    def _render(self, template: str, shown: Mapping[str, Any], *, root: str) -> bytes:
        repository = self._repository()
        style = f"{root}{own_address('embed.css')}"
        is_demo = repository.build.is_demo if repository else False
        return _TEMPLATES.get_template(template).render(**shown, style=style, is_demo=is_demo).encode()

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
