"""No published figure depends on the order of rows in a delivery or on how many threads computed it."""

from __future__ import annotations

import math
import os
import shutil
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from pipelines import ingest, transform, warehouse
from pipelines.progress import Silent
from pipelines.settings import Settings
from tests.conftest import SmallCentre

ABOUT_FILES = {"fct_delivery", "fct_refusal", "fct_unrecognised", "dim_table", "dim_edition"}
"""Marts that tell of files and their lines; a shuffled file is another file."""
KEPT = {"fct_published_item": "kind <> 'delivery'"}
"""Marts of which only these rows are not about files."""


def test_shuffled_rows_and_one_thread_publish_the_same_figures(
    small_centre: SmallCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop = tmp_path / "drop"
    shutil.copytree(small_centre.folder / "drop", drop)
    assert shuffle(drop, seed=20) > 15
    again = compute_with_one_thread(drop, tmp_path, monkeypatch)
    assert different(small_centre.built.work / "marts", again) == {}


def shuffle(drop: Path, seed: int) -> int:
    """Put the rows of every text file below its header in another order, keeping its date; how many files changed."""
    draw, changed = np.random.default_rng(seed), 0
    for file in sorted(each for each in drop.rglob("*") if each.suffix in (".csv", ".tsv", ".txt")):
        seen, content = file.stat(), file.read_bytes()
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"  # latin-1: bytes as they are
        lines = [f"{line}\n" for line in content.decode(encoding).rstrip("\n").split("\n")]
        above = 1 if lines[0].count(",") == lines[1].count(",") else 2  # a title stands over the header
        rows = lines[above:]
        assert all(row.count('"') % 2 == 0 for row in rows), f"{file.name} has a line break inside a value"
        mixed = [rows[place] for place in draw.permutation(len(rows))]
        file.write_bytes("".join([*lines[:above], *mixed]).encode(encoding))
        os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        changed += mixed != rows
    return changed


def compute_with_one_thread(drop: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of marts of a drop, every DuckDB of the build confined to one thread."""
    connect, opened = duckdb.connect, 0

    def confined(*arguments: Any, **options: Any) -> duckdb.DuckDBPyConnection:
        nonlocal opened
        opened += 1
        connection = connect(*arguments, **options)
        connection.execute("set threads = 1")
        return connection

    monkeypatch.setattr(duckdb, "connect", confined)
    settings, scratch = Settings(drop=drop, work=folder / "work", free_text="redacted"), folder / "scratch"
    scratch.mkdir()
    intake = ingest.take_in(
        drop,
        settings.lake,
        transform.DBT_PROJECT,
        memory_limit=settings.memory_limit,
        scratch=scratch,
        progress=Silent(),
    )
    result = transform.compute(settings, folder, intake, Silent())
    assert not result.failures
    assert opened > 2
    return result.marts


def different(one: Path, other: Path) -> dict[str, list[str]]:
    """Columns in which two folders of marts differ, by mart; measures may differ by what sums of doubles leave."""
    found = {}
    for file in sorted(one.glob("*.parquet")):
        if file.stem in ABOUT_FILES:
            continue
        pair = [only_in(file, other / file.name), only_in(other / file.name, file)]
        columns = {column for rows in zip(*pair, strict=False) for column in apart(*rows)}
        if len(pair[0]) != len(pair[1]):
            columns.add("number of rows")
        if columns:
            found[file.stem] = sorted(columns)
    return found


def only_in(one: Path, other: Path) -> list[dict[str, Any]]:
    """Rows of one mart that are not bit for bit in the other, ordered by what is no measure, then by the measures."""
    kinds = warehouse.read(f"select column_name, column_type from (describe from read_parquet('{one}'))")
    order = sorted(kinds, key=lambda column: column[1] == "DOUBLE")
    rows = warehouse.read(
        f"select {', '.join(str(name) for name, _ in order)} from "
        f"(from read_parquet('{one}') except all from read_parquet('{other}')) "
        f"where {KEPT.get(one.stem, 'true')} order by all"
    )
    return [dict(zip([str(name) for name, _ in order], row, strict=True)) for row in rows]


def apart(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Columns in which two rows differ by more than eight digits, which no page shows."""
    return [
        name
        for name, value in one.items()
        if value != other[name]
        and not (
            isinstance(value, float)
            and isinstance(other[name], float)
            and math.isclose(value, other[name], rel_tol=1e-8, abs_tol=1e-8)
        )
    ]
