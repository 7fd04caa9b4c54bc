"""Services, and services at their locations: listed page by page, and one at a time."""

from __future__ import annotations

from typing import Any

from dashboard.geography import SnapshotGeography
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.entry import Entry
from dashboard.register.errors import NotFoundError
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.open_referral.ids import at_location_id, service_id
from dashboard.register.exchange.open_referral.pages import wrap_page
from dashboard.register.exchange.open_referral.queries import Origin, ServiceQuery, as_register_query
from dashboard.register.exchange.open_referral.writing import (
    write_at_location,
    write_listed_at_location,
    write_listed_service,
    write_moment,
    write_service,
)
from dashboard.register.model import Place, Precision
from dashboard.register.rules.places import complete_place
from dashboard.register.rules.text import clean_line
from dashboard.register.taxonomy import Taxonomy
from etl.settings import Settings

Json = dict[str, Any]


class Services:
    """What is published, in the words of the standard.

    Parameters
    ----------
    settings
        Say which register is asked.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._geography = SnapshotGeography(settings)

    def listed(self, asked: ServiceQuery, *, is_at_location: bool) -> Json:
        """Return a page of services, or of services at their locations, in the standard's envelope.

        Raises
        ------
        UploadError
            If nothing is known of the postcode.
        """
        register = open_register(self._settings)
        taxonomy = register.settings.taxonomy()
        origin = self._origin(asked.postcode) if asked.postcode else None
        query = as_register_query(asked, taxonomy=taxonomy, origin=origin, is_placed=is_at_location)
        page = register.finding.find(query, actor=THE_PUBLIC)
        write = _listed_at_location if is_at_location else _listed_service
        contents = [write(entry, asked, taxonomy) for entry in page.entries]
        return wrap_page(contents, page=asked.page, per_page=asked.per_page, total=page.total)

    def one(self, own_id: str) -> Json:
        """Return a service with all that belongs to it.

        Raises
        ------
        NotFoundError
            If there is none of that id, or no longer.
        """
        register = open_register(self._settings)
        entry = register.finding.service(clean_line(own_id))
        if entry is None:
            raise NotFoundError("There is no such service.", todo="It may have been withdrawn: look in /services.")
        return write_service(entry.asset, taxonomy=register.settings.taxonomy(), changed_at=entry.changed_at)

    def one_at_location(self, own_id: str) -> Json:
        """Return a service at its location with all that belongs to both.

        Raises
        ------
        NotFoundError
            If there is none of that id, or no longer.
        """
        register = open_register(self._settings)
        entry = register.finding.at_location(clean_line(own_id))
        taxonomy = register.settings.taxonomy()
        written = write_at_location(entry.asset, taxonomy=taxonomy, changed_at=entry.changed_at) if entry else None
        if written is None:
            what = "There is no such service at a location."
            raise NotFoundError(what, todo="It may have been withdrawn: look in /service_at_locations.")
        return written

    def _origin(self, postcode: str) -> Origin:
        known = self._geography.postcodes([postcode]).get(postcode)
        if known is None:
            raise UploadError(f"The postcode {postcode} is not known here.", todo="Try one nearby.")
        middle = complete_place(Place(precision=Precision.EXACT, easting=known.easting, northing=known.northing))
        areas = self._geography.areas_of(known.lsoa21_code)
        return Origin(lon=middle.lon or 0.0, lat=middle.lat or 0.0, areas=areas)


def _listed_service(entry: Entry, asked: ServiceQuery, taxonomy: Taxonomy) -> Json:
    if asked.is_minimal:
        return _minimal(service_id(entry.asset.asset_id), entry)
    if asked.is_full:
        return write_service(entry.asset, taxonomy=taxonomy, changed_at=entry.changed_at)
    return write_listed_service(entry.asset, changed_at=entry.changed_at)


def _listed_at_location(entry: Entry, asked: ServiceQuery, taxonomy: Taxonomy) -> Json:
    if asked.is_minimal:
        return _minimal(at_location_id(entry.asset), entry)
    if asked.is_full:
        return write_at_location(entry.asset, taxonomy=taxonomy, changed_at=entry.changed_at) or {}
    return write_listed_at_location(entry.asset, changed_at=entry.changed_at) or {}


def _minimal(own_id: str, entry: Entry) -> Json:
    return {"id": own_id, "modified_date": write_moment(entry.changed_at)}
