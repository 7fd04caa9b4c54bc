"""The yardstick of the load: the same tables, from the same files, as a careful analyst would write it in an afternoon.

pandas and GeoPandas by the book: `read_csv`, `to_crs`, `make_valid`, `dissolve`, `sjoin`, `merge` and `groupby`, and
DuckDB's own `ST_SimplifyPreserveTopology` and `ST_AsMVT` for the tiles; a loop over the draws, and PySAL for the
clusters (`plain_evidence.py`). Nothing is slow on purpose: columns are chosen on reading, joins use the spatial index,
tables are written in bulk. (`dissolve(method="coverage")` would be quicker, but stops with an error on these boundaries
as they come: their common vertices must be rounded alike first.) What it leaves out is in its own favour: no checks of
the files, no progress, no provenance, no contract.

`python -m tests.bench.plain_load [FOLDER] [OUT.duckdb]` prints the seconds of each step and the rows of each table.
"""

from __future__ import annotations

import gzip
import re
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
from duckdb_extensions import import_extension

from etl.sources import iod_2019_ranks, iod_2025_indicator_measures, iod_2025_score_measures
from tests.bench.plain_evidence import draw_certainty, find_clusters
from tests.conftest import REAL_DATA

RECIPES = Path(__file__).resolve().parents[2] / "data" / "recipes"
LEVELS = {"icb": "icb_code", "sicbl": "sicbl_code", "lad": "lad_code", "ward": "ward_code", "msoa": "msoa21_code"}
COARSE = ("icb", "sicbl", "lad")
ENGLAND = "E92000001"
HIGHER_IS_BETTER = ("travel_connectivity_2025", *(f"{stem}_2019" for stem, _, _ in iod_2019_ranks.DOMAINS))
WORLD_M = 40_075_016.685578488
MODES = {"Face-to-Face": "face_to_face", "Telephone": "telephone", "Home Visit": "home_visit"}
TILES = Path(__file__).with_name("plain_tiles.sql")


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Print how long a step took."""
    start = time.perf_counter()
    yield
    print(f"  {step}: {time.perf_counter() - start:.1f} s", flush=True)  # noqa: T201


def read_places(data: Path) -> gpd.GeoDataFrame:
    """Return one row per LSOA with all it belongs to and its boundary, EPSG:27700."""
    geography = data / "geography"
    places = gpd.read_parquet(geography / "LSOA_2021_EN_BGC.parquet").to_crs(27700)
    places["geometry"] = places.make_valid()
    places["MSOA21NM"] = places["LSOA21NM"].str[:-1]
    names = pd.read_csv(geography / "MSOA-Names-2021.csv", encoding="utf-8-sig", usecols=[0, 1, 2])
    names.columns = ["msoa21_code", "MSOA21NM", "local_name"]
    health = pd.read_csv(geography / "LSOA21_SICBL24_ICB24_LAD24_EN_LU.csv", encoding="utf-8-sig")
    wards = pd.read_csv(geography / "LSOA21_WD24_LAD24_EN_LU.csv", encoding="utf-8-sig")[
        ["LSOA21CD", "WD24CD", "WD24NM"]
    ]
    rural = pd.read_csv(geography / "RUC21_LSOA21_EN.csv", encoding="utf-8-sig")[["LSOA21CD", "RUC21CD", "RUC21NM"]]
    places = places.merge(names, on="MSOA21NM", how="left").merge(health.drop(columns="LSOA21NM"), on="LSOA21CD")
    places = places.merge(wards, on="LSOA21CD").merge(rural, on="LSOA21CD", how="left")
    codes = {"LSOA21CD": "lsoa21_code", "ICB24CD": "icb_code", "SICBL24CD": "sicbl_code", "LAD24CD": "lad_code"}
    places = places.rename(columns={**codes, "WD24CD": "ward_code"}).sort_values("lsoa21_code", ignore_index=True)
    points = places.representative_point()
    places["easting"], places["northing"] = points.x, points.y
    points = points.to_crs(4326)
    places["lon"], places["lat"] = points.x, points.y
    return places


def read_census(data: Path) -> pd.DataFrame:
    """Return residents and shares of them by LSOA."""
    census = data / "census"
    ages = pd.read_csv(census / "RM121_Sex_by_age_LSOA21_nomis_export.csv", skiprows=7, encoding="utf-8-sig")
    ages = ages[ages.iloc[:, 0].str.match("E01", na=False)]
    ages.index = ages.iloc[:, 0].str[:9].rename("lsoa21_code")
    ages = ages.iloc[:, 1:].astype(float)
    disabled = pd.read_csv(census / "census2021-ts038-lsoa.csv", index_col="geography code").filter(like="Disability: ")
    younger, older = ages.iloc[:, 1:4].sum(axis=1), ages.iloc[:, 4:].sum(axis=1)
    people = ages.iloc[:, 0]
    share = disabled.iloc[:, 1] / disabled.iloc[:, 0]
    columns = {"share_65_74_2021": younger / people, "share_75_plus_2021": older / people}
    columns |= {"share_65_plus_2021": (younger + older) / people, "share_disabled_2021": share}
    return pd.DataFrame(columns).mul(100).assign(population=people)


def read_figures(data: Path, lsoa: pd.Index) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return values, ranks and deciles, a row per LSOA and a column per indicator."""
    deprivation = data / "deprivation"
    (file_7,) = deprivation.glob("File_7_IoD2025_All*.csv")
    (file_8,) = deprivation.glob("File_8*.csv")
    published = pd.read_csv(file_7, encoding="utf-8-sig", index_col="LSOA code (2021)").reindex(lsoa)
    values, ranks, deciles = (pd.DataFrame(index=lsoa) for _ in range(3))
    for measure in iod_2025_score_measures.MEASURES:
        # One heading is cut short in the file.
        columns = [published.filter(like=column.headings[0][:80]) for column in measure.columns()]
        if all(len(found.columns) == 1 for found in columns):
            for table, found in zip((values, ranks, deciles), columns, strict=True):
                table[f"{measure.stem}_2025"] = found.iloc[:, 0]
    behind = pd.read_csv(file_8, encoding="utf-8-sig", index_col="lsoa21_code").reindex(lsoa)
    for measure in iod_2025_indicator_measures.MEASURES:
        values[measure.indicator_id] = behind[re.sub("[^a-z0-9]+", "_", measure.heading.lower()).strip("_")]
    values = values.join(read_census(data).drop(columns="population")).join(crosswalk(data).reindex(lsoa))
    for indicator in values.columns.difference(ranks.columns):
        ranks[indicator], deciles[indicator] = rank(values[indicator])
    return values, ranks, deciles


