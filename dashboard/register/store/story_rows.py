"""Read stories from their table, and write them there."""

from __future__ import annotations

from sqlalchemy import select, update

from dashboard.register.entry import State
from dashboard.register.errors import NotFoundError
from dashboard.register.json_form import story_from_json, story_to_json
from dashboard.register.store.desk import AnyRow, Work
from dashboard.register.store.rows import read_row
from dashboard.register.story import Story, StoryEntry
from dashboard.register.tables import story as story_table


def story_row(work: Work, story_id: str, *, to_change: bool = True) -> AnyRow:
    """Return the row of a story; `to_change` keeps others from changing it until the transaction ends.

    Raises
    ------
    NotFoundError
        If there is none, or its teller has taken it back.
    """
    found = select(story_table).where(story_table.c.story_id == story_id, story_table.c.state != State.WITHDRAWN)
    row = work.con.execute(found.with_for_update() if to_change else found).one_or_none()
    if row is None:
        raise NotFoundError("There is no such story.", todo="It may have been taken back.")
    return row


def story_columns(work: Work, story: Story, state: State) -> dict[str, object]:
    """Return what the table keeps of a story.

    Raises
    ------
    NotFoundError
        If the entry that it is about is not there.
    """
    key = read_row(work.con, story.asset_id).asset_key if story.asset_id else None
    columns = {"asset_key": key, "area_code": story.area_code, "state": str(state), "body": story_to_json(story)}
    return {**columns, "audience": str(story.consent.audience), "until": story.consent.until}


def set_story(work: Work, row: AnyRow, **values: object) -> None:
    """Change columns of a story."""
    work.con.execute(update(story_table).where(story_table.c.story_key == row.story_key).values(**values))


def story_entry(row: AnyRow) -> StoryEntry:
    """Return a story as the register holds it."""
    return StoryEntry(story=story_from_json(row.body), version=row.version, state=State(row.state), note=row.note)
