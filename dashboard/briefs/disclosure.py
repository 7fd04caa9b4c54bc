"""Small numbers of people are never shown as they are. Pure.

The rule of docs/methods.md: counts of 1 to 7 become “fewer than 8”, and others are rounded to 5.
"""

from __future__ import annotations

from dashboard.words import count

FEWEST_SHOWN = 8
ROUNDED_TO = 5


def people_shown(number: int) -> str:
    """Return a number of people that may be printed: nobody, fewer than 8, or a count rounded to 5."""
    if number == 0:
        return "nobody"
    if number < FEWEST_SHOWN:
        return f"fewer than {FEWEST_SHOWN} people"
    return f"{count(ROUNDED_TO * round(number / ROUNDED_TO))} people"
