"""A snapshot small enough to work out by hand: twelve neighbourhoods along a line, worst first on need.

Neighbourhood i (0 to 11) has need rank i + 1. Its digital exclusion rank is the same, but that 1 and 11 are swapped:
the second worst on need is the best on digital exclusion. Six neighbourhoods make a district, two districts an ICB.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from duckdb_extensions import import_extension

from etl.settings import Settings, read_settings
from etl.tables import TABLES

SIZE = 12
ENGLAND, ICB, SICBL = "E92000001", "E54000001", "E38000001"
LADS, WARDS = ("E07000001", "E07000002"), ("E05000001", "E05000002", "E05000003", "E05000004")
MSOAS = tuple(f"E0200000{i}" for i in range(4))
LSOAS = tuple(f"E010000{i:02d}" for i in range(SIZE))
# Every neighbourhood is a square of 1 km; they lie side by side, each with 1,000 people more than the one before.
POPULATIONS = tuple(1_000 * (i + 1) for i in range(SIZE))
DECILES = tuple(-(-10 * (i + 1) // SIZE) for i in range(SIZE))
TRICKY_NAME = "=Café [x](y) *Green*"
INDICATORS = (
    ("imd_2025", "Deprivation", "score", "higher_is_worse", "Deprivation 2025"),
    ("imd_2019", "Deprivation in 2019", "rank", "higher_is_better", "Deprivation 2019"),
    ("share_75_plus_2021", "People aged 75 or over", "%", "neutral", "People"),
    ("digital_exclusion_2025", "Digital exclusion risk", "score", "higher_is_worse", "Digital exclusion"),
    ("left_behind", "Left behind", "share", "higher_is_worse", "Left behind"),
    ("appointments_telephone", "By telephone", "%", "neutral", "GP appointments"),
    ("appointments_face_to_face", "Face to face", "%", "neutral", "GP appointments"),
)


def make_home(folder: Path, *, is_demo: bool = False, build_id: str = "small") -> Settings:
    """Write a small snapshot in a new home, make it the served one, and return the settings of that home."""
    settings = read_settings({}, home=folder)
    settings.snapshots_dir.mkdir(parents=True, exist_ok=True)
    (settings.snapshots_dir / f"{build_id}.duckdb").write_bytes(_snapshot(is_demo=is_demo, build_id=build_id))
    (settings.snapshots_dir / "current").write_text(f"{build_id}.duckdb", encoding="utf-8")
    return settings


@cache
def _snapshot(*, is_demo: bool, build_id: str) -> bytes:
    """Return a small snapshot as it stands in its file: each test process writes it once, and copies it after that."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{build_id}.duckdb"
        _write_snapshot(path, is_demo=is_demo, build_id=build_id)
        return path.read_bytes()


def _write_snapshot(path: Path, *, is_demo: bool, build_id: str) -> None:
    """Write the tables that pages ask of."""
    with duckdb.connect(str(path)) as con:
        import_extension("spatial", con=con)
        con.execute("LOAD spatial")
        for table in TABLES:
            con.execute(table.ddl())
        rows = {**_provenance(is_demo=is_demo, build_id=build_id), **_places(), **_values(), **_recipes()}
        for name, table_rows in rows.items():
            _insert(con, name=name, rows=table_rows)
        con.execute("UPDATE neighbourhood SET geometry = ST_MakeEnvelope(easting - 500, 0, easting + 500, 1000)")
        con.execute(
            "UPDATE area SET geometry = (SELECT ST_MakeEnvelope(0, 0, 1000 * SIZE, 1000))".replace("SIZE", "12")
        )


