"""What is wrong with how an asset is reached, whom it takes and where it is."""

from __future__ import annotations

from dashboard.register.errors import Problem
from dashboard.register.model import Asset, Contact, Precision
from dashboard.register.rules.hours import hours_problem
from dashboard.register.rules.limits import (
    CONTACT_LINES,
    LONGEST_ADDRESS_LINE,
    MOST_ADDRESS_LINES,
    MOST_CONTACTS,
    OLDEST,
)
from dashboard.register.rules.places import has_half_a_point, is_area_code, is_point_plausible
from dashboard.register.rules.reach import is_email, is_phone, is_postcode, website_problem


def reach_problems(asset: Asset) -> list[Problem]:
    """Return what is wrong with the website, the hours and the contacts."""
    problems = []
    if asset.website and (what := website_problem(asset.website)):
        problems.append(Problem("website", what))
    if asset.opening_hours and (what := hours_problem(asset.opening_hours)):
        problems.append(Problem("opening_hours", what))
    for at, contact in enumerate(asset.contacts[:MOST_CONTACTS]):
        problems += _contact_problems(contact, f"contacts[{at}]")
    return problems


def _contact_problems(contact: Contact, at: str) -> list[Problem]:
    problems = [
        Problem(f"{at}.{name}", f"The contact's {called} is longer than {most} characters. Shorten it.")
        for name, (most, called) in CONTACT_LINES.items()
        if len(getattr(contact, name)) > most
    ]
    if contact.phone and not is_phone(contact.phone):
        what = f"“{contact.phone[:50]}” is not a telephone number. Write one number, like 0161 496 0000."
        problems.append(Problem(f"{at}.phone", what))
    if contact.email and not is_email(contact.email):
        what = f"“{contact.email[:80]}” is not an e-mail address. Write it like name@example.org."
        problems.append(Problem(f"{at}.email", what))
    return problems


def age_problems(asset: Asset) -> list[Problem]:
    """Return what is wrong with the ages."""
    problems = [
        Problem(name, f"The {called} age must be a whole number of years from 0 to {OLDEST}.")
        for name, called in (("min_age", "youngest"), ("max_age", "oldest"))
        if (age := getattr(asset, name)) is not None and not 0 <= age <= OLDEST
    ]
    if asset.min_age is not None and asset.max_age is not None and asset.min_age > asset.max_age:
        problems.append(Problem("max_age", "The oldest age is below the youngest. Swap them, or correct one."))
    return problems


def place_problems(asset: Asset) -> list[Problem]:
    """Return what is wrong with the place."""
    place, problems = asset.place, []
    if has_half_a_point(place):
        problems.append(Problem("place", "The point has only one of its two co-ordinates. Give both, or neither."))
    elif not is_point_plausible(place):
        problems.append(
            Problem("place", "The point is not in the United Kingdom. Check that its co-ordinates are not swapped.")
        )
    if place.postcode and not is_postcode(place.postcode):
        problems.append(
            Problem("place.postcode", f"“{place.postcode[:40]}” is not a whole postcode. Write it like M1 1AA.")
        )
    if place.lsoa21_code and not is_area_code(place.lsoa21_code):
        problems.append(
            Problem("place.lsoa21_code", f"“{place.lsoa21_code[:40]}” is not an LSOA code such as E01000001.")
        )
    if len(place.address) > MOST_ADDRESS_LINES or any(len(line) > LONGEST_ADDRESS_LINE for line in place.address):
        what = (
            f"The address has more than {MOST_ADDRESS_LINES} lines, or one of over {LONGEST_ADDRESS_LINE} characters."
        )
        problems.append(Problem("place.address", f"{what} Shorten it."))
    if place.precision is Precision.ROUGH and not place.lsoa21_code and place.lon is None and not place.postcode:
        problems.append(
            Problem("place", "To show a place roughly, give its postcode or its point; neither will be shown.")
        )
    return problems
