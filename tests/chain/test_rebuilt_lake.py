"""The archive is enough: a lake made again from its originals gives the same marts, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipelines.ingest import rebuild
from pipelines.progress import Silent
from pipelines.settings import PROJECT
from tests.floorwalk_command import build

HEADER = "Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration,"


def test_a_lake_made_again_from_its_originals_gives_the_same_marts(tmp_path: Path) -> None:
    drop, work, other = tmp_path / "drop", tmp_path / "work", tmp_path / "other"
    drop.mkdir()
    for talk in ("00:02:10", "00:03:20"):  # the second delivery has the same name and corrects the first
        (drop / "calls.csv").write_text(_calls(talk), encoding="utf-8")
        build(drop, work)
    (drop / "calls.csv").unlink()
    rebuilt = rebuild(
        work / "lake",
        PROJECT / "dbt_project",
        other / "lake",
        memory_limit="1GB",
        scratch=tmp_path / "scratch",
        progress=Silent(),
    )
    assert (rebuilt.differences, rebuilt.rows["contacts"]) == ((), 80)
    build(drop, other)
    assert _marts(other) == _marts(work)


def _calls(talk: str) -> str:
    lines = [
        f"K{row},Agent {row % 4},2021-01-{4 + row % 25:02d},09:{row:02d}:00,Bill,Y,1,{10 + row % 30},{talk},4"
        for row in range(40)
    ]
    return "\n".join([HEADER + "Satisfaction rating", *lines]) + "\n"


def _marts(work: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted((work / "marts").glob("*.parquet"))
    }
