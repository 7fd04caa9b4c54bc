"""Fit the register to a new geography: after a load, entries lie in the areas that are known now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import bindparam, or_, select, update

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.entry import State
from dashboard.register.errors import StoppedError
from dashboard.register.model import Asset
from dashboard.register.store.desk import AnyRow, Desk, Work
from dashboard.register.store.outdated import outdated_keys
from dashboard.register.store.rows import asset_of, body_of
from dashboard.register.store.settings import read_terms
from dashboard.register.store.showing import LAYOUT, show
from dashboard.register.store.upsert import chunked, put
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_version, setting

# Kept beside what an admin may set, under a name that is none of those.
RENEWED_FOR = "renewed_for"

_CURRENT = select(asset_table, asset_version.c.version, asset_version.c.body).join(
    asset_version,
    (asset_version.c.asset_key == asset_table.c.asset_key)
    & or_(
        asset_version.c.version == asset_table.c.latest_version,
        asset_version.c.version == asset_table.c.published_version,
    ),
)
_PLACED = update(asset_version).where(
    asset_version.c.asset_key == bindparam("key"), asset_version.c.version == bindparam("number")
)
_LAID_OUT = f", layout {LAYOUT}"


class Renewing:
    """What the program does for itself when the areas or the words have changed; no person asks for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def renew(self, *, is_laid_out: bool = False, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Work out anew in which LSOA each entry lies, and lay out what is published; return how many entries moved.

        An LSOA follows from the place that somebody gave, so it is no change of theirs and makes no version.

        Parameters
        ----------
        is_laid_out
            Whether this version of the program has laid out what is published: then only the entries that the new
            geography sees otherwise are written, which is most often few of very many.
        is_stopping
            Asked now and then whether to stop.

        Raises
        ------
        StoppedError
            If it was stopped on the way.
        """
        with self._desk.database.reading() as con:
            if is_laid_out:
                keys: Sequence[int] = outdated_keys(con, self._desk.geography)
            else:
                keys = con.scalars(select(asset_table.c.asset_key).order_by(asset_table.c.asset_key)).all()
        moved = 0
        for some in chunked(keys):
            if is_stopping():
                raise StoppedError("The register was not renewed to its end.", todo="It will be at the next start.")
            moved += self._renew(some)
        return moved

    def renew_for(self, load: str, *, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Renew unless that was done for this load already, by whatever process; return how many entries moved.

        It is done again when a newer version of the program lays out what is published in another way.

        Raises
        ------
        StoppedError
            If it was stopped on the way; it is not taken for done then.
        """
        wanted = f"{load}{_LAID_OUT}"
        with self._desk.database.reading() as con:
            done = str(con.scalar(select(setting.c.value).where(setting.c.name == RENEWED_FOR)) or "")
        if done == wanted:
            return 0
        moved = self.renew(is_laid_out=done.endswith(_LAID_OUT), is_stopping=is_stopping)
        with self._desk.database.writing() as con:
            put(con, setting, {"name": RENEWED_FOR, "value": wanted})
        return moved

    def _renew(self, keys: Sequence[int]) -> int:
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, THE_PUBLIC)
            rows = con.execute(_CURRENT.where(asset_table.c.asset_key.in_(keys)).with_for_update(of=asset_table)).all()
            now = list(zip(rows, self._placed([asset_of(row, row.body) for row in rows]), strict=True))
            moved = [(row, asset) for row, asset in now if _lsoa_of(row) != asset.place.lsoa21_code]
            if moved:
                bodies = [{"key": row.asset_key, "number": row.version, "body": body_of(asset)} for row, asset in moved]
                con.execute(_PLACED, bodies)
            shown = [(row.asset_key, row.version, asset) for row, asset in now if _is_shown(row)]
            show(work, shown, taxonomy=read_terms(con, self._desk.shipped_taxonomy))
            return len({row.asset_key for row, _ in moved})

    def _placed(self, assets: Sequence[Asset]) -> list[Asset]:
        codes = self._desk.geography.lsoas_of([asset.place for asset in assets])
        return [
            replace(asset, place=replace(asset.place, lsoa21_code=code or asset.place.lsoa21_code))
            for asset, code in zip(assets, codes, strict=True)
        ]


def _lsoa_of(row: AnyRow) -> str:
    return str(row.body["place"]["lsoa21_code"])


def _is_shown(row: AnyRow) -> bool:
    return bool(row.state == State.PUBLISHED and row.version == row.published_version)
