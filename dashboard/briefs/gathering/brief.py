"""A brief of an area, gathered from the snapshot and the register as one person may see them."""

from __future__ import annotations

from functools import cached_property

from dashboard.briefs import texts
from dashboard.briefs.gathering.appointments import LARGE
from dashboard.briefs.gathering.assets import gather_assets
from dashboard.briefs.gathering.desk import Desk, Subject, find_subject
from dashboard.briefs.gathering.heading import link_of, subtitle_of, words_before_link
from dashboard.briefs.gathering.maps import make_maps
from dashboard.briefs.gathering.notes import Tried, gather_notes
from dashboard.briefs.gathering.numbers import Numbers
from dashboard.briefs.gathering.place import make_edition
from dashboard.briefs.gathering.plan import gather_plan, points_of_plan
from dashboard.briefs.gathering.sources import credits_of, note_of
from dashboard.briefs.gathering.stories import gather_stories
from dashboard.briefs.model.assets import Assets
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.model.maps import MapPicture
from dashboard.briefs.model.told import Note, StoryText
from dashboard.briefs.qr import draw_qr
from dashboard.briefs.stories import say_how_many
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
        numbers = self._numbers
        heading, subtitle = self._subject.name, subtitle_of(self._subject)
        link = link_of(self._subject, base_url=self._options.base_url)
        stories = self._stories if has("stories") else ()
        # All of England is like no other place.
        has_notes = has("tried") and area.area_code != ENGLAND
        figures = numbers.figures if has("figures") else ()
        appointments = numbers.appointments if has("appointments") else None
        lacks_appointments = has("appointments") and area.area_type in LARGE and appointments is None
        return Brief(
            code=self._subject.code,
            title=f"{heading}: {subtitle[:1].lower()}{subtitle[1:]}",
            heading=heading,
            subtitle=subtitle,
            place=numbers.place,
            edition=make_edition(self._repository.build),
            look=self._look,
            sections=tuple(section for section in self._options.sections if section != "changes"),
            is_partners_only=self._is_partners_only,
            banner=texts.make_banner(is_demo=self._repository.build.is_demo, is_partners_only=self._is_partners_only),
            summary=numbers.summary,
            basis=numbers.basis if has("summary") or has("maps") else "",
            maps=self._maps if has("maps") else (),
            figures=figures,
            figures_note=texts.explain_figures(figures) if figures and area.area_code != ENGLAND else "",
            breakdown=numbers.breakdown if has("breakdown") else None,
            appointments=appointments,
            appointments_missing=texts.NO_APPOINTMENTS if lacks_appointments else "",
            assets=numbers.assets,
            stories=stories,
            stories_missing=texts.NO_STORIES if has("stories") and not stories else "",
            stories_note=say_how_many(len(stories)),
            tried_title=self._notes.title if has_notes else "",
            tried_note=self._notes.about if has_notes else "",
            tried=self._notes.notes if has_notes else (),
            tried_missing=texts.NO_NOTES if has_notes and not self._notes.notes else "",
            plan=self._plan_results,
            changes=None,
            caveats=texts.choose_caveats(figures, also=self._view.exclusion),
            method=texts.METHOD if has("method") else (),
            sources=numbers.sources if has("sources") else (),
            sources_note=note_of(numbers.sources) if has("sources") else "",
            link_words=words_before_link(link),
            link=link,
            qr_svg=draw_qr(link),
            credits=credits_of(numbers.sources),
        )

    @cached_property
    def _assets(self) -> Assets:
        return gather_assets(self._repository, self._area, register=self._register, actor=self._reader)

    @cached_property
    def _numbers(self) -> Numbers:
        found = self._assets if self._options.has("assets") else None
        return Numbers(self._repository, self._area, options=self._options, view=self._view, found=found)

    @cached_property
    def _stories(self) -> tuple[StoryText, ...]:
        if self._register is None:
            return ()
        assets = self._assets.lines
        return gather_stories(self._repository, self._area, register=self._register, actor=self._reader, assets=assets)

    @cached_property
    def _notes(self) -> Tried:
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
