"""Likely duplicates are found and explained; other tenants, branches and numbered things are left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.register.duplicates import DuplicateIndex
from dashboard.register.duplicates.blocking import MOST_SHARING
from dashboard.register.duplicates.names import normal_name
from dashboard.register.duplicates.traits import host_of, phone_digits
from dashboard.register.model import Asset, Contact, Place, Precision
from tests.duplicate_pairs import labelled_pairs

SALE = Asset(
    name="Sale Library",
    kind="library",
    website="https://www.sale.example.org/library",
    contacts=(Contact(phone="0161 496 0101"),),
    place=Place(
        precision=Precision.EXACT,
        postcode="M33 7ZF",
        easting=378_900.0,
        northing=392_000.0,
        address=("Sale Waterside", "Sale"),
    ),
)


def _moved(asset: Asset, *, east_m: float) -> Asset:
    easting = (asset.place.easting or 0.0) + east_m
    return replace(asset, place=replace(asset.place, easting=easting, postcode="M33 7ZG"))


def _found(one: Asset, other: Asset) -> bool:
    return bool(DuplicateIndex([other]).find([one]))


@pytest.mark.parametrize(
    "again",
    [
        replace(SALE, name="SALE LIBRARY, Sale Waterside"),
        replace(SALE, name="Sale Lib", website="", contacts=()),
        replace(SALE, name="The Sale Libary"),
        replace(SALE, place=Place(precision=Precision.EXACT, postcode="M337ZF")),
        _moved(SALE, east_m=60.0),
    ],
)
def test_the_same_thing_written_another_way_is_found(again: Asset) -> None:
    assert _found(again, SALE)


@pytest.mark.parametrize(
    "other",
    [
        replace(SALE, name="Sale Waterside Arts Centre", kind="arts_and_learning"),
        replace(SALE, name="Robert Bolt Theatre", kind="arts_and_learning"),
        replace(SALE, name="Toddler Group at Sale Library", kind="children_and_families", contacts=(), website=""),
        replace(_moved(SALE, east_m=9_000.0), name="Urmston Library"),
    ],
)
def test_another_tenant_or_another_branch_is_not_offered(other: Asset) -> None:
    assert not _found(other, SALE)


def test_mobile_library_1_is_not_mobile_library_2() -> None:
    van = replace(SALE, name="Mobile Library 1")
    assert not _found(replace(van, name="Mobile Library 2"), van)


def test_reasons_say_in_words_what_speaks_for_it_and_then_what_speaks_against() -> None:
    again = replace(_moved(SALE, east_m=40.0), website="https://other.example.org")
    match = DuplicateIndex([SALE]).find([again])[0]
    assert match.reasons[0] == "The names are the same."
    assert "40 m apart." in match.reasons
    assert "Same telephone number." in match.reasons
    assert match.reasons[-1] in {"Different websites.", "Different postcodes."}
    assert 0.5 <= match.probability <= 1.0


def test_the_likeliest_comes_first() -> None:
    index = DuplicateIndex([replace(SALE, name="Sale Lib", contacts=()), SALE])
    assert [match.other for match in index.find([SALE])] == [1, 0]


def test_pairs_within_the_register_come_once_and_nothing_matches_itself() -> None:
    index = DuplicateIndex(
        [
            SALE,
            replace(
                SALE,
                name="Urmston Library",
                contacts=(),
                website="",
                place=replace(SALE.place, address=(), postcode="M33 1AA"),
            ),
            replace(SALE, name="Sale Lib"),
        ]
    )
    assert [(match.at, match.other) for match in index.find_within()] == [(0, 2)]


def test_far_apart_with_nothing_shared_is_not_even_compared() -> None:
    far = replace(_moved(SALE, east_m=251.0), website="", contacts=())
    assert not _found(far, SALE)


def test_a_host_that_hundreds_share_is_no_reason_to_compare() -> None:
    branches = [
        replace(
            SALE, contacts=(), place=Place(precision=Precision.EXACT, postcode=f"M{at // 26 + 1} 1A{chr(65 + at % 26)}")
        )
        for at in range(MOST_SHARING + 1)
    ]
    alone = replace(SALE, contacts=(), place=Place())
    assert not DuplicateIndex(branches).find([alone], threshold=0.0)
    assert DuplicateIndex(branches[:3]).find([alone], threshold=0.0)


def test_an_empty_register_has_no_duplicates() -> None:
    assert DuplicateIndex([]).find([SALE]) == []
    assert DuplicateIndex([SALE]).find([]) == []


def test_names_are_brought_to_one_form() -> None:
    assert normal_name("St. Mary's Comm. Ctr") == normal_name("SAINT MARYS Community Centre")
    assert normal_name("The") == "the"


def test_telephones_and_hosts_are_brought_to_one_form() -> None:
    assert phone_digits("+44 (0)161 496 0101") == phone_digits("0161-4960101") == phone_digits("1614960101")
    assert phone_digits("00000 000000") == phone_digits("111") == ""
    assert host_of("http://www.example.org/a") == host_of("example.org") == "example.org"
    assert host_of("https://facebook.com/us") == host_of("http://[broken") == ""


@pytest.mark.parametrize("seed", [20, 21])
def test_f1_is_at_least_98_per_cent_on_pairs_made_from_the_real_lists(real_data: Path, seed: int) -> None:
    pairs = labelled_pairs(real_data, seed=seed, count=800)
    assert len(pairs) >= 1_000
    found = [bool(DuplicateIndex([pair.right]).find([pair.left])) for pair in pairs]
    right = sum(is_found and pair.is_same for is_found, pair in zip(found, pairs, strict=True))
    wrong = sum(is_found != pair.is_same for is_found, pair in zip(found, pairs, strict=True))
    assert 2 * right / (2 * right + wrong) >= 0.98
