"""Figures of 2011 carried to the neighbourhoods of 2021."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from etl.methods.crosswalk import crosswalk_counts, crosswalk_rates

NAN = float("nan")

# U unchanged: a → A. S split: b → B1, B2. M merged: c, d → C. X irregular: e → E, F and f → F.
PAIRS = pd.DataFrame(
    {
        "lsoa11_code": ["a", "b", "b", "c", "d", "e", "e", "f"],
        "lsoa21_code": ["A", "B1", "B2", "C", "C", "E", "F", "F"],
    }
)
PEOPLE_2011 = pd.Series({"a": 1500, "b": 3000, "c": 1000, "d": 3000, "e": 2000, "f": 500})
PEOPLE_2021 = pd.Series({"A": 1500, "B1": 1000, "B2": 3000, "C": 4000, "E": 1000, "F": 1000})


def rates(population: pd.Series = PEOPLE_2011, **values: float) -> dict[str, float]:
    frame = pd.DataFrame({"rate": pd.Series({"a": 1.0, "b": 2.0, "c": 10.0, "d": 20.0, "e": 5.0, "f": 10.0} | values)})
    result: dict[str, float] = crosswalk_rates(pairs=PAIRS, values=frame, population=population)["rate"].to_dict()
    return result


def counts(population: pd.Series = PEOPLE_2021, **values: float) -> dict[str, float]:
    frame = pd.DataFrame({"count": pd.Series({"a": 1.0, "b": 8.0, "c": 10.0, "d": 20.0, "e": 6.0, "f": 10.0} | values)})
    result: dict[str, float] = crosswalk_counts(pairs=PAIRS, values=frame, population=population)["count"].to_dict()
    return result


def test_an_unchanged_neighbourhood_keeps_its_very_value() -> None:
    assert rates(a=0.1 + 0.2)["A"] == 0.1 + 0.2


def test_a_rate_goes_to_every_part_of_a_split() -> None:
    assert (rates()["B1"], rates()["B2"]) == (2.0, 2.0)


def test_a_merged_rate_is_the_mean_by_people_of_the_old_neighbourhoods() -> None:
    assert rates()["C"] == pytest.approx((10 * 1000 + 20 * 3000) / 4000)


def test_an_irregular_change_weighs_all_the_old_neighbourhoods_that_pair_with_the_new() -> None:
    assert rates()["E"] == 5.0
    assert rates()["F"] == pytest.approx((5 * 2000 + 10 * 500) / 2500)


def test_one_missing_old_value_leaves_the_new_one_missing_and_no_other() -> None:
    carried = rates(c=NAN)
    assert np.isnan(carried.pop("C"))
    assert not any(np.isnan(value) for value in carried.values())


def test_an_old_neighbourhood_without_a_row_counts_as_missing() -> None:
    frame = pd.DataFrame({"rate": pd.Series({"d": 20.0})})
    carried = crosswalk_rates(pairs=PAIRS, values=frame, population=PEOPLE_2011)["rate"]
    assert carried.isna().all()


@pytest.mark.parametrize("weights", [{"c": 0, "d": 0}, {"c": 1000, "d": NAN}, {"c": NAN, "d": NAN}])
def test_a_merger_whose_people_are_not_known_takes_the_plain_mean(weights: dict[str, float]) -> None:
    assert rates(pd.Series(PEOPLE_2011.to_dict() | weights))["C"] == 15.0


def test_a_count_is_shared_among_the_parts_by_the_people_of_2021() -> None:
    assert (counts()["B1"], counts()["B2"]) == (2.0, 6.0)


def test_a_merged_count_is_the_sum() -> None:
    assert counts()["C"] == 30.0


def test_an_irregular_count_is_shared_and_then_added() -> None:
    assert (counts()["E"], counts()["F"]) == (3.0, 13.0)


def test_a_count_is_shared_equally_where_the_people_of_2021_are_not_known() -> None:
    assert counts(pd.Series(dtype=float))["B1"] == 4.0


def test_a_missing_count_leaves_every_part_missing() -> None:
    carried = counts(b=NAN)
    assert np.isnan([carried["B1"], carried["B2"]]).all()


def test_every_indicator_is_carried_at_once_and_rows_come_in_order_of_code() -> None:
    frame = pd.DataFrame({"one": {"b": 1.0}, "two": {"b": 2.0}})
    carried = crosswalk_rates(pairs=PAIRS.iloc[::-1], values=frame, population=PEOPLE_2011)
    assert carried.columns.tolist() == ["one", "two"]
    assert carried.index.tolist() == ["A", "B1", "B2", "C", "E", "F"]
    assert carried.loc["B2"].tolist() == [1.0, 2.0]
