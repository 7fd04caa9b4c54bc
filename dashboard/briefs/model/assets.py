"""What a brief says of what there is to build on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AssetKind:
    """How many assets of a kind are within reach, and how fresh what is known of them is.

    Parameters
    ----------
    shown
        The four numbers in words, in their order.
    """

    name: str
    count: int
    fresh: int
    stale: int
    unchecked: int
    shown: tuple[str, str, str, str]
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
    source: str
    licence: str


@dataclass(frozen=True, kw_only=True)
class Assets:
    """What there is to build on within reach.

    Parameters
    ----------
    is_of_register
        Whether the register was asked, and not only what a snapshot took over from a file.
    changed_on
        The day on which anything that is said of them was last changed, in words; empty when that is not known.
    source
        Number of the register in the brief's list of sources; 0 when it is not listed.
    """

    sentence: str
    kinds: tuple[AssetKind, ...]
    gaps: tuple[str, ...]
    lines: tuple[AssetLine, ...]
    is_of_register: bool = False
    changed_on: str = ""
    source: int = 0
