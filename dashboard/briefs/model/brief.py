"""A whole brief, once, for every format: plain frozen values in the order in which they are read.

Everything that a reader sees is a word here already, so that a PDF, a Word file and a web page cannot differ; the bare
numbers stand beside the words for bars, for the data pack and for comparing two editions.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.briefs.model.assets import Assets
from dashboard.briefs.model.editions import Changes, Edition, Source
from dashboard.briefs.model.figures import Appointments, Breakdown, Figure
from dashboard.briefs.model.look import Look
from dashboard.briefs.model.maps import MapPicture
from dashboard.briefs.model.told import Note, StoryText
from dashboard.briefs.stories import MOST_STORIES


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Three sentences."""

    stands_out: str
    how_sure: str
    strong_here: str

    @property
    def sentences(self) -> tuple[str, str, str]:
        """All three, in order."""
        return (self.stands_out, self.how_sure, self.strong_here)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The area that a brief is about, in people's words."""

    area_code: str
    area_type: str
    level_name: str
    level_plural: str
    name: str
    facts: tuple[str, ...]
    icb_name: str
    population: int


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A whole brief. A section that was switched off is empty and its id is not in `sections`.

    Parameters
    ----------
    code
        What it was asked for under: the code of the area, or that of a saved plan.
    title
        Heading and subtitle in one line, for where there is only one.
    basis
        What the sentences and the maps rest on, each figure with its period and the number of its source.
    tried_title, tried_note
        What the notes of partners are called, and for which kind of place they are.
    link_words
        What is said before the link to the live view.
    """

    code: str
    title: str
    heading: str
    subtitle: str
    place: Place
    edition: Edition
    look: Look
    sections: tuple[str, ...]
    is_partners_only: bool
    banner: str
    summary: Summary
    basis: str
    maps: tuple[MapPicture, ...]
    figures: tuple[Figure, ...]
    figures_note: str
    breakdown: Breakdown | None
    appointments: Appointments | None
    appointments_missing: str
    assets: Assets | None
    stories: tuple[StoryText, ...]
    stories_missing: str
    stories_note: str
    tried_title: str
    tried_note: str
    tried: tuple[Note, ...]
    tried_missing: str
    plan: tuple[Note, ...]
    changes: Changes | None
    caveats: tuple[str, ...]
    method: tuple[str, ...]
    sources: tuple[Source, ...]
    sources_note: str
    link_words: str
    link: str
    qr_svg: str
    credits: tuple[str, ...]

    @property
    def has_ranks(self) -> bool:
        """Whether any figure has a rank; an area without others like it has none."""
        return any(figure.national_rank is not None for figure in self.figures)

    @property
    def has_bars(self) -> bool:
        """Whether it can be shown of any figure where the area lies."""
        return any(figure.position is not None for figure in self.figures)

    @property
    def stories_shown(self) -> tuple[StoryText, ...]:
        """Return the stories that fit on paper; a data pack holds all of them."""
        return self.stories[:MOST_STORIES]
