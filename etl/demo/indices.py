"""The made-up Indices of Deprivation 2025: every score follows from who lives where, and the IMD from its domains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.demo.people import People, draw_field, standardise
from etl.demo.places import Places
from etl.demo.plan import FloatArray, IntArray
from etl.demo.ranking import combine_domains, rank_worst_first, spread_exponentially

DOMAINS = ("income", "employment", "education", "health", "crime", "barriers", "living_environment")


@dataclass(frozen=True)
class Indices:
    """Scores and ranks by index (imd, the domains, the sub-domains, idaci, idaopi), and traits used elsewhere.

    Scores are as published, to 3 decimals; ranks come from the scores before rounding.
    """

    scores: dict[str, FloatArray]
    ranks: dict[str, IntArray]
    slow_broadband: FloatArray
    connectivity: FloatArray
    adult_skills: FloatArray


def draw_indices(*, places: Places, people: People, rng: np.random.Generator) -> Indices:
    """Return the indices; domains go together, but broadband and access are worst in the country."""
    need, rural, inner = people.deprivation, people.rural, people.inner

    def noise(share: float) -> FloatArray:
        drawn: FloatArray = share * rng.normal(size=len(need))
        return drawn

    field = draw_field(graph=places.graph, rounds=2, rng=rng)
    adult_skills = standardise(0.75 * need + 0.75 * people.skills_gap + 0.25 * inner + noise(0.25))
    connectivity = 64.6 - 15.5 * standardise(rural - 0.4 * inner + noise(0.35))
    income = standardise(need + noise(0.28))
    employment = standardise(need + 0.25 * people.skills_gap - 0.6 * people.student + noise(0.3))
    seaside = (places.frame["kind"] == "seaside").to_numpy(np.float64)
    scores = {
        "income": _rate(income, centre=-1.42, spread=0.78),
        "employment": _rate(employment, centre=-2.05, spread=0.62),
        "health": 0.88 * standardise(need + 0.3 * people.skills_gap + 0.25 * field + noise(0.45)),
        "crime": 0.84 * standardise(0.75 * need + 0.9 * inner - 0.35 * rural + noise(0.45)),
        "children_young_people": 0.87 * standardise(0.85 * need + 0.4 * people.skills_gap + noise(0.5)),
        "adult_skills": _rate(adult_skills, centre=-1.25, spread=0.5),
        "geographical_barriers": 100 - connectivity.clip(2, 98),
        "wider_barriers": 3.0 * standardise(0.55 * need + 0.6 * inner + 0.3 * people.student + noise(0.7)),
        "indoors": 0.63 * standardise(0.25 * need + 0.5 * inner + 0.45 * seaside + 0.25 * rural + noise(0.8)),
        "outdoors": 0.75 * standardise(0.6 * inner - 0.6 * rural + 0.1 * need + noise(0.6)),
        "idaci": _rate(standardise(income + noise(0.35)), centre=-1.35, spread=0.85),
        "idaopi": _rate(standardise(income + 0.3 * inner - 0.2 * people.age + noise(0.4)), centre=-1.75, spread=0.72),
    }  # fmt: skip
    ranks = {index: rank_worst_first(score) for index, score in scores.items()}
    _combine(scores, ranks)
    return Indices(
        scores={index: score.round(3) for index, score in scores.items()},
        ranks=ranks,
        slow_broadband=standardise(0.9 * rural + 0.25 * field - 0.3 * inner + noise(0.4)),
        connectivity=connectivity.clip(2, 98).round(3),
        adult_skills=adult_skills,
    )


def _combine(scores: dict[str, FloatArray], ranks: dict[str, IntArray]) -> None:
    """Add the domains that are made of sub-domains, and the IMD.

    The published ranks of 2025 rebuild the published domain scores with these shares: education from two halves
    (to 0.001), barriers from two halves (to 0.0005), living environment from 0.7 indoors and 0.3 outdoors.
    """
    parts = {
        "education": (("children_young_people", 0.5), ("adult_skills", 0.5)),
        "barriers": (("geographical_barriers", 0.5), ("wider_barriers", 0.5)),
        "living_environment": (("indoors", 0.7), ("outdoors", 0.3)),
    }
    for domain, shares in parts.items():
        scores[domain] = np.sum([share * spread_exponentially(ranks[part]) for part, share in shares], axis=0)
        ranks[domain] = rank_worst_first(scores[domain])
    scores["imd"] = combine_domains({domain: ranks[domain] for domain in DOMAINS})
    ranks["imd"] = rank_worst_first(scores["imd"])


def _rate(trait: FloatArray, *, centre: float, spread: float) -> FloatArray:
    """Return a share between 0 and 1 that rises with a trait."""
    rate: FloatArray = 1 / (1 + np.exp(-(centre + spread * trait)))
    return rate
