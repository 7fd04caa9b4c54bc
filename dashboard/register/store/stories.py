"""Stories: told with consent, reviewed before anyone else sees them, and gone when consent is withdrawn."""

from __future__ import annotations

import uuid
from dataclasses import replace

from sqlalchemy import insert, or_, select, update

from dashboard.register.actor import Actor
from dashboard.register.entry import State
from dashboard.register.errors import InvalidEntryError, WrongStateError
from dashboard.register.rules.consent import is_story_shown
from dashboard.register.rules.permissions import Action, Subject, may
from dashboard.register.rules.stories import story_problems, tidy_story
from dashboard.register.rules.text import clean_words
from dashboard.register.store.desk import AnyRow, Desk, Work, record, require, subject_of
from dashboard.register.store.erasing import STORY_WITHDRAWN, sweep
from dashboard.register.store.rows import read_row, read_version
from dashboard.register.store.settings import read_terms
from dashboard.register.store.story_rows import set_story, story_columns, story_entry, story_row
from dashboard.register.story import Story, StoryEntry
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import event
from dashboard.register.tables import story as story_table

_STORY_ACTIONS = (Action.REVIEW_STORY, Action.END_CONSENT)


class Stories:
    """Stories about places and entries."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, story: Story, *, actor: Actor) -> StoryEntry:
        """Take a story down and send it in; a reviewer looks at every one, whoever wrote it."""
        require(actor, Action.ADD_STORY)
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor)
            made = replace(self._prepare(work, story), story_id=str(uuid.uuid4()))
            values = story_columns(work, made, State.SUBMITTED)
            row = {**values, "story_id": made.story_id, "version": 1, "note": "", "author": actor.actor_id}
            key = con.scalar(insert(story_table).values(row).returning(story_table.c.story_key))
            record(work, "story added", story_key=key)
            return story_entry(story_row(work, made.story_id))

    def edit(self, story_id: str, story: Story, *, actor: Actor, why: str = "") -> StoryEntry:
        """Change a story; it goes back to be reviewed, and is not shown until then."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            row = story_row(work, story_id)
            self._require_own(work, row)
            made = replace(self._prepare(work, story), story_id=story_id)
            set_story(work, row, **story_columns(work, made, State.SUBMITTED), version=row.version + 1, note="")
            record(work, "story edited", story_key=row.story_key)
            return story_entry(story_row(work, story_id))

    def publish(self, story_id: str, *, version: int, actor: Actor) -> StoryEntry:
        """Publish the version of a story that the reviewer has read."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor)
            row = story_row(work, story_id)
            require(actor, Action.REVIEW_STORY, subject=self._subject(work, row))
            if row.version != version or row.state != State.SUBMITTED:
                raise WrongStateError("This story has changed, or no longer waits.", todo="Read it again.")
            set_story(work, row, state=str(State.PUBLISHED), note="")
            record(work, "story published", story_key=row.story_key)
            return story_entry(story_row(work, story_id))

    def return_with_question(self, story_id: str, *, note: str, actor: Actor) -> StoryEntry:
        """Send a story back to whoever wrote it down, with a question."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, clean_words(note))
            row = story_row(work, story_id)
            require(actor, Action.REVIEW_STORY, subject=self._subject(work, row))
            set_story(work, row, state=str(State.DRAFT), note=work.why)
            record(work, "story returned", story_key=row.story_key)
            return story_entry(story_row(work, story_id))

    def end_consent(self, story_id: str, *, actor: Actor) -> None:
        """Remove a story everywhere because its teller takes it back: its words are not kept."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor)
            row = story_row(work, story_id)
            require(actor, Action.END_CONSENT, subject=self._subject(work, row))
            set_story(work, row, state=str(State.WITHDRAWN), body=None, note="", area_code="", asset_key=None)
            con.execute(update(event).where(event.c.story_key == row.story_key).values(why=""))
            record(work, STORY_WITHDRAWN, story_key=row.story_key)
        sweep(self._desk.database)

    def shown(self, *, actor: Actor, asset_id: str = "", area_codes: tuple[str, ...] = ()) -> tuple[StoryEntry, ...]:
        """Return the stories that an actor may see, of an entry or of areas if asked; exports ask here too."""
        statement = select(story_table).where(story_table.c.state == State.PUBLISHED)
        if asset_id:
            # A story of an entry that was merged away is now about the one that was kept.
            key = select(asset_table.c.asset_key).where(asset_table.c.asset_id == asset_id).scalar_subquery()
            is_about = or_(asset_table.c.asset_key == key, asset_table.c.merged_into_key == key)
            about = select(asset_table.c.asset_key).where(is_about)
            statement = statement.where(story_table.c.asset_key.in_(about))
        if area_codes:
            statement = statement.where(story_table.c.area_code.in_(area_codes))
        today = self._desk.today()
        with self._desk.database.reading() as con:
            entries = [story_entry(row) for row in con.execute(statement.order_by(story_table.c.story_key))]
        shown = [one for one in entries if is_story_shown(one, actor=actor, today=today)]
        return tuple(shown if may(actor, Action.SEE_PARTNER_FIELDS) else map(_for_everyone, shown))

    def waiting(self, *, actor: Actor) -> tuple[StoryEntry, ...]:
        """Return the stories that wait for this person: to be reviewed, or their own that were returned."""
        waits = story_table.c.state.in_([State.SUBMITTED, State.DRAFT])
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            rows = con.execute(select(story_table).where(waits).order_by(story_table.c.story_key)).all()
            return tuple(story_entry(row) for row in rows if self._is_for(work, row))

    def mine(self, *, actor: Actor) -> tuple[StoryEntry, ...]:
        """Return the stories that this person has written down, in whatever state, the newest first."""
        if not actor.actor_id:
            return ()
        own = select(story_table).where(story_table.c.author == actor.actor_id, story_table.c.state != State.WITHDRAWN)
        with self._desk.database.reading() as con:
            return tuple(story_entry(row) for row in con.execute(own.order_by(story_table.c.story_key.desc())))

    def rights(self, story_id: str, *, actor: Actor) -> frozenset[Action]:
        """Return what somebody may do to a story, asked before the buttons are drawn; every act asks again."""
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            subject = self._subject(work, story_row(work, story_id, to_change=False))
            return frozenset(one for one in _STORY_ACTIONS if may(actor, one, subject=subject))

    def _is_for(self, work: Work, row: AnyRow) -> bool:
        subject = self._subject(work, row)
        return subject.is_author or may(work.actor, Action.REVIEW_STORY, subject=subject)

    def _require_own(self, work: Work, row: AnyRow) -> None:
        subject = self._subject(work, row)
        if not subject.is_author:
            require(work.actor, Action.REVIEW_STORY, subject=subject)

    def _prepare(self, work: Work, story: Story) -> Story:
        tidied = tidy_story(story)
        taxonomy = read_terms(work.con, self._desk.shipped_taxonomy)
        problems = story_problems(tidied, taxonomy=taxonomy, today=self._desk.today())
        if problems:
            raise InvalidEntryError(problems)
        return tidied

    def _subject(self, work: Work, row: AnyRow) -> Subject:
        is_author = bool(work.actor.actor_id) and row.author == work.actor.actor_id
        areas = self._desk.geography.areas_of(row.area_code) | frozenset({row.area_code} - {""})
        if row.asset_key is not None:
            asset_id = work.con.scalar(select(asset_table.c.asset_id).where(asset_table.c.asset_key == row.asset_key))
            about = read_row(work.con, str(asset_id))
            asset = read_version(work.con, about, about.latest_version)
            areas |= subject_of(work, about, asset=asset).areas
        return Subject(areas=areas, is_author=is_author)


def _for_everyone(entry: StoryEntry) -> StoryEntry:
    """Return a story without who recorded the consent to it, and without what a reviewer has asked."""
    return replace(entry, note="", story=replace(entry.story, consent=replace(entry.story.consent, recorded_by="")))