def _insert(con: duckdb.DuckDBPyConnection, *, name: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        marks = ", ".join("?" for _ in row)
        con.execute(f"INSERT INTO {name} ({', '.join(f'{c}' for c in row)}) VALUES ({marks})", list(row.values()))


def _provenance(*, is_demo: bool, build_id: str) -> dict[str, list[dict[str, Any]]]:
    source = {"publisher": "A publisher", "edition": "2025", "licence": "OGL", "url": "https://example.org"}
    loaded = {"sha256": "abc", "retrieved_at": datetime(2026, 1, 2), '"rows"': 12, "status": "loaded", "note": ""}  # noqa: DTZ001
    left_out = {"status": "left_out", "note": "Its file was not found."}
    return {
        "build": [
            {
                "build_id": build_id, "built_at": datetime(2026, 1, 3), "version": "0.1.0", "area": "england",  # noqa: DTZ001
                "area_name": "England", "is_demo": is_demo, "lookup_vintage": 2024,
            }
        ],
        "source": [
            {"source_id": "one", "title": "Source one", "attribution": "Credit of one", **source, **loaded},
            {"source_id": "two", "title": "Source two", "attribution": "Credit of two", **source, **left_out},
        ],
        "indicator": [
            {
                "indicator_id": key, "name": name, "unit": unit, "polarity": polarity, "domain": domain,
                "source_id": "one", "period": "2025", "definition": f"What {name} is.", "caveat": f"Mind {name}.",
                "decimals": 1, "position": position,
            }
            for position, (key, name, unit, polarity, domain) in enumerate(INDICATORS)
        ],
    }  # fmt: skip


def _homes(i: int) -> dict[str, str]:
    return {"lad_code": LADS[i // 6], "sicbl_code": SICBL, "icb_code": ICB}


def _places() -> dict[str, list[dict[str, Any]]]:
    neighbourhoods = [
        {
            "lsoa21_code": LSOAS[i], "lsoa21_name": f"Town 00{i // 3}{'ABC'[i % 3]}", "local_name": "Riverside",
            "msoa21_code": MSOAS[i // 3], "ward_code": WARDS[i // 3], **_homes(i), "population": POPULATIONS[i],
            "lon": i / 100, "lat": 52.0, "easting": 1000 * i + 500.0, "northing": 500.0, "feature_id": i,
        }
        for i in range(SIZE)
    ]  # fmt: skip
    groups: list[tuple[str, str, str, str, range]] = [
        (ENGLAND, "england", "England", "England", range(SIZE)),
        (ICB, "icb", "Northshire", "NHS Northshire Integrated Care Board", range(SIZE)),
        (SICBL, "sicbl", "Northshire (01A)", "NHS Northshire ICB - 01A", range(SIZE)),
        (LADS[0], "lad", "Alton", "Alton", range(6)),
        (LADS[1], "lad", "Burton", "Burton", range(6, SIZE)),
        *[(WARDS[k], "ward", _ward_name(k), _ward_name(k).split(",")[0], range(3 * k, 3 * k + 3)) for k in range(4)],
        *[(MSOAS[k], "msoa", f"Riverside, Town 00{k}", f"Town 00{k}", range(3 * k, 3 * k + 3)) for k in range(4)],
        *[(LSOAS[i], "lsoa", _lsoa_name(i), f"Town 00{i // 3}{'ABC'[i % 3]}", range(i, i + 1)) for i in range(SIZE)],
    ]
    counts: dict[str, int] = {}
    areas = []
    for code, area_type, name, official_name, members in groups:
        feature_id = counts.get(area_type, 0)
        counts[area_type] = feature_id + 1
        above = {"england": 0, "icb": 1, "sicbl": 2}.get(area_type, 3)
        homes = dict(list(reversed(list(_homes(members[0]).items())))[:above])
        areas.append(
            {
                "area_code": code, "area_type": area_type, "name": name, "official_name": official_name,
                "population": sum(POPULATIONS[i] for i in members), "neighbourhoods": len(members), **homes,
                "feature_id": feature_id, "lon": members[0] / 100, "lat": 52.0, "west": members[0] / 100,
                "south": 52.0, "east": (members[-1] + 1) / 100, "north": 52.01,
            }
        )  # fmt: skip
    return {
        "neighbourhood": neighbourhoods,
        "area": areas,
        "area_member": [{"area_code": g[0], "lsoa21_code": LSOAS[i]} for g in groups for i in g[4]],
        "postcode": [
            {"postcode": "AB1 2CD", "easting": 500, "northing": 500, "lsoa21_code": LSOAS[0]},
            # Just off the clipped coast, 200 m from the last neighbourhood.
            {"postcode": "AB1 3EF", "easting": 12_200, "northing": 500, "lsoa21_code": None},
            # Far out at sea.
            {"postcode": "AB9 9ZZ", "easting": 90_000, "northing": 500, "lsoa21_code": None},
        ],
        "asset": [{"asset_id": "a1", "name": "Repair café", "kind": "Digital help", "lsoa21_code": LSOAS[0]}],
    }


def _ward_name(k: int) -> str:
    return ("Green, Alton", "Hill, Alton", "Green, Burton", "Dale, Burton")[k]


def _lsoa_name(i: int) -> str:
    return TRICKY_NAME if i == 0 else f"Riverside, Town 00{i // 3}{'ABC'[i % 3]}"


def _rank_of(key: str, i: int) -> float | None:
    swapped = {1: SIZE, SIZE - 1: 2}
    if key in {"share_75_plus_2021"}:
        return None
    if key == "left_behind":
        return 1.5 if i in LEFT_BEHIND else 7.5
    return float(swapped.get(i, i + 1)) if key == "digital_exclusion_2025" else float(i + 1)


# Worst 20% of 12 are ranks 1 and 2; neighbourhood 1 is the best on digital exclusion.
LEFT_BEHIND = (0,)


def _value_of(key: str, i: int) -> float:
    rank = _rank_of(key, i)
    if key == "left_behind":
        return float(i in LEFT_BEHIND)
    return float(SIZE - (rank or i + 1))


def _values() -> dict[str, list[dict[str, Any]]]:
    keys = [key for key, *_ in INDICATORS if not key.startswith("appointments")]
    values = [
        {
            "lsoa21_code": LSOAS[i], "indicator_id": key, "value": _value_of(key, i), "national_rank": _rank_of(key, i),
            "decile": None if _rank_of(key, i) is None else DECILES[i], "origin": "published",
        }
        for key in keys
        for i in range(SIZE)
        # Neighbourhood 3 has no figure of 2019.
        if not (key == "imd_2019" and i == 3)
    ]  # fmt: skip
    larger = {ENGLAND: range(SIZE), ICB: range(SIZE), SICBL: range(SIZE), LADS[0]: range(6), LADS[1]: range(6, SIZE)}
    larger |= {code: range(3 * k, 3 * k + 3) for k, code in enumerate(WARDS)}
    area_values = [
        {"area_code": v["lsoa21_code"], **{k: v[k] for k in ("indicator_id", "value", "national_rank")}} for v in values
    ]
    ranks = {LADS[0]: 1.0, LADS[1]: 2.0} | {code: k + 1.0 for k, code in enumerate(WARDS)}
    for key in keys:
        for code, members in larger.items():
            people = sum(POPULATIONS[i] for i in members)
            mean = sum(_value_of(key, i) * POPULATIONS[i] for i in members) / people
            rank = None if key == "share_75_plus_2021" else ranks.get(code, 1.0)
            area_values.append({"area_code": code, "indicator_id": key, "value": mean, "national_rank": rank})
    months = [
        {"area_code": SICBL, "indicator_id": key, "period": month, "value": value}
        for key, value in (("appointments_telephone", 40.0), ("appointments_face_to_face", 60.0))
        for month in ("2021-01", "2021-02")
    ]
    return {"indicator_value": values, "area_value": area_values, "trend": months}


def _recipes() -> dict[str, list[dict[str, Any]]]:
    recipe_id = "digital_exclusion_2025"
    parts = (("means", "Means", "imd_2025", 3.0), ("age", "Age", "share_75_plus_2021", 1.0))
    return {
        "recipe": [
            {
                "recipe_id": recipe_id, "name": "Digital exclusion risk", "description": "Two parts.",
                "origin": "Common Ground", "is_default": True,
            }
        ],
        "recipe_input": [
            {
                "recipe_id": recipe_id, "component_id": component, "component_name": name, "component_weight": 0.5,
                "component_effective_weight": 0.5, "indicator_id": key, "indicator_weight": 1.0, "is_reversed": False,
                "scaling": "percentile", "is_loaded": True,
            }
            for component, name, key, _ in parts
        ],
        "recipe_contribution": [
            {
                "lsoa21_code": LSOAS[i], "recipe_id": recipe_id, "component_id": component, "indicator_id": key,
                "contribution": points * (SIZE - i), "england_median": points * 6.5,
            }
            for component, _, key, points in parts
            for i in range(SIZE)
        ],
    }  # fmt: skip
