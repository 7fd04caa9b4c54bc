"""The steps of the plain load that say how sure the order is, and where its first places lie side by side.

As a careful analyst would write them: a loop over the draws with numpy and SciPy, every rank kept, and PySAL.
"""

from __future__ import annotations

import tomllib
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.stats import rankdata

DRAWS, SEED, CONCENTRATION = 10_000, 2025, 24
SCALINGS = ("own", "min_max", "z_score", "iod_exponential")


def draw_certainty(values: pd.DataFrame, recipe: Path) -> pd.DataFrame:
    """Return the ranks between which each place stands in nine of ten draws, and its share of draws in the worst tenth.

    Weights of need and digital exclusion, of the recipe's components and of their inputs are drawn around those
    chosen, and one of four scalings for all of them.
    """
    rng = np.random.default_rng(SEED)
    components = [
        [entry for entry in component["input"] if entry["indicator_id"] in values]
        for component in tomllib.loads(recipe.read_text(encoding="utf-8"))["component"]
    ]
    inputs = values[[entry["indicator_id"] for component in components for entry in component]].to_numpy()
    scaled = {name: np.column_stack([_scale(column, name) for column in inputs.T]) for name in SCALINGS}
    need = {name: _scale(values["imd_2025"].to_numpy(), name) for name in SCALINGS}
    ranks = np.empty((DRAWS, len(values)), dtype=np.uint16)
    for draw in range(DRAWS):
        name = SCALINGS[rng.integers(len(SCALINGS))]
        pillars = rng.dirichlet([CONCENTRATION / 2] * 2)
        weights = rng.dirichlet([CONCENTRATION / len(components)] * len(components))
        shares = [
            weight * rng.dirichlet(CONCENTRATION * _normal([entry["weight"] for entry in component]))
            for weight, component in zip(weights, components, strict=True)
        ]
        exclusion = _scale(scaled[name] @ np.concatenate(shares), name)
        ranks[draw] = rankdata(-(pillars[0] * need[name] + pillars[1] * exclusion), method="ordinal")
    in_worst = (ranks <= len(values) // 10).mean(axis=0)
    low, high = np.percentile(ranks, [5, 95], axis=0, method="inverted_cdf", overwrite_input=True)
    columns = {"rank_low": low, "rank_high": high, "share_in_worst_tenth": in_worst}
    return pd.DataFrame(columns, index=values.index).reset_index(names="lsoa21_code")


def _normal(weights: list[float]) -> np.ndarray:
    return np.array(weights) / sum(weights)


def _scale(column: np.ndarray, name: str) -> np.ndarray:
    if name == "min_max":
        return 100 * (column - column.min()) / (column.max() - column.min())
    if name == "z_score":
        return (column - column.mean()) / column.std()
    relative = rankdata(column) / len(column)
    return 100 * relative if name == "own" else -23 * np.log(1 - relative * (1 - np.exp(-100 / 23)))


def find_clusters(places: gpd.GeoDataFrame, priority: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who touches whom, and how each place stands among its neighbours (local Moran's I, 999 permutations)."""
    # Not imported above: they take seconds, which is no step of a load.
    import esda  # noqa: PLC0415
    from libpysal.weights import Queen  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weights = Queen.from_dataframe(places, use_index=False)
        moran = esda.Moran_Local(priority.to_numpy(), weights, permutations=999, seed=SEED, keep_simulations=False)
    codes = places["lsoa21_code"].to_numpy()
    pairs = [(codes[one], codes[other]) for one, others in weights.neighbors.items() for other in others]
    has_neighbours = np.array([bool(weights.neighbors[place]) for place in range(len(codes))])
    is_significant = has_neighbours & (moran.p_sim <= esda.fdr(moran.p_sim[has_neighbours], 0.05))
    kinds = np.array(["", "high_high", "low_high", "low_low", "high_low"])[moran.q]
    clusters = pd.DataFrame({"lsoa21_code": codes, "local_moran": moran.Is, "p_value": moran.p_sim})
    clusters["kind"] = np.where(is_significant, kinds, "not_significant")
    is_high = is_significant & (moran.q == 1)
    groups = places[is_high].dissolve().explode().reset_index(drop=True)
    points = places[is_high].set_geometry(places[is_high].representative_point())[["lsoa21_code", "geometry"]]
    numbered = points.sjoin(groups[["geometry"]]).set_index("lsoa21_code")["index_right"]
    return pd.DataFrame(pairs, columns=["lsoa21_code", "neighbour_code"]), clusters.join(
        numbered.rename("cluster_id"), on="lsoa21_code"
    )
