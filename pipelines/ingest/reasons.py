"""Why a row was refused, a file left or a delivery doubted: the codes, with their English words written once.

Belongs here: codes and words. Does not belong here: deciding which applies (`load`, `readers`, layouts, `judge`),
Chinese (`site_templates/words/zh.yml` translates these sentences).
"""

from __future__ import annotations

ROW_REASONS: dict[str, str] = {
    "required_missing": "A value that every row needs is empty",
    "not_a_number": "The text is not a number",
    "not_a_duration": "The text is not a length of time",
    "not_a_time": "The text is not a date and time in the expected order",
    "not_a_date": "The text is not a date in the expected order",
    "not_yes_no": "The text is neither yes nor no",
    "below_minimum": "The value is below the lowest that is possible",
    "above_maximum": "The value is above the highest that is possible",
    "value_not_allowed": "The value is not one of those agreed",
    "in_the_future": "The moment lies more than a day after the file was taken in",
    "too_long_ago": "The moment lies before 1990",
    "wrong_number_of_columns": "The line has more or fewer columns than the header",
    "unclosed_quote": "A quotation mark is opened and never closed",
    "undecodable_text": "The line holds bytes that are not text in the file's encoding",
    "line_too_long": "The line is too long to be a row",
    "not_json": "The line is not a JSON object",
    "no_records": "The JSON object lacks the list of records that the mapping names",
    "phantom_call": "The phone system marks the call as a phantom, not a real call",
    "negative_duration": "The clock ran backwards: a length of time is below zero",
    "test_record": "The row is a test, not work with a customer",
    "internal_record": "The row is between colleagues, not with a customer",
    "total_row": "The row is a total or average of other rows",
    "covers_several_days": "The row covers several days, but is needed day by day",
    "no_day": "The row does not say which day it is about",
    "no_time_zone": "The time is in UTC, and the centre's zone is not stated: dbt_project/exports/_parsers.sql, line 7",
    "times_disagree": "The start, the end and the length of time contradict each other",
    "several_in_one": "The row mixes several people or evaluations that cannot be told apart",
    "example_row": "The row is an example from the template",
    "repeated_key": "The same name is there twice in one JSON object",
    "formula_error": "The cell holds the error of a formula, such as #REF!, instead of a value",
    "not_calculated": "The cell holds a formula that was never calculated",
    "erased": "The row is of somebody who was erased on request",
}
"""Code of a refused row → English words. Layouts use these codes in their `refuse` rules."""

ALL_ON, ALL_FROM = "all on {day}", "all from {first} to {last}"
"""On which days all rows lie that were refused for one reason."""

FILE_REASONS: dict[str, str] = {
    "no_layout": "No mapping knows these columns",
    "not_a_data_file": "This is not a data file",
    "unreadable": "The file cannot be read",
    "empty": "The file is empty",
    "unfinished": "The file is still being written, or its copying was broken off",
    "no_access": "The file may not be read, or it changed or went away while it was read",
    "protected": "The file is protected by a password",
    "old_workbook": "The workbook is of the old kind .xls, which is not read",
    "too_large": "Unpacked, the file would be larger than is allowed",
    "several_files": "The archive does not hold exactly one data file",
}
"""Code of a file that was left → English words."""

_UNIT = "{column} is {observed} in the middle of its rows, where {expected} would be usual; it looks like "
_WRONG_UNIT = "correct the unit in the mapping, or have the export deliver the unit it delivered before"

