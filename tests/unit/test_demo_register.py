"""The demo's register is filled once with its made-up assets, and never again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.assets.demo_register import ASSETS_FILE, fill_demo_register, read_demo_assets
from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.model import Audience, Availability, Precision
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.rules.freshness import Freshness

HEADINGS = (
    "asset_id,name,kind,description,offers,audiences,referral,state,meets,opening_hours,accessibility,is_free,"
    "organisation,organisation_sort,address,postcode,lon,lat,is_approximate,phone,website,confirmed_on"
)
ROWS = (
    (
        "demo-0001,Quay Library,library,Books.,digital_help;free_wifi,everyone,self;gp,waiting_list,in_person,"
        "Mo-Fr 09:00-17:00,step_free,yes,Quay Libraries,statutory,1 Quay,ZZ1 1ZZ,-2.1,53.4,no,01632 960001,,2025-06-01"
    ),
    # Shown only roughly, and confirmed a year before the other.
    (
        "demo-0002,Kind Neighbours,mutual_aid,Good turns.,lifts,older_people,self,open,at_home,,,,,mutual_aid,2 Quay,"
        "ZZ1 1ZY,-2.2,53.4,yes,,https://demo-0002.example.org,2024-05-01"
    ),
    # Known by its address only, and confirmed by nobody.
    (
        "demo-0003,Lunch Club,older_people,Lunch.,food,older_people,self,paused,in_person,We 11:00-14:00,,,,"
        "community_group,3 Quay,ZZ1 1ZX,,,no,,,"
    ),
)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    file = tmp_path / ASSETS_FILE
    file.parent.mkdir(parents=True)
    file.write_text("\n".join([HEADINGS, *ROWS]), encoding="utf-8")
    return tmp_path


def test_an_empty_register_is_filled_and_one_with_entries_is_left_alone(demo: Path) -> None:
    register = Register(f"sqlite:///{demo / 'register-demo.sqlite'}")
    assert fill_demo_register(register, demo=demo) == 3
    assert fill_demo_register(register, demo=demo) == 0
    for entry in register.finding.find(Query(), actor=THE_PUBLIC).entries:
        register.entries.withdraw(entry.asset.asset_id, actor=local_actor())
    assert fill_demo_register(register, demo=demo) == 0, "what was withdrawn does not come back"


def test_without_the_demos_files_nothing_is_made_up(tmp_path: Path) -> None:
    assert fill_demo_register(Register(f"sqlite:///{tmp_path / 'register-demo.sqlite'}"), demo=tmp_path) == 0


def test_what_is_published_is_what_the_file_says_but_its_days_end_today(demo: Path) -> None:
    register = Register(f"sqlite:///{demo / 'register-demo.sqlite'}")
    fill_demo_register(register, demo=demo)
    library = register.entries.get("demo-0001", actor=THE_PUBLIC).asset
    assert (library.name, library.offers, library.referral) == (
        "Quay Library", ("digital_help", "free_wifi"), ("self", "gp"),
    )  # fmt: skip
    assert library.availability is Availability.WAITING_LIST
    assert library.trust.confirmed_on == datetime.now(UTC).date()
    assert library.trust.confirmed_by == "Quay Libraries"
    assert library.is_free
    freshness = {point.asset_id: point.freshness for point in register.finding.points(Query())}
    assert freshness["demo-0001"] is Freshness.FRESH


def test_rough_unplaced_and_unconfirmed_entries_stay_so(demo: Path) -> None:
    library, neighbours, club = read_demo_assets(demo / ASSETS_FILE, today=date(2026, 1, 1))
    assert library.contacts[0].audience is Audience.PUBLIC
    assert neighbours.place.precision is Precision.ROUGH
    assert neighbours.contacts == ()
    assert neighbours.trust.confirmed_on == date(2024, 12, 1)
    assert club.place.lon is None
    assert club.place.postcode == "ZZ1 1ZX"
    assert club.trust.confirmed_on is None
