"""Whatever a person types: cleaning is done once, hides nothing, and no field lets through what it should not."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.json_form import asset_from_json, asset_to_json
from dashboard.register.model import Asset, Audience, Contact, Place, Precision
from dashboard.register.rules.fields import asset_problems
from dashboard.register.rules.hours import hours_problem, read_hours
from dashboard.register.rules.permissions import Subject
from dashboard.register.rules.places import complete_place
from dashboard.register.rules.reach import is_email, is_phone, tidy_website, website_problem
from dashboard.register.rules.redaction import redact, restore_hidden
from dashboard.register.rules.text import clean_line, clean_words, search_words
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.taxonomy import read_taxonomy
from tests.registers import PARTNER

TAXONOMY = read_taxonomy()
TYPED = st.text(st.characters(codec=None), max_size=60)
AWKWARD = st.text(
    st.sampled_from(
        "aZ9 é\u0301\u202e\u2066\u200b\u200d\u200c\u0000\ufeff\n\t<>\"'`${}=+-@&;:/\\\u0645\U0001f468\ud800"
    ),
    max_size=40,
)
ANYTHING = st.one_of(TYPED, AWKWARD)
CONTACTS = st.builds(
    Contact, name=ANYTHING, title=ANYTHING, phone=ANYTHING, email=ANYTHING, audience=st.sampled_from(Audience)
)
PLACES = st.builds(
    Place,
    precision=st.sampled_from([Precision.EXACT, Precision.ROUGH]),
    lon=st.floats(-8, 2),
    lat=st.floats(50, 60),
    postcode=st.sampled_from(["", "M1 1AA", "ol12ab"]),
    lsoa21_code=st.sampled_from(["", "E01000001"]),
    address=st.lists(ANYTHING, max_size=3).map(tuple),
)
ASSETS = st.builds(
    Asset,
    name=ANYTHING,
    kind=st.sampled_from(["library", "other", "nonsense"]),
    description=ANYTHING,
    offers=st.lists(st.sampled_from(["food", "free_wifi", "food "]), max_size=3).map(tuple),
    website=ANYTHING,
    opening_hours=ANYTHING,
    contacts=st.lists(CONTACTS, max_size=3).map(tuple),
    place=PLACES,
    min_age=st.none() | st.integers(-5, 200),
)


@given(ANYTHING)
def test_clean_text_is_nfc_has_no_hidden_order_and_stays_as_it_is(text: str) -> None:
    for clean in (clean_line, clean_words):
        once = clean(text)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)
        assert not any(unicodedata.category(one) in {"Cc", "Cs", "Co"} and one != "\n" for one in once)
        assert not any(
            unicodedata.bidirectional(one) in {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
            for one in once
        )
        once.encode("utf-8")


@given(ANYTHING)
def test_words_to_search_hold_letters_and_digits_only(text: str) -> None:
    words = search_words(text)
    assert all(word and all(one.isalnum() for one in word) for word in words)
    assert search_words(" ".join(words)) == words


@given(ASSETS)
def test_tidying_is_done_once(asset: Asset) -> None:
    tidied = tidy_asset(asset)
    assert tidy_asset(tidied) == tidied


@given(ASSETS)
def test_checking_never_fails_and_what_passes_survives_json(asset: Asset) -> None:
    tidied = tidy_asset(asset)
    problems = asset_problems(tidied, taxonomy=TAXONOMY)
    assert all(problem.message and problem.field for problem in problems)
    assert asset_from_json(asset_to_json(tidied)) == tidied


@given(ANYTHING)
def test_a_website_that_passes_is_http_with_a_host_and_no_quotes(text: str) -> None:
    url = tidy_website(clean_line(text))
    if url and not website_problem(url):
        assert urlsplit(url).scheme in {"http", "https"}
        assert urlsplit(url).hostname
        assert not set("\"'`<>{} ") & set(url)


@given(ANYTHING)
def test_contacts_that_pass_hold_no_markup(text: str) -> None:
    if is_email(text) or is_phone(text):
        assert not set('<>"\\\n ') & set(text.replace(" ", ""))


@given(st.text('MoTuWeThFrSaSuPH0123456789:-;, off24/7sunrise[]"+()', max_size=40))
def test_opening_hours_that_pass_can_be_read(text: str) -> None:
    if text and not hours_problem(text):
        read_hours(text)


@given(PLACES)
def test_completing_a_place_is_done_once(place: Place) -> None:
    once = complete_place(place)
    assert complete_place(once) == once


@given(ASSETS, st.booleans())
def test_the_public_never_sees_partners_contacts_nor_a_rough_point(asset: Asset, has_centroid: bool) -> None:  # noqa: FBT001
    centroid = (-2.2, 53.5) if has_centroid else None
    seen = redact(asset, actor=THE_PUBLIC, centroid=centroid)
    assert all(one.audience is Audience.PUBLIC for one in seen.contacts)
    if asset.place.precision is Precision.ROUGH:
        assert (seen.place.lon, seen.place.lat) == (centroid or (None, None))
        assert (seen.place.postcode, seen.place.address) == ("", ())
        # A reference that we make is a hash of name and postcode: who knows the one guesses the other.
        assert seen.source_ref == ""


@given(ASSETS)
def test_saving_what_was_shown_loses_nothing_that_was_hidden(asset: Asset) -> None:
    whole, subject = tidy_asset(asset), Subject()
    for actor in (THE_PUBLIC, PARTNER):
        seen = redact(whole, actor=actor, subject=subject, centroid=(-2.2, 53.5))
        saved = restore_hidden(seen, base=whole, actor=actor, subject=subject, centroid=(-2.2, 53.5))
        assert saved.place == whole.place
        assert sorted(map(repr, set(saved.contacts))) == sorted(map(repr, set(whole.contacts)))
        assert replace(saved, contacts=(), place=Place()) == replace(whole, contacts=(), place=Place())
