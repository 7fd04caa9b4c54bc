"""What is different between two snapshots: editions, assets, and who is left behind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dashboard.repository import Repository
from dashboard.state import View
from etl.settings import Settings

LOADED = "loaded"


@dataclass(frozen=True)
class SnapshotChanges:
    """What a newer snapshot has that the one before it had not, and the other way round.

    Parameters
    ----------
    editions
        One row per source that changed: title, before, now (its edition, or that it was not loaded).
    assets_added, assets_gone
        One row per asset: name, kind.
    entered, left
        Neighbourhoods that are left behind now and were not, and were and are not: area_code, name, population.
    """

    editions: pd.DataFrame
    assets_added: pd.DataFrame
    assets_gone: pd.DataFrame
    entered: pd.DataFrame
    left: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        parts = (self.editions, self.assets_added, self.assets_gone, self.entered, self.left)
        return all(part.empty for part in parts)


def find_previous(settings: Settings, *, current: Path) -> Path | None:
    """Return the snapshot that was served before, as far as this home still has it."""
    others = [path for path in settings.snapshots_dir.glob("*.duckdb") if path.name < current.name]
    return max(others, key=lambda path: path.name, default=None)


def compare_snapshots(before: Repository, now: Repository) -> SnapshotChanges:
    """Return what is different."""
    assets_before, assets_now = before.published_assets(), now.published_assets()
    behind_before, behind_now = _left_behind(before), _left_behind(now)
    return SnapshotChanges(
        editions=_editions(before, now),
        assets_added=_without(assets_now, assets_before, key="asset_id"),
        assets_gone=_without(assets_before, assets_now, key="asset_id"),
        entered=_without(behind_now, behind_before, key="area_code"),
        left=_without(behind_before, behind_now, key="area_code"),
    )


def _without(these: pd.DataFrame, those: pd.DataFrame, *, key: str) -> pd.DataFrame:
    return these[~these[key].isin(those[key])].reset_index(drop=True)


def _left_behind(repository: Repository) -> pd.DataFrame:
    ranking = repository.rank_areas(repository.fit_view(View()).view)
    chosen = ranking.places[ranking.figures["is_left_behind"].astype(bool)]
    return chosen[["area_code", "name", "population"]]


def _editions(before: Repository, now: Repository) -> pd.DataFrame:
    was, is_now = _edition_of(before), _edition_of(now)
    titles = dict(zip(now.sources["source_id"], now.sources["title"], strict=True))
    titles |= {key: key for key in was if key not in titles}
    rows = [
        {"title": title, "before": was.get(key, "not loaded"), "now": is_now.get(key, "not loaded")}
        for key, title in titles.items()
    ]
    changed = [row for row in rows if row["before"] != row["now"]]
    return pd.DataFrame(changed, columns=["title", "before", "now"])


def _edition_of(repository: Repository) -> dict[str, str]:
    """Return the edition of each source that is loaded, with the first digits of its file's hash where it has one.

    A publisher may put a new file in the place of an old one under the same edition.
    """
    loaded = repository.sources[repository.sources["status"] == LOADED]
    marks = loaded["sha256"].fillna("").astype(str).str[:8]
    return {
        str(key): f"{edition} ({mark})" if mark else str(edition)
        for key, edition, mark in zip(loaded["source_id"], loaded["edition"], marks, strict=True)
    }
