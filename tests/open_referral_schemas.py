"""Validators for the published JSON Schemas of Open Referral UK 3.0."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.tracing import untraced

_LIMITS = {"enum", "const", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
           "maxLength", "multipleOf"}  # fmt: skip


@cache
def validator(folder: Path, name: str) -> Draft202012Validator:
    """Return the validator of one kind of object, its references to the others resolved, its formats checked."""
    bodies = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    resources = [(file, Resource(contents=body, specification=DRAFT202012)) for file, body in bodies.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(bodies[f"{name}.json"], registry=registry, format_checker=checker)


@untraced()
def complaints(data: Path, name: str, body: object) -> list[str]:
    """Return what the schema says against an object."""
    found = validator(data / "openreferral" / "schema", name).iter_errors(body)
    return [f"{error.json_path}: {error.message}" for error in found]


class Shapes:
    """Tells objects of a kind that a schema cannot tell apart, so that of very many alike one is looked at.

    A schema looks at names, types and how deep they stand, and at values only where it names a format or what they
    may be: of a text with a format it counts whether it keeps it, and a value that is limited is kept as it is.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._formats: dict[str, set[str]] = {}
        self._limited: set[str] = set()
        self._known: set[object] = set()
        for path in (data / "openreferral" / "schema").glob("*.json"):
            self._learn(json.loads(path.read_text(encoding="utf-8")))

    @untraced()
    def complaints(self, name: str, body: object) -> list[str]:
        """Return what the schema says against an object, unless it was asked of one just like it."""
        shape = (name, self._shape(body))
        if shape in self._known:
            return []
        self._known.add(shape)
        return complaints(self._data, name, body)

    def _learn(self, schema: object) -> None:
        if isinstance(schema, list):
            for one in schema:
                self._learn(one)
        elif isinstance(schema, dict):
            for name, told in (schema.get("properties") or {}).items():
                if isinstance(told, dict):
                    self._formats.setdefault(name, set()).update({told["format"]} if "format" in told else ())
                    self._limited |= {name} if told.keys() & _LIMITS else set()
            for one in schema.values():
                self._learn(one)

    def _shape(self, value: object, name: str = "") -> object:
        if isinstance(value, dict):
            return tuple((key, self._shape(value[key], key)) for key in sorted(value))
        if isinstance(value, list):
            return frozenset(self._shape(one, name) for one in value)
        if name in self._limited:
            return value
        conforms = Draft202012Validator.FORMAT_CHECKER.conforms
        kept = tuple(conforms(value, one) for one in sorted(self._formats.get(name, ())))
        return (type(value).__name__, kept)
