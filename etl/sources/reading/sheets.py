"""Which sheets of a workbook hold the table: one, or several that each hold some of its columns."""

from __future__ import annotations

from dataclasses import replace

from etl.errors import SourceError
from etl.sources.reading.layout import Layout
from etl.sources.reading.opening import Part, again
from etl.sources.reading.shape import Shape, find_shape
from etl.sources.spec import SourceSpec


def choose_sheets(spec: SourceSpec, layout: Layout, sheets: list[Part]) -> list[tuple[Part, Shape, Layout]]:
    """Return the sheets to read, each with its shape and the columns it brings.

    Raises
    ------
    SourceError
        If a column that must be there is in no sheet.
    """
    lenient = replace(layout, columns=tuple(replace(column, is_optional=True) for column in layout.columns))
    shapes = [(sheet, find_shape(spec, lenient, sheet)) for sheet in sheets]
    fullest, shape = max(shapes, key=lambda pair: len(pair[1].positions))
    if not layout.is_spread:
        return [(fullest, find_shape(spec, layout, fullest), layout)]
    chosen = []
    taken = set(layout.key)
    for sheet, shape in shapes:
        names = dict(shape.positions).keys()
        fresh = names - taken
        if fresh and names >= set(layout.key):
            columns = tuple(column for column in layout.columns if column.name in fresh.union(layout.key))
            chosen.append((sheet, shape, replace(layout, columns=columns)))
            taken |= fresh
    for column in layout.columns:
        if not column.is_optional and (column.name not in taken or not chosen):
            raise SourceError(
                f"No sheet has a column headed “{column.heading}”",
                source_id=spec.source_id,
                file=fullest.label,
                column=column.heading,
                todo=again(spec),
            )
    return chosen
