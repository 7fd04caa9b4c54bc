"""Which sources a brief rests on, numbered so that each figure can name its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import pandas as pd

from dashboard import words
from dashboard.briefs.model.editions import Source
from dashboard.briefs.rows import Row, rows_of
from dashboard.repository import Repository

# What every brief rests on beside the sources of its figures.
GEOGRAPHY = frozenset({"lsoa_boundaries", "msoa_names", "health_lookup", "ward_lookup"})
ASSETS = frozenset({"demo_assets"})


def list_sources(repository: Repository, *, titles: Collection[str], has_assets: bool) -> tuple[Source, ...]:
    """Return the sources of some titles and those that every brief rests on, numbered from 1.

    Parameters
    ----------
    titles
        Titles of the sources of the figures that are shown.
    """
    ids = GEOGRAPHY | (ASSETS if has_assets else frozenset())
    loaded = [row for row in rows_of(repository.sources) if row["status"] == "loaded"]
    used = [row for row in loaded if row["title"] in titles or row["source_id"] in ids]
    dates: list[str | None] = [
        None if pd.isna(row["retrieved_at"]) else words.date(row["retrieved_at"]) for row in used
    ]
    is_one_day = is_fetched_on_one_day(dates)
    return tuple(
        Source(
            number=number,
            source_id=row["source_id"],
            title=row["title"],
            publisher=row["publisher"],
            edition=row["edition"],
            licence=row["licence"],
            attribution=row["attribution"],
            url=row["url"],
            retrieved_on=date or "",
            about=_about(row, date=None if is_one_day else date),
        )
        for number, (row, date) in enumerate(zip(used, dates, strict=True), start=1)
    )


def note_of(sources: Sequence[Source]) -> str:
    """Return when all of the sources were fetched, where that was one day; otherwise each says its own."""
    dates = [source.retrieved_on or None for source in sources]
    return f"Files were fetched on {next(filter(None, dates))}." if is_fetched_on_one_day(dates) else ""


def is_fetched_on_one_day(dates: Sequence[str | None]) -> bool:
    """Return whether all that were fetched at all were fetched on the same day."""
    return len({date for date in dates if date}) == 1


def _date(moment: datetime | None) -> str | None:
    return None if pd.isna(moment) else words.date(moment)


def _about(row: Row, *, date: str | None) -> str:
    fetched = f" Fetched {date}." if date else ""
    return f"{row['publisher']}. Edition: {row['edition']}. {row['licence']}.{fetched}"


def number_of(sources: Sequence[Source], *, title: str) -> int:
    """Return the number of the source of that title; 0 when it is not among them."""
    return next((source.number for source in sources if source.title == title), 0)
