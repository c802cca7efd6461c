"""Scores the judgement layer against the demo's known truth: what `floorwalk check --truth` runs.

Belongs here: centres with known truth, the real chain over each, and how often it was right. Does not belong here: the
truth itself (`pipelines.demo`), any rule of the judgement layer (`dbt_project`).
"""

from __future__ import annotations

from pipelines.truth.centres import measure
from pipelines.truth.table import Line, Promise, Table

__all__ = ["Line", "Promise", "Table", "measure"]
