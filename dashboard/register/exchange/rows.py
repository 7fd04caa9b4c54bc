"""One row of a list as an asset: every cell read by the field that its column fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.register.exchange.contacts_words import contacts_in, url_in
from dashboard.register.exchange.drafts import ImportChoices, RowProblem
from dashboard.register.exchange.hours_words import DAYS, read_day_hours, read_hours_words
from dashboard.register.exchange.kinds import kind_of_words
from dashboard.register.exchange.row_values import age, listed, number, place_parts, terms, yes_no
from dashboard.register.exchange.sheet import Sheet, is_blank
from dashboard.register.model import Asset, Availability, Contact, Place, Precision
from dashboard.register.rules.reach import is_postcode, tidy_postcode, tidy_website, website_problem
from dashboard.register.taxonomy import Taxonomy

_PLAIN = ("audience_words", "referral_words", "cost", "organisation", "service_area_words", "opening_notes", "licence")
_FACETS = ("offers", "audiences", "referral", "meets", "accessibility")


@dataclass
class Reader:
    """Cells of one row by field, and what was noted while they were read."""

    row: int
    cells: Mapping[str, Sequence[tuple[str, str]]]
    choices: ImportChoices
    taxonomy: Taxonomy
    notes: list[RowProblem] = field(default_factory=list)

    def said(self, name: str) -> str:
        """Return what the row says in a field, several cells joined by a line break."""
        cells = self.cells.get(name)
        if not cells:
            return ""
        return cells[0][1] if len(cells) == 1 else "\n".join(dict.fromkeys(text for _, text in cells))

    def note(self, name: str, reason: str) -> None:
        """Note that something was left out or put right."""
        column = self.cells[name][0][0] if name in self.cells else ""
        self.notes.append(RowProblem(row=self.row, column=column, reason=reason))

    def tell(self, facet: str) -> tuple[str, ...]:
        """Return the ids of a facet that a cell names; what is not known is noted."""
        found, unknown = terms(self.said(facet), facet=facet, taxonomy=self.taxonomy)
        if unknown:
            self.note(facet, f"“{unknown[0][:60]}” is not a known choice and was left out.")
        flags = (name.partition(":")[2] for name in self.cells if name.startswith(f"{facet}:"))
        return tuple(dict.fromkeys([*found, *(term for term in flags if yes_no(self.said(f"{facet}:{term}")))]))


def readers_of(sheet: Sheet, *, choices: ImportChoices, taxonomy: Taxonomy) -> Iterable[Reader]:
    """Return a reader for each row of a sheet."""
    fields = [choices.mapping.get(column, "") for column in sheet.columns]
    for number_of_row, line in zip(sheet.numbers, sheet.rows, strict=True):
        cells: dict[str, list[tuple[str, str]]] = {}
        for name, column, text in zip(fields, sheet.columns, line, strict=True):
            if name and not is_blank(text):
                cells.setdefault(name, []).append((column, text))
        yield Reader(number_of_row, cells, choices, taxonomy)


def read_asset(reader: Reader) -> Asset:
    """Return the asset that a row tells of, not yet placed or checked."""
    kind = _kind(reader)
    hours, hours_notes = _hours(reader)
    free = reader.said("is_free")
    description = reader.said("description") or _kind_words(reader, kind)
    plain: dict[str, Any] = {name: reader.said(name) for name in _PLAIN}
    plain["opening_notes"] = "\n".join(dict.fromkeys(filter(None, (plain["opening_notes"], hours_notes))))
    plain["licence"] = plain["licence"] or reader.choices.licence
    several: dict[str, Any] = {facet: reader.tell(facet) for facet in _FACETS}
    asset = Asset(
        name=_name(reader, kind),
        kind=kind,
        description=description,
        languages=terms(reader.said("languages"), facet="languages", taxonomy=reader.taxonomy)[0],
        availability=_availability(reader),
        opening_hours=hours,
        accessibility_words=reader.said("accessibility_words"),
        is_free=yes_no(free) if free else None,
        min_age=age(reader.said("min_age")),
        max_age=age(reader.said("max_age")),
        website=_website(reader),
        contacts=_contacts(reader),
        organisation_sort=_one_term(reader, "organisation_sort", "organisation_sorts")
        or reader.choices.organisation_sort,
        place=_place(reader),
        service_areas=tuple(listed(reader.said("service_areas"))),
        source=reader.choices.source,
        source_ref=reader.said("source_ref"),
    )
    return replace(asset, **several, **plain)


def _kind(reader: Reader) -> str:
    words = reader.said("kind")
    told = kind_of_words(words, taxonomy=reader.taxonomy) if words else ""
    return told or reader.choices.kind or kind_of_words(reader.said("name"), taxonomy=reader.taxonomy)


def _kind_words(reader: Reader, kind: str) -> str:
    words = reader.said("kind")
    is_news = words.casefold() not in {kind, reader.taxonomy.name_of("kinds", kind).casefold()}
    return words if is_news else ""


def _name(reader: Reader, kind: str) -> str:
    name = reader.said("name").replace("\n", " ")
    if name or not reader.choices.names_unnamed or not kind:
        return name
    area, called = reader.said("area_name"), reader.taxonomy.name_of("kinds", kind)
    reader.note("name", "It has no name in the list and was given that of its kind.")
    return f"{called}, {area}" if area else called


def _hours(reader: Reader) -> tuple[str, str]:
    """Return hours in the syntax, and in words whatever could not be put into it."""
    words = reader.said("opening_hours")
    daily = {at: reader.said(day) for at, day in enumerate(DAYS) if reader.said(day)}
    if not words and daily:
        found = read_day_hours(daily)
        in_words = "\n".join(f"{DAYS[at].capitalize()}: {text}" for at, text in daily.items())
        return found, "" if found else in_words
    found = read_hours_words(words)
    return found, "" if found else words


def _website(reader: Reader) -> str:
    website = tidy_website(reader.said("website").split("\n")[0].strip()) or url_in(reader.said("contact"))
    website = website or url_in(reader.said("email"))
    if website and website_problem(website):
        reader.note("website", f"“{website[:80]}” is not a website address and was left out.")
        return ""
    return website


def _contacts(reader: Reader) -> tuple[Contact, ...]:
    names = ("phone", "email", "contact")
    found = contacts_in(
        "\n".join(reader.said(name) for name in names),
        name=reader.said("contact_name"),
        audience=reader.choices.contacts_audience,
    )
    for name in names:
        if reader.said(name) and not found and not url_in(reader.said(name)):
            reader.note(name, f"“{reader.said(name)[:60]}” is neither a telephone number nor an e-mail address.")
    return found


def _availability(reader: Reader) -> Availability:
    text = reader.said("availability").casefold().replace(" ", "_")
    return Availability(text) if text in set(Availability) else Availability.UNKNOWN


def _one_term(reader: Reader, name: str, facet: str) -> str:
    found = terms(reader.said(name), facet=facet, taxonomy=reader.taxonomy)[0]
    return found[0] if found else ""


def _place(reader: Reader) -> Place:
    postcode = tidy_postcode(reader.said("postcode").upper().strip(" ."))
    if postcode and not is_postcode(postcode):
        reader.note("postcode", f"“{reader.said('postcode')[:40]}” is not a whole postcode and was left out.")
        postcode = ""
    point: dict[str, float] = {}
    for pair in (("lon", "lat"), ("easting", "northing")):
        values = {name: number(reader.said(name)) for name in pair}
        if None not in values.values():
            point |= {name: float(value or 0) for name, value in values.items()}
            break
        wrong = next((name for name in pair if reader.said(name) and values[name] is None), "")
        if wrong:
            reader.note(wrong, f"“{reader.said(wrong)[:40]}” is not a number, so the point was left out.")
    address = place_parts(text for _, text in reader.cells.get("address", ()))
    place = Place(
        precision=Precision.ROUGH if reader.said("precision") == Precision.ROUGH else Precision.EXACT,
        postcode=postcode, address=address, lsoa21_code=reader.said("lsoa21_code"), **point,
    )  # fmt: skip
    return place if place.is_known else replace(place, precision=Precision.NONE)
