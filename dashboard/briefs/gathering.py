"""A brief of an area, gathered from the snapshot and the register as one person may see them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from dashboard import words
from dashboard.briefs import texts
from dashboard.briefs.appointments import make_appointments
from dashboard.briefs.breakdown import make_breakdown, top_component
from dashboard.briefs.errors import UnknownAreaError
from dashboard.briefs.gather_assets import gather_assets
from dashboard.briefs.gather_maps import make_maps
from dashboard.briefs.gather_notes import gather_notes
from dashboard.briefs.gather_plan import find_plan, gather_plan, is_for_partners
from dashboard.briefs.gather_register import gather_stories
from dashboard.briefs.gather_sources import list_sources, number_of
from dashboard.briefs.key_figures import choose_rows, make_figure
from dashboard.briefs.model import (
    PLAIN_LOOK,
    Appointments,
    Assets,
    Breakdown,
    Brief,
    Edition,
    Figure,
    Look,
    MapPicture,
    Note,
    Place,
    Source,
    StoryText,
)
from dashboard.briefs.options import EVERYTHING, BriefOptions
from dashboard.briefs.qr import draw_qr
from dashboard.briefs.summary import Known, summarise
from dashboard.own_areas import learn_own_areas
from dashboard.questions.own_areas import is_own_code
from dashboard.questions.places import ENGLAND, Area
from dashboard.questions.views import LEFT_BEHIND
from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.piece import Piece
from dashboard.register.register import Register
from dashboard.register.rules.permissions import Action, may
from dashboard.repository import Repository
from dashboard.state import View

LARGE = frozenset({"sicbl", "icb", "england"})


@dataclass(frozen=True)
class Desk:
    """Where a brief is gathered: what is asked, by whom, and whom to ask.

    Parameters
    ----------
    register
        None where there is none, as in a notebook: then the brief says that no story may be shown.
    """

    repository: Repository
    register: Register | None = None
    actor: Actor = THE_PUBLIC
    options: BriefOptions = EVERYTHING
    look: Look = PLAIN_LOOK


def gather_brief(desk: Desk, area_code: str) -> Brief:
    """Return the brief of an area.

    Raises
    ------
    UnknownAreaError
        If there is no area of that code; one of somebody's own may have been deleted.
    """
    return _Gathering(desk, find_area(desk, area_code)).brief()


def find_area(desk: Desk, area_code: str) -> Area:
    """Return the area of a code; one of somebody's own only for those who may see it.

    Raises
    ------
    UnknownAreaError
        If there is none, or not for this person: both sound the same.
    """
    if is_own_code(area_code) and not _may_see_own(desk, area_code):
        raise UnknownAreaError(area_code)
    area = desk.repository.area(area_code)
    if area is None:
        raise UnknownAreaError(area_code)
    return area


def _may_see_own(desk: Desk, area_code: str) -> bool:
    if desk.register is None:
        return False
    return not learn_own_areas(desk.repository, desk.register, area_codes=[area_code], actor=desk.actor)


class _Gathering:
    """One brief on its way; each part is gathered once and only when its section is on."""

    def __init__(self, desk: Desk, area: Area) -> None:
        self._repository, self._register, self._area = desk.repository, desk.register, area
        self._options, self._look = desk.options, desk.look
        self._plan = self._find_plan(desk)
        wants = desk.options.wants_partners_only and may(desk.actor, Action.SEE_PARTNER_FIELDS)
        self._is_partners_only = wants or (self._plan is not None and is_for_partners(self._plan))
        self._reader = desk.actor if wants else THE_PUBLIC
        self._view = desk.repository.fit_view(View()).view

    def brief(self) -> Brief:
        """Return the whole brief."""
        has, build = self._options.has, self._repository.build
        figures = self._figures if has("figures") else ()
        appointments = self._appointments if has("appointments") else None
        link = f"{self._options.base_url.rstrip('/')}/area?{urlencode({'area': self._area.area_code})}"
        banner = [texts.DEMO] if build.is_demo else []
        banner += [texts.PARTNERS_ONLY] if self._is_partners_only else []
        return Brief(
            title=f"{self._area.name}: need, digital exclusion and what there is to build on",
            place=self._place,
            edition=_edition(self._repository),
            look=self._look,
            sections=tuple(section for section in self._options.sections if section != "changes"),
            is_partners_only=self._is_partners_only,
            banner=" ".join(banner),
            summary=summarise(self._known),
            maps=self._maps if has("maps") else (),
            figures=figures,
            figures_note=texts.RANKS if figures and self._area.area_code != ENGLAND else "",
            breakdown=self._breakdown if has("breakdown") else None,
            appointments=appointments,
            appointments_missing=texts.NO_APPOINTMENTS if self._lacks_appointments() else "",
            assets=self._assets if has("assets") else None,
            stories=self._stories if has("stories") else (),
            stories_missing=texts.NO_STORIES if has("stories") and not self._stories else "",
            tried=self._notes if has("tried") else (),
            tried_missing=texts.NO_NOTES if has("tried") and not self._notes else "",
            plan=self._plan_results,
            changes=None,
            caveats=texts.choose_caveats(figures, also=self._view.exclusion),
            method=texts.METHOD if has("method") else (),
            sources=self._sources if has("sources") else (),
            link=link,
            qr_svg=draw_qr(link),
            credits=tuple(dict.fromkeys(source.attribution for source in self._sources if source.attribution)),
        )

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        titles = {str(row["source_title"]) for row in self._rows} if self._options.has("figures") else set()
        titles |= {str(row["source_title"]) for row in self._rows if row["indicator_id"] == self._view.exclusion}
        if self._options.has("appointments") and self._area.area_type in LARGE:
            titles |= {one.source_title for key, one in self._repository.indicators.items() if key in self._months_ids}
        return list_sources(self._repository, titles=titles, has_assets=self._options.has("assets"))

    @cached_property
    def _place(self) -> Place:
        area = self._area
        system = self._repository.area(area.icb_code or "")
        parents = [parent.name for parent in self._repository.parents(area.area_code)]
        facts = [f"{area.level_name} {area.area_code}", f"{words.people(area.population)} (Census 2021)"]
        facts += [f"{words.count(area.neighbourhoods)} neighbourhoods"] if area.neighbourhoods > 1 else []
        facts += [f"officially {area.official_name}"] if area.official_name != area.name else []
        facts += [f"in {', '.join(reversed(parents))}"] if parents else []
        return Place(
            area_code=area.area_code,
            area_type=area.area_type,
            level_name=area.level_name,
            level_plural=texts.PLURALS[area.area_type],
            name=area.name,
            official_name=area.official_name,
            facts=tuple(facts),
            icb_name=system.name if system and area.area_type != "icb" else "",
            population=area.population,
            neighbourhoods=area.neighbourhoods,
        )

    @cached_property
    def _profile(self) -> pd.DataFrame:
        return self._repository.profile(self._area)

    @cached_property
    def _all_figures(self) -> dict[str, Figure]:
        rows = [{str(key): cell for key, cell in row.items()} for row in self._profile.to_dict("records")]
        return {row["indicator_id"]: self._figure(row) for row in rows}

    @cached_property
    def _figures(self) -> tuple[Figure, ...]:
        return tuple(self._all_figures[row["indicator_id"]] for row in self._rows)

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        return choose_rows(self._profile)

    def _figure(self, row: dict[str, object]) -> Figure:
        level = self._repository.values_of_level(level=self._area.area_type, indicator_id=str(row["indicator_id"]))
        source = number_of(self._sources, title=str(row["source_title"]))
        is_england = self._area.area_code == ENGLAND
        return make_figure(row, level_values=level.value, source=source, is_england=is_england)

    @cached_property
    def _breakdown(self) -> Breakdown | None:
        recipe = self._repository.recipes.get(self._view.exclusion)
        if recipe is None:
            return None
        parts = self._repository.contributions(area_code=self._area.area_code, recipe_id=recipe.recipe_id)
        return make_breakdown(parts, name=recipe.name, description=recipe.description)

    @cached_property
    def _appointments(self) -> Appointments | None:
        if self._area.area_type not in LARGE:
            return None
        keys = sorted(self._months_ids)
        title = self._repository.indicators[keys[0]].source_title if keys else ""
        months = self._repository.appointments(self._area.area_code)
        return make_appointments(months, source=number_of(self._sources, title=title))

    @cached_property
    def _months_ids(self) -> frozenset[str]:
        return frozenset(self._repository.appointments(self._area.area_code)["indicator_id"])

    def _lacks_appointments(self) -> bool:
        """Say whether appointments are asked for and published for areas of this size, but not here."""
        is_published = self._area.area_type in LARGE and self._options.has("appointments")
        return is_published and self._appointments is None

    @cached_property
    def _assets(self) -> Assets:
        return gather_assets(self._repository, self._area, register=self._register, actor=self._reader)

    @cached_property
    def _stories(self) -> tuple[StoryText, ...]:
        if self._register is None:
            return ()
        return gather_stories(
            self._repository, self._area, register=self._register, actor=self._reader, assets=self._assets.lines
        )

    @cached_property
    def _notes(self) -> tuple[Note, ...]:
        return gather_notes(
            self._repository,
            self._area,
            register=self._register,
            need=self._view.need,
            exclusion=self._view.exclusion,
        )

    @staticmethod
    def _find_plan(desk: Desk) -> Piece | None:
        if not (desk.register and desk.options.plan_id and desk.options.has("plan")):
            return None
        return find_plan(desk.register, desk.options.plan_id, actor=desk.actor)

    @property
    def _plan_results(self) -> tuple[Note, ...]:
        if self._register is None or self._plan is None:
            return ()
        return gather_plan(self._repository, self._register, self._plan)

    @property
    def _maps(self) -> tuple[MapPicture, ...]:
        return make_maps(
            self._repository,
            self._area,
            accent=self._look.accent,
            need=self._view.need,
            exclusion=self._view.exclusion,
        )

    @property
    def _known(self) -> Known:
        figures = self._all_figures
        left_behind = figures.get(LEFT_BEHIND)
        scores = {
            self._repository.recipes[key].name: figures[key].worst_percent
            for key in self._repository.exclusions
            if key in figures
        }
        kinds = {kind.name: kind.count for kind in self._assets.kinds} if self._options.has("assets") else None
        return Known(
            place=self._place,
            need=figures.get(self._view.need),
            exclusion=figures.get(self._view.exclusion),
            figures=tuple(figures.values()),
            left_behind=left_behind.value if left_behind else None,
            top_reason=top_component(self._breakdown),
            other_scores=scores,
            assets_by_kind=kinds,
        )


def _edition(repository: Repository) -> Edition:
    build = repository.build
    fields = asdict(build)
    return Edition(
        build_id=fields["build_id"],
        built_at=build.built_at.replace(microsecond=0).isoformat(),
        built_on=words.date(build.built_at),
        version=build.version,
        is_demo=build.is_demo,
    )
