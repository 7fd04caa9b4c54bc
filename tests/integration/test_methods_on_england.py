"""The methods on the published figures of England: what the publishers print must come out again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from etl.methods.crosswalk import crosswalk_counts, crosswalk_rates
from etl.methods.deprivation_summary import summarise_deprivation
from etl.methods.imd import IMD_WEIGHTS, combine_domains
from etl.methods.left_behind import Pillar, find_left_behind
from etl.methods.ranking import decile, rank_worst_first
from etl.methods.recipe import Recipe
from etl.methods.scoring import score_recipe
from etl.methods.summaries import build_membership
from etl.recipes import read_recipes
from tests.iod_columns import DOMAINS

LSOAS_2011 = 32_844
LSOAS_2021 = 33_755

DERI_COLUMNS = {
    "broadband_comp_national": "deri_broadband_v1_6",
    "demography_comp_national": "deri_demography_v1_6",
    "deprivation_comp_national": "deri_deprivation_v1_6",
    "deri_score_national": "deri_score_v1_6",
}
IMD = "Index of Multiple Deprivation (IMD)"


def read_2019(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, thousands=",", encoding="utf-8-sig").set_index("LSOA code (2011)")
    return frame.select_dtypes("number")


@pytest.fixture(scope="module")
def deri(real_data: Path) -> pd.DataFrame:
    frame = pd.read_csv(real_data / "digital" / "DERI_v1.6_LSOA11_EN.csv").set_index("lsoa11_code")
    return frame.rename(columns=DERI_COLUMNS)[list(DERI_COLUMNS.values())]


@pytest.fixture(scope="module")
def pairs(real_data: Path) -> pd.DataFrame:
    frame = pd.read_csv(real_data / "geography" / "LSOA11_LSOA21_LAD22_EN_LU.csv")
    return frame.rename(columns={"LSOA11CD": "lsoa11_code", "LSOA21CD": "lsoa21_code", "CHGIND": "change"})


@pytest.fixture(scope="module")
def population_2011(real_data: Path) -> pd.Series:
    return read_2019(real_data / "deprivation" / "File_6_-_IoD2019_Population_Denominators.csv.gz").iloc[:, 0]


@pytest.fixture(scope="module")
def file_7(real_data: Path) -> pd.DataFrame:
    name = "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv"
    frame = pd.read_csv(real_data / "deprivation" / name).set_index("LSOA code (2021)")
    # "Income Score (rate)" and "Income Rank (where 1 is most deprived)" become "Income Score" and "Income Rank".
    return frame.rename(columns=lambda column: column if "(IMD)" in column else column.split(" (")[0]).rename(
        columns=lambda column: column.split(" (where")[0]
    )


@pytest.fixture(scope="module")
def current_inputs(real_data: Path, file_7: pd.DataFrame) -> pd.DataFrame:
    """Return the inputs of the default recipe that are to hand."""
    file_8 = pd.read_csv(
        real_data / "deprivation" / "File_8_IoD2025_Underlying_Indicators.csv", index_col="lsoa21_code"
    )
    ages = pd.read_csv(real_data / "census" / "RM121_Sex_by_age_LSOA21_nomis_export.csv", skiprows=7).dropna()
    ages = ages.set_index(ages.iloc[:, 0].str[:9]).iloc[:, 1:].astype(float)
    disabled = pd.read_csv(real_data / "census" / "census2021-ts038-lsoa.csv", index_col="geography code").iloc[:, 2:]
    return pd.DataFrame(
        {
            "broadband_2025": file_8["digital_connectivity_broadband_download_and_upload_speeds"],
            "adult_skills_english_2025": file_8["adult_skills_and_english_language_proficiency_indicator"],
            "share_65_74_2021": 100 * ages.iloc[:, 1:4].sum(axis=1) / ages.iloc[:, 0],
            "share_75_plus_2021": 100 * ages.iloc[:, 4:7].sum(axis=1) / ages.iloc[:, 0],
            "share_disabled_2021": 100 * disabled.iloc[:, 1] / disabled.iloc[:, 0],
            "income_2025": file_7["Income Score"],
            "population": ages.iloc[:, 0],
        }
    ).reindex(file_7.index)


def recipe(recipe_id: str) -> Recipe:
    return next(each for each in read_recipes() if each.recipe_id == recipe_id)


def test_the_published_deri_score_is_the_mean_of_its_components(deri: pd.DataFrame) -> None:
    assert len(deri) == LSOAS_2011
    result = score_recipe(recipe("deri_v1_6_published"), values=deri.to_numpy(), indicator_ids=list(deri.columns))
    assert np.abs(result.score - deri["deri_score_v1_6"].to_numpy()).max() < 7e-10
    assert (result.completeness == 1).all()


def test_the_weights_of_deri_are_equal_on_paper_and_not_in_effect(deri: pd.DataFrame) -> None:
    result = score_recipe(recipe("deri_v1_6_published"), values=deri.to_numpy(), indicator_ids=list(deri.columns))
    assert result.component_weights == pytest.approx([1 / 3] * 3)
    # Broadband, demography, deprivation.
    assert result.correlations == pytest.approx([0.28, 0.74, 0.84], abs=0.005)
    assert result.effective_weights == pytest.approx([0.06, 0.41, 0.53], abs=0.005)


def test_every_neighbourhood_of_2021_gets_deri_and_the_score_is_still_the_mean(
    deri: pd.DataFrame, pairs: pd.DataFrame, population_2011: pd.Series
) -> None:
    carried = crosswalk_rates(pairs=pairs, values=deri, population=population_2011)
    assert len(carried) == LSOAS_2021
    assert not carried.isna().any(axis=None)
    result = score_recipe(recipe("deri_v1_6_published"), values=carried.to_numpy(), indicator_ids=list(carried.columns))
    assert np.abs(result.score - carried["deri_score_v1_6"].to_numpy()).max() < 1e-6


def test_every_neighbourhood_of_2021_gets_the_indices_of_2019(
    real_data: Path, pairs: pd.DataFrame, population_2011: pd.Series
) -> None:
    values = read_2019(real_data / "deprivation" / "File_2_-_IoD2019_Domains_of_Deprivation.csv.gz").filter(like="Rank")
    carried = crosswalk_rates(pairs=pairs, values=values, population=population_2011)
    assert values.shape == (LSOAS_2011, 8)
    assert carried.shape == (LSOAS_2021, 8)
    assert not carried.isna().any(axis=None)
    unchanged = pairs[pairs["change"] == "U"]
    assert len(unchanged) == 31_810
    np.testing.assert_array_equal(
        carried.loc[unchanged["lsoa21_code"]].to_numpy(), values.loc[unchanged["lsoa11_code"]].to_numpy()
    )


def test_carried_people_of_2015_are_the_same_people(pairs: pd.DataFrame, population_2011: pd.Series) -> None:
    people = population_2011.to_frame("people")
    carried = crosswalk_counts(pairs=pairs, values=people, population=pd.Series(dtype=float))
    assert carried["people"].sum() == pytest.approx(people["people"].sum(), abs=1e-6)


def test_the_imd_of_2025_can_be_rebuilt_from_its_domains(file_7: pd.DataFrame) -> None:
    ranks = {domain: file_7[f"{name} Rank"].to_numpy(dtype=np.float64) for domain, name in DOMAINS.items()}
    assert set(ranks) == set(IMD_WEIGHTS)
    rebuilt = combine_domains(ranks=ranks)
    assert np.abs(rebuilt - file_7[f"{IMD} Score"].to_numpy()).max() < 0.0007
    published = file_7[f"{IMD} Rank"].to_numpy(dtype=np.float64)
    assert (rank_worst_first(rebuilt) == published).sum() >= 33_753


@pytest.mark.parametrize("name", [IMD, *DOMAINS.values()])
def test_published_deciles_are_those_of_the_published_ranks(file_7: pd.DataFrame, name: str) -> None:
    ours = decile(file_7[f"{name} Rank"].to_numpy(dtype=np.float64))
    np.testing.assert_array_equal(ours, file_7[f"{name} Decile"].to_numpy())


def test_england_as_one_area_has_the_summaries_its_definition_gives_it(file_7: pd.DataFrame) -> None:
    size = len(file_7)
    summary = summarise_deprivation(
        membership=build_membership(area=np.zeros(size, dtype=np.int64), lsoa=np.arange(size), shape=(1, size)),
        score=file_7[f"{IMD} Score"].to_numpy(),
        ranks=file_7[f"{IMD} Rank"].to_numpy(dtype=np.float64),
        population=np.ones(size),
    )
    # With one person in each LSOA: (N + 1)/2; a tenth; a tenth and a fifth at half weight; the mean of the first tenth.
    assert summary.average_rank[0] == pytest.approx((size + 1) / 2)
    assert summary.proportion[0] == pytest.approx(0.1, abs=1 / size)
    assert summary.extent[0] == pytest.approx(0.1 + 0.2 * 0.5, abs=1e-4)
    assert summary.local_concentration[0] == pytest.approx(0.05 * size, abs=1)


def test_the_default_recipe_scores_every_neighbourhood_and_leans_on_no_single_component(
    current_inputs: pd.DataFrame,
) -> None:
    chosen = recipe("digital_exclusion_2025")
    result = score_recipe(chosen, values=current_inputs.to_numpy(), indicator_ids=list(current_inputs.columns))
    assert len(result.score) == LSOAS_2021
    assert not np.isnan(result.score).any()
    # Without Ofcom (two of three inputs of a quarter) and IDAOPI (one of two) 17/24 of the weight is there.
    assert result.completeness == pytest.approx(17 / 24)
    # Connection, skills, age and health, means: the figures that docs/methods.md prints.
    assert result.correlations == pytest.approx([0.51, 0.78, 0.45, 0.70], abs=0.006)
    assert result.effective_weights == pytest.approx([0.17, 0.39, 0.13, 0.31], abs=0.006)
    assert np.abs(np.nansum(result.contributions, axis=1) - result.score).max() < 1e-9


def test_the_left_behind_are_as_many_as_the_methods_page_says(
    current_inputs: pd.DataFrame, file_7: pd.DataFrame
) -> None:
    chosen = recipe("digital_exclusion_2025")
    score = score_recipe(chosen, values=current_inputs.to_numpy(), indicator_ids=list(current_inputs.columns)).score
    need = Pillar(file_7[f"{IMD} Rank"].to_numpy(dtype=np.float64))
    answer = find_left_behind(pillars=[need, Pillar(rank_worst_first(score))])
    assert answer.is_left_behind.sum() == 3_978
    people = current_inputs["population"].to_numpy()
    assert people.sum() == pytest.approx(56.5e6, abs=5e4)
    assert people[answer.is_left_behind].sum() == pytest.approx(6.6e6, abs=5e4)


def test_deciles_of_2019_and_2025_agree_as_far_as_the_methods_page_says(
    real_data: Path, pairs: pd.DataFrame, population_2011: pd.Series, file_7: pd.DataFrame
) -> None:
    ranks = read_2019(real_data / "deprivation" / "File_2_-_IoD2019_Domains_of_Deprivation.csv.gz").filter(like="Rank")
    carried = crosswalk_rates(pairs=pairs, values=ranks.iloc[:, :1], population=population_2011).reindex(file_7.index)
    before = decile(rank_worst_first(carried.iloc[:, 0].to_numpy(), polarity="higher_is_better")).astype(int)
    moved = np.abs(before - file_7[f"{IMD} Decile"].to_numpy())
    assert (moved == 0).mean() == pytest.approx(0.51, abs=0.005)
    assert (moved <= 1).mean() == pytest.approx(0.91, abs=0.005)
