"""What the open standard finds entries by, as tags beside those of the taxonomy."""

from __future__ import annotations

from dashboard.register.exchange.open_referral.ids import at_location_id, organization_id, service_id
from dashboard.register.model import Asset

SERVICE, AT_LOCATION, ORGANIZATION = "service", "at_location", "organization"
SERVES = "serves"
# Whether something is said at all. Few entries have no place, so that is what is tagged.
SAYS, UNPLACED = "says", "unplaced"
YES = "yes"
_SAID = ("offers", "audiences", "referral", "meets", "accessibility", "organisation_sort", "service_areas")


def standard_tags(asset: Asset) -> dict[str, tuple[str, ...]]:
    """Return the tags of an asset, as everyone may see it, by facet."""
    own = service_id(asset.asset_id)
    return {
        # An entry whose id is a service's id already is found by that.
        SERVICE: () if own == asset.asset_id else (own,),
        AT_LOCATION: (at_location_id(asset),) if asset.place.is_known else (),
        ORGANIZATION: (organization_id(asset.organisation),) if asset.organisation else (),
        SERVES: asset.service_areas,
        SAYS: tuple(name for name in _SAID if getattr(asset, name)),
        UNPLACED: () if asset.place.is_known else (YES,),
    }