def rank(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return rank and decile, 1 = worst."""
    ranks = values.rank(ascending=values.name in HIGHER_IS_BETTER)
    return ranks, np.ceil((10 * ranks / values.count()).round(9))


def crosswalk(data: Path) -> pd.DataFrame:
    """Return IoD 2019 and DERI on LSOAs of 2021: population-weighted means over the exact pairs."""
    deprivation, code = data / "deprivation", "LSOA code (2011)"
    (file_2,), (file_6,) = deprivation.glob("File_2*.gz"), deprivation.glob("File_6*.gz")
    ranks = pd.read_csv(file_2, encoding="utf-8-sig", index_col=code, thousands=",")
    old = pd.DataFrame(
        {f"{stem}_2019": ranks[f"{head} Rank (where 1 is most deprived)"] for stem, head, _ in iod_2019_ranks.DOMAINS}
    )
    people = (
        pd.read_csv(file_6, encoding="utf-8-sig", index_col=code, thousands=",")
        .filter(like="Total population")
        .iloc[:, 0]
    )
    deri = pd.read_csv(data / "digital" / "DERI_v1.6_LSOA11_EN.csv", index_col="lsoa11_code")
    renamed = {name: f"deri_{name.removesuffix('_comp_national')}_v1_6" for name in deri}
    totals = {"deri_score_national": "deri_score_v1_6", "depahri_score_national": "depahri_score_v1_6"}
    deri = deri.rename(columns=renamed | totals)
    pairs = pd.read_csv(data / "geography" / "LSOA11_LSOA21_LAD22_EN_LU.csv", encoding="utf-8-sig")
    pairs = pairs.merge(old.join(deri), left_on="LSOA11CD", right_index=True, how="left").join(
        people.rename("people"), on="LSOA11CD"
    )
    columns = [*old.columns, *deri.columns]
    weighted = pairs[columns].mul(pairs["people"], axis=0).groupby(pairs["LSOA21CD"]).sum(min_count=1)
    return weighted.div(pairs.groupby("LSOA21CD")["people"].sum(), axis=0)


def score(values: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the scores of all recipes, a column each; and scores and contributions as long tables."""
    scores, contributions, completeness = pd.DataFrame(index=values.index), [], {}
    for path in sorted(RECIPES.glob("*.toml")):
        recipe = tomllib.loads(path.read_text(encoding="utf-8"))
        name, top = recipe["recipe_id"], recipe["top"]
        scaled, weights, owners = {}, {}, {}
        for component in recipe["component"]:
            total = sum(entry["weight"] for entry in component["input"])
            for entry in component["input"]:
                key = entry["indicator_id"]
                column = values.get(key, pd.Series(np.nan, index=values.index)) * (
                    -1 if entry.get("is_reversed") else 1
                )
                if component["scaling"] == "percentile":
                    column = top * column.rank(pct=True)
                elif component["scaling"] == "min_max":
                    column = top * (column - column.min()) / (column.max() - column.min())
                scaled[key], weights[key], owners[key] = column, entry["weight"] / total, component["component_id"]
        table, weight, owner = pd.DataFrame(scaled), pd.Series(weights), pd.Series(owners)
        present = table.notna() * weight
        within = present.T.groupby(owner, sort=False).transform("sum").T
        has = (present.T.groupby(owner, sort=False).sum() > 0).T.sum(axis=1)
        points = (present / within.where(within > 0)).div(has, axis=0) * table
        completeness[name] = present.sum(axis=1) / owner.nunique()
        scores[name] = points.sum(axis=1, min_count=1)
        if recipe["missing"] == "no_score":
            scores.loc[completeness[name] < 1 - 1e-9, name] = np.nan
        long = points.where(scores[name].notna()).stack().dropna().rename_axis(["lsoa21_code", "indicator_id"])
        long = long.rename("contribution").reset_index().assign(recipe_id=name)
        long["component_id"] = long["indicator_id"].map(owner)
        long["england_median"] = long.groupby("indicator_id")["contribution"].transform("median")
        contributions.append(long)
    long_scores = scores.stack().rename_axis(["lsoa21_code", "recipe_id"]).rename("score").reset_index()
    share = pd.DataFrame(completeness).stack().rename_axis(["lsoa21_code", "recipe_id"]).rename("completeness")
    return scores, long_scores.join(share, on=["lsoa21_code", "recipe_id"]), pd.concat(contributions)


def add_own(values: pd.DataFrame, ranks: pd.DataFrame, deciles: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Add scores and the left-behind flag to the figures, and return the table of the flag."""
    for name in scores:
        values[name], (ranks[name], deciles[name]) = scores[name], rank(scores[name])
    size = len(values)
    need, exclusion = ranks["imd_2025"].rank(), ranks["digital_exclusion_2025"].rank()
    flag = (np.ceil(100 * need / size) <= 20) & (np.ceil(100 * exclusion / size) <= 20)
    values["left_behind"] = flag.astype(float)
    ranks["left_behind"], deciles["left_behind"] = rank(values["left_behind"])
    percentiles = pd.DataFrame({"need_percentile": need, "exclusion_percentile": exclusion})
    table = (100 * (size - percentiles + 1) / size).assign(is_left_behind=flag)
    return table.assign(priority=table.iloc[:, :2].mean(axis=1)).reset_index()


def sum_areas(values: pd.DataFrame, ranks: pd.DataFrame, deciles: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return every area's figures as a long table."""
    people, found = places.set_index("lsoa21_code")["population"], []
    groups = {"england": pd.Series(ENGLAND, index=values.index)}
    groups |= {level: places.set_index("lsoa21_code")[column] for level, column in LEVELS.items()}
    for code in groups.values():
        weighted = values.mul(people, axis=0).groupby(code).sum(min_count=1)
        means = weighted / values.notna().mul(people, axis=0).groupby(code).sum()
        worst = [(deciles <= limit).where(deciles.notna()).astype(float).groupby(code).mean() for limit in (1, 2)]
        rounded = means.round(12)
        ranked = pd.DataFrame({name: rank(rounded[name])[0] for name in rounded})
        found.append([means, ranked, *worst])
    found.append([values, ranks, *((deciles <= limit).where(deciles.notna()).astype(float) for limit in (1, 2))])
    names = ["value", "national_rank", "share_in_worst_decile", "share_in_worst_fifth"]
    long = [
        pd.concat([table.rename_axis("area_code").stack() for table in tables], axis=1, keys=names) for tables in found
    ]
    return pd.concat(long).reset_index(names=["area_code", "indicator_id"]).dropna(subset="value")


def dissolve_levels(places: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Return the areas of each level with people, neighbourhoods, boundary, a point and a box in degrees."""
    found = {}
    for level, column in {"england": "country", **LEVELS, "lsoa": "lsoa21_code"}.items():
        named = places.assign(country=ENGLAND, neighbourhoods=1)[[column, "population", "neighbourhoods", "geometry"]]
        areas = named.dissolve(by=column, aggfunc="sum") if level != "lsoa" else named.set_index(column)
        points = areas.representative_point().to_crs(4326)
        areas["lon"], areas["lat"] = points.x, points.y
        areas[["west", "south", "east", "north"]] = areas.to_crs(4326).bounds
        found[level] = areas.rename_axis("area_code").sort_index()
    return found


def place_postcodes(data: Path, places: gpd.GeoDataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return England's postcodes with their LSOA, and open practices at their postcodes."""
    with zipfile.ZipFile(data / "postcodes" / "codepo_gb.zip") as archive:
        names = [name for name in archive.namelist() if re.match(r"Data/CSV/.+\.csv", name)]
        parts = [pd.read_csv(archive.open(name), header=None, usecols=[0, 1, 2, 3, 4]) for name in names]
    codes = pd.concat(parts, ignore_index=True).set_axis(
        ["postcode", "quality", "easting", "northing", "country"], axis=1
    )
    codes = codes[(codes["country"] == ENGLAND) & (codes["quality"] < 90)]
    codes["postcode"] = codes["postcode"].str[:-3].str.strip() + " " + codes["postcode"].str[-3:]
    points = gpd.GeoDataFrame(codes, geometry=gpd.points_from_xy(codes["easting"], codes["northing"]), crs=27700)
    joined = points.sjoin(places[["lsoa21_code", "geometry"]], how="left").drop_duplicates("postcode")
    joined = joined[["postcode", "easting", "northing", "lsoa21_code"]]
    practices = pd.read_csv(data / "nhs" / "epraccur.csv", header=None, usecols=[0, 1, 2, 9, 12, 25], dtype=str)
    practices.columns = ["practice_code", "name", "grouping", "postcode", "status", "setting"]
    is_open = (
        (practices["status"] == "A")
        & (practices["setting"] == "4")
        & ~practices["grouping"].fillna("").str.startswith("W")
    )
    lists = pd.read_csv(data / "nhs" / "gp-reg-pat-prac-all.csv", usecols=["CODE", "SEX", "AGE", "NUMBER_OF_PATIENTS"])
    lists = lists[(lists["SEX"] == "ALL") & (lists["AGE"] == "ALL")].set_index("CODE")["NUMBER_OF_PATIENTS"]
    practices = practices.loc[is_open, ["practice_code", "name", "postcode"]].merge(joined, on="postcode", how="left")
    return joined, practices.join(lists.rename("registered_patients"), on="practice_code")


def follow_appointments(data: Path, places: pd.DataFrame) -> pd.DataFrame:
    """Return the monthly share of each mode of appointment, by sub-ICB location, ICB and England."""
    names = ["CCG_CODE", "Appointment_Month", "APPT_MODE", "COUNT_OF_APPOINTMENTS"]
    counted = pd.concat(
        pd.read_csv(path, usecols=names) for path in sorted((data / "nhs" / "appointments").glob("*.csv"))
    )
    counted = counted[counted["APPT_MODE"] != "Unknown"]
    counted["mode"] = "appointments_" + counted["APPT_MODE"].map(MODES).fillna("video_online")
    counted["period"] = pd.to_datetime(counted["Appointment_Month"], format="%b%Y").dt.strftime("%Y-%m")
    located = counted.merge(
        places[["SICBL24CDH", "sicbl_code", "icb_code"]].drop_duplicates(), left_on="CCG_CODE", right_on="SICBL24CDH"
    )
    shares = []
    for code in (located["sicbl_code"], located["icb_code"], pd.Series(ENGLAND, index=located.index)):
        summed = located.groupby([code.rename("area_code"), "mode", "period"])["COUNT_OF_APPOINTMENTS"].sum()
        shares.append(100 * summed / summed.groupby(level=["area_code", "period"]).transform("sum"))
    return pd.concat(shares).rename("value").reset_index()


def build_tiles(con: duckdb.DuckDBPyConnection, areas: gpd.GeoDataFrame, *, layer: str) -> pd.DataFrame:
    """Return a level's tiles, gzipped, half a pixel of tolerance at each zoom."""
    found = []
    wkb = areas.to_crs(3857).to_wkb().reset_index()["geometry"]
    con.register("wkb", pd.DataFrame({"id": np.arange(len(areas)), "wkb": wkb}))
    con.execute("CREATE OR REPLACE TEMP TABLE mercator AS SELECT id, ST_GeomFromWKB(wkb) AS shape FROM wkb")
    for zoom in range(4 if layer in COARSE else 5, 11):
        side = 2**zoom
        values = {"tolerance": WORLD_M / side / 1024, "world": WORLD_M, "side": side, "zoom": zoom, "layer": layer}
        rows = con.execute(TILES.read_text(encoding="utf-8"), values).fetchall()
        found += [(layer, zoom, x, y, gzip.compress(mvt, 6)) for x, y, mvt in rows]
    return pd.DataFrame(found, columns=["layer", "z", "x", "y", "mvt"])


def load_plainly(data: Path, out: Path) -> dict[str, int]:
    """Load all of England into a DuckDB file, and return the rows of each table."""
    con = duckdb.connect(str(out))
    import_extension("spatial", con=con)
    con.execute("LOAD spatial")
    tables: dict[str, pd.DataFrame] = {}
    with timed("places and boundaries"):
        places = read_places(data).join(read_census(data)["population"], on="lsoa21_code")
    with timed("figures, crosswalk and scores"):
        values, ranks, deciles = read_figures(data, pd.Index(places["lsoa21_code"]))
        scores, tables["recipe_score"], tables["recipe_contribution"] = score(values)
        tables["left_behind"] = add_own(values, ranks, deciles, scores)
        figures = pd.concat(
            [table.stack() for table in (values, ranks, deciles)], axis=1, keys=["value", "national_rank", "decile"]
        )
        tables["indicator_value"] = figures.dropna(subset="value").reset_index(names=["lsoa21_code", "indicator_id"])
    with timed("how sure the order is"):
        tables["certainty"] = draw_certainty(values, RECIPES / "digital_exclusion_2025.toml")
    with timed("clusters"):
        priority = tables["left_behind"].set_index("lsoa21_code")["priority"].reindex(places["lsoa21_code"])
        tables["neighbour"], tables["cluster"] = find_clusters(places, priority)
    with timed("figures of larger areas"):
        tables["area_value"] = sum_areas(values, ranks, deciles, places)
        members = [
            places[[column, "lsoa21_code"]].set_axis(["area_code", "lsoa21_code"], axis=1) for column in LEVELS.values()
        ]
        own = places.assign(area_code=places["lsoa21_code"])[["area_code", "lsoa21_code"]]
        tables["area_member"] = pd.concat([*members, own, own.assign(area_code=ENGLAND)])
    with timed("dissolve"):
        levels = dissolve_levels(places)
        areas = pd.concat([level.assign(area_type=name) for name, level in levels.items()])
        tables["area"] = areas.to_wkb().reset_index()
    with timed("postcodes and practices"):
        tables["postcode"], tables["practice"] = place_postcodes(data, places)
    with timed("appointments"):
        tables["trend"] = follow_appointments(data, places)
    with timed("tiles"):
        made = [build_tiles(con, level, layer=name) for name, level in levels.items() if name != "england"]
        tables["tile"] = pd.concat(made)
    with timed("write"):
        tables["neighbourhood"] = places.to_wkb()
        for name, table in tables.items():
            con.register("frame", table)
            con.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
        con.close()
    return {name: len(table) for name, table in tables.items()}


def main() -> None:
    """Load, and print seconds and rows."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL_DATA
    with TemporaryDirectory() as folder:
        out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "plain.duckdb"
        start = time.perf_counter()
        rows = load_plainly(data, out)
    counts = ", ".join(f"{name} {count:,}" for name, count in sorted(rows.items()))
    print(f"  in all {time.perf_counter() - start:.1f} s\n  {counts}")  # noqa: T201


if __name__ == "__main__":
    main()
