"""What the areas of a map are coloured by, and which of them are outlined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

PaletteName = Literal["worst", "neutral", "bivariate"]

_INDICATOR_ID = re.compile(r"[a-z][a-z0-9_]{0,79}")


@dataclass(frozen=True)
class FillClass:
    """One class of a choropleth.

    Parameters
    ----------
    up_to
        Largest worst-per-cent (1…100, 1 = worst) that belongs to the class.
    words
        The class in plain English, for the legend.
    """

    up_to: int
    words: str


@dataclass(frozen=True)
class Fill:
    """One indicator in classes of worst-per-cent; `palettes.fifths` makes the usual one.

    Parameters
    ----------
    indicator_id
        Indicator or recipe that is painted.
    title
        Its name, above the legend.
    classes
        From the worst to the best; the last reaches 100.
    palette
        `worst` (one direction is worse), or `neutral` (neither is).
    """

    indicator_id: str
    title: str
    classes: tuple[FillClass, ...]
    palette: PaletteName = "worst"

    def __post_init__(self) -> None:
        require_indicator_id(self.indicator_id)


@dataclass(frozen=True)
class Bivariate:
    """Need and digital exclusion together, each in thirds of worst-per-cent.

    Parameters
    ----------
    need_id, exclusion_id
        Indicators or recipes on the two axes.
    need_title, exclusion_title
        Their names, beside the legend.
    """

    need_id: str
    exclusion_id: str
    need_title: str
    exclusion_title: str

    def __post_init__(self) -> None:
        require_indicator_id(self.need_id)
        require_indicator_id(self.exclusion_id)


@dataclass(frozen=True)
class LeftBehind:
    """Which areas are outlined: those in the worst `need_worst`% and the worst `exclusion_worst`%.

    Parameters
    ----------
    need_worst, exclusion_worst
        Thresholds in whole per cent, 1…100.
    words
        What the legend says of the outline; empty for what the thresholds say.
    """

    need_id: str
    exclusion_id: str
    need_worst: int = 20
    exclusion_worst: int = 20
    words: str = ""

    def __post_init__(self) -> None:
        require_indicator_id(self.need_id)
        require_indicator_id(self.exclusion_id)


def require_indicator_id(text: str) -> None:
    """Refuse anything that cannot be an indicator's id.

    Raises
    ------
    ValueError
        If it holds anything but small letters, digits and underscores.
    """
    if not _INDICATOR_ID.fullmatch(text):
        raise ValueError(f"{text!r} is not an indicator id")
