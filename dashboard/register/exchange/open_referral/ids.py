"""Stable UUIDs for everything that the standard gives an id and the register does not."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from dashboard.register.model import Asset

_NAMESPACE = uuid5(NAMESPACE_URL, "https://openreferraluk.org/#common-ground")


def object_id(*parts: str) -> str:
    """Return the id of a thing, the same each time for the same parts."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


def service_id(asset_id: str) -> str:
    """Return the id of an asset as a service: its own when it is a UUID, and otherwise one made from it."""
    try:
        return asset_id if str(UUID(asset_id)) == asset_id else object_id("service", asset_id)
    except ValueError:
        return object_id("service", asset_id)


def at_location_id(asset: Asset) -> str:
    """Return the id of an asset as a service at its location."""
    return object_id("service_at_location", asset.asset_id)


def organization_id(name: str) -> str:
    """Return the id of an organisation, which the register knows by its name alone."""
    return object_id("organization", name.casefold())
