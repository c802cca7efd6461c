"""Notes written into the cell of a name are told and, behind a name, left out; honest names of any culture stay whole.

All names are put together from parts for these tests.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from pipelines.ingest import Intake
from pipelines.ingest.noted_names import is_noted, without_note
from tests.unit.ingest_centre import Centre

LAYOUT = """\
name: roster
title: {en: Roster, zh: 花名册}
read: {kinds: [csv]}
columns: {id: [Id], name: [Name], leader: [Leader]}
tables:
  agents:
    columns: {agent_id: id, name: name, leader: leader, valid_from: "'2026-01-01'"}
"""

PARTS = (
    (("{} {}",), ("Anna", "Tom", "Zoë", "Siobhán"), ("O'Neil", "Smith-Jones", "van der Berg", "D’Arcy", "McExample")),
    (("{} {}", "{1}, {0}"), ("María José", "João", "Núria"), ("García Pérez", "dos Santos", "de la Cruz y Mora")),
    (("{} {}",), ("Nguyễn Thị", "Trần Văn"), ("Hoa", "Minh Đức", "Ánh")),
    (("{}{}",), "王李欧阳", ("芳", "小明", "思琪")),
    (("{}{}(Tom)", "{}{}（Vivian）", "{}{} Amy Lee"), "王李", ("芳", "小明")),
    (("Tom ({}{})", "Vivian Wang（{}{}）"), "王李", ("芳", "小明")),
    (("{}{}2", "{}{}（大）", "{}{}(A)", "{}{} 二"), "王李", ("伟",)),
    (("{}·{}",), ("阿卜杜热合曼", "买买提"), ("阿卜杜热依木", "艾力")),
    (("{} {}",), ("محمد", "فاطمة"), ("العلي", "بن عمر الفارسي")),
    (("{} {}",), ("K. P.", "S. Anand", "Ram", "ज्योति"), ("Rao", "Iyer", "कुमारी")),
    (("{} {}",), ("Иван", "Анна-Мария"), ("Примерович", "Образцова")),
    (("{}{}", "{} {}"), ("田中", "佐藤"), ("さくら", "ケンジ")),
    (("{}{}",), ("김", "남궁"), ("민수", "예시")),
    (("{} {}",), ("Νίκη", "רות", "รัตนา", "Սոնա"), ("Υπόδειγμα", "לדוגמה", "ตัวอย่าง")),
    (("{} {} 2", "{} {} Jr.", "{} {} III", "{} (Bob) {}", '{} "Sunny" {}'), ("Li", "Sam"), ("Wei", "Example")),
    (("{} {}",), ("Dr. Anna", "Prof. Ali", "Mrs. Ng"), ("Muster", "bin Abdul Rahman al-Farsi")),
)
HONEST = sorted(
    {form.format(*pair) for forms, first, last in PARTS for form, pair in product(forms, product(first, last))}
)
NOTED = {
    "Li Wei (on leave until May)": "Li Wei",
    "Example, One (part-time)": "Example, One",
    "王芳（产假）": "王芳",
    "王芳[待岗]": "王芳",
    "Tom (产假)": "Tom",
    "Anna (since March": "Anna",
    "王芳（3月2日起请假）": "王芳",
    "Anna: part-time": None,
    "王芳：兼职": None,
    "see HR 4471": None,
    "see remark": None,
    "见备注": None,
    "Anna 13800138000": None,
    "Anna moved to the other team in April, ask her leader why": None,
    "(vacant since May)": None,
}


def test_there_are_enough_honest_names() -> None:
    assert len(HONEST) >= 120


def test_honest_names_of_many_cultures_are_no_notes() -> None:
    assert [name for name in HONEST if is_noted(name)] == []


@pytest.mark.parametrize(("text", "name"), NOTED.items())
def test_a_note_is_told_from_a_name_and_cut_only_where_a_name_is_left(text: str, name: str | None) -> None:
    assert is_noted(text)
    assert without_note(text) == name


def _take(folder: Path, names: list[tuple[str, str]], leaders: tuple[str, ...] = ()) -> tuple[Intake, dict[str, str]]:
    centre = Centre(folder, LAYOUT.replace("name: roster", "name: calls"))
    rows = [f'A{number},"{name}",{leader}' for number, (name, leader) in enumerate(names)]
    centre.deliver("roster.csv", "Id,Name,Leader\n" + "".join(f"{row}\n" for row in rows))
    taken = centre.take_in()
    with centre.raw(taken) as connection:
        held = connection.execute("select agent_id, name from raw.agents").fetchall()
    return taken, dict(held)


def test_a_roster_of_honest_names_is_taken_in_without_a_word(tmp_path: Path) -> None:
    taken, held = _take(tmp_path, [(name.replace('"', '""'), "") for name in HONEST])
    assert (taken.notes, sorted(held.values())) == ((), HONEST)


def test_one_note_is_told_with_its_line_and_without_its_words(tmp_path: Path) -> None:
    taken, held = _take(tmp_path, [("Anna", "Bo"), ("Li Wei (on leave until May)", "Bo"), ("Cy", "see HR 4471")])
    assert held == {"A0": "Anna", "A1": "Li Wei", "A2": "Cy"}
    assert [(one.column_name, one.affected_rows, one.observed) for one in taken.doubts] == [
        ("name", 1, 3.0),
        ("leader", 1, 4.0),
    ]
    words = " ".join(map(str, taken.notes))
    assert "rows in which name holds more than a name: 1, the first in line 3" in words
    assert not any(told in words for told in ("Li Wei", "leave", "4471"))


def test_a_note_stays_where_somebody_else_has_the_name_that_would_be_left(tmp_path: Path) -> None:
    names = [("王芳（二组组长）", ""), ("王芳（产假）", ""), ("李伟", "")]
    taken, held = _take(tmp_path, names)
    assert held == {"A0": "王芳（二组组长）", "A1": "王芳（产假）", "A2": "李伟"}
    assert [one.affected_rows for one in taken.doubts] == [2]


def test_numbers_or_brackets_in_most_names_are_how_a_centre_writes_names(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    taken, held = _take(tmp_path / "one", [(f"Agent {1000 + number}", "") for number in range(4)])
    assert (taken.notes, held["A0"]) == ((), "Agent 1000")
    (tmp_path / "two").mkdir()
    taken, held = _take(tmp_path / "two", [(f"王芳({1000 + number})", "") for number in range(12)])
    assert (taken.notes, held["A0"]) == ((), "王芳(1000)")
