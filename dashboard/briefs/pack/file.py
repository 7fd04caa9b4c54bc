"""A brief's data pack: a zip of CSV tables with a dictionary, boundaries, the licence and how to cite it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.briefs.archive import write_zip
from dashboard.briefs.json_form import brief_to_json
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.pack.data import PackData
from dashboard.briefs.pack.shapes import write_geojson, write_geopackage
from dashboard.briefs.rows import rows_of
from dashboard.csv_text import write_csv

BRIEF_JSON = "brief.json"
PART_COLUMNS = {"area_code": "ONS code of a neighbourhood of the area (a district, for England)", "name": "Its name"}
# What each file holds and what its columns mean; the dictionary of every pack is written from this.
TABLES: dict[str, dict[str, str]] = {
    "figures.csv": {
        "indicator_id": "Stable id of the figure",
        "name": "Name in plain English",
        "value": "Value for this area, in its unit",
        "unit": "Unit of the value",
        "period": "The time it speaks of",
        "national_rank": "Rank among areas of this size in England, 1 = worst; empty where it is not ranked",
        "ranked": "How many areas are ranked",
        "decile": "Tenth of England, 1 = worst; 0 where it is not ranked",
        "icb_value": "Value of its integrated care board",
        "england_value": "Value of England",
        "source_title": "Where it comes from, as listed in sources.csv",
        "definition": "What is counted, over what",
        "caveat": "What it must not be read as",
    },
    "digital-exclusion.csv": {
        "component": "Part of the digital exclusion score",
        "input": "Figure that it is made from",
        "points": "Points of the score here",
        "england_points": "Points in England's middle neighbourhood",
    },
    "appointments.csv": {
        "period": "Month",
        "name": "Kind of GP appointment",
        "unit": "Unit of the value",
        "value": "Share of appointments with a known kind",
    },
    "assets.csv": {
        "asset_id": "Id in the register",
        "name": "Name",
        "kind": "Kind, in plain English",
        "offers": "What it offers",
        "freshness": "When it was last confirmed",
        "is_inside": "Whether it is in the area; if not, it is within 1,600 m on foot",
        "lon": "Longitude, rough where the group asked for that",
        "lat": "Latitude",
        "source": "The list that it came from; empty where somebody added it to the register",
        "licence": "On what terms that list may be used, where it says so",
    },
    "stories.csv": {
        "title": "Title",
        "words": "The whole story in its teller's words",
        "credit": "The teller's name as they wish it",
        "about": "What it is about",
        "is_partners_only": "Whether only partners may see it",
    },
    "sources.csv": {
        "number": "Number in the brief",
        "title": "Title as published",
        "publisher": "Publisher",
        "edition": "Edition",
        "licence": "Licence",
        "attribution": "Line that must be shown with it",
        "url": "Page that describes it",
        "retrieved_on": "When the file was fetched",
    },
}


def write_pack(brief: Brief, data: PackData) -> bytes:
    """Return a data pack; the same brief and data give the same bytes."""
    frames = _frames(brief, data)
    files = {
        "README.txt": _readme(brief).encode("utf-8"),
        "data-dictionary.csv": write_csv(_dictionary(frames, data=data)),
        BRIEF_JSON: brief_to_json(brief).encode("utf-8"),
        **{name: write_csv(frame) for name, frame in frames.items()},
    }
    if data.area is not None:
        layers = {"area": data.area} | ({"parts": data.part_shapes} if data.part_shapes else {})
        files["boundaries.gpkg"] = write_geopackage(layers, built_at=brief.edition.built_at)
        files["area.geojson"] = write_geojson(data.area)
    return write_zip(files)


def _frames(brief: Brief, data: PackData) -> dict[str, pd.DataFrame]:
    parts = [
        {"component": part.name, "input": one.name, "points": one.points, "england_points": one.england_points}
        for part in (brief.breakdown.parts if brief.breakdown else ())
        for one in part.inputs
    ]
    rows = {
        "figures.csv": data.figures,
        "digital-exclusion.csv": pd.DataFrame(parts),
        "appointments.csv": data.months if brief.appointments else pd.DataFrame(),
        "assets.csv": pd.DataFrame([vars(line) for line in (brief.assets.lines if brief.assets else ())]),
        "stories.csv": pd.DataFrame([vars(story) for story in brief.stories]),
        "sources.csv": pd.DataFrame([vars(source) for source in brief.sources]),
    }
    chosen = {name: frame[list(TABLES[name])] for name, frame in rows.items() if len(frame)}
    return {**chosen, **{f"parts-{name}.csv": frame for name, frame in data.parts.items()}}


def _dictionary(frames: Mapping[str, pd.DataFrame], *, data: PackData) -> pd.DataFrame:
    rows = [(file, column, about) for file in frames for column, about in TABLES.get(file, {}).items()]
    names = {row["indicator_id"]: f"{row['name']} ({row['unit']})" for row in rows_of(data.figures)}
    for name in data.parts:
        before = "Rank in England, 1 = worst: " if name == "ranks" else ""
        about = PART_COLUMNS | {key: f"{before}{known}" for key, known in names.items()}
        file = f"parts-{name}.csv"
        rows += [(file, str(column), about.get(str(column), str(column))) for column in frames[file]]
    return pd.DataFrame(rows, columns=["file", "column", "meaning"])


def _readme(brief: Brief) -> str:
    edition, place = brief.edition, brief.place
    made = brief.look.organisation or "Common Ground"
    lines = [
        f"Data pack: {brief.heading} ({place.name}, {place.area_code})" if brief.heading != place.name
        else f"Data pack: {place.name} ({place.area_code})",
        *([brief.banner] if brief.banner else []),
        "",
        f"Edition of {edition.built_on}, snapshot {edition.build_id}, Common Ground {edition.version}.",
        f"Live view: {brief.link}",
        "",
        "What is in it: the tables of the brief as CSV (data-dictionary.csv says what each column means), boundaries",
        "as GeoPackage (EPSG:27700) and GeoJSON (longitude and latitude), and the brief itself as brief.json.",
        "Keep this file to see what has changed when the next edition comes.",
        "",
        "Not for:",
        *(f"- {caveat}" for caveat in brief.caveats),
        "",
        "Licence: the figures are open data under the licences in sources.csv. Whoever passes them on must show:",
        *(f"- {credit}" for credit in brief.credits),
        *(["Stories and partners' notes belong to those who told them: do not pass them on without asking."]
          if brief.stories or brief.tried else []),
        "",
        f"Cite as: {made}, “{brief.title}”, edition of {edition.built_on}, made with Common Ground {edition.version}",
        f"(snapshot {edition.build_id}).",
    ]  # fmt: skip
    return "\r\n".join(lines) + "\r\n"
