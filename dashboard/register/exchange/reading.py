"""A whole sheet as drafts: rows read, placed, checked, and rows that speak of one thing joined."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from dashboard.register.exchange.columns import as_mapping, propose_columns
from dashboard.register.exchange.drafts import Draft, ImportChoices, RowProblem
from dashboard.register.exchange.kinds import kind_of_words
from dashboard.register.exchange.placing import Gazetteer, settle_place
from dashboard.register.exchange.row_reader import Reader, readers_of
from dashboard.register.exchange.rows import read_asset
from dashboard.register.exchange.sheet import Sheet, is_blank
from dashboard.register.exchange.told import told_fields
from dashboard.register.model import Asset, Place
from dashboard.register.rules.fields import asset_problems
from dashboard.register.rules.places import is_area_code
from dashboard.register.rules.text import search_words
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.taxonomy import Taxonomy

_STILL_OPEN = frozenset({"no", "n", "false", "0", "open"})
# How an id begins that we gave to a row which has none.
OWN_REF_PREFIX = "h-"
_HASH_LENGTH = 20


def propose_choices(sheet: Sheet, *, taxonomy: Taxonomy, source: str = "") -> ImportChoices:
    """Return what a person may confirm about a list: its columns, its kind, its source."""
    proposals = propose_columns(sheet)
    kind = kind_of_words(sheet.title, taxonomy=taxonomy)
    named_at = next((at for at, one in enumerate(proposals) if one.field == "name"), None)
    unnamed = 0 if named_at is None else sum(is_blank(row[named_at]) for row in sheet.rows)
    return ImportChoices(
        source=source or " ".join(sheet.title.replace("_", " ").split()),
        kind=kind,
        names_unnamed=unnamed > len(sheet.rows) / 2,
        mapping=as_mapping(proposals),
    )


def read_sheet(sheet: Sheet, *, choices: ImportChoices, taxonomy: Taxonomy, gazetteer: Gazetteer) -> list[Draft]:
    """Return a draft for each row of a sheet, in its order."""
    readers = list(readers_of(sheet, choices=choices, taxonomy=taxonomy))
    assets = [read_asset(reader) for reader in readers]
    known = {**gazetteer.postcodes({one.place.postcode for one in assets} - {""})}
    known |= gazetteer.uprns({reader.said("uprn") for reader in readers} - {""})
    told = told_fields(choices.mapping.values())
    drafts = []
    for reader, asset in zip(readers, assets, strict=True):
        place, notes = settle_place(asset.place, uprn=reader.said("uprn"), known=known)
        for note in notes:
            reader.note("postcode" if place.postcode else "address", note)
        placed = _with_area(reader, replace(asset, place=place))
        drafts.append(check_draft(reader.row, placed, taxonomy=taxonomy, told=told, notes=reader.notes,
                                  refused=_refusals(reader), columns=_columns_of(reader)))  # fmt: skip
    return drafts


def check_draft(
    row: int,
    asset: Asset,
    *,
    taxonomy: Taxonomy,
    told: frozenset[str] = frozenset(),
    notes: Sequence[RowProblem] = (),
    refused: Sequence[RowProblem] = (),
    columns: dict[str, str] | None = None,
) -> Draft:
    """Return a draft of an asset, tidied and checked by the rules of the register, with a stable reference."""
    tidied = tidy_asset(asset)
    tidied = replace(tidied, source_ref=tidied.source_ref or stable_ref(tidied))
    named = columns or {}
    broken = [
        RowProblem(row=row, column=_column_of(problem.field, named), reason=problem.message)
        for problem in asset_problems(tidied, taxonomy=taxonomy)
    ]
    problems = (*refused, *broken)
    return Draft(row=row, asset=tidied, told=told, problems=problems, notes=tuple(notes))


def stable_ref(asset: Asset) -> str:
    """Return what a row without an id is known by: a hash of its name and postcode, or of its name and address."""
    place = asset.place
    point = "" if place.lon is None or place.lat is None else f"{place.lon:.4f} {place.lat:.4f}"
    where = place.postcode or " ".join(place.address) or point or asset.service_area_words
    words = " ".join(search_words(f"{asset.name} {where}"))
    return OWN_REF_PREFIX + hashlib.sha256(words.encode()).hexdigest()[:_HASH_LENGTH]


def _with_area(reader: Reader, asset: Asset) -> Asset:
    """Return an asset without a place with the area that the row names as what it serves."""
    code = reader.said("area_code")
    if code and not is_area_code(code):
        reader.note("area_code", f"“{code[:40]}” is not an area code and was left out; they look like E08000006.")
        code = ""
    has_area = asset.place.is_known or asset.service_areas or asset.service_area_words
    if has_area or not (code or reader.said("area_name")):
        return asset
    return replace(
        asset, place=Place(), service_areas=(code,) if code else (), service_area_words=reader.said("area_name")
    )


def _refusals(reader: Reader) -> tuple[RowProblem, ...]:
    closed = reader.said("closed")
    if not closed or closed.casefold() in _STILL_OPEN:
        return ()
    column = reader.cells["closed"][0][0]
    return (RowProblem(row=reader.row, column=column, reason=f"The list says that it has closed: “{closed[:40]}”."),)


def _columns_of(reader: Reader) -> dict[str, str]:
    columns = {name: cells[0][0] for name, cells in reader.cells.items()}
    by_field = {name: column for column, name in reader.choices.mapping.items()}
    return {**by_field, **columns}


def _column_of(field: str, columns: dict[str, str]) -> str:
    last = field.rpartition(".")[2]
    return columns.get(field) or columns.get(last) or (columns.get("postcode", "") if field == "place" else "")
