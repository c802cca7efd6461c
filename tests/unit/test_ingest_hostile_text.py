"""Text and JSON made to harm or merely broken: no hang, no memory, no line lost, nothing unseen counted."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.ingest.decode import HEAD_BYTES, lines_of
from pipelines.ingest.encodings import encoding_of, is_encoding
from pipelines.ingest.readers import delimited as reader
from pipelines.ingest.readers.shape import shape_of
from tests.unit.ingest_centre import CHINESE, ENGLISH, LAYOUT, Centre, delimited

DAY = "2024-03-01 09:00:00"
HEADER = ",".join(ENGLISH[:5]).encode()
GOOD = f"C1,a,{DAY},Y,120".encode()


@contextmanager
def within(seconds: float, megabytes: int) -> Iterator[None]:
    """The block takes less time, and raises the peak of memory by less; generous, for a busy machine."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.monotonic() - began < seconds
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < megabytes


def _taken(centre: Centre) -> tuple[int, int, int]:
    (contacts,) = (d for d in centre.take_in().deliveries if d.table_name == "contacts")
    assert contacts.file_rows == contacts.accepted_rows + contacts.refused_rows + contacts.not_applicable_rows
    return contacts.file_rows, contacts.accepted_rows, contacts.refused_rows


def test_every_broken_line_is_kept_apart_with_its_number_and_the_rest_is_taken(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    lines = [
        HEADER,
        GOOD,
        b"C2," + b"x" * (1 << 20) + f",{DAY},Y,1".encode(),
        b",".join([b"C3"] * 1_000_000),
        f"C4,a\0b,{DAY},Y,1".encode(),
        b"C5,\xed\xa0\x80," + f"{DAY},Y,1".encode(),
        "C6,王芳,".encode("gb18030") + f"{DAY},Y,1".encode(),
        "C7,王芳,".encode() + f"{DAY},Y,1".encode(),
        b'C8,"' + b"x" * 700_000,
        b'C9,"' + b"x" * 700_000,
        *(f"D{number},王芳,{DAY},Y,120".encode() for number in range(30)),
    ]
    centre.deliver("calls.csv", b"\n".join(lines) + b"\n")
    with within(60, 600):
        assert _taken(centre) == (39, 32, 7)
    assert [fault[1:4] for fault in centre.faults()] == [
        (3, None, "line_too_long"),
        (4, None, "line_too_long"),
        (5, None, "undecodable_text"),
        (6, None, "undecodable_text"),
        (7, None, "undecodable_text"),
        (9, None, "unclosed_quote"),
        (10, None, "unclosed_quote"),
    ]


def test_a_header_of_a_million_columns_is_no_header(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    centre.deliver("wide.csv", b",".join(b"c%d" % number for number in range(140_000)) + b"\n" + GOOD + b"\n")
    centre.deliver("wider.csv", HEADER + b",x" * 1_000_000 + b"\n" + GOOD + b"\n")
    with within(60, 900):
        intake = centre.take_in()
    assert {file.file for file in intake.unrecognised} == {"wide.csv", "wider.csv"}


@pytest.mark.parametrize("byte", [b"\0", b"a", b",", b'"', b"\n", b"\r", b"\xff"])
def test_a_huge_file_of_one_byte_takes_neither_time_nor_memory(byte: bytes, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    huge = centre.drop / "huge.csv"
    with huge.open("wb") as stream:
        if byte == b"\0":
            stream.truncate(1 << 30)
        else:
            for _ in range(64):
                stream.write(byte * (1 << 20))
    with within(90, 500):
        intake = centre.take_in()
    assert [file.file for file in intake.unrecognised] == ["huge.csv"]
    assert intake.tables["contacts"]["accepted"] == 3


def test_the_head_of_a_file_of_one_line_is_not_the_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "line.csv"
    with file.open("wb") as stream:
        stream.write(b"a")
        stream.truncate(20 * HEAD_BYTES)
    with within(30, 300):
        assert len(reader.head_of(file, "utf-8")) == 1
        assert not shape_of(file, ",").plain


def test_text_that_turns_the_direction_or_cannot_be_seen_is_trimmed_around_cells_and_taken_out_of_ids(
    tmp_path: Path,
) -> None:
    centre = Centre(tmp_path)
    hidden = "\u200b\u202e\u2066\ufeff\u200f"
    rows = ((f"{hidden}C1{hidden}", f"{hidden}a\u202eb", f"{hidden}{DAY}", "Y\u200b", "\u20601\u2069"),)
    centre.deliver("calls.csv", delimited(ENGLISH[:5], rows))
    intake = centre.take_in()
    with centre.raw(intake) as connection:
        found = connection.execute("select contact_id, agent_id, talk_seconds from raw.contacts").fetchall()
    assert found == [("C1", "ab", 1.0)]


def test_control_characters_inside_a_cell_are_data_and_move_no_line(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    odd = "".join(chr(code) for code in (*range(1, 9), 11, 12, *range(14, 32), 0x7F, 0x85, 0x2028, 0x2029))
    centre.deliver(
        "calls.csv", delimited(ENGLISH[:5], (("C1", f"a{odd}b", DAY, "Y", "1"), ("C2", "a", DAY, "Y", "oops")))
    )
    assert _taken(centre) == (2, 1, 1)
    assert [fault[1:4] for fault in centre.faults()] == [(3, "talk_seconds", "not_a_duration")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_encodings_and_line_ends_give_the_same_rows(encoding: str, end: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv", delimited(CHINESE).replace("\n", end).encode(encoding))
    assert _taken(centre) == (5, 3, 2)


def test_a_file_in_two_encodings_keeps_the_lines_of_the_other_apart(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    line = f",王芳,{DAY},Y,120\n"
    centre.deliver(
        "calls.csv",
        HEADER + b"\n" + b"".join(f"C{n}{line}".encode() for n in range(30)) + f"D{line}".encode("gb18030"),
    )
    assert _taken(centre) == (31, 30, 1)
    assert [fault[1:4] for fault in centre.faults()] == [(32, None, "undecodable_text")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_text_cut_in_the_middle_of_a_character_loses_that_line_only(encoding: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    rows = [(f"C{number}", "王芳", DAY, "是", "120", "") for number in range(20)]
    whole = delimited(CHINESE, (*rows, ("last", "王芳", DAY, "是", "120", "芳")))
    centre.deliver("calls.csv", whole.rstrip("\n").encode(encoding)[:-1])
    assert _taken(centre) == (21, 20, 1)
    assert [fault[1:4] for fault in centre.faults()] == [(22, None, "undecodable_text")]


def test_utf_7_is_text_as_it_stands_and_no_layout_can_ask_for_it(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv", delimited(ENGLISH[:5], (("+ADw-script+AD4-", "a", DAY, "Y", "1"),)))
    intake = centre.take_in()
    with centre.raw(intake) as connection:
        assert connection.execute("select contact_id from raw.contacts").fetchall() == [("+ADw-script+AD4-",)]
    assert encoding_of(centre.drop / "calls.csv").name == "utf-8"
    assert [
        name for name in ("utf-7", "UTF7", "idna", "rot13", "hex", "unicode_escape", "zlib", "no") if is_encoding(name)
    ] == []
    assert all(is_encoding(name) for name in ("utf-8", "UTF-16", "gb18030", "cp1252", "big5", "latin-1", "shift_jis"))


@pytest.mark.parametrize("encoding", ["iso2022_jp", "utf_16_be", "UTF-16", "cp1252", "big5", "hz", "cp437", "euc_kr"])
def test_no_bytes_make_a_line_impossible_to_read_in_a_stated_encoding(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes(bytes(range(256)) * 3 + b"\n\x1b$B\x81\n\x1b(Q\n~{\xff~}\n\xd8\x00\xd8\x00\x00\n\x81")
    for line in lines_of(file, encoding):
        line.text.encode()


def test_an_unclosed_quote_in_every_line_does_not_take_for_ever(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    broken = "".join(f'C{number},"never closed,{DAY},Y,1\n' for number in range(20_000))
    centre.deliver("calls.csv", HEADER + b"\n" + GOOD + b"\n" + broken.encode())
    with within(60, 400):
        rows, accepted, refused = _taken(centre)
    assert accepted == 1
    assert rows == refused + 1 == 20_001


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"Call Id": "C2", "Call Id": "C3"}', "repeated_key"),
        ('{"Call Id": "C2", "Talk": {"a": 1, "a": 2}}', "repeated_key"),
        ('{"Call Id": "C2", "Talk": NaN}', "not_json"),
        ('{"Call Id": "C2", "Talk": -Infinity}', "not_json"),
        ('{"Call Id": "C2", "Agent": "\\ud800"}', "undecodable_text"),
        ('{"Call Id": "C2", "Agent": "a\\u0000b"}', "undecodable_text"),
        ('{"Call Id": "C2", "Talk": ' + "[" * 100_000 + "]" * 100_000 + "}", "not_json"),
        ('{"Call Id": "C2", "Talk": ' + '{"a":' * 100_000 + "1" + "}" * 100_001, "not_json"),
        ('{"Call Id": "C2", "Talk": ' + "9" * 5_000 + "}", "not_json"),
        ('{"Call Id": "C2", "Talk": "1"} {"Call Id": "C3"}', "not_json"),
        ('["Call Id", "C2"]', "not_json"),
    ],
)
def test_json_that_is_none_is_refused_with_its_line(text: str, reason: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    good = json.dumps(dict(zip(ENGLISH[:5], GOOD.decode().split(","), strict=True)))
    centre.deliver("calls.jsonl", f"{good}\n{text}\n{good.replace('C1', 'C9')}\n")
    assert _taken(centre) == (3, 2, 1)
    assert [fault[1:4] for fault in centre.faults()] == [(2, None, reason)]


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1E400", "0." + "1" * 4000])
def test_numbers_beyond_all_measure_are_refused_or_finite(number: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    record = dict(zip(ENGLISH[:4], GOOD.decode().split(","), strict=False))
    centre.deliver("calls.jsonl", json.dumps(record)[:-1] + f', "Talk": {number}}}\n')
    rows, accepted, refused = _taken(centre)
    assert (rows, accepted + refused) == (1, 1)


def test_a_line_end_inside_a_json_text_stays_inside_its_cell(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    records = [{"Call Id": f"C{number}", "Agent": text, "Start": DAY, "Answered": "Y", "Talk": "1"}
               for number, text in enumerate(("a\rb", "a\nb", "a\r\nb", 'a"\r"b', ",\r,"))]  # fmt: skip
    centre.deliver("calls.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    intake = centre.take_in()
    with centre.raw(intake) as connection:
        found = connection.execute("select agent_id, source_line from raw.contacts order by source_line").fetchall()
    assert found == [(record["Agent"], line) for line, record in enumerate(records, start=1)]


DOCUMENT = LAYOUT.replace("xlsx, jsonl, parquet", "xlsx, json, jsonl, parquet")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "[" * 200_000 + "]" * 200_000,
        '{"a":' * 200_000,
        '[{"Call Id": "C1", "Agent": "' + "x" * (17 << 20) + '"}]',
        '[{"Call Id": "C1"}, {"Call Id": ',
        '[{"Call Id": "C1"},,]',
        '{"Call Id": "C1"',
        '[{"Call Id": "C1"}] trailing',
        '"only a text"',
        "1" * 100_000,
    ],
)
def test_a_json_document_made_to_harm_is_left_with_words(text: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path, DOCUMENT)
    centre.deliver("good.csv", delimited())
    centre.deliver("bad.json", text)
    with within(60, 500):
        intake = centre.take_in()
    assert [file.file for file in intake.unrecognised] == ["bad.json"]
    assert intake.tables["contacts"]["accepted"] == 3


def test_faulty_records_of_a_json_document_are_refused_one_by_one(tmp_path: Path) -> None:
    centre = Centre(tmp_path, DOCUMENT)
    good = json.dumps(dict(zip(ENGLISH[:5], GOOD.decode().split(","), strict=True)))
    centre.deliver("calls.json", f'[\n{good},\n{{"Call Id": "C2", "Call Id": "C3"}},\n{{"Call Id": NaN}}\n]')
    assert _taken(centre) == (3, 1, 2)
    assert [fault[1:4] for fault in centre.faults()] == [(3, None, "repeated_key"), (4, None, "not_json")]
