"""The rows of a feature service as one file that the sources read."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

Feature = dict[str, Any]


def write_geojson(path: Path, features: list[Feature]) -> None:
    """Write features, one a line, as a GeoJSON FeatureCollection (RFC 7946: longitude and latitude)."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        for position, feature in enumerate(features):
            file.write(",\n" if position else "")
            json.dump(feature, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n]}\n")


def write_csv(path: Path, features: list[Feature]) -> None:
    """Write the attributes of features as CSV under their own names; null is left empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [feature.get("attributes") or {} for feature in features]
        writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else [], restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
