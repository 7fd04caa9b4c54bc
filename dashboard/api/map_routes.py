"""What a map fetches: tiles once, one byte per area for each indicator, and the words of a hover card.

Addresses carry the snapshot's id, so everything under them may be kept for ever; a snapshot stays available to a page
that is open while a newer one is published, for as long as its file is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.api.replies import FOR_EVER, packed_reply, refusal
from dashboard.components.maps.places import LAYERS, Layer
from dashboard.components.maps.words import describe_value
from dashboard.map_repository import MapRepository, count_ranked, packed_members, packed_worst_percents
from dashboard.warehouse import open_warehouse
from etl.settings import Settings

TILE_TYPE = "application/vnd.mapbox-vector-tile"
BYTES_TYPE = "application/octet-stream"
MOST_INDICATORS_ON_A_CARD = 6

_BUILD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")

Answer = Callable[[Request, Path, Layer], Response]


def map_routes(settings: Settings) -> list[Route]:
    """Return the routes of tiles, values, memberships and hover cards."""

    def of_snapshot(answer: Answer) -> Callable[[Request], Response]:
        def endpoint(request: Request) -> Response:
            path = snapshot_of(settings, build_id=request.path_params["build"])
            if path is None:
                return refusal("There is no such snapshot.")
            layer = next((known for known in LAYERS if known == request.path_params["layer"]), None)
            if layer is None:
                return refusal("There is no such level of areas.")
            return answer(request, path, layer)

        return endpoint

    return [
        Route("/tiles/{build}/{layer}/{z:int}/{x:int}/{y:int}.mvt", of_snapshot(_tile)),
        Route("/values/{build}/{layer}/{indicator}.bin", of_snapshot(_values)),
        Route("/members/{build}/{layer}/{area}.bin", of_snapshot(_members)),
        Route("/areas/{build}/{layer}/{feature:int}.json", of_snapshot(_area)),
    ]


def snapshot_of(settings: Settings, *, build_id: str) -> Path | None:
    """Return the file of a published snapshot; None when there is none of that id."""
    if not _BUILD_ID.fullmatch(build_id):
        return None
    path = settings.snapshots_dir / f"{build_id}.duckdb"
    return path if path.is_file() else None


def _tile(request: Request, path: Path, layer: Layer) -> Response:
    z, x, y = (request.path_params[name] for name in ("z", "x", "y"))
    mvt = MapRepository(open_warehouse(path)).tile(layer=layer, z=z, x=x, y=y) if max(z, x, y) < 2**31 else None
    if mvt is None:
        return Response(status_code=204, headers={"Cache-Control": FOR_EVER})
    return packed_reply(request, mvt, media_type=TILE_TYPE)


def _values(request: Request, path: Path, layer: Layer) -> Response:
    indicator_id = request.path_params["indicator"]
    base_code = request.query_params.get("base") or None
    repository = MapRepository(open_warehouse(path))
    if not repository.has_indicator(indicator_id):
        return refusal("There is no such indicator.")
    if base_code is not None and not repository.has_area(base_code):
        return refusal("There is no such area.")
    packed = packed_worst_percents(path=path, layer=layer, indicator_id=indicator_id, base_code=base_code)
    return packed_reply(request, packed, media_type=BYTES_TYPE)


def _members(request: Request, path: Path, layer: Layer) -> Response:
    area_code = request.path_params["area"]
    if not MapRepository(open_warehouse(path)).has_area(area_code):
        return refusal("There is no such area.")
    return packed_reply(request, packed_members(path=path, layer=layer, area_code=area_code), media_type=BYTES_TYPE)


def _area(request: Request, path: Path, layer: Layer) -> Response:
    repository = MapRepository(open_warehouse(path))
    feature_id = request.path_params["feature"]
    area = repository.area(layer=layer, feature_id=feature_id) if feature_id < 2**31 else None
    if area is None:
        return refusal("There is no such area.")
    indicator_ids = request.query_params.get("indicators", "").split(",")[:MOST_INDICATORS_ON_A_CARD]
    values = repository.area_values(area_code=area["area_code"], indicator_ids=indicator_ids)
    card = {
        "name": area["name"],
        "official_name": area["official_name"],
        "area_code": area["area_code"],
        "population": area["population"],
        "values": [
            describe_value(row, ranked=counted.ranked, tied=counted.sharing.get(row["value"], 1))
            for row in values
            for counted in [count_ranked(path=path, layer=layer, indicator_id=row["indicator_id"])]
        ],
    }
    return JSONResponse(card, headers={"Cache-Control": FOR_EVER})
