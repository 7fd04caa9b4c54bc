"""Assets and stories as JSON and back, the same in versions, backups and exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from dashboard.register.model import Asset, Audience, Availability, Contact, Place, Precision, Trust
from dashboard.register.story import Consent, Story

Json = dict[str, Any]
_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


def asset_to_json(asset: Asset) -> Json:
    """Return an asset as JSON values, every field there."""
    body: Json = plain(asset)
    return body


def asset_from_json(body: Mapping[str, Any]) -> Asset:
    """Return the asset that `asset_to_json` wrote; a field that the body lacks has its default."""
    made = _known(Asset, body)
    made["contacts"] = tuple(
        Contact(**{**_known(Contact, contact), "audience": Audience(contact.get("audience", Audience.PARTNERS))})
        for contact in body.get("contacts", ())
    )
    made["place"] = place_from_json(body.get("place", {}))
    made["trust"] = Trust(**_dated(_known(Trust, body.get("trust", {})), "confirmed_on", "next_check_due"))
    made["availability"] = Availability(body.get("availability", ""))
    return Asset(**made)


def story_to_json(story: Story) -> Json:
    """Return a story as JSON values, every field there."""
    body: Json = plain(story)
    return body


def story_from_json(body: Mapping[str, Any]) -> Story:
    """Return the story that `story_to_json` wrote."""
    made = _known(Story, body)
    consent = _dated(_known(Consent, body["consent"]), "recorded_on", "until")
    made["consent"] = Consent(**{**consent, "audience": Audience(consent["audience"])})
    return Story(**made)


def place_from_json(body: Mapping[str, Any]) -> Place:
    """Return the place of an asset's body."""
    return Place(**{**_known(Place, body), "precision": Precision(body.get("precision", Precision.NONE))})


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _known(kind: type, body: Mapping[str, Any]) -> Json:
    """Return what the body has for a dataclass, lists as tuples."""
    names = [name for name in _field_names(kind) if name in body]
    return {name: tuple(body[name]) if isinstance(body[name], list) else body[name] for name in names}


def _dated(values: Json, *names: str) -> Json:
    return {name: date.fromisoformat(value) if name in names and value else value for name, value in values.items()}


def plain(value: Any) -> Any:  # noqa: ANN401
    """Return a value as JSON has it: records as objects, days as text, tuples as lists."""
    if type(value) in _AS_THEY_ARE:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _field_names(type(value))}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, StrEnum):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
