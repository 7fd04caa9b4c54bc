"""Where help would count most, and what changes if it were there: small cases by hand and by trying everything."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from etl.methods.access import measure_access
from etl.methods.arrays import MethodError
from etl.methods.nearness import is_near
from etl.methods.siting import choose_greedily, find_coverage
from etl.methods.siting_bounds import find_hopeful
from etl.methods.siting_exactly import NoExactAnswerError, choose_exactly
from etl.methods.what_if import measure_what_if, people_newly_within

# Greedy takes the middle place first (its four neighbours), and then one of the sides; the two sides reach all six.
TRAP = sparse.csr_array(np.array([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [0, 1, 1, 1, 1, 0]], dtype=np.float64))
ONES = np.ones(6)


def best_by_trying(covers: sparse.csr_array, people: np.ndarray, k: int) -> float:
    dense = covers.toarray() > 0
    return max(float(people[dense[list(some)].any(axis=0)].sum()) for some in combinations(range(len(dense)), k))


def random_case(seed: int) -> tuple[sparse.csr_array, np.ndarray, int]:
    rng = np.random.default_rng(seed)
    shape = (int(rng.integers(2, 9)), int(rng.integers(1, 20)))
    covers = sparse.csr_array((rng.random(shape) < 0.3).astype(np.float64))
    return covers, rng.integers(0, 2_000, shape[1]).astype(np.float64), int(rng.integers(1, shape[0] + 1))


def test_greedy_is_caught_by_a_trap_that_the_exact_answer_sees_through() -> None:
    quick = choose_greedily(TRAP, people=ONES, k=2)
    best = choose_exactly(TRAP, people=ONES, k=2)
    assert (quick.chosen[0], quick.reached) == (2, 5.0)
    assert (set(best.chosen), best.reached, best.at_most) == ({0, 1}, 6.0, 6.0)
    assert quick.at_most >= best.reached


@pytest.mark.parametrize("seed", range(12))
def test_the_exact_answer_is_that_of_trying_everything_and_greedy_keeps_its_promise(seed: int) -> None:
    covers, people, k = random_case(seed)
    truth = best_by_trying(covers, people, k)
    quick, best = choose_greedily(covers, people=people, k=k), choose_exactly(covers, people=people, k=k)
    assert best.reached == pytest.approx(truth, abs=0.5)
    assert truth * (1 - 1 / np.e) - 1e-9 <= quick.reached <= truth + 1e-9
    assert quick.at_most >= truth - 1e-9
    for answer in (quick, best):
        reached = (covers.toarray()[list(answer.chosen)] > 0).any(axis=0)
        assert answer.reached == pytest.approx(people[reached].sum())
        assert sum(answer.gains) == pytest.approx(answer.reached)
        assert len(answer.chosen) == len(set(answer.chosen)) <= k


@pytest.mark.parametrize("many", [0, 300])
@pytest.mark.parametrize("seed", range(12))
def test_no_candidate_of_a_better_choice_is_left_out_as_hopeless(
    seed: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With 0, the linear programme has its say in every case.
    monkeypatch.setattr("etl.methods.siting_bounds.MANY", many)
    covers, people, k = random_case(seed)
    reached = 0.9 * choose_greedily(covers, people=people, k=k).reached
    hopeful = set(find_hopeful(covers, people=people, k=k, reached=reached).tolist())
    dense = covers.toarray() > 0
    for some in combinations(range(len(dense)), k):
        if people[dense[list(some)].any(axis=0)].sum() > reached + 1:
            assert hopeful.issuperset(some)


def test_what_the_quick_choice_cannot_be_bettered_by_is_hopeless() -> None:
    apart = sparse.csr_array(np.eye(5))
    quick = choose_greedily(apart, people=np.array([9.0, 7, 5, 3, 1]), k=2)
    assert not find_hopeful(apart, people=np.array([9.0, 7, 5, 3, 1]), k=2, reached=quick.reached).size
    assert choose_exactly(apart, people=np.array([9.0, 7, 5, 3, 1]), k=2) == quick


def test_places_that_reach_nobody_new_are_not_chosen() -> None:
    covers = sparse.csr_array(np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]))
    for choose in (choose_greedily, choose_exactly):
        answer = choose(covers, people=np.array([5.0, 7.0]), k=3)
        assert (answer.chosen, answer.reached, answer.at_most) == ((0,), 5.0, 5.0)
        nobody = choose(covers, people=np.zeros(2), k=1)
        assert (nobody.chosen, nobody.reached) == ((), 0.0)


@pytest.mark.parametrize("k", [0, 4, -1])
def test_more_places_than_there_are_cannot_be_chosen(k: int) -> None:
    for choose in (choose_greedily, choose_exactly):
        with pytest.raises(MethodError, match="cannot be chosen from 3"):
            choose(TRAP, people=ONES, k=k)
    with pytest.raises(MethodError, match="below zero"):
        choose_greedily(TRAP, people=np.array([1.0, np.nan, 1, 1, 1, 1]), k=1)


def test_too_many_places_or_too_little_time_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.methods.siting_exactly.MOST_PAIRS", 1)
    with pytest.raises(NoExactAnswerError, match="too many places"):
        choose_exactly(TRAP, people=ONES, k=2)


def test_a_solver_that_runs_out_of_time_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_args: object, **_named: object) -> None:
        what = "Model is not solved: Not Solved."
        raise RuntimeError(what)

    monkeypatch.setattr("spopt.locate.MCLP.solve", give_up)
    # So small a case is settled by its bounds.
    monkeypatch.setattr("etl.methods.siting_exactly.find_hopeful", lambda _covers, **_asked: np.arange(3))
    with pytest.raises(NoExactAnswerError, match="not found within 60 seconds"):
        choose_exactly(TRAP, people=ONES, k=2)


def test_coverage_is_by_walking_distance_with_the_limit_included() -> None:
    candidates = np.array([[0.0, 0.0], [5_000.0, 0.0]])
    origins = np.array([[800 / 1.3, 0.0], [0.0, 616.0], [5_000.0, 1.0]])
    assert find_coverage(candidates=candidates, origins=origins).toarray().tolist() == [[1, 0, 0], [0, 0, 1]]
    assert find_coverage(candidates=np.empty((0, 2)), origins=origins).shape == (0, 3)


@pytest.mark.parametrize("seed", range(4))
def test_a_what_if_near_a_place_is_that_of_the_whole_country(seed: int) -> None:
    rng = np.random.default_rng(seed)
    origins, assets = rng.uniform(0, 12_000, (300, 2)), rng.uniform(0, 12_000, (25, 2))
    people, added = rng.integers(500, 3_000, 300).astype(np.float64), rng.uniform(2_000, 10_000, (2, 2))
    change = measure_what_if(origins=origins, population=people, assets=assets, added=added)
    for seen, everything in ((change.before, assets), (change.after, np.vstack([assets, added]))):
        whole = measure_access(origins=origins, population=people, assets=everything)
        assert seen.e2sfca == pytest.approx(whole.e2sfca[change.around], abs=1e-12)
        assert seen.nearest_m == pytest.approx(whole.nearest_m[change.around])
        assert (seen.count_within_1600m == whole.count_within_1600m[change.around]).all()
    before = measure_access(origins=origins, population=people, assets=assets)
    after = measure_access(origins=origins, population=people, assets=np.vstack([assets, added]))
    elsewhere = np.setdiff1d(np.arange(300), change.around)
    assert before.e2sfca[elsewhere] == pytest.approx(after.e2sfca[elsewhere])
    assert (after.e2sfca[change.around] >= before.e2sfca[change.around] - 1e-12).all()
    counted = rng.random(300) < 0.5
    newly = people_newly_within(change, population=people, counted=counted)
    is_new = (before.nearest_m > 800) & (after.nearest_m <= 800)
    assert newly["within_800m"] == people[is_new & counted].sum()
    assert people_newly_within(change, population=people)["within_800m"] == people[is_new].sum()


def test_a_first_asset_and_a_place_without_people_around_are_no_trouble() -> None:
    origins, people = np.array([[0.0, 0.0], [900.0, 0.0]]), np.array([1_000.0, 500.0])
    nothing = np.empty((0, 2))
    change = measure_what_if(origins=origins, population=people, assets=nothing, added=np.array([[0.0, 0.0]]))
    assert people_newly_within(change, population=people) == {"within_800m": 1_000, "within_1600m": 1_500}
    assert np.isinf(change.before.nearest_m).all()
    at_sea = measure_what_if(origins=origins, population=people, assets=nothing, added=np.array([[9e5, 9e5]]))
    assert len(at_sea.around) == 0
    assert people_newly_within(at_sea, population=people)["within_1600m"] == 0
    assert not is_near(nothing, origins, reach_m=1.0).size
