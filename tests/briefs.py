"""What tests of briefs share: a small snapshot with a register beside it, and a brief of each kind of area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from dashboard.briefs.gathering.brief import gather_brief
from dashboard.briefs.gathering.desk import Desk
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.model.look import PLAIN_LOOK, Look
from dashboard.briefs.options import EVERYTHING, BriefOptions
from dashboard.geography import SnapshotGeography
from dashboard.planning.state import Plan, plan_body
from dashboard.register.actor import THE_PUBLIC, Actor, local_actor
from dashboard.register.model import Audience, Place, Precision
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.register.register import Register
from dashboard.register.story import Consent, Story
from dashboard.repository import Repository, open_repository
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.registers import LUNCH_CLUB, REVIEWER, StoppedClock
from tests.unit.small_snapshot import LADS, LSOAS, WARDS, make_home

ME = local_actor()
PUBLIC_WORDS = "I learned to see my doctor on the library's tablet."
PARTNER_WORDS = "The warden told us who had no telephone."
LARGER_WORDS = "Told about the whole district."


@dataclass
class SmallOffice:
    """A small snapshot, a register with an asset and stories, and an own area."""

    folder: Path

    @cached_property
    def settings(self) -> Settings:
        return make_home(self.folder)

    @cached_property
    def repository(self) -> Repository:
        return open_repository(current_snapshot(self.settings))

    @cached_property
    def register(self) -> Register:
        register = Register(
            self.settings.register_url, clock=StoppedClock(), geography=SnapshotGeography(self.settings)
        )
        place = Place(precision=Precision.EXACT, lsoa21_code=LSOAS[0])
        register.entries.add(replace(LUNCH_CLUB, place=place), actor=ME)
        self._tell(register, PUBLIC_WORDS, area_code=WARDS[0], audience=Audience.PUBLIC)
        self._tell(register, PARTNER_WORDS, area_code=WARDS[0], audience=Audience.PARTNERS)
        self._tell(register, LARGER_WORDS, area_code=LADS[0], audience=Audience.PUBLIC)
        return register

    @cached_property
    def own_area(self) -> str:
        return self.keep_area("Our patch", audience=Sharing.PUBLIC)

    def keep_area(self, title: str, *, audience: Sharing, actor: Actor = ME) -> str:
        draft = PieceDraft(
            sort=Sort.CUSTOM_AREA, title=title, body={"lsoa21_codes": list(LSOAS[1:4])}, audience=audience
        )
        return f"custom-{self.register.kept.save(draft, actor=actor).piece_id}"

    def keep_plan(self, plan: Plan, *, audience: Sharing, title: str = "Two new cafés") -> str:
        draft = PieceDraft(sort=Sort.PLAN, title=title, body=plan_body(plan), audience=audience)
        return self.register.kept.save(draft, actor=ME).piece_id

    def desk(self, options: BriefOptions = EVERYTHING, *, actor: Actor = THE_PUBLIC, look: Look = PLAIN_LOOK) -> Desk:
        return Desk(self.repository, self.register, actor, options, look)

    def brief(self, area_code: str, options: BriefOptions = EVERYTHING, *, actor: Actor = THE_PUBLIC) -> Brief:
        return gather_brief(self.desk(options, actor=actor), area_code)

    @staticmethod
    def _tell(register: Register, words: str, *, area_code: str, audience: Audience) -> None:
        consent = Consent(recorded_by="Rae", recorded_on=date(2026, 3, 1), audience=audience)
        story = Story(title=f"A story for {audience}", words=words, consent=consent, area_code=area_code, credit="Mary")
        told = register.stories.add(story, actor=ME)
        register.stories.publish(told.story.story_id, version=told.version, actor=REVIEWER)
