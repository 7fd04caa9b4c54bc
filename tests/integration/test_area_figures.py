"""Every figure on the page of a neighbourhood is what pandas and NumPy make of the same tables without the program."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.area.figures import describe_figures
from dashboard.repository import Repository, open_repository
from dashboard.state import View
from dashboard.strengths import NO_STRENGTHS
from dashboard.words import people, rank_range, ways
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.plain_area import (
    NEED,
    RECIPE,
    Plain,
    likest_plainly,
    points_plainly,
    ranks_in_draws,
    read_plainly,
    support_plainly,
)
from tests.unit.page_scripts import open_page, words_of

PLACES = 3
FEWER_DRAWS = 400
# Half of the last digit that the page shows, and a hair.
ROUNDED = 0.05 + 1e-9
SUPPORT = "thin_support_digital_help"


@dataclass(frozen=True)
class Case:
    """A home, its tables read plainly, and a few of its neighbourhoods taken at random."""

    settings: Settings
    plain: Plain
    codes: list[str]

    @property
    def repository(self) -> Repository:
        return open_repository(current_snapshot(self.settings))


@pytest.fixture(scope="module", params=["demo", pytest.param("england", marks=pytest.mark.england)])
def case(request: pytest.FixtureRequest) -> Case:
    """Return the demo, and all of England where its data is at hand."""
    settings: Settings = request.getfixturevalue(f"{request.param}_settings")
    plain = read_plainly(current_snapshot(settings))
    codes = np.random.default_rng(44).choice(plain.places.index.to_numpy(dtype=str), PLACES, replace=False)
    return Case(settings, plain, codes.tolist())


@pytest.fixture(scope="module")
def pages(case: Case) -> dict[str, AppTest]:
    """Return the pages of the neighbourhoods, each shown once."""
    return {code: open_page("area", case.settings, area=code) for code in case.codes}


def written(number: float, *, unit: str, decimals: int) -> str:
    """Return a figure as a page writes it."""
    if math.isnan(number):
        return "no figure"
    if unit.startswith("share"):
        return f"{100 * number:z.1f}%"
    return f"{number:z,.{decimals}f}{'%' if unit.startswith('percent') else ''}"


def test_every_figure_its_rank_its_decile_and_those_beside_it(case: Case, pages: dict[str, AppTest]) -> None:
    plain = case.plain
    england = plain.mean_over(plain.places.index)
    for code, page in pages.items():
        assert not page.exception
        area = case.repository.area(code)
        assert area
        shown = describe_figures(case.repository.profile(area), area=area).set_index("Figure")
        # The page shows these rows of the domain that it opens with.
        first = page.dataframe[0].value.set_index("Figure")
        pd.testing.assert_frame_equal(first, shown.loc[first.index, first.columns])
        system = plain.mean_over(plain.places.index[plain.places["icb_code"] == plain.places.loc[code, "icb_code"]])
        for key, indicator in plain.indicators.iterrows():
            if key not in plain.values:
                continue
            row, how = shown.loc[indicator["name"]], {"unit": indicator["unit"], "decimals": indicator["decimals"]}
            assert row["Here"] == written(plain.values.loc[code, key], **how), key
            assert row["Its ICB"] == written(system[key], **how), key
            assert row["England"] == written(england[key], **how), key
            rank = plain.ranks[key][code] if key in plain.ranks else math.nan
            if math.isnan(rank):
                assert (row["Rank (1 = worst)"], row["Decile (1 = worst)"]) == ("not ranked", "none")
                continue
            ranked = plain.ranks[key].count()
            assert row["Rank (1 = worst)"] == f"{math.floor(rank):,} of {ranked:,}", key
            assert row["Decile (1 = worst)"] == f"{math.ceil(round(20 * rank) / (2 * ranked)):d}", key


def test_the_score_what_it_is_made_of_and_the_steps_to_it(case: Case, pages: dict[str, AppTest]) -> None:
    plain, points = case.plain, points_plainly(case.plain)
    score, middle = points.sum(axis=1), points.median()
    np.testing.assert_allclose(score, plain.values[RECIPE], rtol=1e-9)
    exclusion = score.round(9).rank(ascending=False)
    percentiles = pd.DataFrame({"need": plain.ranks[NEED], "exclusion": exclusion})
    percentiles = 100 * (len(plain.places) - percentiles + 1) / len(plain.places)
    for code, page in pages.items():
        table = next(table.value for table in page.table if "Points here" in table.value)
        # Equal steps come in the order of their ids.
        excess = (points.loc[code] - middle).sort_index(level=1).round(9).sort_values(ascending=False, kind="stable")
        assert table["Component"].tolist() == [component for component, _ in excess.index]
        assert table["Input"].tolist() == [plain.indicators.loc[key, "name"] for _, key in excess.index]
        for heading, step in (
            ("Points here", points.loc[code]),
            ("England's median", middle),
            ("Difference", points.loc[code] - middle),
        ):
            assert table[heading].astype(float).tolist() == pytest.approx(step[excess.index].tolist(), abs=ROUNDED)
        said = words_of(page)
        for start, end, what in (
            (middle.sum(), score[code], "digital exclusion score"),
            (percentiles.median().mean(), percentiles.loc[code].mean(), "priority"),
        ):
            found = re.search(
                rf"From ([\d.]+) in England's middle to \*\*([\d.]+) here\*\*, in points of the {what}", said
            )
            assert found
            assert [float(number) for number in found.groups()] == pytest.approx([start, end], abs=ROUNDED)


def test_where_it_stands_and_whether_it_is_left_behind(case: Case, pages: dict[str, AppTest]) -> None:
    plain, size = case.plain, len(case.plain.places)
    percent = np.ceil(np.round(200 * plain.ranks[[NEED, RECIPE]]) / (2 * size))
    is_left_behind = (percent <= 20).all(axis=1)
    np.testing.assert_array_equal(plain.values["left_behind"], is_left_behind)
    ranking = case.repository.rank_areas(case.repository.fit_view(View()).view)
    np.testing.assert_array_equal(ranking.figures["is_left_behind"], is_left_behind)
    for code, page in pages.items():
        metrics = {metric.label.split(":")[0]: metric.value for metric in page.metric}
        for label, key in (("Need", NEED), ("Digital exclusion", RECIPE)):
            place, best = int(percent.loc[code, key]), math.ceil(100 * (size - plain.ranks[key][code] + 1) / size)
            assert metrics[label] == (f"Worst {place}%" if place <= 50 else f"Best {best}%")
        assert metrics["Left behind"] == ("Yes" if is_left_behind[code] else "No")


def test_support_strengths_and_likeness(case: Case, pages: dict[str, AppTest]) -> None:
    plain = case.plain
    if SUPPORT in plain.values:
        np.testing.assert_allclose(plain.values[SUPPORT], support_plainly(plain), rtol=1e-9, atol=1e-12)
    counted = plain.ranks.count()
    percent = np.ceil(np.round(200 * (counted + 1 - plain.ranks)) / (2 * counted))
    figures = [NEED, *(key for _, key in points_plainly(plain))]
    for code, page in pages.items():
        best = sorted(
            (int(place), plain.indicators.loc[key, "name"])
            for key, place in percent.loc[code].dropna().items()
            if plain.indicators.loc[key, "domain"] not in NO_STRENGTHS and place <= 33
        )[:5]
        said = words_of(page)
        for share, name in best:
            assert f"**{name}**: best {share}% of England" in said
        assert said.count("% of England") == len(best)
        names = [
            case.repository.areas.loc[other, "name"]
            for other in likest_plainly(plain, code=code, figures=figures).index
        ]
        # One that lies beside it has a link without a distance too.
        labels = [link.proto.label.replace("\\", "").rpartition(": ")[0] for link in page.get("page_link")]
        assert [label for label in labels if label in names] == names


@pytest.mark.parametrize("case", ["demo"], indirect=True)
def test_how_sure_its_rank_is(case: Case, pages: dict[str, AppTest]) -> None:
    drawn = np.sort(ranks_in_draws(case.plain, codes=case.codes), axis=0)
    low, high, size = drawn[499], drawn[9_499], len(case.plain.places)
    share = (drawn <= size // 10).mean(axis=0)
    for number, (code, page) in enumerate(pages.items()):
        said = how_sure(page)
        assert said.endswith(f"{rank_range(low[number], high[number])} of {size:,}."), code
        assert said.startswith(f"It is in the worst tenth {ways(share[number])}"), code


@pytest.mark.england
@pytest.mark.parametrize("case", ["england"], indirect=True)
def test_how_sure_its_rank_is_in_england_where_fewer_plain_draws_tell_as_much(
    case: Case, pages: dict[str, AppTest]
) -> None:
    drawn = ranks_in_draws(case.plain, codes=case.codes, count=FEWER_DRAWS)
    size = len(case.plain.places)
    told = case.repository.certainty(case.repository.ask_how_sure(View(), support=None))
    assert told
    for number, (code, page) in enumerate(pages.items()):
        place = case.plain.places.index.get_loc(code)
        low, high, share = (float(one[place]) for one in (told.rank_low, told.rank_high, told.share_in_worst_tenth))
        within = ((drawn[:, number] >= low) & (drawn[:, number] <= high)).mean()
        assert within == pytest.approx(0.9, abs=strays(0.9)), code
        in_tenth = (drawn[:, number] <= size // 10).mean()
        assert in_tenth == pytest.approx(share, abs=strays(share) + 1 / FEWER_DRAWS), code
        said = how_sure(page)
        assert said.endswith(f"{rank_range(int(low), int(high))} of {size:,}."), code
        assert said.startswith(f"It is in the worst tenth {ways(share)}"), code


def strays(share: float) -> float:
    """Return how far a share among a few draws may be from that among all: five standard errors."""
    return 5 * float(np.sqrt(share * (1 - share) / FEWER_DRAWS))


def how_sure(page: AppTest) -> str:
    """Return the sentence of a page that says how sure a rank is."""
    return next(line for line in words_of(page).splitlines() if "worst tenth" in line and "ways it ranks" in line)


def test_the_cells_of_need_by_exclusion_and_their_barriers(case: Case) -> None:
    plain, points = case.plain, points_plainly(case.plain)
    thirds = np.ceil(np.round(6 * plain.ranks[[NEED, RECIPE]]) / (2 * len(plain.places))).astype(int)
    page = open_page("segments", case.settings)
    for need in (1, 2, 3):
        for exclusion in (1, 2, 3):
            held = (thirds[NEED] == need) & (thirds[RECIPE] == exclusion)
            label = page.button(key=f"cell-{need}-{exclusion}").label
            _, neighbourhoods, living = label.split("  \n")
            assert neighbourhoods == f"{held.sum():,} neighbourhood{'' if held.sum() == 1 else 's'}"
            assert living == people(plain.places["population"][held].sum())
    components = points.T.groupby(level=0, sort=False).sum().T
    excess = components - components.median()
    worst = (thirds == 1).all(axis=1) & (excess.max(axis=1) > 0)
    counts = excess[worst].idxmax(axis=1).value_counts()
    said = dict(option.rsplit(" (", 1) for option in page.radio(key="segment_barrier").options[1:])
    shown = {name: int(number.rstrip(")").replace(",", "")) for name, number in said.items()}
    assert shown == {name: int(counts.get(name, 0)) for name in said}
