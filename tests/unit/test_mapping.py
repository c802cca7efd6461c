"""An unseen export is in the lake after at most one edit of the layout that `floorwalk map` proposes for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest.contract import load_contract
from pipelines.ingest.layout import load_layouts
from pipelines.mapping import Proposal, as_layout, map_file, try_layout, try_project
from pipelines.settings import PROJECT
from tests.unit import mapping_exports
from tests.unit.ingest_centre import Centre

DBT = PROJECT / "dbt_project"
Export = Callable[[Path], Path]


def proposed(file: Path, table: str = "") -> tuple[Proposal, str]:
    proposal = map_file(file, DBT, table)
    return proposal, as_layout(proposal, "unseen")


def answered(text: str, *answers: str) -> str:
    """The layout after a person has put an answer in the place of each question, in order."""
    for answer in answers:
        found = re.search(r'(?m)^( +\w+): "\? .*"$', text)
        assert found
        text = text.replace(found[0], f"{found[1]}: {answer}", 1)
    return text


@pytest.mark.parametrize(
    ("export", "name", "edits", "accepted", "refused"),
    [
        (mapping_exports.english_milliseconds, "unseen.csv", (), 120, 0),
        (mapping_exports.chinese_by_name, "unseen.xlsx", (), 90, 4),
        (mapping_exports.json_lines, "unseen.jsonl", (), 120, 0),
        (mapping_exports.ambiguous_semicolons, "unseen.csv", ("as_timestamp(started_at, 'dmy')",), 119, 1),
    ],
)
def test_an_unseen_export_is_taken_in_after_at_most_one_edit(
    export: Export, name: str, edits: tuple[str, ...], accepted: int, refused: int, tmp_path: Path
) -> None:
    file = export(tmp_path / name)
    assert try_project(file, DBT).layout == ""
    proposal, text = proposed(file)
    assert len(proposal.questions) == len(edits) <= 1
    (tmp_path / "centre").mkdir()
    centre = Centre(tmp_path / "centre", answered(text, *edits).replace("name: unseen", "name: calls"))
    if proposal.needs_zone:
        parsers = centre.project / "exports" / "_parsers.sql"
        stated = parsers.read_text(encoding="utf-8").replace("cast(null as varchar);", "'Asia/Shanghai';", 1)
        parsers.write_text(stated, encoding="utf-8")
    assert "calls" in load_layouts(centre.project, load_contract(centre.project)).by_name
    centre.deliver(name, file.read_bytes())
    assert centre.take_in().tables["contacts"] == {"accepted": accepted, "refused": refused, "held": accepted}


def test_milliseconds_and_the_month_first_are_read_from_the_values(tmp_path: Path) -> None:
    file = mapping_exports.english_milliseconds(tmp_path / "unseen.csv")
    proposal, text = proposed(file)
    assert proposal.values["talk_seconds"].expression == "as_seconds(talk_time) / 1000"
    assert proposal.values["wait_seconds"].expression == "as_seconds(wait_time) / 1000"
    assert proposal.values["started_at"].expression == "as_timestamp(call_start, 'mdy')"
    assert "# month first: 64 rows have a second number above 12, such as '3/13/2024 " in text
    not_read = dict(proposal.not_read)
    assert not_read["Customer Phone"] == "phone number: not needed, not loaded"
    assert (not_read["Notes"], not_read["Version"]) == ("always empty", "the same in every row")
    assert "7946" not in text


def test_a_question_is_no_guess_the_layout_is_refused_in_its_words(tmp_path: Path) -> None:
    file = mapping_exports.ambiguous_semicolons(tmp_path / "unseen.csv")
    _, text = proposed(file)
    with pytest.raises(FloorwalkError) as refused:
        try_layout(file, DBT, "unseen", text)
    assert "tables.contacts.columns.started_at: still to be decided: which comes first in this date" in str(
        refused.value
    )
    assert str(refused.value).endswith("what to do: put one of the expressions above it there")
    assert "02/06/2024 10:01 would be 2 June 2024" in text
    assert "02/06/2024 10:01 would be 6 February 2024" in text


def test_a_text_that_nobody_knows_is_named_and_refused_until_it_is_added(tmp_path: Path) -> None:
    file = mapping_exports.ambiguous_semicolons(tmp_path / "unseen.csv")
    _, text = proposed(file)
    assert "not known, refused until added to a list: '黑名单' (1 row)" in text
    decided = answered(text, "as_timestamp(started_at, 'dmy')")
    [read] = try_layout(file, DBT, "unseen", decided).reads
    assert [(refusal.reason, refusal.rows, refusal.first_lines) for refusal in read.refusals] == [
        ("not_yes_no", 1, "9")
    ]
    added = decided.replace("in ('未接通')", "in ('未接通', '黑名单')")
    assert try_layout(file, DBT, "unseen", added).accepted == 120


def test_people_who_are_only_named_are_joined_by_name_and_totals_are_refused(tmp_path: Path) -> None:
    file = mapping_exports.chinese_by_name(tmp_path / "unseen.xlsx")
    proposal, text = proposed(file)
    assert "people: by_name\n" in text
    assert "9 other lines" not in text
    assert "# 8 column headings in line 3, below 2 other lines" in text
    assert proposal.totals is not None
    assert (proposal.totals.words, proposal.totals.rows) == (("小计", "合计"), 4)
    assert proposal.values["contact_id"].expression == "md5(concat_ws('|', started_at, agent_name))"
    [read] = try_layout(file, DBT, "unseen", text).reads
    assert ("contact_id", "total_row", 4) in [(r.column, r.reason, r.rows) for r in read.refusals]
    assert "13800" not in text


def test_day_and_time_are_put_together_and_what_is_missing_is_asked(tmp_path: Path) -> None:
    file = mapping_exports.without_id(tmp_path / "unseen.csv")
    proposal, text = proposed(file)
    assert proposal.values["started_at"].expression == "as_timestamp(day || ' ' || time, 'dmy')"
    assert proposal.values["talk_seconds"].expression == "as_seconds(talk_min) * 60"
    assert [name for name, _ in proposal.questions] == ["is_answered"]
    assert try_layout(file, DBT, "unseen", answered(text, "true")).accepted == 120


def test_an_export_that_a_layout_reads_is_recognised_with_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(
        "contact_id,started_at,is_answered\nC1,2024-03-01 09:00:00,yes\nC2,yesterday,yes\n", encoding="utf-8"
    )
    trial = try_project(file, DBT)
    assert trial.layout == "plain_contacts"
    assert [(read.accepted, read.refused) for read in trial.reads] == [(1, 1)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "unseen.csv: the file cannot be read\n  why it matters: it is empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "why it matters: it is an old binary workbook"),
        (b"Weather,City\nrain,Essen\nsun,Bonn\n", "no contract table can be fed"),
        (b'{"a": 1}', "it holds JSON; a build reads JSON from files named .json, .jsonl or .ndjson"),
    ],
)
def test_a_file_that_can_feed_nothing_is_said_in_plain_words(content: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "unseen.csv"
    file.write_bytes(content)
    with pytest.raises(FloorwalkError) as refused:
        map_file(file, DBT)
    assert refused.value.exit_code is Exit.INPUT_REJECTED
    assert words in str(refused.value)
