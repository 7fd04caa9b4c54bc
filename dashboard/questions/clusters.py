"""Where do places of high priority lie side by side? And who is beside whom."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from dashboard.questions.levels import LevelQuestions
from dashboard.questions.places import Area, PlaceQuestions
from etl.methods.arrays import BoolArray, IntArray

NO_CLUSTER = 0


class ClusterQuestions(PlaceQuestions, LevelQuestions):
    """Questions about clusters, which the build works out for the default question."""

    @cached_property
    def cluster_of_neighbourhoods(self) -> IntArray:
        """Return the cluster that each neighbourhood is in, in order of feature_id; 0 for none."""
        clusters = np.zeros(len(self.areas_of_level("lsoa")), dtype=np.int64)
        rows = self.warehouse.frame("cluster_members")
        clusters[rows["feature_id"].to_numpy()] = rows["cluster_id"].to_numpy()
        return clusters

    @property
    def is_in_cluster(self) -> BoolArray:
        """Return which neighbourhoods are in a cluster, in order of feature_id."""
        in_cluster: BoolArray = self.cluster_of_neighbourhoods != NO_CLUSTER
        return in_cluster

    @cached_property
    def clusters(self) -> pd.DataFrame:
        """Return every cluster by id, most people first: name, neighbourhoods, people."""
        return self.warehouse.frame("clusters").set_index("cluster_id")

    def clusters_within(self, area_code: str) -> pd.DataFrame:
        """Return the clusters that reach into an area, all when none is named; `inside` says with how many."""
        inside = self.areas_within(area_code=area_code, level="lsoa")
        counts = np.bincount(self.cluster_of_neighbourhoods[inside], minlength=len(self.clusters) + 1)
        found = self.clusters.assign(inside=counts[self.clusters.index.to_numpy()])
        return found[found["inside"] > 0]

    def cluster_of(self, area: Area) -> int:
        """Return the cluster that a neighbourhood is in, 0 for none and for larger areas."""
        return int(self.cluster_of_neighbourhoods[area.feature_id]) if area.area_type == "lsoa" else NO_CLUSTER

    @lru_cache(maxsize=256)  # noqa: B019 - one repository lives as long as its snapshot is open
    def neighbours(self, area_code: str) -> tuple[Area, ...]:
        """Return the neighbourhoods that touch one, by name; none for an island."""
        codes = [row["neighbour_code"] for row in self.warehouse.rows("neighbours", lsoa21_code=area_code)]
        return tuple(found for code in codes if (found := self.area(code)))
