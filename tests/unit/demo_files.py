"""Reading the files of the demo centre as plain rows, for its tests."""

from __future__ import annotations

import csv
import json
import re
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines.demo import write_demo

Row = dict[str, Any]


def written(folder: Path) -> Path:
    """A centre of 60 agents in `folder`, its quality files as text, which is read sooner than workbooks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.demo.exports_quality.WORKBOOK_ROWS", 0)
        write_demo(folder, agents=60, teams=6, contacts=60_000, quarters=4)
    return folder


def table(file: Path) -> list[Row]:
    """Rows of a text table."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def workbook(file: Path) -> list[Row]:
    """Rows of a workbook's first sheet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lines = list(openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]


def rows_of(file: Path) -> list[Row]:
    """Rows of either."""
    return workbook(file) if file.suffix == ".xlsx" else table(file)


def scored_items(demo: Path) -> list[Row]:
    """Scored items of all contacts, test calls aside."""
    return [row for file in sorted((demo / "drop/quality").glob("quality_*")) for row in rows_of(file)]


def coaching_log(demo: Path) -> list[Row]:
    """The log, with its days as days."""
    rows = [row for file in sorted((demo / "drop/coaching").glob("辅导记录_*.xlsx")) for row in workbook(file)]
    return [{**row, "held": row["辅导日期"].date(), "due": row["完成期限"].date()} for row in rows]


def goal_looks(demo: Path) -> list[Row]:
    """Looks at goals, with their days as days."""
    rows = [row for file in sorted((demo / "drop/coaching").glob("目标跟进_*.csv")) for row in table(file)]
    return [{**row, "day": date(*map(int, re.findall(r"\d+", row["跟进日期"])))} for row in rows]


def complaint_rows(demo: Path) -> list[Row]:
    """Complaints; the last line of the file is broken off."""
    lines = (demo / "drop/complaints/complaints.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[:-1]]


def current_staff(demo: Path) -> dict[str, Row]:
    """Agents who have not left, by id, as of their newest row."""
    rows = {row["工号 Employee ID"]: row for row in table(demo / "drop/people/花名册.csv")}
    return {agent: row for agent, row in rows.items() if not row["离职日期"]}


def story(demo: Path, kind: str) -> Row:
    """The one planted story of this kind."""
    (found,) = [one for one in stories(demo) if one["story"] == kind]
    return found


def stories(demo: Path) -> list[Row]:
    """All planted stories."""
    found: list[Row] = json.loads((demo / "truth" / "stories.json").read_text(encoding="utf-8"))
    return found


def is_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return any("一" <= sign <= "鿿" for sign in text)


def seconds(clock: str) -> int:
    """hh:mm:ss or mm:ss in seconds."""
    total = 0
    for part in clock.split(":"):
        total = 60 * total + int(part)
    return total
