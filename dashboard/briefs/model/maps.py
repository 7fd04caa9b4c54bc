"""The maps of a brief."""

from __future__ import annotations

from dataclasses import dataclass


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
