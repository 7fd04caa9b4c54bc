"""The view that a person has made of the Find page, kept in the address so that a link shows a colleague the same.

Pure: query parameters in, a frozen dataclass out, and back. Whatever is not a usable value becomes the default, so
that an old or mistyped link still opens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeVar, get_args

Level = Literal["icb", "sicbl", "lad", "ward", "msoa", "lsoa"]
Base = Literal["england", "within"]
Outline = Literal["left_behind", "clusters", "nothing"]

Choice = TypeVar("Choice", bound=str)

LEVELS: tuple[Level, ...] = get_args(Level)
BOTH = "both"
LOWEST_THRESHOLD, HIGHEST_THRESHOLD, EVERYONE = 1, 50, 100
HEAVIEST, USUAL_WEIGHT = 10, 5
# A published code, or that of an area of somebody's own (`dashboard.questions.own_areas`).
AREA_CODE = re.compile(r"[A-Z][0-9A-Z]{2,14}|custom-[a-z0-9_]{1,64}")
INDICATOR_ID = re.compile(r"[a-z0-9_]{1,60}")


@dataclass(frozen=True)
class View:
    """What the Find page shows.

    Parameters
    ----------
    level
        Size of the areas that are drawn and listed.
    show
        `both` for need and digital exclusion, or the id of the one indicator that is drawn.
    need, exclusion
        Indicators of the two pillars.
    support
        What thin support is counted of, as the third pillar: a group of assets; empty for two pillars.
    need_worst, exclusion_worst, support_worst
        Thresholds in per cent: an area is left behind when it is in the worst so many on every pillar. 100 on support
        leaves nobody out, so that it counts for the order only.
    need_weight, exclusion_weight, support_weight
        Weights of the pillars in the order of places, 0 to 10.
    base
        Whether worst is counted over England or over the chosen area.
    within
        Code of the area that is shown alone; empty for all of England.
    at
        Code of the area that is selected; empty for none.
    outline
        What is outlined on the map: the left-behind areas, the clusters of high priority, or nothing.
    is_basemap_shown
        Whether streets are drawn under the areas.
    """

    level: Level = "lsoa"
    show: str = BOTH
    need: str = "imd_2025"
    exclusion: str = "digital_exclusion_2025"
    need_worst: int = 20
    exclusion_worst: int = 20
    support: str = ""
    support_worst: int = 20
    need_weight: int = USUAL_WEIGHT
    exclusion_weight: int = USUAL_WEIGHT
    support_weight: int = USUAL_WEIGHT
    base: Base = "england"
    within: str = ""
    at: str = ""
    outline: Outline = "left_behind"
    is_basemap_shown: bool = True

    def changed(self, **changes: object) -> View:
        """Return this view with some of its parts changed; one that has no area to count within counts over England."""
        view = replace(self, **changes)  # type: ignore[arg-type]
        return view if view.within else replace(view, base="england")


# The name of each part in the address: short, and in a planner's words.
PARAMETERS: dict[str, str] = {
    "level": "level",
    "show": "show",
    "need": "need",
    "exclusion": "exclusion",
    "need_worst": "need_worst",
    "exclusion_worst": "exclusion_worst",
    "support": "support",
    "support_worst": "support_worst",
    "need_weight": "need_weight",
    "exclusion_weight": "exclusion_weight",
    "support_weight": "support_weight",
    "base": "base",
    "within": "within",
    "at": "at",
    "outline": "outline",
    "is_basemap_shown": "streets",
}


def read_view(query: Mapping[str, str]) -> View:
    """Return the view that query parameters ask for; a part that is absent or unusable is the default."""
    default = View()
    given = {field.name: query[PARAMETERS[field.name]] for field in fields(View) if PARAMETERS[field.name] in query}
    return default.changed(
        level=_one_of(given.get("level"), LEVELS, default.level),
        show=_matching(given.get("show"), INDICATOR_ID, default.show),
        need=_matching(given.get("need"), INDICATOR_ID, default.need),
        exclusion=_matching(given.get("exclusion"), INDICATOR_ID, default.exclusion),
        need_worst=_threshold(given.get("need_worst"), default.need_worst),
        exclusion_worst=_threshold(given.get("exclusion_worst"), default.exclusion_worst),
        support=_matching(given.get("support"), INDICATOR_ID, default.support),
        support_worst=_whole(given.get("support_worst"), LOWEST_THRESHOLD, EVERYONE, default.support_worst),
        need_weight=_whole(given.get("need_weight"), 0, HEAVIEST, default.need_weight),
        exclusion_weight=_whole(given.get("exclusion_weight"), 0, HEAVIEST, default.exclusion_weight),
        support_weight=_whole(given.get("support_weight"), 0, HEAVIEST, default.support_weight),
        base=_one_of(given.get("base"), get_args(Base), default.base),
        within=_matching(read_code(given.get("within", "")), AREA_CODE, default.within),
        at=_matching(read_code(given.get("at", "")), AREA_CODE, default.at),
        outline=_one_of(given.get("outline"), get_args(Outline), default.outline),
        is_basemap_shown=given.get("is_basemap_shown") != "off",
    )


def write_view(view: View) -> dict[str, str]:
    """Return the query parameters of a view; what is at its default is left out, so that links stay short."""
    default = View()
    written: dict[str, str] = {}
    for field in fields(View):
        value = getattr(view, field.name)
        if value != getattr(default, field.name):
            written[PARAMETERS[field.name]] = "off" if value is False else str(value)
    return written


def read_area_code(query: Mapping[str, str]) -> str:
    """Return the code of the area that an Area page's address names, or an empty string."""
    return read_code(query.get("area", ""))


def read_code(text: str) -> str:
    """Return an area's code as it is kept: capitals, or small letters for an area of somebody's own."""
    given = text.strip()
    return given.lower() if given.lower().startswith("custom-") else given.upper()


def _one_of(text: str | None, allowed: tuple[Choice, ...], default: Choice) -> Choice:
    return next((value for value in allowed if text and value == text.strip().lower()), default)


def _matching(text: str | None, pattern: re.Pattern[str], default: str) -> str:
    return text if text is not None and pattern.fullmatch(text) else default


def _threshold(text: str | None, default: int) -> int:
    return _whole(text, LOWEST_THRESHOLD, HIGHEST_THRESHOLD, default)


def _whole(text: str | None, lowest: int, highest: int, default: int) -> int:
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > len(str(highest)):
        return default
    return int(text) if lowest <= int(text) <= highest else default
