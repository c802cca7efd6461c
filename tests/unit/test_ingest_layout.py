"""Layouts: every fault at once with file and key; parsers read what the README says and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import FloorwalkError
from pipelines.ingest.contract import load_contract
from pipelines.ingest.expressions import parser_calls, source_ids
from pipelines.ingest.layout import load_layouts
from pipelines.ingest.reasons import ROW_REASONS, UNREADABLE_BY_TYPE
from tests.unit.ingest_centre import LAYOUT, Centre

FAULTY = """\
name: other
title: {en: Calls}
read: {kinds: [csv, pdf], encoding: klingon, delimiter: ab}
surprise: 1
columns:
  call: [Call Id]
  Agent: [Agent]
  start: [call_id]
  talk: nothing
tables:
  contacts:
    when: call is not null
    refuse: [{when: call = 'x', column: nowhere, reason: no_such_reason}]
    columns: {contact_id: call, started_at: as_timestamp(start), shoe_size: "42"}
  shoes: {columns: {}}
"""


def test_every_fault_of_every_layout_is_told_at_once_with_file_and_key(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.layout(FAULTY, "faulty")
    centre.layout("name: twice\nname: again\n", "twice")
    centre.layout(LAYOUT.replace("as_yes_no(answered)", "as_yesno(answered)").replace("call\n", "coll\n"), "calls")
    with pytest.raises(FloorwalkError) as caught:
        load_layouts(centre.project, load_contract(centre.project))
    assert sorted({problem.where for problem in caught.value.problems}) == [
        "calls.yml, tables.contacts.columns.contact_id",
        "calls.yml, tables.contacts.columns.is_answered",
        "calls.yml, tables.surveys.columns.survey_id",
        "faulty.yml, columns.Agent",
        "faulty.yml, columns.start",
        "faulty.yml, columns.talk",
        "faulty.yml, name",
        "faulty.yml, read.delimiter",
        "faulty.yml, read.encoding",
        "faulty.yml, read.kinds",
        "faulty.yml, surprise",
        "faulty.yml, tables.contacts.columns.is_answered",
        "faulty.yml, tables.contacts.columns.shoe_size",
        "faulty.yml, tables.contacts.refuse[1].column",
        "faulty.yml, tables.contacts.refuse[1].reason",
        "faulty.yml, tables.contacts.when",
        "faulty.yml, tables.shoes",
        "faulty.yml, title.zh",
        "twice.yml, line 2",
    ]


FAULTS_OF_READING = """\
name: read
title: {en: Calls, zh: 通话}
people: by_heart
read: {READ}
columns: {COLUMNS}
tables:
  contacts:
    columns: {contact_id: call, started_at: as_timestamp(call), is_answered: "true"}
