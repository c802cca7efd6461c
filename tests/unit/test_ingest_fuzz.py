"""Whatever a file holds: no crash, no hang, no row lost. Property tests, and valid files damaged byte by byte.

FUZZ_MUTATIONS=5000 damages more often than the few hundred times of the suite; FUZZ_SEED starts elsewhere.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.ingest.identify import _DATA_SUFFIXES
from pipelines.ingest.readers import BLANKS
from tests.unit.ingest_centre import ENGLISH, LAYOUT, ROWS, delimited
from tests.unit.ingest_harness import Harness

MUTATIONS, SEED = int(os.environ.get("FUZZ_MUTATIONS", "300")), int(os.environ.get("FUZZ_SEED", "6"))
SLOWEST_SECONDS = 20.0
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "50"))
FEW = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ANY_KIND = LAYOUT.replace("xlsx, jsonl, parquet", "xlsx, json, jsonl, parquet")
DAY = "2024-03-01 09:00:00"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
CELL = TEXT | st.sampled_from(
    ['"', '""', "a,b", "\n", "\r\n", "a\rb", "\t", ";|", "=1+1", "\u3000", "'", "\ufeff", "#REF!"]
)


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Harness:
    return Harness(tmp_path_factory.mktemp("harness"), ANY_KIND)


def _trimmed(cell: str) -> str | None:
    """A cell as a reader gives it: line ends are LF, nothing around it, empty is none."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip(BLANKS) or None


@FEW
@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8),
    delimiter=st.sampled_from(",\t;|"),
    end=st.sampled_from(["\r\n", "\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    everywhere=st.booleans(),
)
def test_what_a_csv_writer_wrote_comes_back(
    harness: Harness, rows: list[tuple[str, str, str]], delimiter: str, end: str, encoding: str, everywhere: bool
) -> None:
    out = io.StringIO(newline="")
    if everywhere or end == "\n":  # Python 3.11 leaves a bare CR without quotation marks otherwise
        writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    else:
        writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    full = [(f"C{number}", agent, DAY, answered, talk) for number, (agent, answered, talk) in enumerate(rows)]
    writer.writerows([ENGLISH[:5], *full])
    found, left = harness.cells("calls.csv", out.getvalue().encode(encoding))
    assert left == []
    assert [row[:5] for _, row in found] == [tuple(map(_trimmed, row)) for row in full]
    assert [line for line, _ in found] == sorted({line for line, _ in found})


LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='\0"\n\r'), max_size=40) | st.builds(
    ",".join, st.lists(CELL.filter(lambda cell: not set(cell) & set('"\n\r')), min_size=3, max_size=7)
)


@FEW
@given(lines=st.lists(LINE, min_size=1, max_size=12), end=st.sampled_from(["\n", "\r\n", "\r"]), last=st.booleans())
def test_every_line_without_quotes_is_a_row_or_left_with_its_number(
    harness: Harness, lines: list[str], end: str, last: bool
) -> None:
    text = end.join([",".join(ENGLISH[:5]), *lines]) + (end if last else "")
    found, left = harness.cells("calls.csv", text.encode())
    told = [line for line, _ in found] + [line for line, _ in left]
    expected = [number for number, line in enumerate(lines, start=2) if line.strip(BLANKS + ",")]
    assert sorted(told) == expected
    assert all(lines[line - 2].count(",") != 4 for line, reason in left if reason == "wrong_number_of_columns")


@FEW
@given(
    text=st.lists(CELL | st.sampled_from([",", DAY, "C1", "Y", ",,,,", '"a""b"', '"open']), max_size=40).map("".join),
    encoding=st.sampled_from(["utf-8", "utf-16", "gb18030", "utf-16-be"]),
)
@example(text='"' * 1001, encoding="utf-8")
@example(text="\n\n\r\r\n\n", encoding="utf-8")
@example(text='C1,"a\r' + "b," * 50, encoding="utf-16")
def test_no_row_is_lost_whatever_stands_below_a_header(harness: Harness, text: str, encoding: str) -> None:
    outcome = harness.run("calls.csv", (",".join(ENGLISH) + "\n" + text).encode(encoding))
    assert outcome.left in ("", "not_a_data_file", "no_layout") and (outcome.rows or outcome.left)


BEGINNINGS = (
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08",
    b"PAR1",
    b"\xd0\xcf\x11\xe0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"{",
)


@FEW
@given(
    content=st.binary(max_size=400),
    suffix=st.sampled_from(sorted(_DATA_SUFFIXES)),
    start=st.sampled_from((*BEGINNINGS, b"[", delimited(rows=()).encode())),
)
def test_arbitrary_bytes_are_left_or_accounted_for(harness: Harness, content: bytes, suffix: str, start: bytes) -> None:
    harness.run(f"calls{suffix}", start + content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT | st.sampled_from(ENGLISH), inner, max_size=4),
    max_leaves=12,
)
RECORD = st.fixed_dictionaries({"Call Id": JSON}, optional=dict.fromkeys(ENGLISH[1:], JSON))


