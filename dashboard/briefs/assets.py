"""What there is to build on within reach of an area, how fresh what is known of it is, and where the gaps are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.spatial import KDTree

from dashboard.briefs.model import AssetKind, AssetLine, Assets
from dashboard.register.model import Trust
from dashboard.register.rules.freshness import Freshness, freshness_of, freshness_words
from dashboard.words import count
from etl.methods.access import DEFAULT_CATCHMENT, LONG_WALK_M
from etl.methods.arrays import BoolArray, FloatArray

MOST_NAMES = 2
DIGITAL_HELP = "digital_help"
# What partners ask after first, in the words of a sentence; ids of the taxonomy.
ASKED_AFTER = {
    DIGITAL_HELP: "help to get online",
    "public_computers": "computers to use",
    "device_loan": "phones, tablets or laptops to borrow",
    "advice": "advice",
    "warm_space": "a warm space",
}


@dataclass(frozen=True, kw_only=True)
class FoundAsset:
    """An asset near the area, as the reader of the brief may see it.

    Parameters
    ----------
    kind, offers
        Names in plain English; `offer_ids` are the taxonomy's ids with their broader terms.
    trust
        Who last confirmed it; None when that is not known.
    easting, northing
        Metres (EPSG:27700); None for one that has no place.
    """

    asset_id: str
    name: str
    kind: str
    offers: tuple[str, ...]
    offer_ids: frozenset[str]
    lsoa21_code: str
    lon: float | None
    lat: float | None
    easting: float | None
    northing: float | None
    trust: Trust | None


def select_in_reach(
    found: Sequence[FoundAsset], *, homes: FloatArray, members: frozenset[str]
) -> list[tuple[FoundAsset, bool]]:
    """Return the assets in the area or within a walk of it, each with whether it is inside.

    Parameters
    ----------
    homes
        A point in each neighbourhood of the area, metres, shape (n, 2).
    members
        Codes of those neighbourhoods.
    """
    inside = [asset.lsoa21_code in members for asset in found]
    near = _is_near([(asset.easting, asset.northing) for asset in found], homes=homes)
    kept = [(asset, is_in) for asset, is_in, is_near in zip(found, inside, near, strict=True) if is_in or is_near]
    return sorted(kept, key=lambda pair: (pair[0].kind, pair[0].name, pair[0].asset_id))


def make_assets(
    in_reach: Sequence[tuple[FoundAsset, bool]], *, homes: FloatArray, today: date, has_any: bool
) -> Assets:
    """Return what there is to build on.

    Parameters
    ----------
    has_any
        Whether any asset is known anywhere: where none is, an empty list says nothing about the place.
    """
    if not has_any:
        sentence = "No community assets are listed anywhere yet, so nothing is said here about what is missing."
        return Assets(sentence=sentence, kinds=(), gaps=(), lines=())
    lines = tuple(_line(asset, is_inside=is_inside, today=today) for asset, is_inside in in_reach)
    return Assets(
        sentence=_sentence(in_reach),
        kinds=_kinds([asset for asset, _ in in_reach], today=today),
        gaps=_gaps([asset for asset, _ in in_reach], homes=homes),
        lines=lines,
    )


def _is_near(points: Sequence[tuple[float | None, float | None]], *, homes: FloatArray) -> BoolArray:
    near = np.zeros(len(points), dtype=bool)
    placed = [i for i, (easting, northing) in enumerate(points) if easting is not None and northing is not None]
    if placed and len(homes):
        at = np.array([points[i] for i in placed], dtype=np.float64)
        distance_m = DEFAULT_CATCHMENT.detour * KDTree(homes).query(at)[0]
        near[placed] = distance_m <= LONG_WALK_M
    return near


def _sentence(in_reach: Sequence[tuple[FoundAsset, bool]]) -> str:
    if not in_reach:
        return "No community asset is listed in the area or within a 20-minute walk (1,600 m) of where people live."
    inside = sum(is_inside for _, is_inside in in_reach)
    total = len(in_reach)
    verb = "is" if total == 1 else "are"
    near = f"{count(inside)} in the area and {count(total - inside)} more within a 20-minute walk (1,600 m) of it"
    return f"{count(total)} community asset{'' if total == 1 else 's'} {verb} within reach: {near}."


def _kinds(assets: Sequence[FoundAsset], *, today: date) -> tuple[AssetKind, ...]:
    by_kind: dict[str, list[FoundAsset]] = {}
    for asset in assets:
        by_kind.setdefault(asset.kind, []).append(asset)
    kinds = [_kind(name, those, today=today) for name, those in by_kind.items()]
    return tuple(sorted(kinds, key=lambda kind: (-kind.count, kind.name)))


def _kind(name: str, assets: Sequence[FoundAsset], *, today: date) -> AssetKind:
    states = [_freshness(asset, today=today) for asset in assets]
    return AssetKind(
        name=name,
        count=len(assets),
        fresh=states.count(Freshness.FRESH),
        stale=states.count(Freshness.STALE),
        unchecked=states.count(Freshness.UNCHECKED),
        names=tuple(asset.name for asset in assets[:MOST_NAMES]),
    )


def _gaps(assets: Sequence[FoundAsset], *, homes: FloatArray) -> tuple[str, ...]:
    gaps = [
        f"Nothing listed within reach offers {words}."
        for offer, words in ASKED_AFTER.items()
        if not any(offer in asset.offer_ids for asset in assets)
    ]
    helping = [(a.easting, a.northing) for a in assets if DIGITAL_HELP in a.offer_ids and a.easting is not None]
    if helping and len(homes) > 1:
        nearest_m = DEFAULT_CATCHMENT.detour * KDTree(np.array(helping, dtype=np.float64)).query(homes)[0]
        far = int(np.count_nonzero(nearest_m > LONG_WALK_M))
        if far:
            gaps.insert(
                0, f"{count(far)} of {count(len(homes))} neighbourhoods have no help to get online within 1,600 m."
            )
    return tuple(gaps)


def _freshness(asset: FoundAsset, *, today: date) -> Freshness:
    return Freshness.UNCHECKED if asset.trust is None else freshness_of(asset.trust, today=today)


def _line(asset: FoundAsset, *, is_inside: bool, today: date) -> AssetLine:
    return AssetLine(
        asset_id=asset.asset_id,
        name=asset.name,
        kind=asset.kind,
        offers="; ".join(asset.offers),
        freshness=freshness_words(asset.trust or Trust(), today=today),
        is_inside=is_inside,
        lon=asset.lon,
        lat=asset.lat,
    )