"""


@pytest.mark.parametrize(
    ("read", "columns", "places"),
    [
        ("{kinds: [csv], header: maybe, ragged: often}", "{call: [Call]}", ["header", "ragged"]),
        ("{kinds: [csv, json], header: none}", '{call: ["1"]}', ["delimiter", "header", "recognise"]),
        ("{kinds: [csv], recognise: call > '1'}", "{call: [Call]}", ["recognise"]),
        ("{kinds: [json], ragged: true, header_rows: 2}", "{call: [Call]}", ["header_rows", "ragged"]),
        ("{kinds: [csv], header_rows: 0}", "{call: [Call]}", ["header_rows"]),
        ("{kinds: [csv], records: a, explode: b..c}", "{call: [Call]}", ["explode", "explode", "records"]),
        ("{kinds: [csv], unpivot: {columns: '[0', name: day, value: mark}}", "{call: [Call]}", ["unpivot.columns"]),
        ("{kinds: [csv], unpivot: {columns: 'x', name: day, value: day}}", "{call: [Call]}", ["unpivot.value"]),
        (
            "{kinds: [json], unpivot: {columns: 'x', name: Day, value: mark}}",
            "{call: [C]}",
            ["unpivot", "unpivot.name"],
        ),
        ("{kinds: [csv], form: true}", "{call: [Call]}", ["form"]),
    ],
)
def test_every_fault_of_how_a_file_is_read_is_told_with_its_key(
    read: str, columns: str, places: list[str], tmp_path: Path
) -> None:
    centre = Centre(tmp_path)
    centre.layout(FAULTS_OF_READING.replace("{READ}", read).replace("{COLUMNS}", columns), "read")
    with pytest.raises(FloorwalkError) as caught:
        load_layouts(centre.project, load_contract(centre.project))
    told = sorted(problem.where.removeprefix("read.yml, ") for problem in caught.value.problems)
    assert told == ["people", *(f"read.{place}" for place in places)]


def test_places_of_a_file_without_a_header_are_numbers_and_its_test_must_bind(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    read = '{kinds: [csv], header: none, delimiter: "|", recognise: coll is not null}'
    text = FAULTS_OF_READING.replace("{READ}", read).replace("people: by_heart\n", "people: by_name\n")
    centre.layout(text.replace("{COLUMNS}", '{call: ["1", first]}'), "read")
    with pytest.raises(FloorwalkError, match="'first' is no place in a line"):
        load_layouts(centre.project, load_contract(centre.project))
    centre.layout(text.replace("{COLUMNS}", "{call: [1]}"), "read")
    with pytest.raises(FloorwalkError, match="this expression does not work: coll is not null") as caught:
        load_layouts(centre.project, load_contract(centre.project))
    assert [problem.where for problem in caught.value.problems] == ["read.yml, read.recognise"]


def test_what_changes_rows_changes_the_digest_and_what_only_explains_does_not(tmp_path: Path) -> None:
    centre = Centre(tmp_path)

    def digest(text: str) -> str:
        centre.layout(text)
        return load_layouts(centre.project, load_contract(centre.project)).by_name["calls"].digest

    plain = digest(LAYOUT)
    assert digest(LAYOUT + "sample: |\n  Call Id,Agent\n") == plain
    assert digest(LAYOUT + "people: by_name\n") != plain
    assert digest(LAYOUT.replace("parquet]}", "parquet], some_rows: true}")) != plain


def test_all_layouts_of_the_project_are_sound(project: Path) -> None:
    layouts = load_layouts(project / "dbt_project", load_contract(project / "dbt_project"))
    assert {"pwc_forage", "anonymous_bank", "shopzilla_csat"} <= set(layouts.by_name)
    assert set(UNREADABLE_BY_TYPE.values()) <= set(ROW_REASONS)


def test_parser_calls_and_source_ids_are_found_in_an_expression() -> None:
    expression = "as_timestamp(day || ' start) ' || time, 'dmy') + to_seconds(as_seconds(coalesce(talk, '0,)')))"
    assert [(call.text, call.argument) for call in parser_calls(expression)] == [
        ("as_timestamp(day || ' start) ' || time, 'dmy')", "day || ' start) ' || time"),
        ("as_seconds(coalesce(talk, '0,)'))", "coalesce(talk, '0,)')"),
    ]
    assert source_ids(expression, {"day", "time", "talk", "start"}) == ("day", "time", "talk")


READ: dict[str, dict[str, float | bool | None]] = {
    "as_seconds": {
        "'143'": 143.0, "'143.5'": 143.5, "'00:02:23'": 143.0, "'216:12:22.311'": 778342.311, "'2:23'": 143.0,
        "'1h 2m 3s'": 3723.0, "'1小时2分3秒'": 3723.0, "'5分20秒'": 320.0, "'-3'": -3.0, "null": None,
        "'inf'": None, "'a while'": None, "'12:70'": None, "''": None,
    },
    "as_number": {"'1,234.5'": 1234.5, "'85%'": 0.85, "'Infinity%'": None, "'nan'": None, "'12,34'": None},
    "as_yes_no": {"'Y'": True, "'否'": False, "'1.0'": True, "'maybe'": None},
}  # fmt: skip
MOMENTS = {
    ("2021-01-05 09:12:58", "ymd"): "2021-01-05 09:12:58",
    ("2021/1/5 9:12", "dmy"): "2021-01-05 09:12:00",
    ("2021年1月5日 9时12分", "ymd"): "2021-01-05 09:12:00",
    ("05/01/2021 09:12", "dmy"): "2021-01-05 09:12:00",
    ("05/01/2021 09:12", "mdy"): "2021-05-01 09:12:00",
    ("14-Aug-23", "dmy"): "2023-08-14 00:00:00",
    ("990105", "ymd"): "1999-01-05 00:00:00",
    ("05/01/2021", "ymd"): None,
    ("05/01/21", "dmy"): "2021-01-05 00:00:00",
    ("13.02.26 14:05", "dmy"): "2026-02-13 14:05:00",
    ("2021-01-05 09:12:58 +08", "ymd"): None,
    ("2021-01-05 09:12 tomorrow", "ymd"): None,
    ("2021-13-05", "ymd"): None,
    ("2021-01-05T09:12:58Z", "ymd"): None,
    ("2021-01-05 09:12:58+08:00", "ymd"): None,
}


def test_parsers_read_what_they_promise_and_nothing_else(project: Path) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute((project / "dbt_project" / "exports" / "_parsers.sql").read_text(encoding="utf-8"))
        for parser, cases in READ.items():
            for text, value in cases.items():
                assert connection.execute(f"select {parser}({text})").fetchone() == (value,), f"{parser}({text})"
        for (text, order), expected in MOMENTS.items():
            row = connection.execute("select as_timestamp(?, ?)::varchar", [text, order]).fetchone()
            assert row == (expected,), (text, order)


def test_the_readme_names_every_parser(project: Path) -> None:
    exports = project / "dbt_project" / "exports"
    parsers = set(re.findall(r"macro (as_\w+)", (exports / "_parsers.sql").read_text(encoding="utf-8")))
    assert parsers == set(re.findall(r"`(as_\w+)\(", (exports / "README.md").read_text(encoding="utf-8")))
