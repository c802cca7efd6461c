"""Writes export files byte for byte the same on every machine: delimited text, JSON lines, workbooks, big tables.

Belongs here: file kinds. Does not belong here: what is in them (`exports_*`). Workbooks are written directly, stored
uncompressed, because the usual library stamps the clock into the file and compression differs between machines.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from pipelines.warehouse import writing

Cell = str | int | float | date | None


def write_delimited(
    file: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    preamble: Sequence[str] = (),
    blank_lines: int = 0,
) -> None:
    """Text with one header line after `preamble` lines; `blank_lines` empty lines at the end."""
    text = io.StringIO(newline="")
    text.write("".join(f"{line}\r\n" for line in preamble))
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    text.write("\r\n" * blank_lines)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.getvalue().encode(encoding))


def write_json_lines(file: Path, rows: Iterable[Mapping[str, object]], broken: Sequence[str] = ()) -> None:
    """One JSON object per line; `broken` lines follow as they are."""
    lines = [json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(("\n".join([*lines, *broken]) + "\n").encode("utf-8"))


def write_table(file: Path, columns: Mapping[str, NDArray[np.generic]], select: str) -> None:
    """Parallel arrays through a SQL select over `rows` into CSV or Parquet, by the file's ending; order is kept."""
    options = "format parquet, compression zstd" if file.suffix == ".parquet" else "format csv, header"
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, writing(Path(scratch) / "table.duckdb") as connection:
        connection.execute("set threads = 1")
        connection.register("rows", dict(columns))
        quoted = str(file).replace("'", "''")
        connection.execute(f"copy ({select}) to '{quoted}' ({options})")


_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
    'Target="styles.xml"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_DATE_STYLE = 1


def write_workbook(file: Path, sheet: str, rows: Iterable[Sequence[Cell]]) -> None:
    """An .xlsx with one sheet. Texts are inline, dates are true date cells, None leaves the cell out."""
    lines = [f'<row r="{number}">{"".join(map(_cell, row))}</row>' for number, row in enumerate(rows, start=1)]
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    only = f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/>'
    book = f"<workbook {main} {relations}><sheets>{only}</sheets></workbook>"
    body = f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>"
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, text in {**_PARTS, "xl/workbook.xml": book, "xl/worksheets/sheet1.xml": body}.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 0, 0
            archive.writestr(entry, _XML + text)


def _cell(value: Cell) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, date):
        return f'<c s="{_DATE_STYLE}"><v>{(value - _EXCEL_DAY_ZERO).days}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
