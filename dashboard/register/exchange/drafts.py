"""What became of one row of a list: an asset to bring in, or the reasons why not."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.register.model import Asset, Audience


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """What is wrong with a row.

    Parameters
    ----------
    row
        As a person finds it in the file: the headings of a spreadsheet are row 1.
    column
        The heading, or nothing when it is the row as a whole.
    """

    row: int
    column: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One row, read.

    Parameters
    ----------
    asset
        As the row tells it, tidied; not to be brought in when there are problems.
    told
        The fields that the list speaks of; an update leaves all others as they are.
    notes
        What was left out or put right, though the row can be brought in.
    """

    row: int
    asset: Asset
    told: frozenset[str] = frozenset()
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportChoices:
    """What a person says about a list as a whole.

    Parameters
    ----------
    source
        The name of the list, the same each time: with the id of a row it is how the row is known again.
    kind
        The kind of a row that does not say.
    names_unnamed
        Give a row without a name the name of its kind and area, instead of refusing it.
    contacts_audience
        Who may see the contacts of the list.
    """

    source: str
    licence: str = ""
    kind: str = ""
    organisation_sort: str = ""
    names_unnamed: bool = False
    contacts_audience: Audience = Audience.PARTNERS
    mapping: dict[str, str] = field(default_factory=dict)
