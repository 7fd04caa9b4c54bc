"""Entries in whose every field people with bad intent have typed, each payload somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, cycle, islice

from dashboard.register.actor import Actor, local_actor
from dashboard.register.model import Asset, Audience, Contact, Place, Precision
from dashboard.register.rules.limits import LINES, LONGEST_ADDRESS_LINE, MOST_ADDRESS_LINES, MOST_CONTACTS, WORDS
from dashboard.register.rules.reach import website_problem
from dashboard.register.rules.text import clean_line
from tests.payloads import read_payloads

_CLOSED = {"kind", "organisation_sort", "opening_hours", "website"}
TEXT_LINES = tuple(name for name in LINES if name not in _CLOSED)
_SHORTEST_CAP = 200


def storable_lines() -> list[str]:
    """Return every payload that fits into one line of an entry, as the register keeps it, each once."""
    lines = (clean_line(payload) for payload in read_payloads())
    return list(dict.fromkeys(line for line in lines if 0 < len(line) <= _SHORTEST_CAP))


def hostile_entries(number: int) -> list[Asset]:
    """Return entries over which all payloads are spread, with no field of text left empty."""
    lines = storable_lines()
    return [_fill(iter(lines[at::number]), place=_PLACES[at % len(_PLACES)]) for at in range(number)]


def hostile_person() -> Actor:
    """Return the one person of local mode, with a name and an organisation that bite."""
    return local_actor(name="<img src=x onerror=pwned=1>", organisation="${pwned=1}<script>pwned=1</script>")


def hostile_websites() -> list[str]:
    """Return the addresses with a payload in them that the register takes."""
    addresses = (f"https://www.example.org/{line}" for line in storable_lines())
    return [one for one in addresses if not website_problem(one)]


def words_in(asset: Asset) -> Iterator[str]:
    """Return each text that was typed into an entry, line by line."""
    yield from (getattr(asset, name) for name in TEXT_LINES)
    yield from chain.from_iterable(getattr(asset, name).split("\n") for name in WORDS)
    yield from asset.place.address
    yield from chain.from_iterable((contact.name, contact.title) for contact in asset.contacts)


_PLACES = (
    Place(precision=Precision.EXACT, postcode="ZH1 1AA"),
    Place(),
)


def _fill(lines: Iterator[str], *, place: Place) -> Asset:
    """Return an entry with one line in each short box, and what is left over in the long ones."""
    spare = cycle(storable_lines())
    take = chain(lines, spare)
    typed = {name: next(take) for name in TEXT_LINES}
    contacts = tuple(Contact(name=next(take), title=next(take), audience=Audience.PUBLIC) for _ in range(MOST_CONTACTS))
    address = tuple(islice(take, MOST_ADDRESS_LINES)) if place.is_known else ()
    long = {name: _lines_within(lines, spare, most=most) for name, (most, _) in reversed(WORDS.items())}
    asset = Asset(**typed, **long, kind="other", contacts=contacts, place=replace(place, address=address))  # type: ignore[arg-type]
    left = next(lines, None)
    assert left is None, f"no room for {left!r}"
    assert all(len(line) <= LONGEST_ADDRESS_LINE for line in address)
    return replace(asset, website=hostile_websites()[0], opening_hours='Mo 10:00-12:00 "<img src=x onerror=pwned=1>"')


def _lines_within(lines: Iterator[str], spare: Iterator[str], *, most: int) -> str:
    taken, room = [], most
    for line in lines:
        taken.append(line)
        room -= len(line) + 1
        if room <= _SHORTEST_CAP:
            break
    return "\n".join(taken or [next(spare)])


def longest_entry() -> Asset:
    """Return an entry that holds the longest payload that each field of text takes."""
    lines = sorted((clean_line(payload) for payload in read_payloads()), key=len, reverse=True)
    caps = {name: most for name, (most, _) in (LINES | WORDS).items() if name not in _CLOSED}
    typed = {name: next(line for line in lines if len(line) <= most) for name, most in caps.items()}
    return Asset(**typed, kind="other")  # type: ignore[arg-type]
