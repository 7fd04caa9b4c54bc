"""How likely two assets are the same, from how alike they are; and why, in words."""

from __future__ import annotations

import numpy as np

from dashboard.register.duplicates.likeness import Floats, Likeness

# Logistic regression on the labelled pairs of seed 1 in tests/duplicate_pairs.py, rounded; the tests use other seeds.
# A sign that common sense forbids was not allowed, and near places, telephones and hosts count at least so much.
WEIGHTS = {
    "names_set": 0.5,
    "names_whole": 6.4,
    "telling": 4.7,
    "unmatched": -8.0,
    "nearness": 1.5,
    "postcodes": 4.1,
    "phones": 1.6,
    "hosts": 0.5,
    "kinds": 3.6,
    "numbers_differ": -6.0,
    "addresses": 0.5,
}
INTERCEPT = -10.2
# A pair at or above this is offered to a person.
THRESHOLD = 0.5
_NEARLY, _ALIKE, _CLOSE_M = 0.9, 0.75, 250.0


def probabilities(likeness: Likeness) -> Floats:
    """Return how likely each pair is one thing, from 0 to 1."""
    total = INTERCEPT + sum(weight * getattr(likeness, name) for name, weight in WEIGHTS.items())
    scores: Floats = 1.0 / (1.0 + np.exp(-total))
    return scores


def reasons(likeness: Likeness) -> list[tuple[str, ...]]:
    """Return, for each pair, what speaks for its being one thing, and then what speaks against it."""
    return [_reasons_of(likeness, at) for at in range(len(likeness.names_set))]


def _reasons_of(likeness: Likeness, at: int) -> tuple[str, ...]:
    words = [_name_words(likeness, at), _distance_words(likeness.distance_m[at])]
    for said, same, different in (
        (likeness.postcodes[at], "Same postcode.", "Different postcodes."),
        (likeness.phones[at], "Same telephone number.", "Different telephone numbers."),
        (likeness.hosts[at], "Same website.", "Different websites."),
        (likeness.kinds[at], "Same kind.", "Different kinds."),
    ):
        words.append(same if said > 0 else different if said < 0 else "")
    words.sort(key=lambda one: one.startswith("Different"))
    return tuple(one for one in words if one)


def _name_words(likeness: Likeness, at: int) -> str:
    if likeness.names_whole[at] == 1.0:
        return "The names are the same."
    if likeness.names_whole[at] >= _NEARLY:
        return "The names are nearly the same."
    if max(likeness.names_set[at], likeness.telling[at]) >= _ALIKE:
        return "The names are alike."
    return "Different names."


def _distance_words(distance_m: float) -> str:
    if np.isnan(distance_m):
        return ""
    if distance_m < 1.0:
        return "At the same point."
    if distance_m <= _CLOSE_M:
        return f"{distance_m:.0f} m apart."
    return f"Different places, {distance_m / 1000:.1f} km apart."
