"""Excel workbooks: typed cells, headings that stay in sight, lists to choose from, and nothing that can run.

Text from data is always written as text: neither a formula nor a link comes of it. The only formulas are the
references to this workbook's own lists. The same sheets give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

LISTS = "Lists"
"""Hidden sheet that holds the choices; Excel allows too few characters for them inside a rule."""
_WHEN = datetime(2000, 1, 1)  # noqa: DTZ001 - a file property that must not change between builds
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_DATE = "yyyy-mm-dd"
_MOST_LINES, _LINE_HEIGHT = 26, 15.0


@dataclass(frozen=True)
class Number:
    """A number that is shown in a form of its own, as Excel writes forms: 0.0%, 0.00."""

    value: float
    form: str


Cell = str | float | int | date | Number | None


@dataclass(frozen=True)
class Column:
    """One column. `choices` are offered as a list; `is_date` cells take a date, `least` a number from there on."""

    heading: str
    width: float = 14
    note: str = ""
    """What to write here; shown when the cell is chosen."""
    choices: tuple[str, ...] = ()
    is_date: bool = False
    least: float | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet. `inputs` says for each row and column whether it is to be filled in; None = nothing is locked."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    inputs: tuple[tuple[bool, ...], ...] | None = None
    still: int = 0
    """Columns that stay in sight when scrolling to the right."""


@lru_cache
def code_digest() -> str:
    """Of the code that decides what a workbook of given sheets looks like."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def write(sheets: Sequence[Sheet], title: str) -> bytes:
    """The workbook. Sheets may be called neither `Lists` nor alike."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _SAFE)
    book.set_properties({"title": title, "created": _WHEN})
    style = _Styles(book)
    lists = _Lists()
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, style, lists)
    if lists.columns:
        hidden = book.add_worksheet(LISTS)
        for place, choices in enumerate(lists.columns):
            for row, choice in enumerate(choices):
                hidden.write_string(row, place, choice)
        hidden.hide()
    book.close()
    return stream.getvalue()


class _Styles:
    """The formats of a workbook: heading, fixed and open cells, each as text and as date."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        wrapped = {"text_wrap": True, "valign": "top", "font_size": 10}
        fixed = wrapped | {"font_color": "#444444", "bg_color": "#F1F1F1"}
        line = {"border": 1, "border_color": "#B5B5B5"}
        self.heading = book.add_format(wrapped | {"bold": True, "bottom": 2})
        self._book, self._looks = book, {True: wrapped | line | {"locked": False}, False: fixed}
        self._formats: dict[tuple[bool, str], Format] = {}

    def of(self, is_input: bool, form: str) -> Format:
        """The format of a cell; `form` is how Excel shows its number, empty for text."""
        if (is_input, form) not in self._formats:
            shown = {"num_format": form} if form else {}
            self._formats[is_input, form] = self._book.add_format(self._looks[is_input] | shown)
        return self._formats[is_input, form]


class _Lists:
    """Choices by column of the hidden sheet, each once."""

    def __init__(self) -> None:
        self.columns: list[tuple[str, ...]] = []

    def reference(self, choices: tuple[str, ...]) -> str:
        if choices not in self.columns:
            self.columns.append(choices)
        letter = chr(ord("A") + self.columns.index(choices))
        return f"={LISTS}!${letter}$1:${letter}${len(choices)}"


def _write_sheet(sheet: Worksheet, what: Sheet, style: _Styles, lists: _Lists) -> None:
    sheet.freeze_panes(1, what.still)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, column in enumerate(what.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading, style.heading)
    for number, (row, inputs) in enumerate(_with_inputs(what), start=1):
        sheet.set_row(number, _height(row, what.columns))
        for place, (cell, is_input) in enumerate(zip(row, inputs, strict=True)):
            column = what.columns[place]
            _write_cell(sheet, number, place, cell, style.of(is_input, _form(cell, column)))
            if is_input:
                _validate(sheet, number, place, column, lists)
    if what.inputs is not None:
        free = ("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")
        sheet.protect("", dict.fromkeys(free, True))
    if what.rows:
        sheet.autofilter(0, 0, len(what.rows), len(what.columns) - 1)


def _with_inputs(what: Sheet) -> Iterator[tuple[tuple[Cell, ...], tuple[bool, ...]]]:
    nothing = (False,) * len(what.columns)
    yield from zip(what.rows, what.inputs or (nothing,) * len(what.rows), strict=True)


def _form(cell: Cell, column: Column) -> str:
    if isinstance(cell, Number):
        return cell.form
    return _DATE if column.is_date or isinstance(cell, date) else ""


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, look: Format) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, place, None, look)
    elif isinstance(cell, str):
        sheet.write_string(row, place, cell, look)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), look)  # noqa: DTZ001 - a calendar day
    else:
        sheet.write_number(row, place, cell.value if isinstance(cell, Number) else cell, look)


def _validate(sheet: Worksheet, row: int, place: int, column: Column, lists: _Lists) -> None:
    rule: dict[str, object] = {"validate": "any"}
    if column.choices:
        rule = {"validate": "list", "source": lists.reference(column.choices)}
    elif column.is_date:
        rule = {"validate": "date", "criteria": ">=", "value": _WHEN}
    elif column.least is not None:
        rule = {"validate": "decimal", "criteria": ">=", "value": column.least}
    if column.note:
        rule |= {"input_title": column.heading[:32], "input_message": column.note[:255]}
    if rule != {"validate": "any"}:
        sheet.data_validation(row, place, row, place, rule | {"ignore_blank": True})


def _height(row: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Enough lines for the longest text of a row, as its column wraps it."""
    lines = 1.0
    for cell, column in zip(row, columns, strict=True):
        if isinstance(cell, str):
            width = max(column.width, 1.0)
            lines = max(lines, sum(1 + _columns_of(part) // width for part in cell.split("\n")))
    return min(lines, _MOST_LINES) * _LINE_HEIGHT


def _columns_of(text: str) -> int:
    """Width in narrow characters; a Chinese one takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