@settings(FEW, max_examples=EXAMPLES // 2)
@given(
    records=st.lists(RECORD, min_size=1, max_size=6), shape=st.sampled_from(["lines", "list", "pretty", "one by one"])
)
def test_no_json_record_is_lost(harness: Harness, records: list[dict[str, object]], shape: str) -> None:
    whole = dict.fromkeys(ENGLISH, "")
    good = {"Call Id": "C", "Agent": "a", "Start": DAY, "Answered": "Y", "Talk": 120, "Rating": 3}
    all_records = [good, *({**whole, **record} for record in records)]
    if shape == "lines":
        text = "".join(json.dumps(record) + "\n" for record in all_records)
    elif shape == "one by one":
        text = "\n".join(json.dumps(record, indent=2) for record in all_records)
    else:
        text = json.dumps(all_records, indent=1 if shape == "pretty" else None)
    outcome = harness.run("calls.jsonl" if shape == "lines" else "calls.json", text.encode("utf-8"))
    assert outcome.left == ""
    assert 1 <= outcome.rows["contacts"][0] <= len(all_records)
    assert outcome.rows["contacts"][0] >= 1 + sum(_has_text(record["Call Id"]) for record in records)


def _has_text(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip(BLANKS))
    return isinstance(value, bool | int)


def _csv() -> bytes:
    return delimited().encode()


def _utf_16() -> bytes:
    return delimited().encode("utf-16")


def _quoted() -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([ENGLISH, *ROWS, ("C9", 'a "b"\nc', DAY, "Y", "3", "")])
    return out.getvalue().encode()


def _jsonl() -> bytes:
    return "".join(json.dumps(dict(zip(ENGLISH, row, strict=True))) + "\n" for row in ROWS).encode()


def _json() -> bytes:
    return json.dumps([dict(zip(ENGLISH, row, strict=True)) for row in ROWS], indent=1, ensure_ascii=False).encode()


def _parquet(folder: Path) -> bytes:
    with duckdb.connect(":memory:") as connection:
        columns = ", ".join(f'"{name}" varchar' for name in ENGLISH)
        connection.execute(f"create table calls ({columns})")
        connection.executemany("insert into calls values (?, ?, ?, ?, ?, ?)", [list(row) for row in ROWS])
        connection.execute(f"copy calls to '{folder / 'calls.parquet'}' (format parquet)")
    return (folder / "calls.parquet").read_bytes()


def _xlsx(folder: Path) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (ENGLISH, *ROWS):
        sheet.append(row)
    book.save(folder / "calls.xlsx")
    return (folder / "calls.xlsx").read_bytes()


def _with_damaged_part(content: bytes, chance: random.Random) -> bytes:
    """The workbook with one of its parts damaged; damage from outside would only break the checksum of its packing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        names = [name for name in whole.namelist() if not name.startswith("docProps")]
        sheets = [name for name in names if "sheet" in name.lower()]
        chosen = chance.choice((*names, *sheets * 4))
        for name in whole.namelist():
            archive.writestr(name, _damaged(whole.read(name), chance) if name == chosen else whole.read(name))
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("calls.csv", _csv())
    return out.getvalue()


def _kinds(folder: Path) -> dict[str, tuple[bytes, int]]:
    """File name → valid content, and its share of a hundred mutations; a workbook costs a process each."""
    return {
        "calls.csv": (_csv(), 30),
        "utf16.csv": (_utf_16(), 10),
        "quoted.csv": (_quoted(), 15),
        "calls.jsonl": (_jsonl(), 10),
        "calls.json": (_json(), 12),
        "calls.parquet": (_parquet(folder), 12),
        "calls.csv.gz": (gzip.compress(_csv(), mtime=0), 4),
        "calls.zip": (_zip(), 4),
        "calls.xlsx": (_xlsx(folder), 3),
    }


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """One to four damages; now and then the end is cut off."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) or 1), chance.choice((1, 2, 4, 16, 200))
        data[at : at + length] = _damage(bytes(data[at : at + length]), chance)
        if chance.random() < 0.1:
            del data[chance.randrange(len(data) + 1) :]
    return bytes(data)


def _damage(piece: bytes, chance: random.Random) -> bytes:
    """A bit turned, a byte that means something, or the piece removed, doubled, replaced or reversed."""
    kind = chance.randrange(6)
    if kind == 0 and piece:
        return bytes([piece[0] ^ 1 << chance.randrange(8)]) + piece[1:]
    if kind == 1:
        return bytes([chance.choice((0, 10, 13, 34, 44, 127, 128, 255))]) + piece[1:]
    if kind == 2:
        return b""
    if kind == 3:
        return piece * chance.choice((2, 3, 500))
    return chance.randbytes(len(piece)) if kind == 4 else piece[::-1]


def _mutations(folder: Path) -> Iterator[tuple[str, int, bytes]]:
    for name, (content, share) in _kinds(folder).items():
        for number in range(max(1, MUTATIONS * share // 100)):
            chance = random.Random(f"{SEED} {name} {number}")  # noqa: S311
            inside = name.endswith("xlsx") and number % 4 != 0
            yield name, number, (_with_damaged_part if inside else _damaged)(content, chance)


def test_valid_files_are_read_in_every_kind(harness: Harness, tmp_path: Path) -> None:
    for name, (content, _) in _kinds(tmp_path).items():
        assert harness.run(name, content).rows["contacts"][1] >= 3, name


def test_damaged_files_are_left_or_accounted_for_in_little_time(harness: Harness, tmp_path: Path) -> None:
    outcomes: dict[str, int] = {}
    for name, number, content in _mutations(tmp_path):
        began = time.monotonic()
        try:
            outcome = harness.run(name, content)
        except BaseException as error:
            error.add_note(f"{name}, mutation {number} of seed {SEED}")
            (Path(os.environ["FUZZ_KEEP"]) / f"{number}-{name}").write_bytes(
                content
            ) if "FUZZ_KEEP" in os.environ else None
            raise
        assert time.monotonic() - began < SLOWEST_SECONDS, (name, number)
        outcomes[outcome.left or "read"] = outcomes.get(outcome.left or "read", 0) + 1
    assert outcomes["read"] > sum(outcomes.values()) // 4, outcomes
