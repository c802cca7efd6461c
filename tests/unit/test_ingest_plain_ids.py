"""Two ids that differ only in what nobody sees are one; two that anybody can tell apart stay two."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.ingest import Intake
from pipelines.ingest.expressions import replaced
from tests.unit.ingest_centre import Centre

HEADER = "Call Id,Agent,Start,Answered,Talk,Rating\n"
ALIKE = {
    "a blank without width": "A\u200b100",
    "a soft hyphen": "A10\u00ad0",
    "a byte order mark within": "A1\ufeff00",
    "a mark that turns the direction": "A\u202e100",
    "a word joiner": "A\u2060100",
    "a joiner between Latin signs": "A1\u200d00",
    "a variation sign": "A100\ufe0f",
    "full width": "Ａ１００",
}
PAIRS = {
    "a no-break blank": ("Ann\u00a0Example", "Ann Example"),
    "an ideographic blank": ("Ann\u3000Example", "Ann Example"),
    "a hyphen that does not break": ("K‑7", "K-7"),
    "letter and accent apart": ("Zoe\u0308", "Zoë"),
    "full width in a Chinese name": ("王芳Ａ", "王芳A"),
    "a joiner in a Chinese name": ("王\u200d芳", "王芳"),
}
DIFFERENT = [
    ("A100", "a100"),
    ("0100", "100"),
    ("A①", "A1"),
    ("Jose", "José"),
    ("A²", "A2"),
    ("Ⅳ1", "IV1"),
    ("A-1", "A1"),
    ("A 1", "A1"),
    ("А1", "A1"),
    ("王芳（一）", "王芳(一)"),
    ("क्\u200dष", "क्ष"),
    ("👩", "👩🏽"),
]


def _agents(folder: Path, *ids: str) -> tuple[list[str], Intake]:
    centre = Centre(folder)
    rows = [f"C{number},{agent},2024-03-01 09:0{number}:00,Y,60,\n" for number, agent in enumerate(ids)]
    centre.deliver("calls.csv", HEADER + "".join(rows))
    taken = centre.take_in()
    with centre.raw(taken) as connection:
        found = connection.execute("select agent_id from raw.contacts group by agent_id order by 1").fetchall()
    return [agent for (agent,) in found], taken


@pytest.mark.parametrize("written", ALIKE.values(), ids=ALIKE)
def test_an_id_with_signs_that_nobody_sees_is_the_same_person(written: str, tmp_path: Path) -> None:
    agents, taken = _agents(tmp_path, "A100", written, "B2")
    assert agents == ["A100", "B2"]
    assert [(one.doubt, one.column_name, one.affected_rows, one.observed) for one in taken.doubts] == [
        ("cleaned_ids", "agent_id", 1, 1.0)
    ]


@pytest.mark.parametrize(("written", "plain"), PAIRS.values(), ids=PAIRS)
def test_an_id_that_is_a_name_is_the_same_person_however_it_is_composed(
    written: str, plain: str, tmp_path: Path
) -> None:
    assert _agents(tmp_path, written, plain)[0] == [plain]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_ids_that_can_be_told_apart_stay_two_people_and_nothing_is_said(one: str, other: str, tmp_path: Path) -> None:
    agents, taken = _agents(tmp_path, one, other)
    assert (agents, taken.notes) == (sorted([one, other]), ())


def test_an_id_of_nothing_that_is_seen_is_empty(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv", f"{HEADER}C\u00ad1,A1,2024-03-01 09:00:00,Y,60,\n\u2060,A1,2024-03-01 09:00:00,Y,60,\n")
    centre.take_in()
    assert [fault[1:4] for fault in centre.faults()] == [(3, "contact_id", "required_missing")]


def test_the_same_contact_twice_is_one_even_if_its_id_is_written_in_full_width(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    line = ",A1,2024-03-01 09:00:00,Y,60,\n"
    centre.deliver("calls.csv", f"{HEADER}C1{line}")
    centre.take_in()
    centre.deliver("later.csv", f"{HEADER}Ｃ１{line}C2{line}")
    assert centre.take_in().tables["contacts"] == {"accepted": 3, "refused": 0, "held": 2}


def test_only_ids_are_touched(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    layout = (centre.project / "exports" / "calls.yml").read_text(encoding="utf-8")
    centre.layout(layout.replace("      talk_seconds:", "      queue: concat(call, '·', agent)\n      talk_seconds:"))
    centre.deliver("calls.csv", f"{HEADER}C1,Ａ\u200b1,2024-03-01 09:00:00,Y,60,\n")
    with centre.raw(centre.take_in()) as connection:
        assert connection.execute("select agent_id, queue from raw.contacts").fetchall() == [("A1", "C1·Ａ\u200b1")]


def test_other_sql_stands_in_place_of_a_cell_and_never_of_a_type_a_function_or_a_text() -> None:
    cells = {"date": "f(date)", "left": "f(left)"}
    assert replaced("cast(date as date) || left(\"left\", 2) || 'date'", cells) == (
        "cast(f(date) as date) || left(f(left), 2) || 'date'"
    )
    assert replaced("date::date", cells) == "f(date)::date"
