"""The archive is enough: a lake made again from its originals gives the same marts, row for row."""

from __future__ import annotations

from pathlib import Path

from pipelines import warehouse
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
    assert _names(other) == _names(work)
    assert {name: _differing(name, work, other) for name in _names(work)} == dict.fromkeys(_names(work), 0)


def _calls(talk: str) -> str:
    lines = [
        f"K{row},Agent {row % 4},2021-01-{4 + row % 25:02d},09:{row:02d}:00,Bill,Y,1,{10 + row % 30},{talk},4"
        for row in range(40)
    ]
    return "\n".join([HEADER + "Satisfaction rating", *lines]) + "\n"


def _names(work: Path) -> list[str]:
    return sorted(file.name for file in (work / "marts").glob("*.parquet"))


def _differing(name: str, work: Path, other: Path) -> int:
    """Rows of a mart that only one of the two has; the order of rows is no part of a mart."""
    one, two = (f"(from read_parquet('{folder / 'marts' / name}'))" for folder in (work, other))
    ((count,),) = warehouse.read(
        f"select count(*) from ((from {one} except all from {two}) union all (from {two} except all from {one}))"
    )
    return int(str(count))
