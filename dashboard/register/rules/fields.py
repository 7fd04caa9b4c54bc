"""What is wrong with a tidied asset: every refusal names its field in plain English."""

from __future__ import annotations

import re
from datetime import date

from dashboard.register.errors import Problem
from dashboard.register.model import Asset, Trust
from dashboard.register.rules.details import age_problems, place_problems, reach_problems
from dashboard.register.rules.limits import LINES, LISTS, MOST_CONTACTS, MOST_IN_A_LIST, WORDS
from dashboard.register.rules.places import is_area_code
from dashboard.register.taxonomy import FACET_OF_FIELD, Taxonomy

_ASSET_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")


def asset_problems(asset: Asset, *, taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """Return everything that is wrong with a tidied asset, in the order of the form."""
    return (
        *_required(asset),
        *_lengths(asset),
        *_terms(asset, taxonomy),
        *reach_problems(asset),
        *age_problems(asset),
        *place_problems(asset),
    )


def _required(asset: Asset) -> list[Problem]:
    problems = []
    if not asset.name:
        problems.append(Problem("name", "Give it a name: what people nearby call it."))
    if not asset.kind:
        problems.append(Problem("kind", "Choose what kind of thing it is."))
    if not asset.place.is_known and not asset.service_areas and not asset.service_area_words:
        problems.append(Problem("place", "Say where it is, or which area it serves."))
    return problems


def _lengths(asset: Asset) -> list[Problem]:
    problems = [
        Problem(name, f"The {called} is longer than {most:,} characters. Shorten it.")
        for name, (most, called) in (LINES | WORDS).items()
        if len(getattr(asset, name)) > most
    ]
    problems += [
        Problem(name, f"There are more than {MOST_IN_A_LIST} entries in {called}. Keep those that matter most.")
        for name, called in LISTS.items()
        if len(getattr(asset, name)) > MOST_IN_A_LIST
    ]
    if len(asset.contacts) > MOST_CONTACTS:
        problems.append(
            Problem("contacts", f"There are more than {MOST_CONTACTS} contacts. Keep the ones people need.")
        )
    if asset.asset_id and not is_asset_id(asset.asset_id):
        problems.append(Problem("asset_id", "The id may have letters, digits and . _ : - only, 100 of them at most."))
    return problems


def _terms(asset: Asset, taxonomy: Taxonomy) -> list[Problem]:
    problems = []
    for name, facet in FACET_OF_FIELD.items():
        held = getattr(asset, name, ())
        for term_id in (held,) if isinstance(held, str) else held[:MOST_IN_A_LIST]:
            if term_id and not taxonomy.has(facet, term_id):
                called = LISTS.get(name) or LINES[name][1]
                problems.append(
                    Problem(name, f"“{term_id[:64]}” is not a known choice for {called}. Choose from the list.")
                )
    wrong = [code for code in asset.service_areas if not is_area_code(code)]
    if wrong:
        problems.append(Problem("service_areas", f"“{wrong[0][:64]}” is not an area code such as E08000003."))
    return problems


def is_asset_id(text: str) -> bool:
    """Return whether a text can be the id of an entry."""
    return _ASSET_ID.fullmatch(text) is not None


def trust_problems(trust: Trust, *, today: date) -> tuple[Problem, ...]:
    """Return what is wrong with who confirmed an entry and when."""
    problems = []
    if trust.confirmed_on is not None and trust.confirmed_on > today:
        problems.append(Problem("trust.confirmed_on", "It cannot have been confirmed in the future. Correct the day."))
    if len(trust.confirmed_by) > LINES["organisation"][0]:
        problems.append(Problem("trust.confirmed_by", "The name of who confirmed it is too long. Shorten it."))
    return tuple(problems)
