"""Which sources a brief rests on, numbered so that each figure can name its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from dashboard import words
from dashboard.briefs.model.editions import Source
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
    frame = repository.sources
    rows = frame[frame["status"] == "loaded"].to_dict("records")
    ids = GEOGRAPHY | (ASSETS if has_assets else frozenset())
    used = [row for row in rows if row["title"] in titles or row["source_id"] in ids]
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
            retrieved_on="" if pd.isna(row["retrieved_at"]) else words.date(row["retrieved_at"]),
        )
        for number, row in enumerate(used, start=1)
    )


def number_of(sources: Sequence[Source], *, title: str) -> int:
    """Return the number of the source of that title; 0 when it is not among them."""
    return next((source.number for source in sources if source.title == title), 0)
