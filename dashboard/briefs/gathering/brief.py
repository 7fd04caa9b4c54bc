"""A brief of an area, gathered from the snapshot and the register as one person may see them."""

from __future__ import annotations

from functools import cached_property

from dashboard.briefs import texts
from dashboard.briefs.breakdown import make_breakdown, top_component
from dashboard.briefs.gathering.appointments import LARGE, gather_appointments, titles_of_appointments
from dashboard.briefs.gathering.assets import gather_assets
from dashboard.briefs.gathering.desk import Desk, Subject, find_subject
from dashboard.briefs.gathering.figures import make_figures, read_rows
from dashboard.briefs.gathering.heading import link_of, subtitle_of
from dashboard.briefs.gathering.known import make_known
from dashboard.briefs.gathering.maps import make_maps
from dashboard.briefs.gathering.notes import gather_notes
from dashboard.briefs.gathering.place import gather_place, make_edition
from dashboard.briefs.gathering.plan import gather_plan, points_of_plan
from dashboard.briefs.gathering.sources import list_sources, note_of
from dashboard.briefs.gathering.stories import gather_stories
from dashboard.briefs.key_figures import choose_rows
from dashboard.briefs.model.assets import Assets
from dashboard.briefs.model.brief import Brief, Place
from dashboard.briefs.model.editions import Source
from dashboard.briefs.model.figures import Appointments, Breakdown, Figure
from dashboard.briefs.model.maps import MapPicture
from dashboard.briefs.model.told import Note, StoryText
from dashboard.briefs.qr import draw_qr
from dashboard.briefs.rows import Row
from dashboard.briefs.stories import say_how_many
from dashboard.briefs.summary import Known, summarise
from dashboard.questions.places import ENGLAND
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.rules.permissions import Action, may
from dashboard.state import View


def gather_brief(desk: Desk, code: str) -> Brief:
    """Return the brief of an area, or of a saved plan.

    Raises
    ------
    UnknownAreaError
        If there is no area of that code; one of somebody's own may have been deleted.
    UnknownPlanError
        If there is no such plan for this person.
    """
    return _Gathering(desk, find_subject(desk, code)).brief()


class _Gathering:
    """One brief on its way; each part is gathered once and only when its section is on."""

    def __init__(self, desk: Desk, subject: Subject) -> None:
        self._repository, self._register, self._area = desk.repository, desk.register, subject.area
        self._options, self._look, self._subject = desk.options, desk.look, subject
        wants = desk.options.wants_partners_only and may(desk.actor, Action.SEE_PARTNER_FIELDS)
        self._is_partners_only = wants or not subject.is_for_everyone
        self._reader = desk.actor if wants else THE_PUBLIC
        self._view = desk.repository.fit_view(View()).view

    def brief(self) -> Brief:
        """Return the whole brief."""
        has, area = self._options.has, self._area
        heading, subtitle = self._subject.name, subtitle_of(self._subject)
        link = link_of(self._subject, base_url=self._options.base_url)
        stories = self._stories if has("stories") else ()
        # All of England is like no other place.
        has_notes = has("tried") and area.area_code != ENGLAND
        figures = self._figures if has("figures") else ()
        appointments = self._appointments if has("appointments") else None
        lacks_appointments = has("appointments") and area.area_type in LARGE and appointments is None
        return Brief(
            code=self._subject.code,
            title=f"{heading}: {subtitle[:1].lower()}{subtitle[1:]}",
            heading=heading,
            subtitle=subtitle,
            place=self._place,
            edition=make_edition(self._repository.build),
            look=self._look,
            sections=tuple(section for section in self._options.sections if section != "changes"),
            is_partners_only=self._is_partners_only,
            banner=texts.make_banner(is_demo=self._repository.build.is_demo, is_partners_only=self._is_partners_only),
            summary=summarise(self._known),
            maps=self._maps if has("maps") else (),
            figures=figures,
            figures_note=texts.explain_figures(figures) if figures and area.area_code != ENGLAND else "",
            breakdown=self._breakdown if has("breakdown") else None,
            appointments=appointments,
            appointments_missing=texts.NO_APPOINTMENTS if lacks_appointments else "",
            assets=self._assets if has("assets") else None,
            stories=stories,
            stories_missing=texts.NO_STORIES if has("stories") and not stories else "",
            stories_note=say_how_many(len(stories)),
            tried=self._notes if has_notes else (),
            tried_missing=texts.NO_NOTES if has_notes and not self._notes else "",
            plan=self._plan_results,
            changes=None,
            caveats=texts.choose_caveats(figures, also=self._view.exclusion),
            method=texts.METHOD if has("method") else (),
            sources=self._sources if has("sources") else (),
            sources_note=note_of(self._sources) if has("sources") else "",
            link=link,
            qr_svg=draw_qr(link),
            credits=tuple(dict.fromkeys(source.attribution for source in self._sources if source.attribution)),
        )

    @cached_property
    def _place(self) -> Place:
        return gather_place(self._repository, self._area)

    @cached_property
    def _rows(self) -> list[Row]:
        return read_rows(self._repository, self._area)

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        rows = choose_rows(self._rows) if self._options.has("figures") else []
        rows += [row for row in self._rows if row["indicator_id"] == self._view.exclusion]
        titles = {str(row["source_title"]) for row in rows}
        if self._options.has("appointments"):
            titles |= set(titles_of_appointments(self._repository, self._area))
        return list_sources(self._repository, titles=titles, has_assets=self._options.has("assets"))

    @cached_property
    def _every_figure(self) -> dict[str, Figure]:
        return make_figures(self._repository, self._area, rows=self._rows, sources=self._sources)

    @cached_property
    def _figures(self) -> tuple[Figure, ...]:
        return tuple(self._every_figure[row["indicator_id"]] for row in choose_rows(self._rows))

    @cached_property
    def _breakdown(self) -> Breakdown | None:
        recipe = self._repository.recipes.get(self._view.exclusion)
        if recipe is None:
            return None
        parts = self._repository.contributions(area_code=self._area.area_code, recipe_id=recipe.recipe_id)
        return make_breakdown(parts, name=recipe.name, description=recipe.description)

    @cached_property
    def _appointments(self) -> Appointments | None:
        return gather_appointments(self._repository, self._area, sources=self._sources)

    @cached_property
    def _assets(self) -> Assets:
        return gather_assets(self._repository, self._area, register=self._register, actor=self._reader)

    @cached_property
    def _stories(self) -> tuple[StoryText, ...]:
        if self._register is None:
            return ()
        assets = self._assets.lines
        return gather_stories(self._repository, self._area, register=self._register, actor=self._reader, assets=assets)

    @cached_property
    def _notes(self) -> tuple[Note, ...]:
        need, exclusion = self._view.need, self._view.exclusion
        return gather_notes(self._repository, self._area, register=self._register, need=need, exclusion=exclusion)

    @property
    def _plan_results(self) -> tuple[Note, ...]:
        if self._register is None or self._subject.plan is None:
            return ()
        return gather_plan(self._repository, self._register, self._subject.plan, actor=self._reader)

    @property
    def _maps(self) -> tuple[MapPicture, ...]:
        return make_maps(
            self._repository,
            self._area,
            accent=self._look.accent,
            need=self._view.need,
            exclusion=self._view.exclusion,
            sites=points_of_plan(self._subject.plan),
        )

    @property
    def _known(self) -> Known:
        return make_known(
            self._repository,
            place=self._place,
            figures=self._every_figure,
            view=self._view,
            top_reason=top_component(self._breakdown),
            assets=self._assets if self._options.has("assets") else None,
        )
