"""What there is to build on within reach of an area, how fresh what is known of it is, and where the gaps are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from dashboard.briefs.model.assets import AssetKind, AssetLine, Assets
from dashboard.briefs.reach import REACH_M, FoundAsset
from dashboard.register.model import Trust
from dashboard.register.rules.freshness import Freshness, freshness_of, freshness_words
from dashboard.words import count
from etl.methods.arrays import FloatArray
from etl.methods.nearness import is_near

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
    gaps = []
    for offer, words in ASKED_AFTER.items():
        offering = [asset for asset in assets if offer in asset.offer_ids]
        if not offering:
            gaps.append(f"Nothing listed within reach offers {words}.")
        elif not any(asset.takes_people for asset in offering):
            gaps.append(f"What offers {words} within reach is paused or full.")
    return (*_far_from_help(assets, homes=homes), *gaps)


def _far_from_help(assets: Sequence[FoundAsset], *, homes: FloatArray) -> tuple[str, ...]:
    """Say how many of several neighbourhoods have no help to get online near, where there is some in others."""
    helping = [asset for asset in assets if DIGITAL_HELP in asset.offer_ids and asset.takes_people]
    points = np.array([(asset.easting, asset.northing) for asset in helping if asset.easting is not None])
    if not len(points) or len(homes) == 1:
        return ()
    far = int(np.count_nonzero(~is_near(homes, points.astype(np.float64), reach_m=REACH_M)))
    said = f"{count(far)} of {count(len(homes))} neighbourhoods have no help to get online within 1,600 m."
    return (said,) if far else ()


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
