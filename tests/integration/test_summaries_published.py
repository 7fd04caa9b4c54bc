"""The official summaries beside those that are published: what MHCLG prints of districts must come out again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from etl.methods.arrays import FloatArray
from etl.methods.deprivation_summary import DeprivationSummary, summarise_deprivation
from etl.methods.imd import combine_domains
from etl.methods.summaries import build_membership
from tests.iod_columns import DOMAINS

# English Indices of Deprivation 2019, File 10, districts of 2019 (MHCLG, Open Government Licence v3.0): the sheets
# “IMD” (average score, proportion of LSOAs in the most deprived tenth, extent) and, for a few, of the domains.
FILE_10_OF_2019 = """
district average_score proportion extent
E06000001 35.037 .3621 .4973
E06000002 40.460 .4884 .5710
E06000009 45.039 .4149 .5766
E06000010 40.564 .4518 .5505
E06000017  8.381 0     0
E06000034 20.928 .0408 .1214
E06000052 23.072 .0521 .1323
E06000053 12.005 0     0
E07000029 25.012 .0612 .2299
E07000046 23.269 0     .1025
E07000062 34.281 .3019 .4376
E07000076 30.484 .1798 .3139
E07000117 37.793 .3833 .5357
E07000198 15.040 0     .0521
E08000003 40.005 .4326 .5999
E08000006 34.210 .3000 .4720
E08000009 16.088 .0507 .1127
E08000011 43.006 .4694 .5992
E08000012 42.412 .4866 .6213
E08000019 27.060 .2377 .3401
E08000025 38.067 .4131 .5792
E08000035 27.301 .2365 .3284
E09000001 14.720 0     .0322
E09000002 32.768 .0364 .4724
"""
DOMAINS_OF_2019 = """
district income employment education health crime barriers living_environment
E06000053 0     0     0     0     0     0     1
E07000046 0     .0270 .0541 0     0     .3243 .4865
E08000003 .3936 .3369 .1454 .5213 .6135 .0319 .1915
E08000011 .4694 .5000 .4286 .6122 .0408 0     .0510
E08000025 .3975 .3396 .2347 .2160 .1111 .1690 .4147
"""
# Published with four decimals.
FOUR_DECIMALS = 5e-5
IMD_RANK = "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)"


def published(text: str) -> pd.DataFrame:
    header, *rows = (line.split() for line in text.strip().splitlines())
    return pd.DataFrame(rows, columns=header).set_index("district").astype(float)


def summarise(
    districts: pd.Series, *, score: FloatArray, ranks: FloatArray, people: FloatArray
) -> tuple[pd.Index, DeprivationSummary]:
    area, names = pd.factorize(districts, sort=True)
    membership = build_membership(
        area=area.astype(np.int64), lsoa=np.arange(len(area)), shape=(len(names), len(districts))
    )
    return pd.Index(names), summarise_deprivation(membership=membership, score=score, ranks=ranks, population=people)


@pytest.fixture(scope="module")
def ranks_of_2019(real_data: Path) -> pd.DataFrame:
    path = real_data / "deprivation" / "File_2_-_IoD2019_Domains_of_Deprivation.csv.gz"
    return pd.read_csv(path, thousands=",", encoding="utf-8-sig", index_col=0)


@pytest.fixture(scope="module")
def people_of_2015(real_data: Path, ranks_of_2019: pd.DataFrame) -> FloatArray:
    path = real_data / "deprivation" / "File_6_-_IoD2019_Population_Denominators.csv.gz"
    people = pd.read_csv(path, thousands=",", encoding="utf-8-sig", index_col=0)
    return people.iloc[:, 3].reindex(ranks_of_2019.index).to_numpy(dtype=np.float64)


def domain_ranks(ranks: pd.DataFrame, domain: str) -> FloatArray:
    return ranks[f"{DOMAINS[domain]} Rank (where 1 is most deprived)"].to_numpy(dtype=np.float64)


def test_districts_have_the_average_score_the_proportion_and_the_extent_that_file_10_of_2019_prints(
    ranks_of_2019: pd.DataFrame, people_of_2015: FloatArray
) -> None:
    # Scores were published in another file; they are rebuilt from the ranks of the domains, to about 0.001.
    score = combine_domains(ranks={domain: domain_ranks(ranks_of_2019, domain) for domain in DOMAINS})
    names, summary = summarise(
        ranks_of_2019.iloc[:, 1],
        score=score,
        ranks=ranks_of_2019[IMD_RANK].to_numpy(dtype=np.float64),
        people=people_of_2015,
    )
    assert len(names) == 317
    printed = published(FILE_10_OF_2019)
    place = names.get_indexer(printed.index)
    assert np.abs(summary.proportion[place] - printed["proportion"]).max() <= FOUR_DECIMALS
    assert np.abs(summary.extent[place] - printed["extent"]).max() <= FOUR_DECIMALS
    assert np.abs(summary.average_score[place] - printed["average_score"]).max() <= 0.0015


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_proportion_of_every_domain_is_that_of_file_10_of_2019(
    domain: str, ranks_of_2019: pd.DataFrame, people_of_2015: FloatArray
) -> None:
    ranks = domain_ranks(ranks_of_2019, domain)
    names, summary = summarise(ranks_of_2019.iloc[:, 1], score=ranks, ranks=ranks, people=people_of_2015)
    printed = published(DOMAINS_OF_2019)[domain]
    assert np.abs(summary.proportion[names.get_indexer(printed.index)] - printed).max() <= FOUR_DECIMALS


def test_the_districts_that_the_release_of_2025_names_stand_where_it_says(real_data: Path) -> None:
    """What the statistical release of 30 October 2025 says of the proportion, and what was told of it."""
    file_7 = real_data / "deprivation" / "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv"
    places = pd.read_csv(file_7, usecols=["LSOA code (2021)", IMD_RANK], index_col=0)
    look_up = pd.read_csv(real_data / "geography" / "LSOA21_SICBL24_ICB24_LAD24_EN_LU.csv", index_col="LSOA21CD")
    ranks = places[IMD_RANK].to_numpy(dtype=np.float64)
    names, summary = summarise(
        look_up["LAD24NM"].reindex(places.index), score=ranks, ranks=ranks, people=np.ones(len(ranks))
    )
    proportion = pd.Series(summary.proportion, index=names).sort_values(ascending=False)
    assert len(proportion) == 296
    assert list(proportion.index[:5]) == [
        "Middlesbrough", "Birmingham", "Hartlepool", "Kingston upon Hull, City of", "Manchester",
    ]  # fmt: skip
    assert (proportion > 0).mean() == pytest.approx(0.65, abs=0.005)
    standing = proportion.rank(ascending=False, method="min")
    told = {name: (standing[name], round(100 * proportion[name])) for name in ("Knowsley", "Liverpool")}
    assert told == {"Knowsley": (7, 40), "Liverpool": (12, 37)}
