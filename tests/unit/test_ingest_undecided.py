"""A mapping with an open question stops a build only when a file needs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import Exit, FloorwalkError
from tests.unit.ingest_centre import LAYOUT, Centre, delimited

DRAFT = """\
name: draft
title: {en: Draft, zh: 草稿}
read: {kinds: [csv]}
columns:
  chat: [Chat Id]
  began: [Began]
  taken: [Taken]
tables:
  contacts:
    columns:
      contact_id: chat
      # as_timestamp(began, 'dmy') or as_timestamp(began, 'mdy')
      started_at: "? which comes first in this date, the day or the month"
      is_answered: "? what says that somebody answered"
"""
CHATS = "Chat Id,Began,Taken\nX1,02/06/2024 10:01,Y\n"
NOTE = (
    "draft.yml, line 13, tables.contacts.columns.started_at: the mapping draft is not used: 2 questions still to be "
    "decided\n  why it matters: a file of this kind would stop a build\n"
    "  what to do: answer each question in the file, or remove the file"
)
STOP = (
    "draft.yml, line 13, tables.contacts.columns.started_at: still to be decided: which comes first in this date, the "
    "day or the month\n  why it matters: chats.csv is read by this mapping\n"
    "  what to do: put one of the expressions above it there\n"
    "draft.yml, line 14, tables.contacts.columns.is_answered: still to be decided: what says that somebody answered\n"
    "  why it matters: chats.csv is read by this mapping\n  what to do: put one of the expressions above it there"
)


def _centre(folder: Path) -> Centre:
    centre = Centre(folder)
    centre.layout(DRAFT, "draft")
    centre.deliver("calls.csv", delimited())
    return centre


def test_a_mapping_with_questions_stops_no_file_of_another_and_is_told_once(tmp_path: Path) -> None:
    centre = _centre(tmp_path)
    centre.deliver("more.csv", delimited().replace("\nC", "\nD"))
    taken = centre.take_in()
    assert taken.tables["contacts"]["accepted"] == 6
    assert [str(note) for note in taken.notes] == [NOTE]


def test_a_file_that_needs_it_stops_the_build_with_every_question_and_its_line(tmp_path: Path) -> None:
    centre = _centre(tmp_path)
    centre.deliver("chats.csv", CHATS)
    with pytest.raises(FloorwalkError) as stopped:
        centre.take_in()
    assert stopped.value.exit_code is Exit.USAGE
    assert str(stopped.value) == STOP
    assert not list((centre.lake / "deliveries").glob("*"))


def test_it_reads_the_file_once_it_is_decided(tmp_path: Path) -> None:
    centre = _centre(tmp_path)
    centre.deliver("chats.csv", CHATS)
    text = DRAFT.replace('"? which comes first in this date, the day or the month"', "as_timestamp(began, 'dmy')")
    centre.layout(text.replace('"? what says that somebody answered"', "as_yes_no(taken)"), "draft")
    taken = centre.take_in()
    assert (taken.tables["contacts"]["accepted"], taken.notes) == (4, ())


def test_a_mapping_that_is_decided_goes_before_one_that_explains_as_much_and_is_not(tmp_path: Path) -> None:
    centre = _centre(tmp_path)
    centre.layout(LAYOUT.replace("name: calls", "name: aaa").replace("as_timestamp(start)", '"? when"'), "aaa")
    assert [delivery.layout for delivery in centre.take_in().deliveries] == ["calls", "calls"]


def test_rows_that_a_mapping_read_before_it_was_reopened_stay_until_it_is_decided(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv", delimited())
    centre.take_in()
    centre.layout(LAYOUT.replace("as_yes_no(answered)", '"? what says that somebody answered"'))
    with pytest.raises(FloorwalkError, match=r"calls\.yml, line 19, .*still to be decided"):
        centre.take_in()
    centre.layout(LAYOUT)
    assert centre.take_in().tables["contacts"]["held"] == 3
