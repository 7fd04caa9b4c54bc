"""The made-up figures keep the publishers' own arithmetic, and go together as they do in England."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.demo_mirror import find, read, read_ages, write_once

WEIGHTS = {
    "Income Rank": 0.225,
    "Employment Rank": 0.225,
    "Education, Skills and Training Rank": 0.135,
    "Health Deprivation and Disability Rank": 0.135,
    "Crime Rank": 0.093,
    "Barriers to Housing and Services Rank": 0.093,
    "Living Environment Rank": 0.093,
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_once(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def scores(demo: Path) -> pd.DataFrame:
    table = read(demo, "scores_2025").set_index("LSOA code (2021)")
    return table.rename(columns=lambda heading: heading.split(" (where")[0].removesuffix(" (rate)"))


@pytest.fixture(scope="module")
def kinds(demo: Path) -> pd.Series[str]:
    """Return whether each LSOA is by the sea, in the port, in the city or in the country, told by its names."""
    lookup = read(demo, "health_lookup").set_index("LSOA21CD")
    names = read(demo, "msoa_names").set_index("msoa21nm")["msoa21hclnm"]
    local = lookup["LSOA21NM"].str[:-1].map(names)
    rural = read(demo, "rural_urban").set_index("LSOA21CD")["Urban_rural_flag"]
    kind = pd.Series("town", index=lookup.index).mask(rural == "Rural", "country")
    kind = kind.mask(
        local.str.contains(r" (?:Basin|Dock|End|Quay|Reach|Side|Slip|Yard)$") & (lookup["LAD24NM"] == "Orrin South"),
        "port",
    )
    kind = kind.mask(local.str.contains(r" (?:Bay|Cliff|Esplanade|Parade|Point|Sands)$"), "seaside")
    return kind.mask((lookup["LAD24NM"] == "Harrowick") & (rural == "Urban"), "city")


def test_imd_scores_are_rebuilt_from_the_ranks_of_their_domains(scores: pd.DataFrame) -> None:
    count = len(scores)
    rebuilt = sum(
        weight * -23 * np.log(1 - (count - scores[rank] + 1) / count * (1 - np.exp(-100 / 23)))
        for rank, weight in WEIGHTS.items()
    )
    assert np.abs(rebuilt - scores["Index of Multiple Deprivation (IMD) Score"]).max() <= 0.0005 + 1e-9
    order = rebuilt.rank(ascending=False, method="first")
    assert (order == scores["Index of Multiple Deprivation (IMD) Rank"]).all()


def test_ranks_follow_scores_and_deciles_follow_ranks(scores: pd.DataFrame) -> None:
    ranks = [heading for heading in scores.columns if heading.endswith(" Rank")]
    assert len(ranks) == 16
    for rank in ranks:
        assert sorted(scores[rank]) == list(range(1, len(scores) + 1))
        by_rank = scores.sort_values(rank)[rank.replace(" Rank", " Score")]
        assert by_rank.is_monotonic_decreasing, rank
        decile = next(h for h in scores.columns if h.startswith(rank.replace(" Rank", " Decile")))
        assert (scores[decile] == np.ceil(10 * scores[rank] / len(scores))).all(), decile


def test_deri_scores_are_the_means_of_their_components(demo: Path) -> None:
    deri = read(demo, "deri")
    three = deri[["broadband_comp_national", "demography_comp_national", "deprivation_comp_national"]]
    assert np.abs(three.mean(axis=1) - deri["deri_score_national"]).max() <= 1e-9
    four = three.assign(health=deri["health_access_comp_national"])
    assert np.abs(four.mean(axis=1) - deri["depahri_score_national"]).max() <= 1e-9


def test_counts_of_people_add_up(demo: Path, scores: pd.DataFrame) -> None:
    ages, disability = read_ages(demo), read(demo, "disability").set_index("geography code")
    assert ages["Total"].between(1_000, 3_000).all()
    assert (ages.drop(columns="Total").sum(axis=1) < 0.7 * ages["Total"]).all()
    total, disabled, others = (disability[heading] for heading in disability.columns[2:])
    assert (disabled + others == total).all()
    assert (total == ages["Total"].loc[total.index]).all()
    population = scores[[heading for heading in scores.columns if "mid 2022" in heading]]
    everyone, children, over_60, working = (population[heading] for heading in population.columns)
    assert ((children + over_60 < everyone) & (working < everyone) & (working > 0)).all()


def test_published_numerators_are_rounded_to_5_and_hidden_below_10(demo: Path) -> None:
    numerators = read(demo, "underlying_2025").filter(regex="numerator$")
    known = numerators.stack().dropna()
    assert (known % 5 == 0).all()
    assert known.min() >= 10
    assert 0 < numerators.isna().sum().sum() < 0.1 * numerators.size


def test_premises_are_parts_of_all_premises(demo: Path) -> None:
    coverage = pd.read_csv(find(demo, "*fixed_oa_coverage*.csv")).set_index("output_area")
    everything, no_30, below_uso, gigabit = (coverage[heading] for heading in coverage.columns)
    assert (everything > 0).all()
    assert ((below_uso <= no_30) & (no_30 + gigabit <= everything)).all()


@pytest.mark.parametrize(
    "domain", ["Income", "Employment", "Education, Skills and Training", "Health Deprivation and Disability", "Crime"]
)
def test_domains_of_need_go_together_as_they_do_in_england(scores: pd.DataFrame, real_data: Path, domain: str) -> None:
    def correlation(table: pd.DataFrame) -> float:
        pair = table[["Index of Multiple Deprivation (IMD) Score", f"{domain} Score"]]
        return float(pair.corr(method="spearman").iloc[0, 1])

    real = pd.read_csv(find(real_data, "File_7_IoD2025_All_Ranks*.csv"))
    real.columns = real.columns.str.removesuffix(" (rate)")
    assert correlation(scores) == pytest.approx(correlation(real), abs=0.12)


def test_need_is_worst_in_the_port_and_the_seaside_and_least_in_the_country(
    scores: pd.DataFrame, kinds: pd.Series[str]
) -> None:
    imd = scores["Index of Multiple Deprivation (IMD) Score"].groupby(kinds).mean()
    assert imd["port"] > imd["seaside"] > imd["country"]
    assert imd["city"] > imd["country"]
    skills = scores["Adult Skills Sub-domain Score"].groupby(kinds).mean()
    assert skills.idxmax() == "port"


def test_broadband_is_worst_in_the_country_and_people_are_oldest_by_the_sea(demo: Path, kinds: pd.Series[str]) -> None:
    underlying = read(demo, "underlying_2025").set_index("lsoa21_code")
    broadband = underlying["digital_connectivity_broadband_download_and_upload_speeds"].groupby(kinds).mean()
    assert broadband.idxmax() == "country"
    ages = read_ages(demo)
    older = (ages.drop(columns="Total").sum(axis=1) / ages["Total"]).groupby(kinds).mean()
    assert older.idxmax() in {"seaside", "country"}
    assert older.idxmin() == "city"


def test_appointments_move_to_the_telephone_in_april_2020_and_part_of_the_way_back(demo: Path) -> None:
    table = pd.read_csv(find(demo, "Regional_CSV_*.csv"))
    sums = table.pivot_table(
        index="Appointment_Month", columns="APPT_MODE", values="COUNT_OF_APPOINTMENTS", aggfunc="sum"
    )
    telephone = sums["Telephone"] / sums.sum(axis=1)
    assert len(telephone) == 30
    assert telephone["FEB2020"] < 0.25
    assert telephone["APR2020"] > 0.40
    assert telephone["FEB2020"] < telephone["AUG2021"] < telephone["APR2020"]
