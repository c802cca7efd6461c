"""Every folder of tests/drops is a faulty drop and, in expected.txt, the exact words a person reads about it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.errors import FloorwalkError
from pipelines.ingest import Intake
from pipelines.ingest.reasons import ROW_REASONS
from pipelines.settings import PROJECT
from tests.unit.ingest_centre import build

CASES = sorted(folder.name for folder in (PROJECT / "tests" / "drops").iterdir() if folder.is_dir())


@pytest.mark.parametrize("fault", CASES)
def test_a_faulty_drop_is_told_in_these_words(fault: str, project: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    shutil.copytree(project / "tests" / "drops" / fault, drop, ignore=shutil.ignore_patterns("expected.txt"))
    try:
        words = _told(build(drop, tmp_path / "lake", project / "dbt_project", tmp_path / "scratch"))
    except FloorwalkError as error:
        words = f"exit {error.exit_code.value}\n{error}"
    expected = (project / "tests" / "drops" / fault / "expected.txt").read_text(encoding="utf-8")
    assert words.replace(str(drop), "the drop") + "\n" == expected


def test_there_are_faulty_drops() -> None:
    assert len(CASES) >= 5


def _told(intake: Intake) -> str:
    lines = [
        f"{table}: {rows['accepted']} accepted, {rows['refused']} refused, {rows['held']} held"
        for table, rows in intake.tables.items()
    ]
    lines += [str(note) for note in intake.notes]
    for delivery in intake.deliveries:
        for refusal in intake.refusals[delivery.delivery_id, delivery.table_name]:
            place = f"{delivery.file}, {delivery.table_name}.{refusal.column or '(whole line)'}"
            lines.append(f"{place}: {ROW_REASONS[refusal.reason]} ({refusal.rows}; lines {refusal.first_lines})")
    return "\n".join(lines)
