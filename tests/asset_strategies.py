"""Hypothesis strategies of whole assets, as the register keeps them after tidying."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from dashboard.register.model import Asset, Audience, Availability, Contact, Place, Precision, Trust
from dashboard.register.rules.text import clean_line
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.taxonomy import read_taxonomy

TAXONOMY = read_taxonomy()
HOURS = (
    "", "Mo-Fr 09:00-17:00", "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-12:00", "24/7", "Mo-Su 18:00-02:00",
    "We[1] 10:00-12:00", "Mo-Fr 09:00-17:00; PH off", "Apr-Sep Su 10:00-16:00", 'Tu 14:00-16:00 "by appointment"',
)  # fmt: skip


def words(*, most: int = 60) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=most)


def some_terms(facet: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(TAXONOMY.terms[facet])), unique=True, max_size=4).map(tuple)


def places() -> st.SearchStrategy[Place]:
    lines = st.lists(words(most=20), max_size=4).map(tuple)
    return st.one_of(
        st.just(Place()),
        st.builds(
            Place,
            precision=st.sampled_from([Precision.EXACT, Precision.ROUGH]),
            lon=st.floats(-6, 1.5).map(lambda value: round(value, 6)),
            lat=st.floats(50, 55.5).map(lambda value: round(value, 6)),
            postcode=st.sampled_from(["", "M1 1AA", "LN5 7DB"]),
            lsoa21_code=st.sampled_from(["", "E01000001"]),
            address=lines,
        ),
        st.builds(Place, precision=st.just(Precision.EXACT), postcode=st.just("M1 1AA"), address=lines),
    )


def contacts() -> st.SearchStrategy[Contact]:
    return st.builds(
        Contact,
        name=words(most=20),
        title=words(most=20),
        phone=st.sampled_from(["", "0161 496 0000", "+44 161 496 0001"]),
        email=st.sampled_from(["", "a@example.org", "b@example.org"]),
        audience=st.sampled_from(Audience),
    )


def assets() -> st.SearchStrategy[Asset]:
    return st.builds(
        Asset,
        name=words().filter(clean_line),
        kind=st.sampled_from(sorted(TAXONOMY.terms["kinds"])),
        asset_id=st.one_of(st.uuids().map(str), st.from_regex(r"[a-z][a-z0-9_.:-]{0,20}", fullmatch=True)),
        description=words(most=200),
        offers=some_terms("offers"),
        audiences=some_terms("audiences"),
        audience_words=words(),
        referral=some_terms("referral"),
        referral_words=words(),
        availability=st.sampled_from(Availability),
        meets=some_terms("meets"),
        opening_hours=st.sampled_from(HOURS),
        opening_notes=words(),
        languages=some_terms("languages"),
        accessibility=some_terms("accessibility"),
        accessibility_words=words(),
        is_free=st.sampled_from([None, True, False]),
        cost=words(),
        min_age=st.one_of(st.none(), st.integers(0, 120)),
        max_age=st.one_of(st.none(), st.integers(0, 120)),
        website=st.sampled_from(["", "https://example.org/a?b=c", "http://example.org"]),
        contacts=st.lists(contacts(), max_size=3).map(tuple),
        organisation=words(),
        organisation_sort=st.sampled_from(["", *sorted(TAXONOMY.terms["organisation_sorts"])]),
        place=places(),
        service_areas=st.sampled_from([(), ("E08000003",), ("E08000003", "E06000001")]),
        service_area_words=words(),
        source=words(),
        source_ref=words(),
        licence=words(),
        trust=st.builds(
            Trust,
            confirmed_on=st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
            confirmed_by=words(),
            next_check_due=st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
        ),
    ).map(tidy_asset)
