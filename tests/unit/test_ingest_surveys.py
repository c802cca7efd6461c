"""Qualtrics responses, made up after the published columns, and the practice file of a call centre as it circulates."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.vendor_centre import VendorCentre, read_as


def test_the_lines_that_explain_the_columns_and_unfinished_responses_say_nothing(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    text = centre.sample("qualtrics_responses")
    preview = "2026-03-04 11:20:00,2026-03-04 11:21:00,1,100,1,2026-03-04 11:21:05,R_0000000000000a3,preview,EN,1,c-3\n"
    off = "2026-03-04 11:20:00,2026-03-04 11:21:00,0,100,1,2026-03-04 11:21:05,R_0000000000000a4,email,EN,7,c-4\n"
    centre.deliver("responses.csv", text + preview + off)
    intake = centre.take_in()
    assert read_as(intake) == {("qualtrics_responses", "surveys", 1, 2, 3)}
    assert centre.reasons("surveys") == [("score", "above_maximum", 1), ("survey_id", "test_record", 1)]
    assert centre.select(intake, "select survey_id, contact_id, score, answered_at::varchar from raw.surveys") == [
        ("R_0000000000000a1", "c-1", 5, "2026-03-04 09:21:05")
    ]


@pytest.mark.oracle
def test_a_table_of_responses_without_any_rating_is_left_with_what_it_lacks(shared_data: Path, tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    shutil.copy(shared_data / "dbt_seeds" / "qualtrics" / "survey_response.csv", centre.drop)
    centre.deliver_sample("maven_call_center", "calls.csv")
    (left,) = centre.take_in().unrecognised
    assert (left.reason, left.nearest_layout) == ("no_layout", "qualtrics_responses")
    assert "score" in left.missing_columns.split(",")


@pytest.mark.oracle
def test_two_thirds_of_the_practice_file_are_no_rows(shared_data: Path, tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    shutil.copy(shared_data / "maven_call_center" / "Call Center.csv", centre.drop)
    intake = centre.take_in()
    assert len((centre.drop / "Call Center.csv").read_text(encoding="utf-8").splitlines()) == 32942
    told = read_as(intake)
    assert ("maven_call_center", "contacts", 10747, 0, 0) in told
    (surveys,) = (one for one in told if one[1] == "surveys")
    assert surveys[2] + surveys[4] == 10747
    assert centre.select(
        intake,
        "select count(*), min(started_at)::date::varchar, max(started_at)::date::varchar, min(talk_seconds), "
        "max(talk_seconds) from raw.contacts",
    ) == [(10747, "2020-10-01", "2020-10-31", 300, 2700)]
    assert centre.select(intake, "select min(score), max(score) from raw.surveys") == [(1, 10)]
