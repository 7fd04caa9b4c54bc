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
TRIED = "What partners have tried in places like this"
IDEAS = "Ideas to begin from in places like this"
IDEA = "An idea to begin from: "
ABOUT_IDEAS = (
    "Ideas to begin from, not proof: drawn, in our own words, from the headings of NHS England's framework for "
    "inclusive digital healthcare (2023). What partners write down of what they have tried takes their place."
)
RANKS = (
    "Rank 1 and decile 1 are always the worst. The bar shows where this area lies among its like: better to the left, "
    "worse to the right; the thin line is the middle one."
)
AMONG_NEIGHBOURHOODS = (
    "There is no other area like this one to rank it among. The bar shows where its figure would lie among England's "
    "neighbourhoods: better to the left, worse to the right; the thin line is the middle one."
)
JOINT = "“Joint best” and “joint worst” are shared with many other areas."
ALONE = "There is no other area of its size in what is loaded, so nothing is ranked."
LIVE = "The live view:"
LIVE_HERE = "The live view, on the computer that this was made on:"
THIRDS = "Thirds on the map are those of all England."
RELATIVE = (
    "Ranks and deciles compare places with one another: a change need not mean that things got better or worse. Most "
    "figures are of a place, and say nothing certain about anyone who lives there."
)
METHOD: tuple[str, ...] = (
    (
        "Figures are official statistics of neighbourhoods (LSOAs of Census 2021, about 1,700 people each); digital "
        "exclusion and left behind are worked out from them. A larger area's figure is the mean over its residents."
    ),
    (
        "Need is the Index of Multiple Deprivation 2025. Digital exclusion is a score from 0 to 100 in four equal "
        "parts: connection, skills, age and health, and means. Each input is placed by its rank in England."
    ),
    "Left behind means in England's worst 20% of neighbourhoods on need and on digital exclusion at once.",
    (
        "Within reach means inside the area, or within 1,600 m on foot (straight line times 1.3) of the middle of one "
        "of its neighbourhoods. Fresh means confirmed and not yet due another check, as of the date of this edition."
    ),
    (
        "Nothing missing is counted as zero. People whom a plan would reach are rounded to 5, and fewer than 8 are not "
        "shown. Every formula is in docs/methods.md of Common Ground."
    ),
)


def cite(number: int) -> str:
    """Return how a source is named in running text: [3]; empty when it is not listed."""
    return f"[{number}]" if number else ""


def say_basis(cited: Sequence[Figure], *, called: Sequence[str], population: int, assets: int) -> str:
    """Return what the sentences and the maps rest on: each figure with its period and the number of its source.

    Parameters
    ----------
    cited, called
        Figures, and what the sentences call each of them.
    population, assets
        Numbers of the sources of how many people live there, and of community assets; 0 where none is listed.
    """
    said = [
        f"{name}: {'' if name == figure.name else f'{figure.name}, '}{figure.period} {cite(figure.source)}".strip()
        for name, figure in zip(called, cited, strict=True)
    ]
    said += [f"People: Census 2021 {cite(population)}"] if population else []
    said += [f"Community assets: {cite(assets)}"] if assets else []
    return f"{'; '.join(said)}. {THIRDS}" if said else ""


def make_banner(*, is_demo: bool, is_partners_only: bool) -> str:
    """Return what every page says at its head; empty for nothing."""
    return " ".join(words for words, is_on in ((DEMO, is_demo), (PARTNERS_ONLY, is_partners_only)) if is_on)


def explain_figures(figures: Sequence[Figure]) -> str:
    """Return how to read the columns of the key figures."""
    if any(figure.national_rank is not None for figure in figures):
        return f"{RANKS} {JOINT}" if any(figure.rank_shown.startswith("joint") for figure in figures) else RANKS
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
