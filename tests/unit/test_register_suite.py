"""The tests of the register themselves: every one of them runs on both databases, or says here why it cannot."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).parents[1] / "integration"
BOTH = "register_url"
# What is about one database alone, about a file that is none, or has the other in the same test.
OF_ONE_DATABASE = frozenset(
    {
        "test_a_postgresql_that_crashes_loses_nothing_that_was_acknowledged",
        "test_a_register_that_cannot_be_read_stops_the_load_without_saying_its_password",
        "test_a_removed_piece_does_not_linger_in_the_file",
        "test_a_sqlite_register_keeps_its_promises",
        "test_several_who_open_a_new_register_at_once_all_succeed",
        "test_the_demo_has_a_register_of_its_own",
        "test_without_a_register_the_load_goes_on",
    }
)
# What does not open a register at all: the step of the load works on figures.
OF_NO_DATABASE = frozenset(
    {
        "test_a_group_is_whatever_is_offered_or_of_a_kind",
        "test_neighbourhoods_with_no_help_in_reach_share_the_worst_rank",
        "test_without_any_asset_nothing_is_said_of_support",
    }
)


def test_every_test_of_the_register_runs_on_both_databases() -> None:
    shared = asked_for(HERE / "conftest.py")
    tests, on_both = set(), set()
    for file in sorted(HERE.glob("test_*register*.py")):
        asks = {**shared, **asked_for(file)}
        found = {name for name in asks if name.startswith("test_")}
        tests |= found
        on_both |= {name for name in found if reaches(name, BOTH, asks)}
    assert len(on_both) > 100
    assert tests - on_both == OF_ONE_DATABASE | OF_NO_DATABASE


def asked_for(file: Path) -> Mapping[str, list[str]]:
    """Return what each test and fixture of a file asks for, by its name."""
    functions = (one for one in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(one, ast.FunctionDef))
    return {one.name: list(names(one)) for one in functions}


def names(function: ast.FunctionDef) -> Iterator[str]:
    yield from (one.arg for one in (*function.args.args, *function.args.kwonlyargs))


def reaches(name: str, wanted: str, asks: Mapping[str, list[str]]) -> bool:
    return name == wanted or any(reaches(one, wanted, asks) for one in asks.get(name, ()) if one != name)
