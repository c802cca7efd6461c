"""A small project with one layout, and files of it in every kind; helper of the test_ingest_… files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.ingest import Intake, create_raw_views, take_in
from pipelines.privacy import DEFAULT, Privacy
from pipelines.progress import Silent
from pipelines.settings import PROJECT

LAYOUT = """\
name: calls
title: {en: Calls, zh: 通话}
read: {kinds: [csv, tsv, xlsx, jsonl, parquet]}
columns:
  call: [Call Id, 通话编号]
  agent: [Agent, 坐席姓名]
  start: [Start, 开始时间]
  answered: [Answered, 接通]
  talk: [Talk, 通话时长]
  rating: {headers: [Rating, 满意度], optional: true}
tables:
  contacts:
    refuse:
      - {when: "agent = '小计'", column: agent_id, reason: total_row}
    columns:
      contact_id: call
      agent_id: agent
      started_at: as_timestamp(start)
      is_answered: as_yes_no(answered)
      talk_seconds: as_seconds(talk)
  surveys:
    when: rating is not null
    columns:
      survey_id: call
      answered_at: as_timestamp(start)
      score: as_number(rating)
      scale_min: "1"
      scale_max: "5"
"""
ENGLISH = ("Call Id", "Agent", "Start", "Answered", "Talk", "Rating")
CHINESE = ("通话编号", "坐席姓名", "开始时间", "接通", "通话时长", "满意度")
ROWS = (
    ("C1", "王芳", "2024-03-01 09:00:00", "Y", "00:02:23", "5"),
    ("C2", "李强", "2024-03-01 09:05:00", "Y", "80", ""),
    ("C3", "", "2024-03-01 09:07:00", "N", "", ""),
    ("C4", "王芳", "2024-03-02 10:00:00", "Y", "a while", "4"),
    ("", "李强", "yesterday", "Y", "-5", "3"),
)
"""Three good rows, one unreadable talk time, and one row with three faults."""


class Centre:
    """A drop, a lake and a project in a temporary folder."""

    def __init__(self, folder: Path, layout: str = LAYOUT) -> None:
        self.drop, self.lake, self.project = folder / "drop", folder / "lake", folder / "project"
        self._scratch = folder / "scratch"
        self.drop.mkdir()
        contract = Path("models", "staging", "_sources.yml")
        (self.project / contract).parent.mkdir(parents=True)
        (self.project / "exports").mkdir()
        shutil.copy(PROJECT / "dbt_project" / contract, self.project / contract)
        for sql in ("_parsers.sql", "_redaction.sql", "_totals.sql"):
            shutil.copy(PROJECT / "dbt_project" / "exports" / sql, self.project / "exports")
        self.layout(layout)

    def layout(self, text: str, name: str = "calls") -> None:
        (self.project / "exports" / f"{name}.yml").write_text(text, encoding="utf-8")

    def deliver(self, name: str, content: str | bytes) -> Path:
        file = self.drop / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def take_in(self, now: datetime | None = None) -> Intake:
        return build(self.drop, self.lake, self.project, self._scratch, now)

    @contextmanager
    def raw(self, intake: Intake) -> Iterator[duckdb.DuckDBPyConnection]:
        with raw(self.lake, self.project, intake) as connection:
            yield connection

    def faults(self, table: str = "contacts") -> list[tuple[object, ...]]:
        """file, line, column, reason and source text of everything in the quarantine of a table."""
        with duckdb.connect(":memory:") as connection:
            return connection.execute(
                "select file, source_line, column_name, reason, source_text from read_parquet(?) order by all",
                [str(self.lake / "refused" / f"*__{table}.parquet")],
            ).fetchall()


def build(drop: Path, lake: Path, project: Path, scratch: Path, now: datetime | None = None) -> Intake:
    return take_in(drop, lake, project, memory_limit="1GB", scratch=scratch, progress=Silent(), now=now)


@contextmanager
def raw(lake: Path, project: Path, intake: Intake, privacy: Privacy = DEFAULT) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        create_raw_views(connection, lake, project, intake, privacy)
        yield connection


def delimited(header: tuple[str, ...] = ENGLISH, rows: tuple[tuple[str, ...], ...] = ROWS, by: str = ",") -> str:
    return "".join(by.join(row) + "\n" for row in (header, *rows))
