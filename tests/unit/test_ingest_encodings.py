"""Short files in many encodings, whole and damaged: each is read in the encoding it was written in.

The names are put together from common characters and words by a seeded generator.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.ingest.encodings import encoding_of
from tests.unit.ingest_centre import Centre

FILES = 40
LENGTHS = (4, 5, 6, 8, 12, 20, 40)
SIMPLIFIED = ("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋", "芳伟娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平联通")
TRADITIONAL = ("王李張劉陳楊趙黃周吳徐孫胡朱高林何郭馬羅梁宋", "芳偉娜敏靜麗強磊軍洋勇傑娟濤明超秀霞平")
ACCENTS = [
    "José",
    "María",
    "François",
    "Jürgen",
    "Zoë",
    "Chloé",
    "Renée",
    "Søren",
    "Åsa",
    "Björn",
    "Begoña",
    "Iñigo",
    "Ángel",
    "Gómez",
    "Peña",
    "Lefèvre",
]
PLAIN = ["Ann", "Bo", "Sam", "Mia"]
CYRILLIC = ["Иван", "Анна", "Ольга", "Сергей", "Мария", "Дмитрий", "Елена", "Алексей", "Татьяна", "Николай"]

Name = Callable[[random.Random], str]


def _chinese(family: str, given: str) -> Name:
    return lambda chance: chance.choice(family) + "".join(chance.choices(given, k=chance.choice((1, 2))))


def _one_of(*names: str) -> Name:
    return lambda chance: chance.choice(names)


NAMES: dict[str, Name] = {
    "simplified Chinese": _chinese(*SIMPLIFIED),
    "traditional Chinese": _chinese(*TRADITIONAL),
    "English with accents": _one_of(*ACCENTS, *PLAIN),
    "Russian": _one_of(*CYRILLIC),
}


def _lines(chance: random.Random, name: Name, count: int) -> list[str]:
    rows = [f"C{n},{name(chance)},2024-03-01 09:{n:02}:00,Billing" for n in range(count)]
    return ["Call Id,Agent,Start,Queue", *rows]


def _found(folder: Path, content: bytes) -> str:
    file = folder / "calls.csv"
    file.write_bytes(content)
    return encoding_of(file).name


@pytest.mark.parametrize(
    ("language", "encoding", "least"),
    [
        ("simplified Chinese", "utf-8", FILES),
        ("simplified Chinese", "gb18030", FILES),
        ("simplified Chinese", "utf-16", FILES),
        ("traditional Chinese", "big5", FILES),
        ("traditional Chinese", "utf-8", FILES),
        ("English with accents", "utf-8", FILES),
        ("English with accents", "cp1252", FILES),
        ("English with accents", "latin-1", FILES),
        ("English with accents", "utf-16", FILES),
        ("Russian", "cp1251", FILES - 1),
    ],
)
def test_a_short_honest_file_is_read_as_it_was_written(
    language: str, encoding: str, least: int, tmp_path: Path
) -> None:
    chance, seen = random.Random(6), Counter[str]()  # noqa: S311 - the same names on every run
    for number in range(FILES):
        text = "\n".join(_lines(chance, NAMES[language], LENGTHS[number % len(LENGTHS)])) + "\n"
        found = _found(tmp_path, text.encode(encoding))
        seen["right" if text.encode(encoding).decode(found, "replace").lstrip("\ufeff") == text else found] += 1
    assert seen["right"] >= least, seen


def _with_strays(line: str, chance: random.Random) -> bytes:
    damaged = line.encode()
    for _ in range(chance.choice((1, 2, 3))):
        at = chance.randrange(len(damaged))
        damaged = damaged[:at] + bytes([chance.randrange(0x80, 0x100)]) + damaged[at:]
    return damaged


def _cut_in_a_name(line: str, _: random.Random) -> bytes:
    parts = line.encode().split(b",")
    return b",".join([parts[0], parts[1][:-1], *parts[2:]])


DAMAGE: dict[str, Callable[[str, random.Random], bytes]] = {
    "stray bytes": _with_strays,
    "a name cut in a character": _cut_in_a_name,
    "lines in GB18030": lambda line, _: line.encode("gb18030"),
    "lines in windows-1252": lambda line, _: line.replace("Billing", "Café").encode("cp1252", "replace"),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize(
    ("language", "least"), [("simplified Chinese", FILES), ("traditional Chinese", FILES), ("Russian", FILES)]
)
def test_a_short_file_with_one_line_in_four_broken_is_still_utf_8(
    language: str, least: int, damage: str, tmp_path: Path
) -> None:
    assert _still_utf8(language, damage, tmp_path)["utf-8"] >= least


@pytest.mark.parametrize("damage", ["stray bytes", "lines in windows-1252"])
def test_a_few_accents_prove_utf_8_unless_most_of_them_are_broken(damage: str, tmp_path: Path) -> None:
    seen = _still_utf8("English with accents", damage, tmp_path)
    assert seen["utf-8"] >= 0.9 * FILES, seen


def _still_utf8(language: str, damage: str, folder: Path) -> Counter[str]:
    chance, seen = random.Random(6), Counter[str]()  # noqa: S311 - the same names on every run
    for number in range(FILES):
        lines = _lines(chance, NAMES[language], LENGTHS[number % len(LENGTHS)])
        broken = [
            DAMAGE[damage](line, chance) if at % 4 == 0 and at else line.encode() for at, line in enumerate(lines)
        ]
        seen[_found(folder, b"\n".join(broken) + b"\n")] += 1
    return seen


def test_lines_that_are_all_damaged_do_not_turn_chinese_names_into_others(tmp_path: Path) -> None:
    lines = [f"C{n},王芳李强张伟{given}".encode() + b"\xe7\x8e,1" for n, given in enumerate("敏静丽磊军")]
    assert _found(tmp_path, b"\n".join(lines)) == "utf-8"


def test_a_name_of_a_carrier_that_happens_to_be_utf_8_does_not_hide_gb18030(tmp_path: Path) -> None:
    lines = [f"C{n},{'联通' if n % 3 else '电信'},1".encode("gb18030") for n in range(12)]
    assert _found(tmp_path, b"\n".join(lines)) == "gb18030"


def test_an_encoding_that_the_layout_states_counts_where_nothing_is_proven(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    layout = (centre.project / "exports" / "calls.yml").read_text(encoding="utf-8")
    centre.layout(layout.replace("read: {", "read: {encoding: cp1250, "))
    text = "Call Id,Agent,Start,Answered,Talk,Rating\nC1,Łukasz Żółć,2024-03-01 09:00:00,Y,60,\n"
    centre.deliver("calls.csv", text.encode("cp1250"))
    with centre.raw(centre.take_in()) as connection:
        assert connection.execute("select agent_id from raw.contacts").fetchall() == [("Łukasz Żółć",)]