DOUBTS: dict[str, str] = {
    "milliseconds_as_seconds": _UNIT + "milliseconds read as seconds",
    "milliseconds_as_minutes": _UNIT + "milliseconds read as minutes",
    "seconds_as_milliseconds": _UNIT + "seconds read as milliseconds",
    "seconds_as_minutes": _UNIT + "seconds read as minutes",
    "seconds_as_hours": _UNIT + "seconds read as hours",
    "minutes_as_seconds": _UNIT + "minutes read as seconds",
    "minutes_as_hours": _UNIT + "minutes read as hours",
    "hours_as_seconds": _UNIT + "hours read as seconds",
    "hours_as_minutes": _UNIT + "hours read as minutes",
    "shares_as_points": _UNIT + "shares from 0 to 1 read as points",
    "points_as_shares": _UNIT + "points read as shares from 0 to 1",
    "other_day_order": "{rows} dates of {column} make sense only with day and month the other way round than they were "
    "read; the rest would lie on wrong days",
    "doubled": "{rows} rows are the same as rows of earlier files in all but the key ({days}) and would count twice",
    "partly_doubled": "{rows} rows are the same as rows of earlier files in all but the key ({days})",
    "missing_days": "no rows at all for {days}, where {expected} rows would be usual",
    "few_rows": "only {observed} rows for {days}, where {expected} would be usual",
    "partial_last_day": "{days} ends hours earlier than usual: {observed} rows, where {expected} would be usual",
    "cut_off": "the file ends in the middle of a line: it looks cut off",
    "mostly_refused": "{rows} rows, half of the file or more, are refused for the same fault in {column}",
    "does_not_add_up": "{column} of the contacts is {observed} and the source's own total is {expected} ({days})",
    "talked_unanswered": "{rows} rows have talk time although nobody answered",
    "answered_by_nobody": "{rows} rows were answered and name no agent",
    "names_unknown": "{rows} rows name people whom the list of agents does not know, or knows twice: {observed} names",
    "cleaned_ids": "ids in {column} with characters that nobody sees, or in another width, were read as they look "
    "(ids: {observed}, rows: {rows})",
    "notes_in_names": "rows in which {column} holds more than a name: {rows}, the first in line {observed}",
}
"""Code of a doubt → English words. {rows}: rows concerned; {days}: a day, or the first to the last."""

ABOUT_NO_FIGURE = frozenset({"cleaned_ids", "notes_in_names"})
"""Doubts that no figure suffers from: told from the first row on, and no page that shows figures warns of them."""

_COMPLETE = "deliver these days again, complete; the newest row of each key counts, so nothing is doubled"

DOUBT_REMEDIES: dict[str, str] = {
    **dict.fromkeys((code for code, words in DOUBTS.items() if words.startswith(_UNIT)), _WRONG_UNIT),
    "other_day_order": "correct the order of day and month in the mapping, or have dates exported as 2026-04-01",
    "doubled": "deliver one of the two only, or have the mapping make the same key from both",
    "partly_doubled": "find out whether these are two contacts or one; have the mapping make the same key from both",
    "missing_days": _COMPLETE,
    "few_rows": _COMPLETE,
    "partial_last_day": _COMPLETE,
    "cut_off": "export the file again and deliver it whole",
    "mostly_refused": "look into the list of refused rows; most often the mapping expects another form or unit",
    "does_not_add_up": "find out which rows the export leaves out or counts twice",
    "talked_unanswered": "ask the owner of the telephone system which of the two is true",
    "answered_by_nobody": "ask for an export that names the agent; these rows count for the centre only",
    "names_unknown": "have the export give the agent's id, or write these names in the list of agents as it does",
    "cleaned_ids": "have the source write these ids plainly; ids that look the same count as one",
    "notes_in_names": "write names only, and notes into a column of their own; a note in brackets behind a name is "
    "left out where what remains is a name that nobody else has",
}
"""Code of a doubt → what to do about it, in English."""

FILE_FIXES: dict[str, str] = {
    "unreadable": "export it anew and deliver it whole",
    "unfinished": "build again once it is complete; close the workbook, or deliver the file anew",
    "no_access": "deliver the complete file with the right to read it, then build again",
    "protected": "save it without a password",
    "old_workbook": "save it as .xlsx or CSV",
    "too_large": "deliver it in smaller parts; if it came from outside, ask first who made it",
    "several_files": "unpack it and put the data files into the drop",
}
"""Code of a file that was left → what to do."""

UNREADABLE_BY_TYPE: dict[str, str] = {
    "double": "not_a_number",
    "integer": "not_a_number",
    "bigint": "not_a_number",
    "timestamp": "not_a_time",
    "date": "not_a_date",
    "boolean": "not_yes_no",
}
"""Contract type → reason when a text cannot be read as that type."""

NOT_CALCULATED = "#NOT CALCULATED!"
"""What stands for a formula whose workbook holds no value for it."""
CELL_REASONS: dict[str, str] = {
    **dict.fromkeys(("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A"), "formula_error"),
    **dict.fromkeys(("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#GETTING_DATA"), "formula_error"),
    NOT_CALCULATED: "not_calculated",
}
"""Text of a cell that is no value but the error of a formula → reason; texts exported from workbooks hold them too."""
