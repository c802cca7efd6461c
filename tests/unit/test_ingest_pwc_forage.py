"""PwC file: three kinds of file, the same calls, counted once, with the numbers that were published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.ingest_centre import build, raw

pytestmark = pytest.mark.oracle
FILES = ("01 Call-Center-Dataset.xlsx", "call_center_clean.csv", "call_center_ddmmyyyy.csv")


def test_each_kind_of_file_gives_the_same_calls_and_ratings(shared_data: Path, project: Path, tmp_path: Path) -> None:
    held = []
    for number, name in enumerate(FILES):
        drop, lake = tmp_path / f"drop{number}", tmp_path / f"lake{number}"
        drop.mkdir()
        shutil.copy(shared_data / "pwc_forage" / name, drop)
        intake = build(drop, lake, project / "dbt_project", tmp_path / "scratch")
        with raw(lake, project / "dbt_project", intake) as connection:
            held.append(
                [
                    connection.execute(
                        f"select * exclude (delivery_id, source_line) from raw.{table} order by all"
                    ).fetchall()
                    for table in ("contacts", "surveys")
                ]
            )
    assert held[0] == held[1] == held[2]
    assert [len(rows) for rows in held[0]] == [5000, 4054]


def test_all_three_files_together_count_every_call_once(shared_data: Path, project: Path, tmp_path: Path) -> None:
    intake = build(shared_data / "pwc_forage", tmp_path / "lake", project / "dbt_project", tmp_path / "scratch")
    assert intake.tables == {
        "contacts": {"accepted": 15000, "refused": 0, "held": 5000},
        "surveys": {"accepted": 12162, "refused": 0, "held": 4054},
    }
    with raw(tmp_path / "lake", project / "dbt_project", intake) as connection:
        told = connection.execute(
            "select count(*), round(100 * avg(is_answered::int), 2), round(avg(wait_seconds), 2), "
            "round(avg(talk_seconds), 2), count(*) filter (where is_resolved and is_answered), "
            "count(*) filter (where is_resolved) from raw.contacts"
        ).fetchone()
        csat = connection.execute("select round(avg(score), 4) from raw.surveys").fetchone()
        hours = connection.execute(
            "select hour(started_at) from raw.contacts group by 1 order by count(*) limit 1"
        ).fetchone()
    assert told == (5000, 81.08, 67.52, 224.92, 3646, 3646)
    assert csat == (3.4036,)
    assert hours == (18,)
