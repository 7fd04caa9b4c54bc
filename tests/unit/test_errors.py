"""A refusal says what happened, where, and what to do."""

from __future__ import annotations

from etl.errors import ContractError, SourceError


def test_a_source_error_names_source_file_row_and_column() -> None:
    error = SourceError(
        "“abc” is not a number",
        source_id="iod_2025_scores",
        file="folder/File_7.csv",
        row=12,
        column="Income Score",
        todo="Correct it.",
    )
    said = "“abc” is not a number (source iod_2025_scores, file File_7.csv, row 12, column “Income Score”). Correct it."
    assert str(error) == said


def test_a_source_error_leaves_out_what_it_does_not_know() -> None:
    assert str(SourceError("It is empty", source_id="census_age")) == "It is empty (source census_age)."


def test_a_contract_error_lists_every_broken_rule_and_says_what_is_still_served() -> None:
    error = ContractError(["area: (area_code) is unique: 2 rows break it", "There is one build row. (off by 1)"])
    assert "broke 2 of its checks" in str(error)
    assert "area: (area_code) is unique: 2 rows break it" in str(error)
    assert "still served" in str(error)


def test_every_refusal_has_an_exit_code_of_its_own_kind() -> None:
    assert {SourceError("x", source_id="y").exit_code, ContractError([]).exit_code} == {3, 4}
