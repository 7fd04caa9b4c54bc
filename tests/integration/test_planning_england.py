"""What a plan says of all England, beside a plain count that knows nothing of trees, catchments or shortcuts."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from pyproj import Transformer

from dashboard.opening import open_register
from dashboard.planning.asking import weigh_plan
from dashboard.planning.state import Plan, Site, make_site
from dashboard.planning.words import describe_around
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Place, Precision
from dashboard.register.register import Register
from dashboard.repository import Repository, open_repository
from etl.publish import current_snapshot
from etl.settings import Settings, read_settings

pytestmark = pytest.mark.england

TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
# Moss Side, Jaywick and Bodmin: a city, a coast, and the country.
HUBS = (make_site(-2.2416, 53.4570), make_site(1.1105, 51.7785), make_site(-4.7180, 50.4660))
# Help that is there already: within 800 m of the first, within 1,600 m of the second, far from the third.
ALREADY = ((-2.2460, 53.4570), (1.1240, 51.7830), (-5.0500, 50.2600))


@pytest.fixture(scope="module")
def repository(england_settings: Settings) -> Repository:
    return open_repository(current_snapshot(england_settings))


@pytest.fixture(scope="module")
def register(england_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Register:
    home = tmp_path_factory.mktemp("planning")
    (home / "snapshots").symlink_to(england_settings.snapshots_dir)
    register = open_register(read_settings({}, home=home))
    for lon, lat in ALREADY:
        place = Place(precision=Precision.EXACT, lon=lon, lat=lat)
        hub = Asset(name="Hub", kind="library", offers=("digital_help",), place=place)
        register.entries.add(hub, actor=local_actor())
    return register


@pytest.fixture(scope="module")
def places(england_settings: Settings) -> pd.DataFrame:
    with duckdb.connect(str(current_snapshot(england_settings)), read_only=True) as con:
        return con.execute(
            "SELECT lsoa21_code, easting, northing, population, is_left_behind "
            "FROM neighbourhood JOIN left_behind USING (lsoa21_code) ORDER BY lsoa21_code"
        ).df()


def walk_to_nearest(places: pd.DataFrame, lonlat: list[tuple[float, float]]) -> pd.Series:
    """Return how far it is on foot from every neighbourhood to the nearest of some points, one point at a time."""
    nearest = pd.Series(np.inf, index=places.index)
    for lon, lat in lonlat:
        east, north = TO_METRES.transform(lon, lat)
        walk = 1.3 * ((places["easting"] - east) ** 2 + (places["northing"] - north) ** 2) ** 0.5
        nearest = nearest.where(nearest <= walk, walk)
    return nearest


@pytest.mark.parametrize("sites", [(HUBS[0],), (HUBS[1],), (HUBS[2],), HUBS], ids=["city", "coast", "country", "all"])
def test_who_is_newly_within_a_walk_is_who_a_plain_count_over_england_finds(
    sites: tuple[Site, ...], repository: Repository, register: Register, places: pd.DataFrame
) -> None:
    answer = weigh_plan(repository, register, Plan(sites=sites))
    before = walk_to_nearest(places, list(ALREADY))
    after = walk_to_nearest(places, [*ALREADY, *((site.lon, site.lat) for site in sites)])
    is_new = {"within_800m": (before > 800) & (after <= 800), "within_1600m": (before > 1600) & (after <= 1600)}
    for name, new in is_new.items():
        assert answer.newly[name] == places.loc[new, "population"].sum()
        assert answer.newly_left_behind[name] == places.loc[new & places["is_left_behind"], "population"].sum()
    assert answer.newly["within_1600m"] > 0
    around = walk_to_nearest(places, [(site.lon, site.lat) for site in sites]) <= 1600
    assert set(answer.around["area_code"]) == set(places.loc[around, "lsoa21_code"])
    words = pd.Series(np.select(list(is_new.values()), ["800 m", "1,600 m"], ""), index=places["lsoa21_code"])
    listed = pd.Series(describe_around(answer.around)["Newly within"].to_numpy(), index=answer.around["area_code"])
    assert listed.to_dict() == words[listed.index].to_dict()
    for column, walk in (("nearest_before_m", before), ("nearest_after_m", after)):
        shown = answer.around.set_index("area_code")[column]
        plain = pd.Series(walk.to_numpy(), index=places["lsoa21_code"])[shown.index]
        assert shown.to_numpy() == pytest.approx(plain.to_numpy(), abs=0.01)
