"""Dates that speak for the other order of day and month stop a file; slips, other texts and right dates do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import FloorwalkError
from tests.unit.checks_centre import CALLS, NOON
from tests.unit.ingest_centre import Centre

HEADER = "Call,Agent,Start,Answered,Wait,Talk"
ORDERS = {"dmy": "{day:02}/{month:02}/2024 09:00", "mdy": "{month:02}/{day:02}/2024 09:00"}


def _centre(folder: Path, order: str) -> Centre:
    return Centre(folder, CALLS.replace("as_timestamp(start)", f"as_timestamp(start, '{order}')"))


def _calls(*starts: str, prefix: str = "C") -> str:
    return "\n".join([HEADER, *(f"{prefix}{n},A1,{start},Y,5,60" for n, start in enumerate(starts))]) + "\n"


def _days(order: str, first: int, last: int) -> list[str]:
    return [ORDERS[order].format(day=day, month=3) for day in range(first, last + 1)]


@pytest.mark.parametrize(("read", "written"), [("dmy", "mdy"), ("mdy", "dmy")])
def test_a_file_in_the_other_order_stops_and_leaves_nothing_on_wrong_days(
    read: str, written: str, tmp_path: Path
) -> None:
    made = _centre(tmp_path, read)
    made.deliver("calls.csv", _calls(*_days(written, 1, 15)))
    with pytest.raises(FloorwalkError, match="3 dates of started_at make sense only with day and month the other way"):
        made.take_in(now=NOON)
    assert not list((made.lake / "accepted").rglob("*.parquet"))


@pytest.mark.parametrize("order", ORDERS)
def test_a_file_in_the_order_it_is_read_in_is_taken(order: str, tmp_path: Path) -> None:
    made = _centre(tmp_path, order)
    made.deliver("calls.csv", _calls(*_days(order, 1, 31)))
    intake = made.take_in(now=NOON)
    assert (intake.tables["contacts"]["accepted"], intake.doubts) == (31, ())


def test_slips_of_a_hand_are_refused_and_stop_nothing(tmp_path: Path) -> None:
    """Four dates the other way round beside more that prove the mapping right; two alone; texts that are no date."""
    made = _centre(tmp_path, "dmy")
    made.deliver("many.csv", _calls(*_days("dmy", 1, 17), *_days("mdy", 13, 16)))
    made.deliver("two.csv", _calls(*_days("mdy", 13, 14), prefix="D"))
    made.deliver("none.csv", _calls("13/13/2024", "soon", "45/01/2024", "2024-15-01", prefix="E"))
    intake = made.take_in(now=NOON)
    assert (intake.tables["contacts"], intake.doubts) == ({"accepted": 17, "refused": 10, "held": 17}, ())
