"""Every filter of the register finds what it says and nothing else, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.model import Asset, Availability, Place, Precision, Trust
from dashboard.register.query import Order, Query
from dashboard.register.register import Register
from dashboard.register.rules.freshness import Freshness
from dashboard.register.store.filters import Filters
from dashboard.register.store.open_now import OpenHours
from dashboard.register.store.plans import Plan
from dashboard.register.tables import published
from tests.registers import IN_THE_NORTH, LUNCH_CLUB, NOON, NORTHTOWN, REVIEWER, SOUTHTOWN

HUB = Asset(
    name="Émile's Digital Hub",
    kind="digital_hub",
    offers=("device_loan", "nhs_app_help"),
    audiences=("older_people",),
    referral=("gp",),
    meets=("phone",),
    accessibility=("step_free",),
    languages=("ur",),
    organisation_sort="charity",
    organisation="Elmwood Trust",
    availability=Availability.WAITING_LIST,
    is_free=True,
    opening_hours="Mo-Fr 09:00-17:00; PH off",
    place=Place(precision=Precision.EXACT, lon=-2.1, lat=53.40, postcode="OL1 2AB"),
    trust=Trust(confirmed_on=date(2026, 2, 1), next_check_due=date(2027, 2, 1)),
)
STALE = Asset(
    name="Chapel Friends",
    kind="faith_group",
    offers=("warm_space",),
    place=Place(precision=Precision.EXACT, postcode="M1 1AB"),
    trust=Trust(confirmed_on=date(2024, 1, 1), next_check_due=date(2025, 1, 1)),
)
LUNCH = replace(LUNCH_CLUB, place=IN_THE_NORTH)
A_WEDNESDAY_NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
GOOD_FRIDAY_NOON = datetime(2026, 4, 3, 12, tzinfo=UTC)

NAMES = {"hub": HUB.name, "chapel": STALE.name, "lunch": LUNCH.name}
CASES = [
    (Query(), {"hub", "chapel", "lunch"}),
    (Query(text="emiles dig"), {"hub"}),
    (Query(text="ÉMILE\u2019S"), {"hub"}),
    (Query(text="hub elmwood"), {"hub"}),
    (Query(text="ol12ab"), {"hub"}),
    (Query(text="borrow tablet"), {"hub"}),
    (Query(text="club wednesdays"), {"lunch"}),
    (Query(text="NOT"), set()),
    (Query(text='lunch" OR "hub'), set()),
    (Query(text="***'); DROP TABLE asset;--"), set()),
    (Query(text="& | ! :*"), {"hub", "chapel", "lunch"}),
    (Query(kinds=("digital_hub", "faith_group")), {"hub", "chapel"}),
    (Query(offers=("digital_help",)), {"hub", "lunch"}),
    (Query(offers=("device_loan",)), {"hub"}),
    (Query(offers=("device_loan",), kinds=("faith_group",)), set()),
    (Query(audiences=("older_people",)), {"hub"}),
    (Query(referral=("gp",)), {"hub"}),
    (Query(meets=("phone",)), {"hub"}),
    (Query(accessibility=("step_free",)), {"hub"}),
    (Query(languages=("ur",)), {"hub"}),
    (Query(organisation_sorts=("charity",)), {"hub"}),
    (Query(is_free=True), {"hub"}),
    (Query(availability=("waiting_list",)), {"hub"}),
    (Query(areas=(NORTHTOWN,)), {"lunch"}),
    (Query(areas=(NORTHTOWN, SOUTHTOWN)), {"lunch", "hub"}),
    (Query(bbox=(-2.2, 53.3, -2.0, 53.5)), {"hub"}),
    (Query(freshness=(Freshness.FRESH,)), {"hub"}),
    (Query(freshness=(Freshness.STALE,)), {"chapel"}),
    (Query(freshness=(Freshness.UNCHECKED, Freshness.STALE)), {"lunch", "chapel"}),
    (Query(open_at=A_WEDNESDAY_NOON), {"hub", "lunch"}),
    (Query(open_at=A_WEDNESDAY_NOON.replace(hour=15)), {"hub"}),
    (Query(open_at=A_WEDNESDAY_NOON.replace(hour=3)), set()),
    (Query(open_at=GOOD_FRIDAY_NOON), set()),
]


@pytest.fixture
def filled(register: Register) -> Iterator[Register]:
    """Return a register with three unlike entries, and two that nobody is to find."""
    for asset in (HUB, STALE, LUNCH):
        register.entries.add(asset, actor=REVIEWER)
    register.entries.add(replace(HUB, name="Draft"), actor=REVIEWER, submit=False)
    gone = register.entries.add(replace(HUB, name="Gone"), actor=REVIEWER)
    register.review.archive(gone.asset.asset_id, actor=REVIEWER)
    return register


def test_every_filter_finds_what_it_says(filled: Register) -> None:
    for query, expected in CASES:
        page = filled.finding.find(query, actor=THE_PUBLIC)
        found = {one.asset.name for one in page.entries}
        assert found == {NAMES[one] for one in expected}, query
        assert page.total == len(expected), query


def test_however_rows_are_come_by_the_same_are_found(filled: Register) -> None:
    for query, expected in CASES:
        with filled.database.reading() as con:
            open_hours = OpenHours().open_at(con, moment=query.open_at) if query.open_at else None
            is_sqlite = filled.database.is_sqlite
            filters = Filters(query=query, today=NOON.date(), open_hours=open_hours, is_sqlite=is_sqlite)
            for plan in Plan:
                found = set(con.scalars(select(published.c.name).where(*filters.conditions(plan))))
                assert found == {NAMES[one] for one in expected}, (plan, query)


def test_pages_follow_one_another_in_the_order_of_names(filled: Register) -> None:
    for number in range(10):
        filled.entries.add(replace(LUNCH, name=f"club {number}"), actor=REVIEWER)
    pages = [filled.finding.find(Query(page=number, per_page=5), actor=THE_PUBLIC) for number in (1, 2, 3, 4)]
    names = [one.asset.name for page in pages for one in page.entries]
    assert {page.total for page in pages} == {13}
    assert names == ["Chapel Friends", *(f"club {number}" for number in range(10)), "Émile's Digital Hub", LUNCH.name]
    stalest = filled.finding.find(Query(order=Order.STALEST), actor=THE_PUBLIC).entries
    assert [one.asset.name for one in stalest[-2:]] == ["Chapel Friends", "Émile's Digital Hub"]


def test_points_say_what_the_map_needs(filled: Register) -> None:
    points = {one.name: one for one in filled.finding.points(Query())}
    assert set(points) == {HUB.name, LUNCH.name}
    hub = points[HUB.name]
    assert (hub.kind, hub.offers, hub.availability, hub.lon, hub.lat) == (
        "digital_hub", "device_loan;nhs_app_help;digital_help", "waiting_list", -2.1, 53.40,
    )  # fmt: skip
    assert hub.freshness is Freshness.FRESH
