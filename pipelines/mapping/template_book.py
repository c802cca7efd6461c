"""One template as an Excel workbook: a sheet to fill in, with lists and limits, and a sheet that says what goes where.

Belongs here: cells, formats, validation. Does not belong here: what the words are (`template_words`). Nothing in the
workbook is a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.mapping.template_words import Field

_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WHEN = datetime(2000, 1, 1)  # noqa: DTZ001 - a file property that must not change between runs
_LAST_ROW = 20_000
_FORMS = {"date": "yyyy-mm-dd", "timestamp": "yyyy-mm-dd hh:mm:ss", "varchar": "@", "boolean": "@"}
_NUMERIC = ("double", "integer", "bigint")


def workbook(
    title: str,
    fields: Sequence[Field],
    read_me: str,
    preface: Sequence[str],
    headings: Sequence[str],
    yes: str,
    no: str,
) -> bytes:
    """The bytes of the workbook. `read_me` names the second sheet; `headings` head its four columns."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _SAFE)
    book.set_properties({"title": title, "created": _WHEN})
    heading = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    required = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top", "bg_color": "#FFF2CC"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    looks = {form: book.add_format({"num_format": form}) for form in set(_FORMS.values())}
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for place, field in enumerate(fields):
        look = looks.get(_FORMS.get(field.column.data_type, ""))
        sheet.set_column(place, place, max(12, min(28, 2 * len(field.heading))), look)
        sheet.write_string(0, place, field.heading, required if field.is_required else heading)
        _validate(sheet, place, field)
        for number, text in enumerate(field.examples, start=1):
            _write(sheet, number, place, field, text, look)
    told = book.add_worksheet(read_me)
    told.set_column(0, 0, 28)
    told.set_column(1, 1, 60)
    told.set_column(3, 3, 60)
    for row, line in enumerate(preface):
        told.write_string(row, 0, line)
    above = len(preface) + 1
    for place, text in enumerate(headings):
        told.write_string(above, place, text, heading)
    for row, field in enumerate(fields, start=above + 1):
        for place, text in enumerate((field.heading, field.meaning, yes if field.is_required else no, field.rule)):
            told.write_string(row, place, text, wrapped)
    book.close()
    return stream.getvalue()


def _write(sheet: Worksheet, row: int, place: int, field: Field, text: str, look: Format | None) -> None:
    kind = field.column.data_type
    if not text:
        return
    if kind in ("date", "timestamp"):
        sheet.write_datetime(row, place, datetime.fromisoformat(text), look)
    elif kind in _NUMERIC:
        sheet.write_number(row, place, float(text), look)
    else:
        sheet.write_string(row, place, text, look)


def _validate(sheet: Worksheet, place: int, field: Field) -> None:
    """What may be written below the heading; a text that is not offered is warned about, not forbidden."""
    column = field.column
    rule: dict[str, object] = {"validate": "any"}
    if field.choices:
        rule = {"validate": "list", "source": list(field.choices), "error_type": "warning"}
    elif column.data_type in ("date", "timestamp"):
        rule = {"validate": "date", "criteria": ">=", "value": datetime(1990, 1, 1), "error_type": "warning"}  # noqa: DTZ001
    elif column.data_type in _NUMERIC and column.minimum is not None and column.maximum is not None:
        limits = {"criteria": "between", "minimum": column.minimum, "maximum": column.maximum}
        rule = {"validate": "decimal", "error_type": "warning", **limits}
    told = {"input_title": field.heading[:32], "input_message": f"{field.meaning}\n{field.rule}"[:255]}
    sheet.data_validation(1, place, _LAST_ROW, place, {**rule, **told, "ignore_blank": True})
