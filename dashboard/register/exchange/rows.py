"""One row of a list as an asset: every cell read by the field that its column fills."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.register.exchange.contacts_words import contacts_in, url_in
from dashboard.register.exchange.hours_words import DAYS, read_day_hours, read_hours_words
from dashboard.register.exchange.kinds import kind_of_words
from dashboard.register.exchange.row_reader import Reader
from dashboard.register.exchange.row_values import age, availability, listed, number, place_parts, precision
from dashboard.register.model import Asset, Availability, Contact, Place, Precision
from dashboard.register.rules.reach import is_postcode, tidy_postcode, tidy_website, website_problem

_PLAIN = ("audience_words", "referral_words", "cost", "organisation", "service_area_words", "opening_notes", "licence")
_FACETS = ("offers", "audiences", "referral", "meets", "accessibility")


def read_asset(reader: Reader) -> Asset:
    """Return the asset that a row tells of, not yet placed or checked."""
    kind = _kind(reader)
    hours, hours_notes = _hours(reader)
    website = _website(reader)
    description = reader.said("description") or _kind_words(reader, kind)
    plain: dict[str, Any] = {name: reader.said(name) for name in _PLAIN}
    plain["opening_notes"] = "\n".join(dict.fromkeys(filter(None, (plain["opening_notes"], hours_notes))))
    plain["licence"] = plain["licence"] or reader.choices.licence
    several: dict[str, Any] = {facet: reader.tell(facet) for facet in _FACETS}
    asset = Asset(
        name=_name(reader, kind),
        kind=kind,
        description=description,
        languages=reader.choose("languages", "languages"),
        availability=reader.read("availability", availability, wanted="open, waiting list, full or paused")
        or Availability.UNKNOWN,
        opening_hours=hours,
        accessibility_words=reader.said("accessibility_words"),
        is_free=reader.is_yes("is_free"),
        min_age=reader.read("min_age", age, wanted="an age in years"),
        max_age=reader.read("max_age", age, wanted="an age in years"),
        website=website,
        contacts=_contacts(reader, website=website),
        organisation_sort=next(
            iter(reader.choose("organisation_sort", "organisation_sorts")), reader.choices.organisation_sort
        ),
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
    by_day = "\n".join(f"{DAYS[at].capitalize()}: {text}" for at, text in daily.items())
    if not words:
        found = read_day_hours(daily) if daily else ""
        return found, "" if found else by_day
    found = read_hours_words(words)
    return found, "\n".join(filter(None, ("" if found else words, by_day)))


def _website(reader: Reader) -> str:
    website = tidy_website(reader.said("website").split("\n")[0].strip()) or url_in(reader.said("contact"))
    website = website or url_in(reader.said("email")) or url_in(reader.said("phone"))
    if website and website_problem(website):
        reader.note("website", f"“{website[:80]}” is not a website address and was left out.")
        return ""
    return website


def _contacts(reader: Reader, *, website: str) -> tuple[Contact, ...]:
    names = ("phone", "email", "contact")
    audience = reader.choices.contacts_audience
    for name in names:
        said = reader.said(name)
        is_website = bool(website) and url_in(said) == website
        if said and not is_website and not contacts_in(said, name="", audience=audience):
            reader.note(name, f"“{said[:60]}” is neither a telephone number nor an e-mail address.")
    together = "\n".join(reader.said(name) for name in names)
    return contacts_in(together, name=reader.said("contact_name"), audience=audience)


def _place(reader: Reader) -> Place:
    postcode = tidy_postcode(reader.said("postcode").upper().strip(" ."))
    if postcode and not is_postcode(postcode):
        reader.note("postcode", f"“{reader.said('postcode')[:40]}” is not a whole postcode and was left out.")
        postcode = ""
    point: dict[str, float] = {}
    for pair in (("lon", "lat"), ("easting", "northing")):
        values = {name: number(reader.said(name)) for name in pair}
        if None in values.values():
            for name in filter(reader.said, pair):
                fault = "is not a number" if values[name] is None else "stands alone"
                reader.note(name, f"“{reader.said(name)[:40]}” {fault}, so the point was left out.")
        elif not point:
            point = {name: float(value or 0) for name, value in values.items()}
    address = place_parts(text for _, text in reader.cells.get("address", ()))
    reader.read("uprn", lambda text: text if text.isdecimal() else None, wanted="a UPRN (figures only)")
    place = Place(
        precision=reader.read("precision", precision, wanted="exact or rough") or Precision.EXACT,
        postcode=postcode, address=address, lsoa21_code=reader.said("lsoa21_code"), **point,
    )  # fmt: skip
    return place if place.is_known else replace(place, precision=Precision.NONE)
