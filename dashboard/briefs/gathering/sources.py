"""Which sources a brief rests on, numbered so that each figure can name its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import pandas as pd

from dashboard import words
from dashboard.briefs.model.assets import Assets
from dashboard.briefs.model.editions import Source
from dashboard.briefs.rows import Row, rows_of
from dashboard.repository import Repository

# What every brief rests on beside the sources of its figures: where places are, what holds them, how many live there.
POPULATION = "census_age"
GEOGRAPHY = frozenset({"lsoa_boundaries", "msoa_names", "health_lookup", "ward_lookup", POPULATION})
REGISTER = "register"
ASSETS = frozenset({"demo_assets", REGISTER})
MOST_LISTS = 6
SHORT = {"Open Government Licence": "OGL", "Open Parliament Licence": "OPL"}
NOT_STATED = "not stated by every list, so ask before passing on"


def list_sources(repository: Repository, *, titles: Collection[str], assets: Assets | None) -> tuple[Source, ...]:
    """Return the sources of some titles and those that every brief rests on, numbered from 1.

    Parameters
    ----------
    titles
        Titles of the sources of the figures that are shown.
    assets
        What is said of community assets; None for nothing.
    """
    ids = GEOGRAPHY | (ASSETS if assets else frozenset())
    # The register is asked now; what the snapshot took over from it is older.
    ids -= {REGISTER} if assets and assets.is_of_register else frozenset()
    loaded = [row for row in rows_of(repository.sources) if row["status"] == "loaded"]
    used = [row for row in loaded if row["title"] in titles or row["source_id"] in ids]
    dates: list[str | None] = [
        None if pd.isna(row["retrieved_at"]) else words.date(row["retrieved_at"]) for row in used
    ]
    is_one_day = is_fetched_on_one_day(dates)
    listed = tuple(
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
    return (*listed, describe_register(assets, number=len(listed) + 1)) if assets and assets.is_of_register else listed


def describe_register(assets: Assets, *, number: int) -> Source:
    """Return the register as a source: how new what it says here is, which lists it rests on, and on what terms."""
    lists = Counter(line.source for line in assets.lines if line.source)
    licences = tuple(dict.fromkeys(one for line in assets.lines for one in line.licence.split("; ") if one))
    edition = f"last changed on {assets.changed_on}" if assets.changed_on else "as it was when this was made"
    untold = [NOT_STATED] if any(not line.licence for line in assets.lines if line.source) else []
    licence = "; ".join([*licences, *untold]) or "that of the register"
    return Source(
        number=number,
        source_id=REGISTER,
        title="The register of community assets",
        publisher="Kept with this service by those who add and confirm entries",
        edition=edition,
        licence=licence,
        attribution=". ".join(licences),
        url="",
        retrieved_on="",
        about=f"Kept with this service by those who add and confirm entries. Edition: {edition}. "
        f"{_lists_in_words(lists)}Licence: {licence}.",
    )


def _lists_in_words(lists: Counter[str]) -> str:
    if not lists:
        return ""
    said = [f"{name} ({words.count(number)})" for name, number in sorted(lists.items(), key=lambda one: (-one[1], one))]
    more = [f"{words.count(len(said) - MOST_LISTS)} more lists"] if len(said) > MOST_LISTS else []
    return f"Lists taken in: {words.join([*said[:MOST_LISTS], *more])}. "


def note_of(sources: Sequence[Source]) -> str:
    """Return when all of the sources were fetched, where that was one day, and what is written short in them."""
    dates = [source.retrieved_on or None for source in sources]
    said = [f"Files were fetched on {next(filter(None, dates))}."] if is_fetched_on_one_day(dates) else []
    about = " ".join(source.about for source in sources)
    return " ".join(
        [*said, *(f"{short} is the {words_of_it}." for words_of_it, short in SHORT.items() if short in about)]
    )


def credits_of(sources: Sequence[Source]) -> tuple[str, ...]:
    """Return the lines that must be shown with what is passed on, each once; not one that another says too."""
    lines = list(dict.fromkeys(source.attribution for source in sources if source.attribution))
    return tuple(line for line in lines if not any(line != other and line in other for other in lines))


def is_fetched_on_one_day(dates: Sequence[str | None]) -> bool:
    """Return whether all that were fetched at all were fetched on the same day."""
    return len({date for date in dates if date}) == 1


def _about(row: Row, *, date: str | None) -> str:
    fetched = f" Fetched {date}." if date else ""
    licence = str(row["licence"])
    for words_of_it, short in SHORT.items():
        licence = licence.replace(words_of_it, short)
    return f"{row['publisher']}. Edition: {row['edition']}. {licence}.{fetched}"


def number_of(sources: Sequence[Source], *, title: str) -> int:
    """Return the number of the source of that title; 0 when it is not among them."""
    return next((source.number for source in sources if source.title == title), 0)


def number_of_id(sources: Sequence[Source], *, ids: Collection[str]) -> int:
    """Return the number of the last source of some ids; 0 when none is among them."""
    return next((source.number for source in reversed(sources) if source.source_id in ids), 0)
