"""JSON as lines and as documents: nested fields, lists to rows, exact lines, nothing lost. Invented contacts."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipelines.ingest.readers import Unreadable, json_stream
from pipelines.ingest.readers.json_objects import rows_of
from tests.unit.ingest_centre import Centre

LAYOUT = """\
name: calls
title: {en: Contacts, zh: 通话}
read: {kinds: [json, jsonl], records: data.Contacts}
columns:
  call: [Id]
  agent: [Agent.User_Name]
  start: [Start]
  tags: {headers: [Tags], optional: true}
tables:
  contacts:
    columns:
      contact_id: call
      agent_id: agent
      started_at: as_timestamp(start)
      reason: tags
      is_answered: "true"
"""


def contact(number: int, start: str = "2024-03-01 09:00:00") -> dict[str, object]:
    return {"Id": f"C{number}", "Agent": {"user name": "a1"}, "Start": start, "Tags": ["x", 1], "Queue": None}


def page(*contacts: object, **beside: object) -> dict[str, object]:
    return {**beside, "data": {"total": len(contacts), "Contacts": list(contacts)}}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_document_gives_a_row_per_record_with_nested_fields_and_lists_as_text(
    indent: int | None, tmp_path: Path
) -> None:
    centre = Centre(tmp_path, LAYOUT)
    centre.deliver("calls.json", json.dumps(page(contact(1), contact(2), page=1), indent=indent))
    intake = centre.take_in()
    assert [(d.file_rows, d.accepted_rows) for d in intake.deliveries] == [(2, 2)]
    with centre.raw(intake) as connection:
        rows = connection.execute("select contact_id, agent_id, reason from raw.contacts order by 1").fetchall()
    assert rows == [("C1", "a1", '["x", 1]'), ("C2", "a1", '["x", 1]')]


def test_a_row_of_a_document_is_named_by_the_line_it_begins_on(tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT)
    spread_out = json.dumps(page(contact(1), contact(2, "soon"), 7, "x"), indent=1)
    centre.deliver("spread.json", spread_out)
    centre.deliver("packed.json", "\n\n" + json.dumps(page(contact(3), contact(4, "later"), 7, "y")))
    intake = centre.take_in()
    second = spread_out[: spread_out.index('"C2"')].count("\n")  # the line of its brace
    seven = spread_out.split("\n").index("   7,") + 1
    assert [fault[:4] for fault in centre.faults()] == [
        ("packed.json", 3, "started_at", "not_a_time"),
        ("packed.json", 3, None, "not_json"),
        ("packed.json", 3, None, "not_json"),
        ("spread.json", second, "started_at", "not_a_time"),
        ("spread.json", seven, None, "not_json"),
        ("spread.json", seven + 1, None, "not_json"),
    ]
    assert [(d.file_rows, d.accepted_rows, d.refused_rows) for d in intake.deliveries] == [(4, 1, 3), (4, 1, 3)]
    refusals = intake.refusals[intake.deliveries[0].delivery_id, "contacts"]
    assert {refusal.first_lines for refusal in refusals} == {"3.2", "3.3, 3.4"}


def test_several_documents_in_one_file_are_read_and_one_without_its_list_is_refused(tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT)
    pages = [page(contact(1)), page(contact(2), contact(3)), {"error": "too many requests"}, page()]
    centre.deliver("pages.json", "\n".join(json.dumps(one, indent=2) for one in pages))
    centre.deliver("lines.json", "\n".join(json.dumps(one) for one in pages).replace("C", "D").replace("Dont", "Cont"))
    intake = centre.take_in()
    assert [(d.file_rows, d.accepted_rows, d.refused_rows) for d in intake.deliveries] == [(4, 3, 1), (4, 3, 1)]
    assert {fault[3] for fault in centre.faults()} == {"no_records"}
    assert ("lines.json", 3) in {fault[:2] for fault in centre.faults()}


@pytest.mark.parametrize("damage", ["cut", "comma"])
def test_a_damaged_document_is_left_as_a_whole_with_its_line(damage: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT)
    good = json.dumps(page(*map(contact, range(20))), indent=1)
    centre.deliver("good.json", json.dumps(page(contact(99))))
    centre.deliver("bad.json", {"cut": good[:-30], "comma": good.replace("},", "}", 2)}[damage])
    intake = centre.take_in()
    assert [(file.file, file.reason) for file in intake.unrecognised] == [("bad.json", "unreadable")]
    assert intake.tables["contacts"]["accepted"] == 1
    assert any("JSON document" in note.why and "line" in note.why for note in intake.notes)


def test_a_record_with_bytes_that_are_no_text_is_refused_and_the_others_stay(tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT)
    contacts = [{**contact(number), "Agent": {"user name": "王芳"}} for number in range(20)]
    good = json.dumps(page(*contacts), indent=1, ensure_ascii=False).encode()
    centre.deliver("calls.json", good.replace(b"C2", b"C\xff", 1))
    (contacts_read,) = centre.take_in().deliveries
    assert (contacts_read.file_rows, contacts_read.accepted_rows, contacts_read.refused_rows) == (20, 19, 1)
    assert [fault[2:4] for fault in centre.faults()] == [(None, "undecodable_text")]


EXPLODED = """\
name: calls
title: {en: Evaluations, zh: 评估}
read: {kinds: [json, jsonl], explode: groups.items}
columns:
  form: [form.id]
  item: [groups.items.id]
  group: [groups.name]
  points: [groups.items.points]
