"""The made-up boundaries and look-ups as the Office for National Statistics publishes them."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from etl.demo.files import write_csv
from etl.demo.places import Places
from etl.demo.twenty_eleven import Before

TOWN_KINDS = ("city", "port", "seaside", "pit", "new", "market", "commuter")
FAR_M = 30_000.0  # from the middle of the city, beyond which a place counts as further from one
RUC_NAMES = {
    "UN1": "Urban: Nearer to a major town or city",
    "UF1": "Urban: Further from a major town or city",
    "RLN1": "Larger rural: Nearer to a major town or city",
    "RLF1": "Larger rural: Further from a major town or city",
    "RSN1": "Smaller rural: Nearer to a major town or city",
    "RSF1": "Smaller rural: Further from a major town or city",
}


def write_geography(*, folder: Path, places: Places, before: Before) -> None:
    """Write boundaries of LSOAs and MSOAs, the four look-ups, MSOA names and rural-urban classes."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_boundaries(folder, places)
    frame, plan = places.frame, places.plan
    lsoa = {"LSOA21CD": frame["lsoa21_code"], "LSOA21NM": frame["lsoa21_name"]}
    lad = {"LAD24CD": frame["lad_code"], "LAD24NM": frame["lad_name"]}
    health = {
        "SICBL24CD": frame["sicbl_code"],
        "SICBL24CDH": frame["sicbl_ods_code"],
        "SICBL24NM": [f"NHS {plan.icb_name} ICB - {ods_code}" for ods_code in frame["sicbl_ods_code"]],
        "ICB24CD": frame["icb_code"],
        "ICB24CDH": plan.icb_ods_code,
        "ICB24NM": f"NHS {plan.icb_name} Integrated Care Board",
    }
    ward = {"WD24CD": frame["ward_code"], "WD24NM": frame["ward_name"]}
    write_csv(frame=pd.DataFrame(lsoa | health | lad), path=folder / "LSOA21_SICBL24_ICB24_LAD24_EN_LU.csv")
    write_csv(frame=pd.DataFrame(lsoa | ward | lad), path=folder / "LSOA21_WD24_LAD24_EN_LU.csv")
    write_csv(frame=_pairs(before), path=folder / "LSOA11_LSOA21_LAD22_EN_LU.csv")
    msoas = frame.drop_duplicates("msoa21_code")[["msoa21_code", "msoa21_name", "local_name"]]
    msoas.columns = pd.Index(["msoa21cd", "msoa21nm", "msoa21hclnm"])
    write_csv(frame=msoas, path=folder / "MSOA-Names-2021.csv")
    write_csv(frame=_rural_urban(places), path=folder / "RUC21_LSOA21_EN.csv")


def _write_boundaries(folder: Path, places: Places) -> None:
    frame = places.frame
    lsoas = gpd.GeoDataFrame(
        {"LSOA21CD": frame["lsoa21_code"], "LSOA21NM": frame["lsoa21_name"]}, geometry=places.polygons, crs=27700
    )
    dissolved = [
        (code, name, shapely.coverage_union_all(lsoas.geometry.to_numpy()[rows.index]))
        for (code, name), rows in frame.groupby(["msoa21_code", "msoa21_name"])
    ]
    msoas = gpd.GeoDataFrame(
        {"MSOA21CD": [code for code, _, _ in dissolved], "MSOA21NM": [name for _, name, _ in dissolved]},
        geometry=[polygon for _, _, polygon in dissolved],
        crs=27700,
    )
    for name, areas in (("LSOA_2021_EN_BGC.parquet", lsoas), ("MSOA_2021_EN_BGC.parquet", msoas)):
        areas.to_crs(4326).to_parquet(folder / name, compression="zstd")


def _pairs(before: Before) -> pd.DataFrame:
    pairs = before.pairs[["lsoa11_code", "lsoa11_name", "change", "lsoa21_code", "lsoa21_name", "lad_code", "lad_name"]]
    pairs.columns = pd.Index(["LSOA11CD", "LSOA11NM", "CHGIND", "LSOA21CD", "LSOA21NM", "LAD22CD", "LAD22NM"])
    return pairs


def _rural_urban(places: Places) -> pd.DataFrame:
    frame = places.frame
    city = next(town for town in places.plan.settlements if town.kind == "city")
    from_city = np.hypot(places.centres[:, 0] - city.easting, places.centres[:, 1] - city.northing)
    size = np.where(frame["kind"].isin(TOWN_KINDS), "U", np.where(frame["kind"] == "village", "RL", "RS"))
    code = [f"{one}{'F' if far else 'N'}1" for one, far in zip(size, from_city > FAR_M, strict=True)]
    return pd.DataFrame(
        {
            "LSOA21CD": frame["lsoa21_code"],
            "RUC21CD": code,
            "RUC21NM": [RUC_NAMES[one] for one in code],
            "Urban_rural_flag": ["Urban" if one.startswith("U") else "Rural" for one in code],
        }
    )
