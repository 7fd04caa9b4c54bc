"""Validators for the published JSON Schemas of Open Referral UK 3.0."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


@cache
def validator(folder: Path, name: str) -> Draft202012Validator:
    """Return the validator of one kind of object, its references to the others resolved, its formats checked."""
    bodies = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    resources = [(file, Resource(contents=body, specification=DRAFT202012)) for file, body in bodies.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(bodies[f"{name}.json"], registry=registry, format_checker=checker)


def complaints(data: Path, name: str, body: object) -> list[str]:
    """Return what the schema says against an object."""
    found = validator(data / "openreferral" / "schema", name).iter_errors(body)
    return [f"{error.json_path}: {error.message}" for error in found]
