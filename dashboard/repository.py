"""Every question that is asked of the warehouse; the only way pages get at data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dashboard.questions.clusters import ClusterQuestions
from dashboard.questions.exports import ExportQuestions
from dashboard.questions.likeness import LikenessQuestions
from dashboard.questions.segments import SegmentQuestions
from dashboard.questions.shapes import ShapeQuestions
from dashboard.questions.switching import SwitchQuestions
from dashboard.warehouse import open_warehouse, require_contract


class Repository(
    LikenessQuestions, ClusterQuestions, SwitchQuestions, SegmentQuestions, ShapeQuestions, ExportQuestions
):
    """The questions of one snapshot.

    Its methods are questions and its answers are dataclasses or data frames; pages know neither SQL nor DuckDB.
    Answers are kept while the snapshot is open, so a data frame that it gives must not be changed in place.
    """


@lru_cache(maxsize=2)
def open_repository(snapshot: Path) -> Repository:
    """Return the repository of a snapshot, opened once; a new build has a new path and so a new repository.

    Raises
    ------
    OutdatedSnapshotError
        If another version of the program built it, and it lacks what this one reads.
    """
    warehouse = open_warehouse(snapshot)
    require_contract(warehouse)
    return Repository(warehouse=warehouse)
