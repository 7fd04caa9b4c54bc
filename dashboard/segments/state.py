"""What the Segments page shows, as its address carries it: query parameters in, a frozen dataclass out, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.state import AREA_CODE, INDICATOR_ID, read_code

CLASS_NAMES = {1: "High", 2: "Middling", 3: "Low"}


@dataclass(frozen=True)
class SegmentView:
    """A cell of the matrix, perhaps with one barrier only.

    Parameters
    ----------
    need, exclusion
        Classes of the cell: 1 for the worst third of England to 3 for the best.
    barrier
        Component that must be the main barrier; empty for any.
    within
        Code of the area that is looked at alone; empty for all of England.
    """

    need: int = 1
    exclusion: int = 1
    barrier: str = ""
    within: str = ""


PARAMETERS = ("need", "exclusion", "barrier", "within")


def read_segment(query: Mapping[str, str]) -> SegmentView:
    """Return what query parameters ask for; a part that is absent or unusable is the default."""
    barrier, within = query.get("barrier", ""), read_code(query.get("within", ""))
    return SegmentView(
        need=_read_class(query.get("need")),
        exclusion=_read_class(query.get("exclusion")),
        barrier=barrier if INDICATOR_ID.fullmatch(barrier) else "",
        within=within if AREA_CODE.fullmatch(within) else "",
    )


def write_segment(view: SegmentView) -> dict[str, str]:
    """Return the query parameters of a view; what is at its default is left out."""
    default = SegmentView()
    return {name: str(getattr(view, name)) for name in PARAMETERS if getattr(view, name) != getattr(default, name)}


def name_cell(*, need: int, exclusion: int) -> str:
    """Return a cell in words: High need, middling digital exclusion."""
    return f"{CLASS_NAMES[need]} need, {CLASS_NAMES[exclusion].lower()} digital exclusion"


def _read_class(text: str | None) -> int:
    return int(text) if text in {"1", "2", "3"} else 1
