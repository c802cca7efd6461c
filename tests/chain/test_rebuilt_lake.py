"""The archive is enough: a lake made again from its originals gives the same marts, row for row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import stages, warehouse
from pipelines.ingest import rebuild
from pipelines.progress import Silent
from pipelines.settings import PROJECT, load_settings
from tests.floorwalk_command import build

HEADER = "Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration,"


def test_a_lake_made_again_from_its_originals_gives_the_same_marts(tmp_path: Path) -> None:
    drop, work, other = tmp_path / "drop", tmp_path / "work", tmp_path / "other"
    drop.mkdir()
    (drop / "calls.csv").write_text(_calls("00:02:10"), encoding="utf-8")
    build(drop, work)
    (drop / "calls.csv").write_text(_calls("00:03:20"), encoding="utf-8")  # corrects the first, under the same name
    with _computed(drop, work) as marts:
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
        with _computed(drop, other) as again:
            assert _names(again) == _names(marts)
            assert {name: _differing(name, marts, again) for name in _names(marts)} == dict.fromkeys(_names(marts), 0)


@contextmanager
def _computed(drop: Path, work: Path) -> Iterator[Path]:
    """Marts as a build of this work folder would show them; nothing is published."""
    with stages.attempt(load_settings({"drop": drop, "work": work}), Silent()) as attempt:
        result = attempt.compute()
        assert result.failures == ()
        yield result.marts


def _calls(talk: str) -> str:
    lines = [
        f"K{row},Agent {row % 4},2021-01-{4 + row % 25:02d},09:{row:02d}:00,Bill,Y,1,{10 + row % 30},{talk},4"
        for row in range(40)
    ]
    return "\n".join([HEADER + "Satisfaction rating", *lines]) + "\n"


def _names(marts: Path) -> list[str]:
    return sorted(file.name for file in marts.glob("*.parquet"))


def _differing(name: str, one: Path, other: Path) -> int:
    """Rows of a mart that only one of the two has; the order of rows is no part of a mart."""
    first, second = (f"(from read_parquet('{marts / name}'))" for marts in (one, other))
    ((count,),) = warehouse.read(
        f"select count(*) from ((from {first} except all from {second}) union all "
        f"(from {second} except all from {first}))"
    )
    return int(str(count))
