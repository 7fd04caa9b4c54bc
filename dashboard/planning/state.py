"""A plan as an address carries it: a kind of help, and the places where it would be offered.

Pure: query parameters in, a frozen dataclass out, and back. What is not usable is left out, so that an old or mistyped
link still opens.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.register.json_form import Json
from dashboard.state import AREA_CODE, read_code

MOST_SITES = 20
DEFAULT_K = 3
DEFAULT_GROUP = "digital_help"
_GROUP = re.compile(r"[a-z][a-z0-9_]{0,79}")
_ASSET_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_DIGITS = 5


@dataclass(frozen=True)
class Site:
    """A place where help would be offered: a point in degrees, and the entry of the register that is there, if any."""

    lon: float
    lat: float
    asset_id: str = ""


@dataclass(frozen=True)
class Plan:
    """What a planner has in mind.

    Parameters
    ----------
    group
        The kind of help: an id of `dashboard.planning.support.support_groups`.
    within
        Code of the area that is planned for; empty for all of England.
    sites
        Where help would be offered.
    k
        How many places the best ones are asked for.
    """

    group: str = DEFAULT_GROUP
    within: str = ""
    sites: tuple[Site, ...] = ()
    k: int = DEFAULT_K

    def with_site(self, site: Site) -> Plan:
        """Return this plan with one more place; one that is in it, or one too many, changes nothing."""
        if site in self.sites or len(self.sites) >= MOST_SITES:
            return self
        return replace(self, sites=(*self.sites, site))

    def without_site(self, number: int) -> Plan:
        """Return this plan without one of its places, counted from 0."""
        return replace(self, sites=self.sites[:number] + self.sites[number + 1 :])


PARAMETERS = ("help", "within", "sites", "k")


def make_site(lon: float, lat: float, *, asset_id: str = "") -> Site:
    """Return a place with its point as precise as an address keeps it: about a metre."""
    return Site(round(float(lon), _DIGITS), round(float(lat), _DIGITS), asset_id)


def read_plan(query: Mapping[str, str]) -> Plan:
    """Return the plan that query parameters, or a kept plan's body, ask for."""
    default = Plan()
    group, within = query.get("help", default.group), read_code(query.get("within", ""))
    sites = tuple(dict.fromkeys(filter(None, map(_read_site, query.get("sites", "").split(";")))))
    number = query.get("k", "")
    k = int(number) if number.isascii() and number.isdecimal() and len(number) <= len(str(MOST_SITES)) else default.k
    return Plan(
        group=group if _GROUP.fullmatch(group) else default.group,
        within=within if AREA_CODE.fullmatch(within) else default.within,
        sites=sites[:MOST_SITES],
        k=min(max(k, 1), MOST_SITES),
    )


def write_plan(plan: Plan) -> dict[str, str]:
    """Return the query parameters of a plan; what is at its default is left out."""
    default = Plan()
    written = {
        "help": plan.group if plan.group != default.group else "",
        "within": plan.within,
        "sites": ";".join(_write_site(site) for site in plan.sites),
        "k": str(plan.k) if plan.k != default.k else "",
    }
    return {name: text for name, text in written.items() if text}


def plan_body(plan: Plan, **said: object) -> Json:
    """Return a plan as the register keeps it, with what was said of it when it was saved."""
    return {"plan": write_plan(plan), **said}


def plan_of_body(body: Mapping[str, object]) -> Plan:
    """Return the plan that the register kept."""
    kept = body.get("plan")
    return read_plan({str(name): str(text) for name, text in kept.items()} if isinstance(kept, dict) else {})


def _write_site(site: Site) -> str:
    point = f"{site.lat:.{_DIGITS}f},{site.lon:.{_DIGITS}f}"
    return f"{point},{site.asset_id}" if site.asset_id else point


def _read_site(text: str) -> Site | None:
    lat, lon, asset_id = ([*text.split(","), "", "", ""])[:3]
    try:
        point = float(lon), float(lat)
    except ValueError:
        return None
    if not all(map(math.isfinite, point)) or abs(point[0]) > 180 or abs(point[1]) > 90:  # noqa: PLR2004 - degrees
        return None
    return make_site(*point, asset_id=asset_id if _ASSET_ID.fullmatch(asset_id) else "")
