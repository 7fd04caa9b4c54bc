"""Standing words of a brief: what it is about, who may see it, what it is not for, how it was worked out. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.briefs.model.figures import Figure
from dashboard.words import NOT_FOR

SUBTITLE = "Need, digital exclusion and what there is to build on"
PLURALS: dict[str, str] = {
    "england": "countries",
    "icb": "integrated care boards (ICBs)",
    "sicbl": "sub-ICB locations",
    "lad": "districts",
    "ward": "wards",
    "msoa": "MSOAs",
    "lsoa": "neighbourhoods",
    "custom": "areas",
}
PARTNERS_ONLY = "For partners only: holds what has not been shared with everyone. Do not publish or pass on."
DEMO = "These are not real places: made-up areas and figures for a demonstration."
NO_APPOINTMENTS = "The file of GP appointments that was loaded does not cover this area."
NO_STORIES = (
    "No story from this area may be shown yet. Stories appear once their teller agrees and a reviewer has read them."
)
NO_NOTES = "Partners have not yet written down what they have tried in places like this."
RANKS = (
    "Rank 1 and decile 1 are always the worst. The bar shows where this area lies among its like: better to the left, "
    "worse to the right; the thin line is the middle one."
)
AMONG_NEIGHBOURHOODS = (
    "There is no other area like this one to rank it among. The bar shows where its figure would lie among England's "
    "neighbourhoods: better to the left, worse to the right; the thin line is the middle one."
)
ALONE = "There is no other area of its size in what is loaded, so nothing is ranked."
RELATIVE = (
    "Ranks and deciles compare places with one another: a change need not mean that things got better or worse. Most "
    "figures are of a place, and say nothing certain about anyone who lives there."
)
METHOD: tuple[str, ...] = (
    (
        "Figures are official statistics of neighbourhoods (LSOAs of Census 2021, about 1,500 people each). A larger "
        "area's figure is the mean over its residents."
    ),
    (
        "Need is the Index of Multiple Deprivation 2025. Digital exclusion is a score from 0 to 100 in four equal "
        "parts: connection, skills, age and health, and means. Each input is placed by its rank in England."
    ),
    "Left behind means in England's worst 20% of neighbourhoods on need and on digital exclusion at once.",
    (
        "Within reach means inside the area, or within 1,600 m on foot (straight line times 1.3) of the middle of one "
        "of its neighbourhoods. Fresh means confirmed within the last year, as of the date of this edition."
    ),
    (
        "Nothing missing is counted as zero, and counts of fewer than 8 people in partners' own data are hidden. Every "
        "formula is in docs/methods.md of Common Ground."
    ),
)


def make_banner(*, is_demo: bool, is_partners_only: bool) -> str:
    """Return what every page says at its head; empty for nothing."""
    return " ".join(words for words, is_on in ((DEMO, is_demo), (PARTNERS_ONLY, is_partners_only)) if is_on)


def explain_figures(figures: Sequence[Figure]) -> str:
    """Return how to read the columns of the key figures."""
    if any(figure.national_rank is not None for figure in figures):
        return RANKS
    return AMONG_NEIGHBOURHOODS if any(figure.position is not None for figure in figures) else ALONE


def choose_caveats(figures: Sequence[Figure], *, also: str) -> tuple[str, ...]:
    """Return what a brief must not be used for.

    Parameters
    ----------
    also
        The indicator whose own caveat is said too; those of all others are in the data pack.
    """
    own = [f"{figure.name}: {figure.caveat}" for figure in figures if figure.indicator_id == also and figure.caveat]
    return (NOT_FOR, RELATIVE, *own)
