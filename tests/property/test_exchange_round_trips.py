"""Whatever an entry holds, it goes out in the open standard, valid, and comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given

from dashboard.register.actor import local_actor
from dashboard.register.exchange.drafts import ImportChoices
from dashboard.register.exchange.open_referral.files import draft_services, services_in
from dashboard.register.exchange.open_referral.reading import read_service
from dashboard.register.exchange.open_referral.writing import (
    write_at_location,
    write_listed_at_location,
    write_listed_service,
    write_service,
)
from dashboard.register.exchange.placing import NoGazetteer
from dashboard.register.exchange.reading import propose_choices, read_sheet
from dashboard.register.exchange.tables_out import Format, export_assets
from dashboard.register.exchange.uploads import read_upload
from dashboard.register.model import Asset
from tests.asset_strategies import TAXONOMY, assets
from tests.open_referral_schemas import complaints

CHANGED_AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@given(asset=assets())
def test_an_entry_exported_and_imported_again_comes_back_the_same(asset: Asset) -> None:
    sent = json.loads(json.dumps(write_service(asset, taxonomy=TAXONOMY, changed_at=CHANGED_AT)))
    assert read_service(sent, taxonomy=TAXONOMY, is_own=True) == asset


@given(asset=assets())
def test_an_entry_that_went_through_a_file_is_the_same_when_its_rules_hold(asset: Asset) -> None:
    file = json.dumps({"contents": [write_service(asset, taxonomy=TAXONOMY)]}).encode()
    (draft,) = draft_services(services_in(file), taxonomy=TAXONOMY, source="feed", is_own=True)
    if not draft.problems and asset.source:
        assert draft.asset == replace(asset, source_ref=draft.asset.source_ref)


@given(asset=assets())
def test_every_object_of_an_entry_is_valid_against_the_published_schemas(real_data: Path, asset: Asset) -> None:
    full = write_service(asset, taxonomy=TAXONOMY, changed_at=CHANGED_AT)
    assert complaints(real_data, "service", full) == []
    assert complaints(real_data, "service", write_listed_service(asset)) == []
    for placed in (write_at_location(asset, taxonomy=TAXONOMY), write_listed_at_location(asset)):
        assert (placed is None) == (not asset.place.is_known)
        if placed:
            assert complaints(real_data, "service_at_location", placed) == []
            assert complaints(real_data, "service", placed["service"]) == []


@given(asset=assets())
def test_another_register_believes_neither_ids_nor_confirmations(asset: Asset) -> None:
    read = read_service(write_service(asset, taxonomy=TAXONOMY), taxonomy=TAXONOMY)
    assert read.trust.confirmed_on is None
    assert read.source == ""


@given(asset=assets())
def test_a_csv_of_ours_is_matched_to_our_fields_and_keeps_what_a_table_can_hold(asset: Asset) -> None:
    plain = replace(asset, name=f"x{asset.name}".replace("\n", " "), contacts=())
    file = export_assets([plain], form=Format.CSV, actor=local_actor())
    sheet = read_upload(file, file_name="export.csv")
    mapping = propose_choices(sheet, taxonomy=TAXONOMY).mapping
    choices = ImportChoices(source="export", mapping=mapping)
    (draft,) = read_sheet(sheet, choices=choices, taxonomy=TAXONOMY, gazetteer=NoGazetteer())
    kept = ("kind", "offers", "audiences", "referral", "meets", "accessibility", "languages", "website", "min_age")
    assert {name: getattr(draft.asset, name) for name in kept} == {name: getattr(plain, name) for name in kept}
