"""What there is to build on within reach of an area, how fresh what is known of it is, and where the gaps are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from dashboard import words
from dashboard.briefs.model.assets import AssetKind, AssetLine, Assets
from dashboard.briefs.reach import REACH_M, FoundAsset
from dashboard.register.model import Trust
from dashboard.register.rules.freshness import Freshness, freshness_of, freshness_words
from dashboard.words import count
from etl.methods.arrays import FloatArray
from etl.methods.nearness import is_near

MOST_NAMES, MOST_KINDS, MOST_OTHERS = 2, 7, 5
SAYS_NOTHING = "No entry within reach says what is offered there, so it is not known which help is missing."
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
    in_reach: Sequence[tuple[FoundAsset, bool]],
    *,
    homes: FloatArray,
    today: date,
    has_any: bool,
    is_of_register: bool = True,
) -> Assets:
    """Return what there is to build on.

    Parameters
    ----------
    has_any
        Whether any asset is known anywhere: where none is, an empty list says nothing about the place.
    is_of_register
        Whether the register was asked.
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
        is_of_register=is_of_register,
        changed_on=_latest_change([asset for asset, _ in in_reach]),
    )


def _latest_change(assets: Sequence[FoundAsset]) -> str:
    moments = [asset.changed_at for asset in assets if asset.changed_at is not None]
    return words.date(max(moments)) if moments else ""


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
    kinds.sort(key=lambda kind: (-kind.count, kind.name))
    if len(kinds) <= MOST_KINDS:
        return tuple(kinds)
    return (*kinds[: MOST_KINDS - 1], _others(kinds[MOST_KINDS - 1 :]))


def _examples(assets: Sequence[FoundAsset]) -> tuple[str, ...]:
    """Return a few names; those of mere numbers, as some lists have them, only where there are no others."""
    names = dict.fromkeys(asset.name for asset in assets)
    return tuple(sorted(names, key=lambda name: not any(letter.isalpha() for letter in name)))[:MOST_NAMES]


def _others(kinds: Sequence[AssetKind]) -> AssetKind:
    """Return the rarer kinds as one row, so that a brief keeps to its two pages."""
    states = {
        Freshness.FRESH: sum(kind.fresh for kind in kinds),
        Freshness.STALE: sum(kind.stale for kind in kinds),
        Freshness.UNCHECKED: sum(kind.unchecked for kind in kinds),
    }
    names = tuple(kind.name.lower() for kind in kinds[:MOST_OTHERS])
    return _say_kind(f"{count(len(kinds))} other kinds", states, names=names)


def _kind(name: str, assets: Sequence[FoundAsset], *, today: date) -> AssetKind:
    states = Counter(_freshness(asset, today=today) for asset in assets)
    return _say_kind(name, states, names=_examples(assets))


def _say_kind(name: str, states: Mapping[Freshness, int], *, names: tuple[str, ...]) -> AssetKind:
    fresh, stale, unchecked = (states.get(one, 0) for one in (Freshness.FRESH, Freshness.STALE, Freshness.UNCHECKED))
    total = fresh + stale + unchecked
    return AssetKind(
        name=name,
        count=total,
        fresh=fresh,
        stale=stale,
        unchecked=unchecked,
        shown=(count(total), count(fresh), count(stale), count(unchecked)),
        names=names,
    )


def _gaps(assets: Sequence[FoundAsset], *, homes: FloatArray) -> tuple[str, ...]:
    """Say what is missing, and how far the list can be trusted on that: many lists do not say what a place offers."""
    telling = sum(bool(asset.offer_ids) for asset in assets)
    if assets and not telling:
        return (SAYS_NOTHING,)
    missing, closed = [], []
    for offer, asked in ASKED_AFTER.items():
        offering = [asset for asset in assets if offer in asset.offer_ids]
        if not offering:
            missing.append(asked)
        elif not any(asset.takes_people for asset in offering):
            closed.append(asked)
    gaps = [*_far_from_help(assets, homes=homes)]
    gaps += [f"Nothing listed within reach offers {'; '.join(missing)}."] if missing else []
    gaps += [f"Within reach, but paused or full: {'; '.join(closed)}."] if closed else []
    if missing and telling < len(assets):
        gaps.append(f"What is offered there is said in {count(telling)} of {count(len(assets))} entries alone.")
    return tuple(gaps)


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
        source=asset.source,
        licence=asset.licence,
    )
