"""Published files written in other encodings and with other line ends, cut off, repeated and corrected.

The same numbers come out, or a clear refusal. Names are made Chinese first, since plain letters are the same bytes in
nearly every encoding.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.ingest import Intake
from tests.unit.ingest_centre import build, raw

pytestmark = pytest.mark.oracle
FILES = {
    "pwc": ("pwc_forage/call_center_clean.csv", "calls.csv", "contacts", 5000),
    "bank": ("anonymous_bank/february.txt", "february.txt", "contacts", 33_344),
    "survey": ("shopzilla_csat/dev_first_half.csv", "surveys.csv", "contacts", 8007),
}
"""Where it stands, what it is called when delivered, main table, rows."""
FIRST_NAMES = (
    "安",
    "伯",
    "陈",
    "丁",
    "鄂",
    "方",
    "郭",
    "韩",
    "简",
    "柯",
    "林",
    "马",
    "倪",
    "欧",
    "潘",
    "秦",
    "任",
    "沈",
)
WRITTEN: dict[str, Callable[[str], bytes]] = {
    "UTF-8 with a byte order mark": lambda text: text.encode("utf-8-sig"),
    "GB18030": lambda text: text.encode("gb18030"),
    "UTF-16 with a byte order mark": lambda text: text.encode("utf-16"),
    "UTF-16 without one": lambda text: text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "CR at line ends": lambda text: text.replace("\n", "\r").encode(),
    "CRLF at line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "GB18030 with CRLF": lambda text: text.replace("\n", "\r\n").encode("gb18030"),
    "UTF-16 with CR": lambda text: text.replace("\n", "\r").encode("utf-16"),
    "no end of the last line": lambda text: text.rstrip("\n").encode(),
    "a blank line after each": lambda text: text.replace("\n", "\n\n").encode(),
}


def in_chinese(text: str) -> str:
    """The text with every capital in front of small letters followed by a Chinese character: consistent, never a
    header."""
    header, _, rows = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    rows = re.sub(
        r"(?<=[,\t])([A-R])([a-z]+)(?=[,\t \n])",
        lambda found: found[0] + FIRST_NAMES[ord(found[1]) - ord("A")],
        rows,
    )
    return header + "\n" + rows


class Deliveries:
    """A drop of its own folder; what the lake then holds, as digests that ignore delivery and line."""

    def __init__(self, folder: Path, project: Path) -> None:
        self.drop, self.lake, self.project = folder / "drop", folder / "lake", project / "dbt_project"
        self.scratch = folder / "scratch"
        self.drop.mkdir(parents=True)

    def deliver(self, name: str, content: bytes) -> Intake:
        (self.drop / name).write_bytes(content)
        return build(self.drop, self.lake, self.project, self.scratch)

    def held(self, intake: Intake) -> dict[str, object]:
        with raw(self.lake, self.project, intake) as connection:
            return {
                table: connection.execute(
                    f"select count(*), bit_xor(hash(whole)), sum(hash(whole)::hugeint % 1000003) from "
                    f"(select * exclude (delivery_id, source_line) from raw.{table}) as whole"
                ).fetchone()
                for table in intake.tables
            }


def text_of(shared_data: Path, which: str) -> str:
    return in_chinese((shared_data / FILES[which][0]).read_bytes().decode("utf-8-sig"))


@pytest.fixture(scope="module")
def as_delivered(
    shared_data: Path, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, object]]:
    """What each file holds in plain UTF-8."""
    held = {}
    for which, (_, name, table, rows) in FILES.items():
        centre = Deliveries(tmp_path_factory.mktemp(which) / "plain", project)
        intake = centre.deliver(name, text_of(shared_data, which).encode())
        assert sum(intake.tables[table][part] for part in ("accepted", "refused")) == rows
        held[which] = centre.held(intake)
    return held


@pytest.mark.parametrize("which", FILES)
@pytest.mark.parametrize("written", WRITTEN)
def test_the_same_rows_come_out_of_every_way_to_write_them(
    as_delivered: dict[str, dict[str, object]],
    shared_data: Path,
    project: Path,
    tmp_path: Path,
    which: str,
    written: str,
) -> None:
    centre = Deliveries(tmp_path / "centre", project)
    intake = centre.deliver(FILES[which][1], WRITTEN[written](text_of(shared_data, which)))
    assert centre.held(intake) == as_delivered[which]
    assert [note for note in intake.notes if "guess" in str(note)] == []


@pytest.mark.parametrize("which", FILES)
def test_a_file_cut_off_within_a_line_keeps_every_line_before_it(
    as_delivered: dict[str, dict[str, object]], shared_data: Path, project: Path, tmp_path: Path, which: str
) -> None:
    _, name, table, _ = FILES[which]
    text = text_of(shared_data, which)
    lines, delimiter = text.splitlines(keepends=True), "\t" if name.endswith(".txt") else ","
    reader = csv.reader(lines, delimiter=delimiter)
    assert all(next(reader) for _ in range(2001))  # a row may have several lines: the header and 2,000 rows
    cut = "".join(lines[: reader.line_num]) + lines[reader.line_num][:12]
    centre = Deliveries(tmp_path / "centre", project)
    intake = centre.deliver(name, cut.encode())
    (delivery,) = [delivery for delivery in intake.deliveries if delivery.table_name == table]
    assert delivery.file_rows == 2001
    told = [
        (refusal.column, refusal.reason, refusal.rows, refusal.first_lines)
        for refusal in intake.refusals[delivery.delivery_id, table]
        if refusal.column is None
    ]
    assert told == [(None, "wrong_number_of_columns", 1, str(reader.line_num + 1))]
    whole = centre.deliver(f"whole_{name}", text.encode())
    assert centre.held(whole) == as_delivered[which]


@pytest.mark.parametrize("which", FILES)
def test_delivered_twice_counts_once(
    as_delivered: dict[str, dict[str, object]], shared_data: Path, project: Path, tmp_path: Path, which: str
) -> None:
    centre = Deliveries(tmp_path / "centre", project)
    text = text_of(shared_data, which)
    centre.deliver(FILES[which][1], text.encode())
    same = centre.deliver(f"again_{FILES[which][1]}", text.encode())
    assert len({delivery.delivery_id for delivery in same.deliveries}) == 1
    assert "the same bytes" in "\n".join(map(str, same.notes))
    other_bytes = centre.deliver(f"other_{FILES[which][1]}", text.replace("\n", "\r\n").encode())
    assert len({delivery.delivery_id for delivery in other_bytes.deliveries}) == 2
    assert centre.held(other_bytes) == as_delivered[which]


def test_a_corrected_file_replaces_what_it_corrects_and_nothing_else(
    shared_data: Path, project: Path, tmp_path: Path
) -> None:
    """The first hundred calls are delivered again with another talk time."""
    centre = Deliveries(tmp_path / "centre", project)
    header, *rows = text_of(shared_data, "pwc").rstrip("\n").split("\n")
    centre.deliver("calls.csv", "\n".join([header, *rows]).encode())
    place = header.split(",").index("AvgTalkDuration")
    corrected, changed = [], 0
    for row in rows[:100]:
        cells = row.split(",")
        if cells[place]:
            cells[place], changed = "00:09:59", changed + 1
        corrected.append(",".join(cells))
    intake = centre.deliver("correction.csv", "\n".join([header, *corrected]).encode())
    assert changed > 50
    assert intake.tables["contacts"] == {"accepted": 5100, "refused": 0, "held": 5000}
    with raw(centre.lake, centre.project, intake) as connection:
        told = connection.execute(
            "select count(*), count(*) filter (where talk_seconds = 599 and delivery_id = ?) from raw.contacts",
            [intake.new_deliveries[0].delivery_id],
        ).fetchone()
    assert told == (5000, changed)
