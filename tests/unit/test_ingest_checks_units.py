"""A wrong unit stops the drop with an explanation, and somebody may answer for it. All files are invented."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest import Intake
from pipelines.settings import PROJECT
from tests.unit.checks_centre import MONDAY, NOON, calls, centre, file
from tests.unit.ingest_centre import Centre

ACCEPTED = "delivery,doubt,reason,owner,accepted_on\n"


def _week(factor: float = 1, week: int = 0, rows: int = 60) -> str:
    return file(row for day in range(7) for row in calls(MONDAY + timedelta(weeks=week, days=day), rows, factor=factor))


def _stopped(made: Centre) -> str:
    with pytest.raises(FloorwalkError) as raised:
        made.take_in(now=NOON)
    assert raised.value.exit_code is Exit.INPUT_REJECTED
    return str(raised.value)


def _accept(made: Centre, *lines: str) -> Intake:
    (made.project / "seeds").mkdir(exist_ok=True)
    (made.project / "seeds" / "accepted_doubts.csv").write_text(ACCEPTED + "".join(f"{line}\n" for line in lines))
    return made.take_in(now=NOON)


def test_milliseconds_after_a_week_of_seconds_stop_the_drop_with_both_figures(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("1.csv", _week())
    made.take_in(now=NOON)
    made.deliver("2.csv", _week(1000, 1))
    words = _stopped(made)
    assert "2.csv, contacts.talk_seconds: talk_seconds is 2" in words
    assert "seconds in the middle of its rows, where 2" in words
    assert "milliseconds read as seconds" in words
    assert "the last site stays" in words


def test_a_stop_takes_in_nothing_of_the_drop_and_leaves_the_lake_as_it_was(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("1.csv", _week())
    made.take_in(now=NOON)
    before = {path: path.read_bytes() for path in sorted(made.lake.rglob("*")) if path.is_file()}
    made.deliver("0_good.csv", _week(1, 2))
    made.deliver("2.csv", _week(1000, 1))
    _stopped(made)
    assert {path: path.read_bytes() for path in sorted(made.lake.rglob("*")) if path.is_file()} == before
    (made.drop / "2.csv").unlink()
    assert made.take_in(now=NOON).tables["contacts"]["held"] == 840


@pytest.mark.parametrize(
    ("factor", "cause"), [(1000, "milliseconds read as seconds"), (1 / 60, "minutes read as seconds")]
)
def test_without_earlier_files_what_is_usual_decides(tmp_path: Path, factor: float, cause: str) -> None:
    made = centre(tmp_path)
    made.deliver("1.csv", _week(factor))
    assert cause in _stopped(made)


def test_another_layout_gives_the_figure_to_compare_with_where_this_one_is_new(tmp_path: Path) -> None:
    made = centre(tmp_path)
    other = (made.project / "exports" / "calls.yml").read_text(encoding="utf-8").replace("[Call]", "[Number]")
    made.layout(other.replace("name: calls", "name: other"), "other")
    made.deliver("1.csv", _week())
    made.take_in(now=NOON)
    made.deliver("2.csv", _week(1000, 1).replace("Call,", "Number,", 1))
    assert "where 2" in _stopped(made)


def test_whoever_knows_better_accepts_it_by_file_or_by_digits_and_the_drop_goes_in(tmp_path: Path) -> None:
    for folder, delivery in (("by_name", "1.csv"), ("by_digits", "")):
        made = centre(_made(tmp_path / folder))
        made.deliver("1.csv", _week(1 / 60))
        words = _stopped(made)
        digits = words.split("build again: ")[1].split(",")[0]
        lines = [f"{delivery or digits},minutes_as_seconds,calls of robots,Ann,2024-12-24"]
        intake = _accept(made, *lines)
        assert intake.tables["contacts"]["accepted"] == 420
        assert {(doubt.doubt, doubt.severity) for doubt in intake.doubts} == {("minutes_as_seconds", "accepted")}
        assert intake.notes == ()


def test_an_acceptance_that_is_taken_back_leaves_a_doubt_and_never_undoes_a_delivery(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("1.csv", _week(1 / 60))
    _stopped(made)
    _accept(made, "1.csv,minutes_as_seconds,calls of robots,Ann,2024-12-24")
    intake = _accept(made)
    assert {doubt.severity for doubt in intake.doubts} == {"doubt"}
    assert intake.tables["contacts"]["accepted"] == 420


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("1.csv,wrong_unit,because,Ann,2024-12-24", "'wrong_unit' is no doubt"),
        ("1.csv,cut_off,,Ann,2024-12-24", "reason is empty"),
        ("1.csv,cut_off,because,Ann,24.12.2024", "is no date"),
        ("1.csv,cut_off,because, and so,Ann,2024-12-24", "6 cells under 5 headings"),
    ],
)
def test_a_faulty_line_of_acceptances_is_told_with_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    made = centre(tmp_path)
    made.deliver("1.csv", _week())
    with pytest.raises(FloorwalkError) as raised:
        _accept(made, line)
    assert complaint in str(raised.value)
    assert "seeds/accepted_doubts.csv, line 2" in str(raised.value)


def test_the_projects_own_list_of_acceptances_is_empty_and_has_its_columns() -> None:
    assert (PROJECT / "dbt_project" / "seeds" / "accepted_doubts.csv").read_text(encoding="utf-8") == ACCEPTED


def test_a_mapping_changed_to_the_wrong_unit_is_stopped_too(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("1.csv", _week())
    made.take_in(now=NOON)
    text = (made.project / "exports" / "calls.yml").read_text(encoding="utf-8")
    made.layout(text.replace("talk_seconds: as_seconds(talk)", "talk_seconds: as_seconds(talk) / 1000"))
    assert "seconds read as milliseconds" in _stopped(made)
    made.layout(text)
    assert made.take_in(now=NOON).tables["contacts"]["accepted"] == 420


def test_few_rows_prove_nothing(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("1.csv", _week())
    made.deliver("2.csv", file(calls(MONDAY + timedelta(weeks=1), 29, factor=60)))
    assert made.take_in(now=NOON).doubts == ()


def test_twice_and_ten_times_as_long_is_no_wrong_unit(tmp_path: Path) -> None:
    made = centre(tmp_path)
    for week, factor in enumerate((1, 2, 4, 0.4, 8)):
        made.deliver(f"{week}.csv", _week(factor, week))
    assert made.take_in(now=NOON).doubts == ()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
