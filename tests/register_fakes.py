"""A register in memory and a gazetteer of a few lines, for tests of the ways in."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from dashboard.register.actor import Actor
from dashboard.register.duplicates.traits import traits_of
from dashboard.register.exchange.placing import KnownPoint
from dashboard.register.exchange.plan import Compared, KnownEntry
from dashboard.register.listed import ImportResult, Listed
from dashboard.register.model import Asset
from dashboard.register.progress import Progress, say_nothing


class FakeRegister:
    """Holds entries in a dictionary; fails on demand, to show that nothing is half done."""

    def __init__(self) -> None:
        self.entries: dict[str, KnownEntry] = {}
        self.references: dict[tuple[str, str], tuple[str, str]] = {}

    def of_source(self, source: str) -> Mapping[str, KnownEntry]:
        return {
            ref: replace(self.entries[asset_id], said=said)
            for (of, ref), (asset_id, said) in self.references.items()
            if of == source
        }

    def of_ids(self, asset_ids: Collection[str]) -> Mapping[str, Sequence[Asset]]:
        return {one: [self.entries[one].asset] for one in asset_ids if one in self.entries}

    def compared(self) -> Compared:
        traits = [traits_of(one.asset) for one in self.entries.values()]
        return Compared(range(len(traits)), traits)

    def known(self, keys: Collection[int]) -> Mapping[int, KnownEntry]:
        return {at: one for at, one in enumerate(self.entries.values()) if at in keys}

    def bring_in(
        self, listed: Listed, *, actor: Actor, why: str = "", progress: Progress = say_nothing
    ) -> ImportResult:
        assert actor.roles
        assert why
        start = len(self.entries)
        added = [f"asset-{start + at}" for at in range(len(listed.adds))]
        for asset_id, (asset, _) in zip(added, listed.adds, strict=True):
            self.entries[asset_id] = KnownEntry(replace(asset, asset_id=asset_id), 1)
        for asset, version in listed.edits:
            self.entries[asset.asset_id] = KnownEntry(asset, version + 1)
        progress(len(listed.adds) + len(listed.edits), len(listed.adds) + len(listed.edits))
        told = [*zip(added, (reference for _, reference in listed.adds), strict=True), *listed.known_as]
        self.references |= {(one.source, one.ref): (asset_id, one.said) for asset_id, one in told}
        return ImportResult(tuple(added), tuple(asset.asset_id for asset, _ in listed.edits), 1)


class FakeGazetteer:
    """Knows the postcodes and UPRNs it is given."""

    def __init__(self, points: Mapping[str, KnownPoint]) -> None:
        self.points = points

    def postcodes(self, postcodes: Collection[str]) -> Mapping[str, KnownPoint]:
        return {one: self.points[one] for one in postcodes if one in self.points}

    def uprns(self, uprns: Collection[str]) -> Mapping[str, KnownPoint]:
        return {one: self.points[one] for one in uprns if one in self.points}


class CodePoints(Mapping[str, KnownPoint]):
    """Postcodes with their points: 1.7 million rows of numbers, made into points when they are asked for."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._rows = {code.replace(" ", ""): row for row, code in enumerate(table["code"].tolist())}
        self._points = table[["easting", "northing"]].to_numpy(dtype=float)

    def __getitem__(self, postcode: str) -> KnownPoint:
        easting, northing = self._points[self._rows[postcode.replace(" ", "")]].tolist()
        return KnownPoint(easting, northing)

    def __iter__(self) -> Iterator[str]:
        return (f"{code[:-3]} {code[-3:]}" for code in self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def code_point_gazetteer(data: Path) -> FakeGazetteer:
    """Return the real postcodes of Ordnance Survey's Code-Point Open."""
    columns = {0: "code", 2: "easting", 3: "northing"}
    with zipfile.ZipFile(data / "postcodes" / "codepo_gb.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith("Data/CSV/") and name.endswith(".csv")]
        tables = [pd.read_csv(archive.open(name), header=None, usecols=list(columns)) for name in names]
    return FakeGazetteer(CodePoints(pd.concat(tables).rename(columns=columns)))
