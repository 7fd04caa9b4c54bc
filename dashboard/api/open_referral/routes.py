"""The nine addresses of the standard under /openreferral, and a refusal for every other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from dashboard.api.open_data import json_bytes, open_route
from dashboard.api.open_referral.services import Services
from dashboard.api.open_referral.vocabulary import Vocabulary
from dashboard.api.rates import Rate
from dashboard.opening import serves_demo
from dashboard.register.errors import NotFoundError
from dashboard.register.exchange.open_referral.pages import api_details
from dashboard.register.exchange.open_referral.queries import read_paging, read_query
from etl.settings import Settings

PREFIX = "/openreferral"
MOST_A_MINUTE = 600
# The published description of the nine endpoints, as the standard's own example feeds name it.
OPENAPI_URL = "https://docs.openreferraluk.org/en/latest/openapi30.json"
DEMO_NOTICE = "These are not real places. This is a demonstration with made-up groups and places."
# Parameters that may be given several times, instead of once with commas.
_LISTED = frozenset({"taxonomy_term_id", "taxonomy_id"})

Answer = Callable[[Request], Mapping[str, Any]]


def open_referral_routes(settings: Settings, *, most_a_minute: int = MOST_A_MINUTE) -> list[Route]:
    """Return the routes of the API.

    Parameters
    ----------
    most_a_minute
        How many questions one address may ask.
    """
    services, words = Services(settings), Vocabulary(settings)
    answers: dict[str, Answer] = {
        "": lambda _: _details(settings),
        "/": lambda _: _details(settings),
        "/services": lambda asked: services.listed(read_query(_parameters(asked)), is_at_location=False),
        "/services/{id}": lambda asked: services.one(asked.path_params["id"]),
        "/service_at_locations": lambda asked: services.listed(read_query(_parameters(asked)), is_at_location=True),
        "/service_at_locations/{id}": lambda asked: services.one_at_location(asked.path_params["id"]),
        "/taxonomies": lambda asked: words.taxonomies(**_paging(asked)),
        "/taxonomies/{id}": lambda asked: words.taxonomy(asked.path_params["id"]),
        "/taxonomy_terms": lambda asked: words.terms(**_paging(asked)),
        "/taxonomy_terms/{id}": lambda asked: words.term(asked.path_params["id"]),
        "/{rest:path}": _nothing,
    }
    rate = Rate(most=most_a_minute, within_s=60)
    return [open_route(f"{PREFIX}{path}", _as_json(answer), rate=rate) for path, answer in answers.items()]


def _details(settings: Settings) -> Mapping[str, Any]:
    return api_details(openapi_url=OPENAPI_URL, notice=DEMO_NOTICE if serves_demo(settings) else "")


def _as_json(answer: Answer) -> Callable[[Request], bytes]:
    return lambda request: json_bytes(answer(request))


def _parameters(request: Request) -> dict[str, str]:
    given = request.query_params
    return {name: (",".join(given.getlist(name)) if name in _LISTED else given[name]) for name in given}


def _paging(request: Request) -> dict[str, int]:
    page, per_page = read_paging(_parameters(request))
    return {"page": page, "per_page": per_page}


def _nothing(_request: Request) -> Mapping[str, Any]:
    todo = "Ask for /services, /service_at_locations, /taxonomies or /taxonomy_terms, each also with /{id}."
    raise NotFoundError("There is nothing at this address.", todo=todo)
