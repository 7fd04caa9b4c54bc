"""The three sentences of a brief, by rule: what stands out, how sure that is, and what is strong here.

The rules are written out in docs/briefs.md, so that anyone can work a sentence out by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.briefs.model.brief import Place, Summary
from dashboard.briefs.model.figures import Figure
from dashboard.words import count, join, people, share, worst

# Worst per cent up to which a figure stands out, and from which it counts as a strength.
STANDS_OUT, STRONG = 20, 67
MIDDLE = 50
MOST_STRENGTHS = 2
# Two scores tell the same story when they stand no further apart than this, in percentage points of rank.
AGREE_WITHIN = 15
# Few older people is a fact and no strength, scores are said in the first sentence, and 2019 is past.
NO_STRENGTHS = frozenset({"People", "Digital exclusion", "Left behind", "Deprivation 2019"})
WHOLE = frozenset({"imd_2025"})


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the sentences are made from.

    Parameters
    ----------
    need, exclusion
        The two figures that left-behind rests on; None when not loaded.
    figures
        Every ranked figure of the area.
    left_behind
        Share of people in left-behind neighbourhoods; None when not known.
    top_reason
        What lifts the digital-exclusion score most above England's; empty for nothing.
    other_scores
        Worst per cent by each way of scoring digital exclusion, by name; the chosen one first.
    assets_by_kind
        How many assets are within reach, by the name of the kind; None when not asked.
    """

    place: Place
    need: Figure | None
    exclusion: Figure | None
    figures: Sequence[Figure]
    left_behind: float | None
    top_reason: str
    other_scores: Mapping[str, int]
    assets_by_kind: Mapping[str, int] | None


def summarise(known: Known) -> Summary:
    """Return the three sentences."""
    return Summary(stands_out=_stands_out(known), how_sure=_how_sure(known), strong_here=_strong_here(known))


def _stands_out(known: Known) -> str:
    place = known.place
    if place.area_type == "england":
        return f"England is what every other place here is compared with{_left_behind(known)}."
    standings = [
        f"the {worst(figure.worst_percent)} on {called}"
        for figure, called in ((known.need, "need"), (known.exclusion, "digital exclusion"))
        if figure is not None and figure.worst_percent
    ]
    if not standings:
        return _against_england(known)
    among = f"Among the {place.level_plural} of England, {place.name} is in {join(standings)}"
    return f"{among}{_left_behind(known)}{_reason(known)}."


def _against_england(known: Known) -> str:
    said = [
        f"{called} is {figure.shown} against {figure.england_shown} in England"
        for figure, called in ((known.need, "need"), (known.exclusion, "digital exclusion"))
        if figure is not None and figure.value is not None
    ]
    if not said:
        return f"There are no figures of need or digital exclusion for {known.place.name}."
    return f"In {known.place.name}, {join(said)}{_left_behind(known)}{_reason(known)}."


def _left_behind(known: Known) -> str:
    if known.left_behind is None:
        return ""
    if known.place.area_type == "lsoa":
        return (
            ", and it counts as left behind on both" if known.left_behind else ", and it does not count as left behind"
        )
    if not known.left_behind:
        return ", and none of its neighbourhoods counts as left behind"
    whose = people(known.left_behind * known.place.population)
    return f"; {whose} ({share(known.left_behind)}) live in neighbourhoods left behind on both"


def _reason(known: Known) -> str:
    stands_out = known.exclusion is not None and 0 < known.exclusion.worst_percent <= MIDDLE
    return f"; what adds most to its digital exclusion is {known.top_reason}" if stands_out and known.top_reason else ""


def _how_sure(known: Known) -> str:
    ranked = {name: percent for name, percent in known.other_scores.items() if percent}
    if len(ranked) < 2:  # noqa: PLR2004 - one score agrees with itself
        return (
            "How sure: need and digital exclusion are scores of places, made from figures of several years, and the "
            "order of neighbours that are close together means little."
        )
    low, high = min(ranked.values()), max(ranked.values())
    ways = f"{len(ranked)} ways of scoring digital exclusion"
    if worst(low) == worst(high):
        return f"How sure: fairly, for all {ways} put it in the {worst(low)}."
    if high - low <= AGREE_WITHIN:
        return f"How sure: fairly, for {ways} agree (from the {worst(low)} to the {worst(high)})."
    return (
        f"How sure: less so on digital exclusion, where {ways} range from the {worst(low)} to the {worst(high)}; "
        "local knowledge should decide."
    )


def strengths_of(known: Known) -> list[Figure]:
    """Return the figures on which an area does so well that its brief says so, the best first."""
    best = sorted(
        (figure for figure in known.figures if figure.worst_percent >= STRONG and _may_be_strength(figure)),
        key=lambda figure: -figure.worst_percent,
    )
    return best[:MOST_STRENGTHS]


def _strong_here(known: Known) -> str:
    said = [f"{figure.name.lower()} ({worst(figure.worst_percent)})" for figure in strengths_of(known)]
    figures = f"it does better than most on {join(said)}" if said else ""
    assets = _assets(known)
    if not figures and not assets:
        return (
            "What is strong here: no figure stands out and no community asset is listed yet, which says more about "
            "the list than about the place."
        )
    return f"What is strong here: {'; '.join(part for part in (assets, figures) if part)}."


def _may_be_strength(figure: Figure) -> bool:
    return figure.domain not in NO_STRENGTHS and figure.indicator_id not in WHOLE


def _assets(known: Known) -> str:
    if not known.assets_by_kind:
        return ""
    total = sum(known.assets_by_kind.values())
    largest = sorted(known.assets_by_kind.items(), key=lambda item: (-item[1], item[0]))[:MOST_STRENGTHS]
    if total == 1:
        return f"1 community asset within reach ({largest[0][0].lower()})"
    kinds = join([f"{name.lower()} ({count(number)})" for name, number in largest])
    return f"{count(total)} community assets within reach, most of all {kinds}"
