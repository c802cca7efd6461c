"""Every folder of tests/drops is a faulty drop and, in expected.txt, the exact words a person reads about it.

A fault that takes several deliveries has them in step1, step2 …, taken in one after the other into the same lake. Where
words alone do not show that a value was read as meant, held.sql asks the lake afterwards and held.txt is the answer.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from pipelines.errors import FloorwalkError
from pipelines.ingest import Intake, intake
from pipelines.ingest.contract import load_contract
from pipelines.ingest.layout import Layouts, load_layouts
from pipelines.ingest.reasons import ROW_REASONS
from pipelines.ingest.results import refused_days
from pipelines.settings import PROJECT
from tests.unit.ingest_centre import build, raw

DROPS = PROJECT / "tests" / "drops"
CASES = sorted(folder.name for folder in DROPS.iterdir() if folder.is_dir())
ABOUT = ("expected.txt", "held.sql", "held.txt")


@lru_cache
def _layouts_once() -> Layouts:
    dbt_project = PROJECT / "dbt_project"
    return load_layouts(dbt_project, load_contract(dbt_project))


@pytest.fixture(autouse=True)
def _layouts_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading all mappings takes four times as long as taking in one of these drops."""
    monkeypatch.setattr(intake, "load_layouts", lambda *_: _layouts_once())


@pytest.mark.parametrize("fault", CASES)
def test_a_faulty_drop_is_told_in_these_words(fault: str, tmp_path: Path) -> None:
    words, held = told(DROPS / fault, tmp_path)
    assert words == (DROPS / fault / "expected.txt").read_text(encoding="utf-8")
    asked = DROPS / fault / "held.txt"
    assert held == (asked.read_text(encoding="utf-8") if asked.exists() else "")


def test_there_are_faulty_drops() -> None:
    assert len(CASES) >= 5


def told(folder: Path, scratch: Path) -> tuple[str, str]:
    """What is said about the deliveries of a folder, and what the lake answers to its held.sql."""
    steps = sorted(folder.glob("step[0-9]"))
    said, taken = list[str](), None
    for step in steps or [folder]:
        drop = scratch / "drop"
        shutil.rmtree(drop, ignore_errors=True)
        shutil.copytree(step, drop, ignore=shutil.ignore_patterns(*ABOUT))
        try:
            taken = build(drop, scratch / "lake", PROJECT / "dbt_project", scratch / "scratch")
            words = "\n".join(_told(taken))
        except FloorwalkError as error:
            words = f"exit {error.exit_code.value}\n{error}"
        words = words.replace(str(drop), "the drop")
        said.append(f"{step.name}\n{words}" if steps else words)
    return "\n".join(said) + "\n", _held(folder / "held.sql", scratch / "lake", taken)


def _held(question: Path, lake: Path, taken: Intake | None) -> str:
    if taken is None or not question.exists():
        return ""
    with raw(lake, PROJECT / "dbt_project", taken) as connection:
        rows = connection.execute(question.read_text(encoding="utf-8")).fetchall()
    return "".join(" | ".join("nothing" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def _told(taken: Intake) -> Iterator[str]:
    for table, rows in taken.tables.items():
        yield f"{table}: {rows['accepted']} accepted, {rows['refused']} refused, {rows['held']} held"
    yield from (str(note) for note in taken.notes)
    for delivery in taken.new_deliveries:
        for refusal in taken.refusals[delivery.delivery_id, delivery.table_name]:
            place = f"{delivery.file}, {delivery.table_name}.{refusal.column or '(whole line)'}"
            days = f"; {said}" if (said := refused_days(refusal)) else ""
            yield f"{place}: {ROW_REASONS[refusal.reason]} ({refusal.rows}; lines {refusal.first_lines}{days})"
