"""What of an entry somebody may see, and how their edit of it keeps what they could not see."""

from __future__ import annotations

from dataclasses import replace

from dashboard.register.actor import Actor
from dashboard.register.model import Asset, Audience, Place, Precision
from dashboard.register.rules.permissions import NOTHING, Action, Subject, may
from dashboard.register.rules.places import roughen


def redact(
    asset: Asset,
    *,
    actor: Actor,
    subject: Subject = NOTHING,
    centroid: tuple[float, float] | None = None,
    is_rough: bool = False,
) -> Asset:
    """Return an asset with only what an actor may see.

    Parameters
    ----------
    centroid
        Longitude and latitude of the middle of its LSOA, for a rough place.
    is_rough
        Whether the entry is not shown exactly any more, whatever this earlier version of it says.
    """
    shown = asset
    if not may(actor, Action.SEE_PARTNER_FIELDS, subject=subject):
        shown = replace(shown, contacts=tuple(one for one in shown.contacts if one.audience is Audience.PUBLIC))
    if not may(actor, Action.SEE_EXACT_PLACE, subject=subject):
        place = _no_longer_exact(shown.place) if is_rough else shown.place
        # What its list calls an entry leads to its place there, and a reference of ours was made of its postcode.
        ref = "" if place.precision is Precision.ROUGH else shown.source_ref
        shown = replace(shown, place=roughen(place, centroid=centroid), source_ref=ref)
    return shown


def is_shown_roughly(*now: Asset) -> bool:
    """Return whether an entry is not shown exactly, by the versions of it that count: the published and the newest."""
    return any(one.place.precision is not Precision.EXACT for one in now)


def _no_longer_exact(place: Place) -> Place:
    return replace(place, precision=Precision.ROUGH) if place.precision is Precision.EXACT else place


def restore_hidden(
    edited: Asset, *, base: Asset, actor: Actor, subject: Subject, centroid: tuple[float, float] | None = None
) -> Asset:
    """Return an edited asset with what the editor could not see put back.

    A place that comes back as it was shown, roughly, was not edited: the exact one stays. Contacts that were hidden
    stay too, and so does the reference of its list.
    """
    seen = redact(base, actor=actor, subject=subject, centroid=centroid)
    hidden_contacts = tuple(one for one in base.contacts if one not in seen.contacts and one not in edited.contacts)
    is_place_untouched = edited.place == seen.place
    return replace(
        edited,
        contacts=edited.contacts + hidden_contacts,
        place=base.place if is_place_untouched else edited.place,
        source_ref=base.source_ref if edited.source_ref == seen.source_ref else edited.source_ref,
    )
