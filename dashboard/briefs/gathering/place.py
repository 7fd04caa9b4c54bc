"""The area that a brief is about, in people's words, and the edition that it is made from."""

from __future__ import annotations

from dashboard import words
from dashboard.briefs import texts
from dashboard.briefs.model.brief import Place
from dashboard.briefs.model.editions import Edition
from dashboard.questions.asking import Build
from dashboard.questions.places import SHORT_NAMES, Area
from dashboard.repository import Repository


def gather_place(repository: Repository, area: Area) -> Place:
    """Return an area in people's words."""
    system = repository.area(area.icb_code or "")
    return Place(
        area_code=area.area_code,
        area_type=area.area_type,
        level_name=area.level_name,
        level_plural=texts.PLURALS[area.area_type],
        name=area.name,
        facts=tuple(_facts(repository, area)),
        icb_name=system.name if system and area.area_type != "icb" else "",
        population=area.population,
    )


def make_edition(build: Build) -> Edition:
    """Return which snapshot a brief is made from."""
    return Edition(
        build_id=build.build_id,
        built_at=build.built_at.replace(microsecond=0).isoformat(),
        built_on=words.date(build.built_at),
        version=build.version,
    )


def _facts(repository: Repository, area: Area) -> list[str]:
    parents = [f"the {SHORT_NAMES[one.area_type]} {one.name}" for one in reversed(repository.parents(area.area_code))]
    facts = [f"{area.level_name} {area.area_code}", f"{words.people(area.population)} (Census 2021)"]
    facts += [f"{words.count(area.neighbourhoods)} neighbourhoods"] if area.neighbourhoods > 1 else []
    facts += [f"officially {area.official_name}"] if area.official_name != area.name else []
    facts += [f"in {'; '.join(parents)}"] if parents else []
    return facts