tables:
  contacts:
    columns:
      contact_id: form || item
      queue: '"group"'
      started_at: "timestamp '2024-03-01'"
      is_answered: "true"
      talk_seconds: as_number(points)
"""


def test_a_list_is_taken_apart_and_no_object_disappears(tmp_path: Path) -> None:
    centre = Centre(tmp_path, EXPLODED)
    first = {"name": "g", "items": [{"id": "q1", "points": 1}, {"id": "q2", "points": "n/a"}]}
    forms = [
        {"form": {"id": "f1"}, "groups": [first, {"name": "h", "items": [{"id": "q3"}]}]},
        {"form": {"id": "f2"}, "groups": []},
        {"form": {"id": "f3"}},
        {"form": {"id": "f4"}, "groups": {"name": "one", "items": {"id": "q4"}}},
        {"form": {"id": "f5"}, "groups": [{"name": "empty", "items": []}]},
    ]
    centre.deliver("forms.jsonl", "\n".join(json.dumps(form) for form in forms))
    intake = centre.take_in()
    (contacts,) = intake.deliveries
    assert (contacts.file_rows, contacts.accepted_rows, contacts.refused_rows) == (7, 3, 4)
    assert [fault[1:4] for fault in centre.faults()] == [
        (1, "talk_seconds", "not_a_number"),
        (2, "contact_id", "required_missing"),
        (3, "contact_id", "required_missing"),
        (5, "contact_id", "required_missing"),
    ]
    with centre.raw(intake) as connection:
        rows = connection.execute("select contact_id, queue, source_line from raw.contacts order by 1").fetchall()
    assert rows == [("f1q1", "g", 1), ("f1q3", "h", 1), ("f4q4", "one", 4)]


def test_the_newest_row_wins_among_rows_of_one_line_and_the_others_stay(tmp_path: Path) -> None:
    centre = Centre(tmp_path, EXPLODED)
    items = [{"id": "q1", "points": 1}, {"id": "q2", "points": 2}, {"id": "q1", "points": 3}]
    centre.deliver("1.json", json.dumps({"form": {"id": "f"}, "groups": [{"name": "g", "items": items}]}))
    again = [{"id": "q2", "points": 9}]
    centre.take_in()
    centre.deliver("2.json", json.dumps({"form": {"id": "f"}, "groups": [{"name": "g", "items": again}]}))
    intake = centre.take_in()
    assert [(d.accepted_rows, d.superseded_rows) for d in intake.deliveries] == [(3, 2), (1, 0)]
    with centre.raw(intake) as connection:
        rows = connection.execute("select contact_id, talk_seconds from raw.contacts order by 1").fetchall()
    assert rows == [("fq1", 3.0), ("fq2", 9.0)]


class _Endless(io.TextIOBase):
    """A document of many records that is written while it is read."""

    def __init__(self, records: int) -> None:
        self._parts = self._texts(records)

    @staticmethod
    def _texts(records: int) -> Iterator[str]:
        yield '{"Contacts": ['
        for number in range(records):
            yield ("," if number else "") + json.dumps({"Id": number, "note": "x" * 400})
        yield "]}"

    def read(self, size: int | None = -1, /) -> str:
        taken = ""
        for part in self._parts:
            taken += part
            if len(taken) >= (size or 0):
                break
        return taken


def test_a_long_document_is_read_in_little_memory() -> None:
    tracemalloc.start()
    records = json_stream.records_of(cast(TextIO, _Endless(100_000)), ("Contacts",))
    assert sum(1 for _ in records) == 100_000  # 40 MB of text
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


def test_one_value_that_is_too_long_is_refused_in_words() -> None:
    text = io.StringIO('[{"a": "' + "x" * json_stream.LONGEST_VALUE * 2 + '"}]')
    with pytest.raises(Unreadable, match="more than 16 million characters at line 1"):
        list(json_stream.records_of(text, ()))


_plain = (
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text()
)
_values = some.recursive(_plain, lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner), max_leaves=20)


class _Dripping(io.StringIO):
    """Gives one character at a time, so that every value is cut everywhere."""

    def read(self, size: int | None = -1, /) -> str:
        return super().read(1)


@given(some.lists(_values, max_size=6), some.sampled_from([None, 1]), some.booleans())
def test_any_document_is_read_as_python_reads_it(values: list[object], indent: int | None, drip: bool) -> None:
    text = json.dumps({"other": values, "records": values}, indent=indent, ensure_ascii=False)
    stream = (_Dripping if drip else io.StringIO)(text)
    found = list(json_stream.records_of(stream, ("records",)))
    assert [value for _, value in found] == values
    lines = [line for line, _ in found]
    assert lines == sorted(lines)


@given(some.text(alphabet='{}[]",:0123 \nabctrue\\', max_size=60), some.booleans())
def test_no_text_makes_the_reader_stumble(text: str, path: bool) -> None:
    try:
        found = list(json_stream.records_of(io.StringIO(text), ("a",) if path else ()))
    except Unreadable as error:
        assert "line" in str(error)
    else:
        assert len(found) <= len(text)


@given(some.dictionaries(some.text(), _values), some.lists(_values))
def test_an_object_gives_a_row_per_element_of_its_list_and_never_none(
    record: dict[str, object], items: list[object]
) -> None:
    rows = list(rows_of({**record, "items": items}, ("items",)))
    assert len(rows) == max(1, len(items))
