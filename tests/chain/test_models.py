"""The unit tests that stand beside the models, all of them, in the database of a small build."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines import transform
from tests.conftest import SmallCentre


def test_every_unit_test_beside_a_model_holds(small_centre: SmallCentre, tmp_path: Path) -> None:
    database = tmp_path / "warehouse.duckdb"
    shutil.copyfile(small_centre.folder / "work" / "cache" / "warehouse.duckdb", database)
    nodes = transform.unit_test_models(database, tmp_path / "target", "1GB")
    assert len(nodes) > 50
    assert not [f"{node.name}: {node.message}" for node in nodes if node.failed or node.status == "error"]
