"""What tests of the register share: a clock that stands still, a small geography, people, an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from dashboard.register.actor import Actor, Role
from dashboard.register.model import Asset, Audience, Availability, Contact, Place, Precision

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
NORTH, SOUTH = "E01000001", "E01000002"
NORTHTOWN, SOUTHTOWN = "E08000001", "E08000002"


@dataclass
class StoppedClock:
    """A clock that moves only when it is told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


class TwoTowns:
    """Two neighbourhoods, north and south of 53.5°, each in a town of its own."""

    def lsoa_of(self, place: Place) -> str:
        if place.lat is None:
            return place.lsoa21_code
        return NORTH if place.lat >= 53.5 else SOUTH

    def lsoas_of(self, places: Sequence[Place]) -> list[str]:
        return [self.lsoa_of(place) for place in places]

    def centroid_of(self, lsoa21_code: str) -> tuple[float, float] | None:
        return {NORTH: (-2.2, 53.55), SOUTH: (-2.2, 53.45)}.get(lsoa21_code)

    def areas_of(self, lsoa21_code: str) -> frozenset[str]:
        return {NORTH: frozenset({NORTH, NORTHTOWN}), SOUTH: frozenset({SOUTH, SOUTHTOWN})}.get(
            lsoa21_code, frozenset()
        )


def someone(name: str, *roles: Role, areas: tuple[str, ...] = (), is_trusted: bool = False) -> Actor:
    return Actor(
        actor_id=name.lower(),
        name=name,
        organisation=f"{name}'s organisation",
        roles=frozenset({Role.PUBLIC, *roles}),
        areas=frozenset(areas),
        is_trusted=is_trusted,
    )


PARTNER = someone("Pat", Role.PARTNER)
OTHER_PARTNER = someone("Olive", Role.PARTNER)
TRUSTED = someone("Tess", Role.PARTNER, is_trusted=True)
REVIEWER = someone("Rae", Role.REVIEWER)
NORTH_REVIEWER = someone("Nora", Role.REVIEWER, areas=(NORTHTOWN,))
ADMIN = someone("Ada", Role.ADMIN)
GROUP = someone("Gill")

IN_THE_NORTH = Place(precision=Precision.EXACT, lon=-2.25, lat=53.58, postcode="M1 1AA", address=("1 High Street",))
IN_THE_SOUTH = replace(IN_THE_NORTH, lat=53.41)
LUNCH_CLUB = Asset(
    name="Northtown Lunch Club",
    kind="social_club",
    description="Lunch and company on Wednesdays.",
    offers=("company", "free_wifi"),
    referral=("self", "link_worker"),
    opening_hours="We 11:00-14:00",
    contacts=(
        Contact(name="Front desk", phone="0161 496 0000", audience=Audience.PUBLIC),
        Contact(name="Mary Bright", phone="0161 496 0001", email="mary@example.org"),
    ),
    place=IN_THE_NORTH,
)
# An entry that says everything but where it is and where it came from.
DIGITAL_HUB = Asset(
    name="Digital Hub",
    kind="digital_hub",
    description="Come and get online.",
    offers=("device_loan", "free_wifi"),
    audiences=("older_people",),
    audience_words="Anyone over 50",
    referral=("self",),
    referral_words="Just come",
    availability=Availability.WAITING_LIST,
    meets=("in_person",),
    opening_hours="Mo-Fr 09:00-17:00; PH off",
    opening_notes="Ring the bell",
    languages=("ur", "en"),
    accessibility=("step_free",),
    accessibility_words="Ramp at the back",
    is_free=True,
    cost="Tea 50p",
    min_age=50,
    max_age=99,
    website="https://example.org/hub",
    contacts=(
        Contact(name="Front desk", phone="0161 496 0000", email="desk@example.org", audience=Audience.PUBLIC),
        Contact(name="Mary Bright", phone="0161 496 0001", email="mary@example.org"),
    ),
    organisation="Elmwood Trust",
    organisation_sort="charity",
)
