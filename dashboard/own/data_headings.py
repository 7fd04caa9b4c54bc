"""Where the headings of a brought table are: people write titles above them, and totals between them and the places."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.own.data_cells import holds_place, is_left_out, number_of

# So many lines are looked at for the first place.
LINES_ABOVE = 50


def find_headings(lines: Sequence[Sequence[str]]) -> tuple[Sequence[str], int]:
    """Return the headings, and the position of the first line below them.

    They are the last line above the first place that has several cells and no number in it; where none is like that,
    the first with several cells. A table that begins with a place has none: each is empty.

    Parameters
    ----------
    lines
        Cells of text; no line is empty.
    """
    first = next((at for at, line in enumerate(lines[:LINES_ABOVE]) if any(map(holds_place, line))), None)
    if first is None:
        return (lines[0], 1) if lines else ((), 0)
    several = [at for at, line in enumerate(lines[:first]) if sum(map(bool, line)) > 1]
    if not several:
        return [""] * len(lines[first]), first
    worded = [at for at in several if not any(map(_is_figure, lines[at]))]
    head = worded[-1] if worded else several[0]
    return lines[head], head + 1


def _is_figure(text: str) -> bool:
    return bool(text) and (is_left_out(text) or number_of(text) is not None)
