"""Community assets on the Find page: whether they are drawn, which, and which one is chosen; all in the address.

Pure: query parameters in, a frozen dataclass out, and back. The filters have the names that they have on the Assets
page, so that a link from one to the other keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.assets.view import ASSET, PARAMETERS, AssetView, read_asset_id, read_asset_view, write_asset_view

SHOWN = "assets"
ON = "on"
# What can be chosen on the map; the Assets page knows more.
FILTERS = ("kinds", "offers", "referral", "freshness", "is_open_now")
NAMES = frozenset({SHOWN, ASSET, *(PARAMETERS[part] for part in FILTERS)})


@dataclass(frozen=True)
class AssetChoice:
    """What is drawn of the register.

    Parameters
    ----------
    filters
        Only the parts in `FILTERS` count.
    asset_id
        The entry that is picked out; empty for none.
    """

    is_shown: bool = False
    filters: AssetView = field(default_factory=AssetView)
    asset_id: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return self.filters != AssetView()

    @property
    def asked(self) -> dict[str, str]:
        """The filters as addresses have them."""
        return write_asset_view(self.filters)

    def changed(self, **changes: object) -> AssetChoice:
        """Return this choice with some filters changed."""
        return replace(self, filters=replace(self.filters, **changes))  # type: ignore[arg-type]


def read_asset_choice(query: Mapping[str, str]) -> AssetChoice:
    """Return the choice that query parameters ask for."""
    given = read_asset_view(query)
    filters = AssetView(**{part: getattr(given, part) for part in FILTERS})
    return AssetChoice(is_shown=query.get(SHOWN) == ON, filters=filters, asset_id=read_asset_id(query))


def write_asset_choice(choice: AssetChoice) -> dict[str, str]:
    """Return the query parameters of a choice; nothing while no asset is drawn."""
    if not choice.is_shown:
        return {}
    chosen = {ASSET: choice.asset_id} if choice.asset_id else {}
    return {SHOWN: ON, **choice.asked, **chosen}
