"""Why a row was refused or a file left: the codes, with their English words written once.

Belongs here: codes and words. Does not belong here: deciding which applies (`load`, `readers`, layouts), Chinese
(`site_templates/words/zh.yml` translates these sentences).
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
    "wrong_number_of_columns": "The line has more or fewer columns than the header",
    "unclosed_quote": "A quotation mark is opened and never closed",
    "undecodable_text": "The line holds bytes that are not text in the file's encoding",
    "line_too_long": "The line is too long to be a row",
    "not_json": "The line is not a JSON object",
    "phantom_call": "The phone system marks the call as a phantom, not a real call",
    "negative_duration": "The clock ran backwards: a length of time is below zero",
    "test_record": "The row is a test, not work with a customer",
    "internal_record": "The row is between colleagues, not with a customer",
    "total_row": "The row is a total of other rows",
}
"""Code of a refused row → English words. Layouts use these codes in their `refuse` rules."""

FILE_REASONS: dict[str, str] = {
    "no_layout": "No mapping knows these columns",
    "not_a_data_file": "This is not a data file",
    "unreadable": "The file cannot be read",
    "empty": "The file is empty",
}
"""Code of a file that was left → English words."""

UNREADABLE_BY_TYPE: dict[str, str] = {
    "double": "not_a_number",
    "integer": "not_a_number",
    "bigint": "not_a_number",
    "timestamp": "not_a_time",
    "date": "not_a_date",
    "boolean": "not_yes_no",
}
"""Contract type → reason when a text cannot be read as that type."""
