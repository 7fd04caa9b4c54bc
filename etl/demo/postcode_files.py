"""Made-up postcodes as Ordnance Survey's Code-Point Open publishes them; no real postcode begins with ZH."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from etl.demo.files import write_zip
from etl.demo.places import Places

AREA = "ZH"
PER_LSOA = 5
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # Royal Mail leaves out C I K M O V
PER_SECTOR = 25
PER_OUTWARD = 9 * PER_SECTOR
NOT_PLACED = 3  # postcodes that have no position yet: quality 90, at 0, 0
HEADINGS = (
    "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\r\n"
    "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_code,"
    "Admin_county_code,Admin_district_code,Admin_ward_code\r\n"
)
LICENCE = "Made up for the demo of Common Ground. These are not Ordnance Survey data: no such postcode exists.\r\n"


def draw_postcodes(*, places: Places, rng: np.random.Generator) -> pd.DataFrame:
    """Return postcodes spread within every LSOA: postcode, easting and northing in whole metres, place in `frame`."""
    place = np.repeat(np.arange(len(places.polygons)), PER_LSOA)
    points = places.centres[place].copy()
    polygons = np.asarray(places.polygons, dtype=object)
    reach = 0.45 * np.sqrt(shapely.area(polygons))[place]
    waiting = np.flatnonzero(np.arange(len(place)) % PER_LSOA)  # the first of each stays in the middle
    for _ in range(12):
        tried = places.centres[place[waiting]] + rng.normal(0, 1, (len(waiting), 2)) * reach[waiting, None]
        is_in = shapely.contains_xy(polygons[place[waiting]], np.rint(tried))
        points[waiting[is_in]] = tried[is_in]
        waiting = waiting[~is_in]
        reach = reach * 0.8
    whole = np.rint(points).astype(np.int64)
    return pd.DataFrame(
        {
            "postcode": [_spell(number) for number in range(len(place))],
            "easting": whole[:, 0],
            "northing": whole[:, 1],
            "place": place,
        }
    )


def write_postcodes(*, folder: Path, places: Places, postcodes: pd.DataFrame) -> None:
    """Write the zip with one headless CSV per postcode area and the headings in a document."""
    wards = places.frame[["lad_code", "ward_code"]].iloc[postcodes["place"]].to_numpy()
    at = postcodes[["postcode", "easting", "northing"]].to_numpy()
    lines = [_line(code, 10, (x, y), (lad, ward)) for (code, x, y), (lad, ward) in zip(at, wards, strict=True)]
    lines += [_line(_spell(len(lines) + number), 90, (0, 0), ("", "")) for number in range(NOT_PLACED)]
    write_zip(
        members={
            f"Data/CSV/{AREA.lower()}.csv": "".join(lines),
            "Doc/Code-Point_Open_Column_Headers.csv": HEADINGS,
            "Doc/licence.txt": LICENCE,
        },
        path=folder / "codepo_gb.zip",
    )


def _line(postcode: str, quality: int, at: tuple[int, int], districts: tuple[str, str]) -> str:
    easting, northing = at
    lad, ward = districts
    return f'"{postcode}",{quality},{easting},{northing},"E92000001","","","","{lad}","{ward}"\r\n'


def _spell(number: int) -> str:
    outward, rest = divmod(number, PER_OUTWARD)
    digit, letters = divmod(rest, PER_SECTOR)
    first, second = divmod(letters, 5)
    return f"{AREA}{outward + 1} {digit + 1}{INWARD_LETTERS[first]}{INWARD_LETTERS[second]}"
