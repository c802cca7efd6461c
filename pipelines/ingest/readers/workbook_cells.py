"""Cells of a workbook as text, read inside the capped child process.

Belongs here: what openpyxl leaves to be done (escapes, formulas that were never calculated, rows in the order of the
file) and how a value is written as text. Does not belong here: limits and the process itself (`workbook_child`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from types import ModuleType
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError, iterparse

from pipelines.ingest.decode import LONGEST_LINE
from pipelines.ingest.reasons import NOT_CALCULATED

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_CELLS_OF_A_ROW = 16_384
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_NOT_TEXT = re.compile("[\ud800-\udfff\x00]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class TooMuch(Exception):
    """The workbook goes beyond a cap; the message says which."""


class Damaged(Exception):
    """The workbook is not what Excel writes; the message says in what."""


def load(openpyxl: ModuleType, stream: BinaryIO) -> Any:
    """The workbook, read-only, values instead of formulas, links to other files left out."""
    import openpyxl.reader.excel as excel

    excel.read_string_table = _strings  # type: ignore[attr-defined]
    excel.ReadOnlyWorksheet._get_size = lambda _: None  # type: ignore[attr-defined]  # would read every row first
    try:
        return openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except (MemoryError, Damaged):
        raise
    except Exception as error:
        raise Damaged("the workbook is damaged") from error


def rows_of(sheet: Any) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Each row of the sheet's XML: its number, and column and text of its cells; nothing is filled in between."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        try:
            yield from _parsed(parser, source)
        except MemoryError:
            raise
        except (ParseError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError) as error:
            raise Damaged(f"the sheet {sheet.title!r} is damaged") from error


def _parsed(parser: Any, source: Any) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    holder: Element | None = None
    for event, element in iterparse(source, events=("start", "end")):  # noqa: S314  see the import
        if event == "start":
            holder = element if element.tag == f"{_MAIN}sheetData" else holder
        elif holder is None:
            element.clear()
        elif element.tag == f"{_MAIN}row":
            yield _row(parser, element)
            holder.clear()
        elif element is holder:
            holder = None


def _row(parser: Any, element: Element) -> tuple[int, list[tuple[int, str]]]:
    parser.parse_row(Element(element.tag, element.attrib))  # counts the row
    cells: list[tuple[int, str]] = []
    taken: set[int] = set()
    if len(element) > MOST_CELLS_OF_A_ROW:
        raise TooMuch(f"row {parser.row_counter} of a sheet holds {len(element):,} cells")
    for found in element.iterfind(f"{_MAIN}c"):
        cell = parser.parse_cell(found)
        if cell["column"] in taken:
            raise ValueError("a cell is there twice")
        taken.add(cell["column"])
        cells.append((cell["column"], _text(cell["value"], found)))
    return parser.row_counter, cells


def _text(value: object, cell: Element) -> str:
    if value is None:
        is_formula = cell.find(f"{_MAIN}f") is not None and cell.get("t", "n") != "str"
        return NOT_CALCULATED if is_formula else ""
    if isinstance(value, str) and cell.get("t") in ("inlineStr", "str"):
        return unescaped(value)
    return text_of(value)


def _strings(source: Any) -> list[str]:
    """The shared strings; openpyxl's own reading loses the difference between an escape and its literal text."""
    strings: list[str] = []
    for _, element in iterparse(source):  # noqa: S314  see the import
        if element.tag == f"{_MAIN}si":
            parts = (t.text or "" for part in element for t in (part, *part) if t.tag == f"{_MAIN}t" and _is_read(part))
            strings.append(unescaped("".join(parts)))
            element.clear()
    return strings


def _is_read(part: Element) -> bool:
    return part.tag != f"{_MAIN}rPh"  # how a word is pronounced


def unescaped(text: str) -> str:
    """ECMA-376 ST_Xstring: `_x000D_` is a character that XML cannot hold, `_x005F_` an underline before such a text."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return _PAIR.sub(lambda found: found[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)


def row_fault(cells: list[str]) -> str | None:
    """The reason for which the row is no row of text, if any."""
    if sum(map(len, cells)) > LONGEST_LINE:
        return "line_too_long"
    return "undecodable_text" if any(map(_NOT_TEXT.search, cells)) else None


def text_of(value: object) -> str:
    """A cell as text: dates in ISO form, a clock time as h:mm:ss, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time(0) else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
        return str(int(seconds)) if seconds == int(seconds) else repr(seconds)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
