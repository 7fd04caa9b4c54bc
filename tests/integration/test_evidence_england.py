"""Certainty and clusters of all England."""

from __future__ import annotations

import duckdb
import pytest

from etl.publish import current_snapshot
from etl.settings import Settings

pytestmark = pytest.mark.england

NEIGHBOURHOODS = 33_755


def test_every_neighbourhood_of_england_has_a_certainty_and_only_scilly_has_no_neighbour(
    england_settings: Settings,
) -> None:
    with duckdb.connect(str(current_snapshot(england_settings)), read_only=True) as con:
        places, in_worst = con.execute("SELECT count(*), sum(share_in_worst_tenth) FROM certainty").fetchall()[0]
        assert places == NEIGHBOURHOODS
        assert in_worst == pytest.approx(NEIGHBOURHOODS // 10)
        firm = con.execute(
            "SELECT count(*), count(*) FILTER (is_left_behind) FROM certainty JOIN left_behind USING (lsoa21_code) "
            "WHERE share_in_worst_tenth >= 0.95"
        ).fetchall()[0]
        # In single precision another processor may tell a few places on the edge apart.
        assert firm[0] == firm[1] == pytest.approx(1_749, abs=5)
        alone = con.execute(
            "SELECT lsoa21_name FROM cluster JOIN neighbourhood USING (lsoa21_code) WHERE kind = 'island'"
        ).fetchall()
        assert [name for (name,) in alone] == ["Isles of Scilly 001A"]
        counts = con.execute("SELECT count(DISTINCT cluster_id), count(cluster_id) FROM cluster").fetchall()[0]
        assert counts == pytest.approx((302, 3_651), abs=5)
