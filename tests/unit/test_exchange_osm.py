"""OpenStreetMap extracts: a tiny one written here, since no real one is to hand, goes in with its licence."""

from __future__ import annotations

from pathlib import Path

import osmium
import pytest

from dashboard.register.exchange import osm
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.osm import LICENCE, SOURCE, read_osm, tagged_asset
from dashboard.register.taxonomy import read_taxonomy

TAXONOMY = read_taxonomy()


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("osm") / "tiny.osm.pbf"
    writer = osmium.SimpleWriter(str(path))
    node = osmium.osm.mutable.Node
    tags = {
        "name": "Central Library", "amenity": "library", "opening_hours": "Mo-Fr 09:00-17:00", "wheelchair": "yes",
        "internet_access": "wlan", "phone": "+44 161 496 0000", "website": "example.org", "addr:postcode": "M25PD",
        "addr:housenumber": "1", "addr:street": "St Peter's Square", "operator": "Manchester City Council",
    }  # fmt: skip
    writer.add_node(node(id=1, location=(-2.2446, 53.4781), tags=tags))
    for at, (lon, lat) in enumerate([(-2.20, 53.40), (-2.20, 53.42), (-2.22, 53.42), (-2.22, 53.40)], start=10):
        writer.add_node(node(id=at, location=(lon, lat)))
    writer.add_node(node(id=2, location=(-2.1, 53.4), tags={"name": "A pub", "amenity": "pub"}))
    writer.add_node(node(id=3, location=(-2.1, 53.4), tags={"amenity": "library"}))
    food = {"name": "Food bank", "amenity": "social_facility", "social_facility": "food_bank", "opening_hours": "ring"}
    writer.add_node(node(id=4, location=(-2.3, 53.5), tags=food))
    church = {"name": "St Mary's", "amenity": "place_of_worship"}
    writer.add_way(osmium.osm.mutable.Way(id=5, nodes=[10, 11, 12, 13, 10], tags=church))
    hall = {"name": "Hall", "amenity": "community_centre", "community_centre": "village_hall"}
    writer.add_way(osmium.osm.mutable.Way(id=6, nodes=[10, 11], tags=hall))
    writer.close()
    return path


def test_named_places_with_a_tag_we_know_come_in_under_the_maps_licence(extract: Path) -> None:
    drafts = {draft.asset.source_ref: draft for draft in read_osm(extract, taxonomy=TAXONOMY)}
    assert {ref: draft.asset.kind for ref, draft in drafts.items()} == {
        "node/1": "library",
        "node/4": "food_bank",
        "way/5": "faith_group",
        "way/6": "village_hall",
    }
    assert all(draft.problems == () for draft in drafts.values())
    assert {(draft.asset.source, draft.asset.licence) for draft in drafts.values()} == {(SOURCE, LICENCE)}
    assert "OpenStreetMap contributors" in LICENCE
    assert "ODbL" in LICENCE


def test_tags_become_fields(extract: Path) -> None:
    library = next(one.asset for one in read_osm(extract, taxonomy=TAXONOMY) if one.asset.source_ref == "node/1")
    assert library.opening_hours == "Mo-Fr 09:00-17:00"
    assert (library.offers, library.accessibility) == (("free_wifi",), ("step_free",))
    assert library.contacts[0].phone == "+44 161 496 0000"
    assert library.website == "https://example.org"
    assert (library.place.postcode, library.place.address) == ("M2 5PD", ("1 St Peter's Square",))
    assert library.organisation == "Manchester City Council"


def test_a_way_is_placed_at_the_middle_of_its_nodes_each_counted_once(extract: Path) -> None:
    church = next(one.asset for one in read_osm(extract, taxonomy=TAXONOMY) if one.asset.source_ref == "way/5")
    assert (church.place.lon, church.place.lat) == (pytest.approx(-2.21), pytest.approx(53.41))


def test_hours_and_addresses_that_cannot_be_read_stay_words_or_are_left_out() -> None:
    tags = {"name": "x", "amenity": "library", "opening_hours": "ring", "website": "not a site", "addr:postcode": "?"}
    asset = tagged_asset("node/1", tags=tags, lon=None, lat=None)
    assert (asset.opening_hours, asset.opening_notes, asset.website, asset.place.postcode) == ("", "ring", "", "")


def test_what_is_no_extract_is_refused(tmp_path: Path, extract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "fake.osm.pbf"
    fake.write_bytes(b"no map at all")
    with pytest.raises(UploadError, match="not an OpenStreetMap extract"):
        read_osm(fake, taxonomy=TAXONOMY)
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(extract.read_bytes()[:80])
    with pytest.raises(UploadError, match="not an OpenStreetMap extract"):
        read_osm(cut, taxonomy=TAXONOMY)
    monkeypatch.setattr(osm, "MAX_PBF_BYTES", 10)
    with pytest.raises(UploadError, match="bigger than"):
        read_osm(extract, taxonomy=TAXONOMY)
    monkeypatch.undo()
    monkeypatch.setattr(osm, "MAX_ROWS", 1)
    with pytest.raises(UploadError, match="more than 1 places"):
        read_osm(extract, taxonomy=TAXONOMY)
