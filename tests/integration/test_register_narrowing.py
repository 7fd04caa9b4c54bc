"""What the open standard asks of the register finds what it says and nothing else, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pyproj import Geod
from sqlalchemy import select

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.exchange.open_referral.ids import at_location_id, object_id, organization_id, service_id
from dashboard.register.model import Asset, Place, Precision
from dashboard.register.narrowing import Narrowing, Near, WeekTimes
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.store.filters import Filters
from dashboard.register.store.plans import Plan
from dashboard.register.store.week_hours import WeekHours
from dashboard.register.tables import published
from tests.registers import IN_THE_NORTH, NOON, NORTHTOWN, REVIEWER, SOUTHTOWN, StoppedClock

YOUNG = Asset(
    name="Youth Club",
    kind="children_and_families",
    offers=("device_loan",),
    min_age=11,
    max_age=18,
    opening_hours="Mo,We 18:00-20:00",
    organisation="Elmwood Trust",
    place=IN_THE_NORTH,
)
OLD = Asset(
    name="Over Sixties",
    kind="older_people",
    audiences=("older_people",),
    min_age=60,
    opening_hours="Mo-Fr 09:00-17:00; PH off",
    service_areas=(SOUTHTOWN,),
    service_area_words="All of Southtown",
)
ANYONE = Asset(
    name="Hall",
    kind="community_centre",
    opening_hours="Apr-Sep Su 10:00-16:00",
    asset_id="hall-1",
    place=replace(IN_THE_NORTH, precision=Precision.ROUGH, lon=-2.25, lat=53.41),
)
NAMES = {"young": YOUNG.name, "old": OLD.name, "hall": ANYONE.name}
EVERYONE = {"young", "old", "hall"}
CASES = [
    (Narrowing(), EVERYONE),
    (Narrowing(terms=()), set()),
    (Narrowing(terms=(("kind", "older_people"),)), {"old"}),
    (Narrowing(terms=(("kind", "older_people"), ("offers", "device_loan"))), {"old", "young"}),
    (Narrowing(terms=(("offers", "digital_help"),)), {"young"}),
    (Narrowing(fields=()), set()),
    (Narrowing(fields=("audiences",)), {"old"}),
    (Narrowing(fields=("audiences", "offers")), {"old", "young"}),
    (Narrowing(fields=("kind",)), EVERYONE),
    (Narrowing(min_age=11), EVERYONE),
    (Narrowing(min_age=11.5), {"old", "hall"}),
    (Narrowing(min_age=10_000), {"hall"}),
    (Narrowing(max_age=18), EVERYONE),
    (Narrowing(max_age=17), {"old", "hall"}),
    (Narrowing(min_age=50, max_age=99), {"old", "hall"}),
    (Narrowing(week=WeekTimes(day=0)), {"young", "old"}),
    (Narrowing(week=WeekTimes(day=6)), set()),
    (Narrowing(week=WeekTimes(day=2, opens_from="09:30")), {"young"}),
    (Narrowing(week=WeekTimes(closes_by="17:00")), {"old"}),
    (Narrowing(week=WeekTimes(opens_from="09:00", closes_by="20:00")), {"young", "old"}),
    (Narrowing(week=WeekTimes(opens_from="20:00")), set()),
    (Narrowing(near=Near(lon=-2.25, lat=53.58, within_m=1)), {"young"}),
    # The hall is shown in the middle of the south, at 53.45, wherever it is.
    (Narrowing(near=Near(lon=-2.25, lat=53.41, within_m=1_000)), set()),
    (Narrowing(near=Near(lon=-2.2, lat=53.45, within_m=1)), {"hall"}),
    (Narrowing(near=Near(lon=-2.2, lat=53.45, within_m=50_000)), {"young", "hall"}),
    (Narrowing(served=frozenset({NORTHTOWN})), {"young", "hall"}),
    (Narrowing(served=frozenset({NORTHTOWN, SOUTHTOWN})), EVERYONE),
    (Narrowing(is_placed=True), {"young", "hall"}),
    (Narrowing(organisation_id=organization_id("ELMWOOD Trust")), {"young"}),
    (Narrowing(organisation_id="' OR 1=1 --"), set()),
    (Narrowing(changed_from=NOON), {"old", "hall"}),
    (Narrowing(changed_from=NOON + timedelta(hours=2)), set()),
]


@pytest.fixture
def filled(register: Register, clock: StoppedClock) -> Iterator[Register]:
    """Return a register with three unlike entries, and one of each that nobody is to find."""
    clock.wait(hours=-1)
    register.entries.add(YOUNG, actor=REVIEWER)
    clock.wait(hours=1)
    for asset in (OLD, ANYONE):
        register.entries.add(asset, actor=REVIEWER)
        register.entries.add(replace(asset, asset_id="", name="Draft"), actor=REVIEWER, submit=False)
    return register


def test_every_narrowing_finds_what_it_says_however_rows_are_come_by(filled: Register) -> None:
    for narrowing, expected in CASES:
        names = {NAMES[one] for one in expected}
        page = filled.finding.find(Query(narrowing=narrowing), actor=THE_PUBLIC)
        assert {one.asset.name for one in page.entries} == names, narrowing
        assert page.total == len(expected), narrowing
        with filled.database.reading() as con:
            times = narrowing.week
            filters = Filters(
                query=Query(narrowing=narrowing),
                today=NOON.date(),
                open_hours=None,
                week_hours=WeekHours().with_times(con, times=times) if times else None,
                is_sqlite=filled.database.is_sqlite,
            )
            for plan in Plan:
                found = set(con.scalars(select(published.c.name).where(*filters.conditions(plan))))
                assert found == names, (plan, narrowing)


@pytest.mark.parametrize("away_m", [100.0, 5_000.0, 60_000.0])
def test_a_circle_is_as_wide_as_the_earth_says(register: Register, away_m: float) -> None:
    spots = [Geod(ellps="WGS84").fwd(-2.25, 53.5, bearing, away_m)[:2] for bearing in range(0, 360, 45)]
    for lon, lat in spots:
        register.entries.add(replace(YOUNG, place=Place(precision=Precision.EXACT, lon=lon, lat=lat)), actor=REVIEWER)
    counts = [
        register.finding.find(
            Query(narrowing=Narrowing(near=Near(lon=-2.25, lat=53.5, within_m=away_m * share))), actor=THE_PUBLIC
        ).total
        for share in (0.999, 1.001)
    ]
    assert counts == [0, len(spots)]


def test_an_entry_is_known_by_its_ids_in_the_standard_while_it_is_published(filled: Register) -> None:
    hall = filled.entries.get("hall-1", actor=THE_PUBLIC)
    assert filled.finding.service(service_id("hall-1")) == hall
    assert filled.finding.service("hall-1") == hall
    assert filled.finding.at_location(at_location_id(hall.asset)) == hall
    assert hall.asset.place.address == ()
    for one in filled.finding.find(Query(), actor=THE_PUBLIC).entries:
        assert filled.finding.service(service_id(one.asset.asset_id)) == one
        if one.asset.name == OLD.name:
            assert filled.finding.at_location(at_location_id(one.asset)) is None
    assert filled.finding.service(object_id("service", "somebody else's")) is None
    draft = filled.entries.add(replace(YOUNG, name="Draft"), actor=REVIEWER, submit=False)
    assert filled.finding.service(draft.asset.asset_id) is None
    filled.review.archive("hall-1", actor=REVIEWER)
    assert filled.finding.service(service_id("hall-1")) is None
    assert filled.finding.at_location(at_location_id(hall.asset)) is None
