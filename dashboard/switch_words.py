"""The story of the switch in words; pure."""

from __future__ import annotations

import pandas as pd
from scipy import stats

from dashboard.questions.switching import FACE_TO_FACE, REMOTE, Switch

FEWEST_TO_RELATE = 10
WEAK, MODERATE = 0.2, 0.5
CHANGE = "Change in points"


def month(period: str) -> str:
    """Return a month as one says it: March 2019."""
    return f"{pd.Period(period, freq='M').strftime('%B %Y')}"


def tell_months(months: pd.DataFrame) -> str:
    """Return how appointments moved in a place, in a few sentences.

    Parameters
    ----------
    months
        Columns period, indicator_id and value, one row per month and kind.
    """
    wide = months.pivot_table(index="period", columns="indicator_id", values="value").sort_index()
    remote = wide[[key for key in REMOTE if key in wide]].sum(axis=1)
    first, last, peak = str(remote.index[0]), str(remote.index[-1]), str(remote.idxmax())
    said = (
        f"In {month(first)}, {remote[first]:.0f} of 100 appointments were by telephone, video or online; in "
        f"{month(last)}, {remote[last]:.0f} of 100."
    )
    if peak not in {first, last}:
        said += f" The most was in {month(peak)}, with {remote[peak]:.0f} of 100."
    if FACE_TO_FACE in wide:
        said += f" Face to face went from {wide[FACE_TO_FACE][first]:.0f} to {wide[FACE_TO_FACE][last]:.0f} of 100."
    return said


def tell_coverage(switch: Switch) -> str:
    """Return how many areas are followed, of how many."""
    missing = switch.of - switch.followed
    if not missing:
        return f"All {switch.of} sub-ICB locations are followed."
    return (
        f"{switch.followed} of {switch.of} sub-ICB locations are followed in the file that was loaded; nothing is said "
        f"of the other {missing}. England here is the sum of those that are followed."
    )


def tell_span(switch: Switch) -> str:
    """Return what before and after are."""
    return (
        f"Before is the mean from {month(switch.first[0])} to {month(switch.first[1])}, after that from "
        f"{month(switch.last[0])} to {month(switch.last[1])}."
    )


def tell_relation(switch: Switch, *, standing: str, what: str) -> str:
    """Return how the switch goes with need or exclusion: Spearman's rank correlation, in words and as a number.

    How often chance alone would give as much is the two-sided p-value of SciPy (Student's t).

    Parameters
    ----------
    standing
        Column of `Switch.areas`, 1 = worst.
    what
        It in words.
    """
    known = switch.areas[switch.areas[standing] > 0]
    if len(known) < FEWEST_TO_RELATE or known[standing].nunique() == 1 or known["change"].nunique() == 1:
        return f"Too few places are followed to say how the switch goes with {what}."
    # Turned round, so that a positive number means: the worse off, the larger the switch.
    found = stats.spearmanr(-known[standing], known["change"])
    rho = float(found.statistic)
    strength = "hardly at all" if abs(rho) < WEAK else "a little" if abs(rho) < MODERATE else "clearly"
    way = "larger" if rho > 0 else "smaller"
    said = f"Where {what} is worse, the switch was {strength} {way}" if strength != "hardly at all" else (
        f"The switch hardly goes with {what} at all"
    )  # fmt: skip
    return (
        f"{said} (Spearman's rank correlation {rho:+.2f}, {len(known)} places; chance alone would give as much in "
        f"{_in_hundred(float(found.pvalue))} of 100 cases)."
    )


def _in_hundred(share: float) -> str:
    rounded = round(100 * share)
    return str(rounded) if rounded else "fewer than 1"


def describe_switch(switch: Switch) -> pd.DataFrame:
    """Return the areas under headings that a person reads, the largest change first."""
    areas = switch.areas
    return pd.DataFrame(
        {
            "Place": areas["name"],
            "Before (%)": areas["before"].round(1),
            "After (%)": areas["after"].round(1),
            CHANGE: areas["change"].round(1),
            "Need (worst %)": areas["need_percent"],
            "Digital exclusion (worst %)": areas["exclusion_percent"],
            "People left behind (%)": (100 * areas["left_behind"]).round(1),
        }
    )
