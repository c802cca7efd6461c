"""What a centre's files get wrong, clause by clause, and the folders of tests/drops that show what becomes of it.

The first table follows the paragraph on dirt in the description of the shared files, the second the checks that issue 6
asks for, the third what else is there. A new folder is entered here; a clause without a folder fails.
"""

from __future__ import annotations

import ast

import pytest

from pipelines.settings import PROJECT
from tests.unit.test_drops import CASES, DROPS

DIRT = {
    "blanks where a tab should be": ["spaces_instead_of_a_tab"],
    "line ends of three kinds in one file": ["mixed_line_ends"],
    "a short line": ["short_line"],
    "lengths of time below zero": ["clock_runs_backwards", "moments_that_cannot_be"],
    "answered by NO_SERVER, or for 0 seconds": ["answered_by_no_server"],
    "calls over an hour, up to 17 hours": ["very_long_calls"],
    "service past midnight": ["service_past_midnight"],
    "a call id that repeats": ["call_id_that_repeats"],
    "a blank before a code": ["leading_blank_in_a_code"],
    "agents with many short calls: a judgement, no fault": ["many_short_calls"],
    "day-first dates that could be month-first": [
        "day_first_dates",
        "dates_of_unknown_order",
        "dates_in_the_other_order",
        "wrong_order_of_dates",
    ],
    "a clock fault on one day": ["clock_fault_on_one_day"],
    "a supervisor under several managers": ["supervisor_with_several_managers"],
    "agents with one survey": ["agents_with_one_survey"],
    "lengths of time over 24 hours, with a blank before them": ["clock_times_after_milliseconds"],
    "clock times one month and milliseconds the next": ["clock_times_after_milliseconds"],
    "Infinity%": ["infinite_percentage", "moments_that_cannot_be"],
    "lines above the header and a block of totals": ["preamble_and_a_total_block"],
    "sub-totals among people": ["totals_among_the_rows", "schedule_contradicts_itself"],
    "unanswered calls that carry an agent": ["unanswered_with_an_agent"],
    "ratios of 250 %": ["ratio_of_250_percent"],
    "merged headers of two rows": ["merged_header_of_two_rows", "attendance_sheet_without_month"],
    "people joined by name": ["names_unknown"],
    "notes in the cell of a name": ["notes_in_a_name_cell"],
    "0 % that must not become nothing": ["zero_percent_stays_zero"],
}
CHECKS = {
    "encodings found with evidence": ["chinese_encoding", "lines_in_another_encoding", "broken_lines_of_a_short_file"],
    "ragged and short lines, by number": ["short_line", "spaces_instead_of_a_tab", "log_without_a_header"],
    "the columns checked after every read": ["unrecognised_export", "nothing_recognised", "header_twice"],
    "below zero": ["moments_that_cannot_be", "rating_off_its_scale"],
    "over 24 hours": ["very_long_calls", "moments_that_cannot_be"],
    "in the future": ["moments_that_cannot_be"],
    "over 100 %": ["ratio_of_250_percent", "points_above_the_maximum", "rating_off_its_scale"],
    "unanswered with an agent, answered without one": ["unanswered_with_an_agent", "answers_that_contradict"],
    "the unit against history": ["milliseconds_after_seconds"],
    "days missing, thin or broken off": ["days_short_of_rows"],
    "most rows refused for one fault": ["mostly_refused"],
    "late": ["late_delivery"],
    "corrected": ["corrected_delivery", "days_short_of_rows"],
    "sent again": ["sent_again", "doubled_under_other_keys"],
    "overlapping periods": ["overlapping_periods"],
    "cut off": ["cut_off_in_a_line", "half_copied_file"],
    "totals among the rows": ["totals_among_the_rows", "preamble_and_a_total_block"],
    "totals that do not add up": ["total_that_does_not_add_up"],
    "an agent moves, or is renamed": ["renamed_and_moved", "moved_without_a_date"],
    "the same person twice in one roster": ["same_person_twice"],
    "a supervisor under several managers, dated": ["supervisor_with_several_managers"],
}
BESIDES = {
    "files that are none of the centre's": ["nothing_recognised", "empty_file", "two_data_sets"],
    "times without a zone, sheets without a month": ["time_zone_not_stated", "attendance_sheet_without_month"],
    "rows that contradict themselves or cover too much": ["schedule_contradicts_itself", "status_over_a_month"],
    "errors of formulas": ["errors_of_formulas"],
    "archives and workbooks nobody should open": [
        "archives_of_several_files",
        "broken_archives",
        "entities_in_a_workbook",
        "far_corner_of_a_workbook",
        "protected_and_old_workbooks",
    ],
    "characters that cannot be seen": [
        "names_that_steer_a_terminal",
        "unseen_characters",
        "ids_with_hidden_characters",
    ],
}
WITHOUT_A_FOLDER = {
    "the mean of daily rates is not the ratio of sums": (
        "tests/method/test_ratio_of_sums.py",
        "test_a_month_is_the_ratio_of_sums_and_not_the_mean_of_daily_rates",
    ),
}
"""What no delivery shows, because it is a matter of how figures are made: the file and test that show it."""

CLAUSES = [(clause, folder) for table in (DIRT, CHECKS, BESIDES) for clause, fs in table.items() for folder in fs]


@pytest.mark.parametrize(("clause", "folder"), CLAUSES)
def test_every_clause_has_a_folder_with_the_words_about_it(clause: str, folder: str) -> None:
    assert (DROPS / folder / "expected.txt").is_file(), clause


def test_every_folder_stands_under_a_clause() -> None:
    assert set(CASES) - {folder for _, folder in CLAUSES} == set()


@pytest.mark.parametrize("clause", WITHOUT_A_FOLDER)
def test_a_clause_without_a_folder_has_a_test_of_its_own(clause: str) -> None:
    file, name = WITHOUT_A_FOLDER[clause]
    tests = ast.parse((PROJECT / file).read_text(encoding="utf-8")).body
    assert name in {test.name for test in tests if isinstance(test, ast.FunctionDef)}


@pytest.mark.parametrize("fault", CASES)
def test_a_question_to_the_lake_and_its_answer_come_together(fault: str) -> None:
    assert (DROPS / fault / "held.sql").exists() == (DROPS / fault / "held.txt").exists()
