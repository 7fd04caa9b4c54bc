"""What a brief says of what there is to build on."""

from __future__ import annotations

from dataclasses import dataclass


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
