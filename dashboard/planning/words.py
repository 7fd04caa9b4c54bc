"""What a plan would change, in words and in classes for a map; pure."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from dashboard.words import count, people
from etl.methods.access import LONG_WALK_M, SHORT_WALK_M
from etl.methods.arrays import ByteArray, FloatArray
from etl.methods.siting import Siting

# Assets per 10,000 people, in classes from the thinnest support on; a map counts them like worst-per-cents.
SUPPORT_LIMITS = (0.5, 1.0, 2.0)
SUPPORT_CLASSES = (
    "None within a long walk",
    "Up to 0.5 for 10,000 people",
    "0.5 to 1",
    "1 to 2",
    "More than 2",
)
CLASS_ENDS = (20, 40, 60, 80, 100)


def classes_of_support(support: FloatArray) -> ByteArray:
    """Return the class of each neighbourhood's support as a number that the map paints, shape (n,)."""
    number = np.where(support <= 0, 0, 1 + np.searchsorted(SUPPORT_LIMITS, support, side="left"))
    return np.array(CLASS_ENDS, dtype=np.uint8)[number]


def distance(metres: float) -> str:
    """Return a walking distance as one says it."""
    if math.isinf(metres):
        return "none anywhere"
    return f"{round(metres, -1):,.0f} m" if metres < 995 else f"{metres / 1000:,.1f} km"  # noqa: PLR2004 - rounds to 1 km


def describe_around(around: pd.DataFrame) -> pd.DataFrame:
    """Return the neighbourhoods around under headings that a person reads."""
    return pd.DataFrame(
        {
            "Neighbourhood": around["name"],
            "People": around["population"],
            "Left behind": around["is_left_behind"].map({True: "Yes", False: "No"}),
            "Newly within": [
                _newly(before, after)
                for before, after in zip(around["nearest_before_m"], around["nearest_after_m"], strict=True)
            ],
            "Nearest now": around["nearest_before_m"].map(distance),
            "Nearest then": around["nearest_after_m"].map(distance),
            "Help for 10,000 people now": around["support_before"].map("{:.2f}".format),
            "Then": around["support_after"].map("{:.2f}".format),
        }
    )


def _newly(before_m: float, after_m: float) -> str:
    """Return the shortest walk within which there would be help where there was none; empty for none."""
    limits = {SHORT_WALK_M: "800 m", LONG_WALK_M: "1,600 m"}
    return next((words for limit_m, words in limits.items() if after_m <= limit_m < before_m), "")


def reached(number: float) -> str:
    """Return a number of people reached, nobody said as such."""
    return people(number) if number else "nobody"


def gap(quick: Siting, best: Siting) -> str:
    """Return how the quick answer stands to the best possible one."""
    if quick.reached >= best.reached:
        return "The quick answer is the best possible one: no other choice of as many places reaches more people."
    short = best.reached - quick.reached
    percent = 100 * short / best.reached
    return (
        f"The best possible choice reaches {count(short)} people more than the quick one "
        f"({percent:.1f}% of {count(best.reached)})."
    )
