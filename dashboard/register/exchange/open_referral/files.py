"""Services of a file or of a feed's pages as drafts, like the rows of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dashboard.register.exchange.drafts import Draft, RowProblem
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.geojson import read_json
from dashboard.register.exchange.limits import MAX_ROWS
from dashboard.register.exchange.open_referral.older import is_older, renew_service
from dashboard.register.exchange.open_referral.parts import text_of, things_of
from dashboard.register.exchange.open_referral.reading import is_over, read_service
from dashboard.register.exchange.reading import check_draft
from dashboard.register.model import VERSIONED_FIELDS, Asset
from dashboard.register.taxonomy import Taxonomy

Json = Mapping[str, Any]
# A service tells of everything that the standard has a field for.
_TOLD = frozenset(VERSIONED_FIELDS)
_NO_KIND = "other"


def services_in(content: bytes) -> list[Json]:
    """Return the services of a file: a page of a feed (3.0 or 1.x), a list of services, or a single one.

    Raises
    ------
    UploadError
        If there are none in it.
    """
    body = read_json(content)
    found = services_of_page(body) if isinstance(body, Mapping) else body
    services = [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
    if not services:
        raise UploadError("There are no Open Referral services in the file.", todo="Save the answer of /services.")
    if len(services) > MAX_ROWS:
        raise UploadError(f"The file has more than {MAX_ROWS:,} services.", todo="Split it into parts.")
    return services


def services_of_page(page: Json) -> list[Any]:
    """Return the services of a page of a feed, 3.0 or 1.x, or the page itself when it is one service."""
    for name in ("contents", "content"):
        if isinstance(page.get(name), list):
            return list(page[name])
    return [page] if "id" in page and "name" in page else []


def draft_services(
    services: Iterable[Json],
    *,
    taxonomy: Taxonomy,
    source: str,
    licence: str = "",
    kind: str = "",
    is_own: bool = False,
) -> list[Draft]:
    """Return a draft for each service, or for each of its locations when it has several; rows count from 1.

    Parameters
    ----------
    kind
        Of a service whose words tell no kind.
    """
    drafts = []
    for row, service in enumerate(services, start=1):
        current = renew_service(service) if is_older(service) else service
        over = RowProblem(row=row, column="status", reason="The feed says that it is no more.")
        refused = (over,) if is_over(current) else ()
        for asset in _assets(current, taxonomy=taxonomy, is_own=is_own):
            named = (
                asset if is_own and asset.source else replace(asset, source=source, licence=asset.licence or licence)
            )
            kinded = replace(named, kind=kind) if kind and named.kind == _NO_KIND else named
            drafts.append(check_draft(row, kinded, taxonomy=taxonomy, told=_TOLD, refused=refused))
    return drafts


def _assets(service: Json, *, taxonomy: Taxonomy, is_own: bool) -> Iterator[Asset]:
    places = things_of(service, "service_at_locations")
    for at in range(max(len(places), 1)):
        asset = read_service(service, taxonomy=taxonomy, is_own=is_own, at=at)
        if is_own:
            yield asset
            continue
        ref = text_of(service, "id") if len(places) <= 1 else text_of(places[at], "id")
        yield replace(asset, asset_id="", source_ref=ref or text_of(service, "id"))
