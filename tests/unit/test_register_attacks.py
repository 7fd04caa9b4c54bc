"""Every payload in every field of every record: kept as the same tidied text, or refused by name."""

from __future__ import annotations

import unicodedata

import pytest

from dashboard.register.model import Asset
from dashboard.register.piece import PieceDraft, Sort
from dashboard.register.rules.pieces import piece_problems, tidy_piece
from dashboard.register.rules.reach import tidy_postcode, tidy_website
from dashboard.register.rules.stories import story_problems, tidy_story
from dashboard.register.rules.text import clean_line, clean_words
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.story import Consent, Story
from tests.hostile_records import FILLED, PAYLOADS, TAXONOMY, TODAY, is_refused, squares
from tests.text_fields import text_at, text_fields

STORY = Story(
    title="T", words="W", area_code="E08000001", themes=("food",), consent=Consent(recorded_by="P", recorded_on=TODAY)
)
_HIDDEN = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}


def forms_of(payload: str) -> set[str]:
    """Return the forms in which a field may keep a text: a line, or several; a website or postcode in its own form."""
    line = clean_line(payload)
    return {line, clean_words(payload), tidy_website(line), tidy_postcode(line), line.upper()}


def shows_itself(text: str) -> bool:
    """Return whether nothing in a text is hidden or turns round what it says."""
    return not any(unicodedata.bidirectional(one) in _HIDDEN or one in "\u200b\ufeff\x00" for one in text)


def test_the_record_says_itself_where_a_person_may_type() -> None:
    found = {".".join(path) for path in text_fields(Asset)}
    assert {"name", "description", "offers", "contacts.email", "place.address", "trust.confirmed_by"} <= found
    assert len(found) >= 30


def test_every_payload_in_every_field_of_an_entry_is_kept_as_text_or_refused_by_name() -> None:
    seen: dict[str, set[bool]] = {}
    for hostile, typed in squares(FILLED):
        tidied = tidy_asset(hostile)
        for path, payload in typed.items():
            kept, refused = text_at(tidied, path), is_refused(tidied, path)
            seen.setdefault(".".join(path), set()).add(refused)
            assert refused or kept in forms_of(payload), (path, payload, kept)
            assert refused or shows_itself(kept)
    # A kind must be one of the list; any other field takes some payload, if only an empty one.
    assert {field for field, refused in seen.items() if refused == {True}} == {"kind"}
    free = {"name", "description", "cost", "organisation", "contacts.name", "source", "licence"}
    assert all(False in seen[field] for field in free)


def test_every_payload_in_every_field_of_a_story_is_kept_as_text_or_refused_by_name() -> None:
    for hostile, typed in squares(STORY):
        tidied = tidy_story(hostile)
        problems = {problem.field for problem in story_problems(tidied, taxonomy=TAXONOMY, today=TODAY)}
        for path, payload in typed.items():
            if path in (("asset_id",), ("story_id",)):  # looked up, and never written
                continue
            kept = text_at(tidied, path)
            assert problems & {".".join(path), path[0]} or kept in forms_of(payload), (path, payload)


@pytest.mark.parametrize("sort", Sort)
def test_every_payload_as_the_name_the_words_and_the_keys_of_a_piece_of_work_is_kept_as_text(sort: Sort) -> None:
    for payload in PAYLOADS:
        body = {payload: payload, "list": [payload, {"deep": payload}]}
        tidied = tidy_piece(PieceDraft(sort=sort, title=payload, body=body, piece_id=payload))
        named = {problem.field for problem in piece_problems(tidied)}
        assert tidied.title in forms_of(payload)
        assert shows_itself(repr(tidied.body).encode().decode("unicode_escape")) or "body" in named
        assert tidied.body["list"] == [clean_words(payload), {"deep": clean_words(payload)}]
        assert "piece_id" in named or payload == tidied.piece_id
