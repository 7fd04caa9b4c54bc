"""What a brief says, once, for every format: plain frozen values in the order in which they are read.

Everything that a reader sees is a word here already, so that a PDF, a Word file and a web page cannot differ; the bare
numbers stand beside the words for bars, for the data pack and for comparing two editions.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One indicator of the area.

    Parameters
    ----------
    value, icb_value, england_value
        In the indicator's unit; None where there is none. The words for them end in `_shown`.
    national_rank, ranked
        1 = worst; None where it is not ranked, among how many areas of its level.
    position
        Where it lies among all areas of its level: 0 = best (or lowest), 1 = worst (or highest); None without a rank.
    source
        Number of the source in the brief's list; 0 when that source is not listed.
    """

    indicator_id: str
    name: str
    domain: str
    unit: str
    period: str
    source: int
    value: float | None
    shown: str
    national_rank: float | None
    ranked: int
    rank_shown: str
    decile: int
    worst_percent: int
    standing: str
    icb_value: float | None
    icb_shown: str
    england_value: float | None
    england_shown: str
    position: float | None
    caveat: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A component of the digital-exclusion score, or an input of one; points of the score."""

    name: str
    points: float
    england_points: float
    shown: str
    england_shown: str
    inputs: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """What the digital-exclusion score is made of.

    Parameters
    ----------
    most_points
        The longest bar, for the common scale.
    """

    name: str
    description: str
    parts: tuple[Part, ...]
    most_points: float
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Mode:
    """How one kind of GP appointment has moved; shares of appointments in per cent."""

    name: str
    first: float | None
    year_before: float | None
    latest: float | None
    first_shown: str
    year_before_shown: str
    latest_shown: str


@dataclass(frozen=True, kw_only=True)
class Appointments:
    """GP appointments by mode; for sub-ICB locations and larger areas."""

    first_month: str
    year_before_month: str
    latest_month: str
    modes: tuple[Mode, ...]
    caveat: str
    source: int


@dataclass(frozen=True, kw_only=True)
class AssetKind:
    """How many assets of a kind are within reach, and how fresh what is known of them is."""

    name: str
    count: int
    fresh: int
    stale: int
    unchecked: int
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AssetLine:
    """One asset, for the list in the data pack."""

    asset_id: str
    name: str
    kind: str
    offers: str
    freshness: str
    is_inside: bool
    lon: float | None
    lat: float | None


@dataclass(frozen=True, kw_only=True)
class Assets:
    """What there is to build on within reach."""

    sentence: str
    kinds: tuple[AssetKind, ...]
    gaps: tuple[str, ...]
    lines: tuple[AssetLine, ...]


@dataclass(frozen=True, kw_only=True)
class StoryText:
    """A story that may be shown here; `shown` is as much of its words as fits in a brief."""

    title: str
    words: str
    shown: str
    credit: str
    about: str
    is_partners_only: bool


@dataclass(frozen=True, kw_only=True)
class Note:
    """A heading with a paragraph and a list: what partners have tried, or a result of a plan."""

    heading: str
    words: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that differs from an earlier edition."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What has changed since an earlier edition."""

    since: str
    sentence: str
    rows: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class LegendItem:
    """A colour of a map and what it means; `mark` is fill, line or outline."""

    words: str
    colour: str
    mark: str = "fill"


@dataclass(frozen=True, kw_only=True)
class Legend:
    """A map's legend in words; with `axes`, the first nine items are a grid of three by three, row by row."""

    items: tuple[LegendItem, ...]
    axes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MapPicture:
    """A map: its drawing, the words that stand for it, and its legend. Without a drawing `missing` says why."""

    map_id: str
    title: str
    svg: str
    alt: str
    legend: Legend
    missing: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where figures come from."""

    number: int
    source_id: str
    title: str
    publisher: str
    edition: str
    licence: str
    attribution: str
    url: str
    retrieved_on: str


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Which snapshot a brief was made from; every date in it comes from here."""

    build_id: str
    built_at: str
    built_on: str
    version: str
    is_demo: bool


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
    official_name: str
    facts: tuple[str, ...]
    icb_name: str
    population: int
    neighbourhoods: int


@dataclass(frozen=True, kw_only=True)
class Look:
    """How an organisation's briefs look.

    Parameters
    ----------
    logo
        A PNG or JPEG in base64; empty for none.
    accent, on_accent
        The colour of bands and rules, and black or white, whichever reads on it (`#RRGGBB`).
    """

    organisation: str = ""
    logo: str = ""
    accent: str = "#005EB8"
    on_accent: str = "#FFFFFF"
    introduction: str = ""


PLAIN_LOOK = Look()


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A whole brief. A section that was switched off is empty and its id is not in `sections`."""

    title: str
    place: Place
    edition: Edition
    look: Look
    sections: tuple[str, ...]
    is_partners_only: bool
    banner: str
    summary: Summary
    maps: tuple[MapPicture, ...]
    figures: tuple[Figure, ...]
    figures_note: str
    breakdown: Breakdown | None
    appointments: Appointments | None
    appointments_missing: str
    assets: Assets | None
    stories: tuple[StoryText, ...]
    stories_missing: str
    tried: tuple[Note, ...]
    tried_missing: str
    plan: tuple[Note, ...]
    changes: Changes | None
    caveats: tuple[str, ...]
    method: tuple[str, ...]
    sources: tuple[Source, ...]
    link: str
    qr_svg: str
    credits: tuple[str, ...]
