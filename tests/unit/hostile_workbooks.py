"""Workbooks written part by part, so that they can be what no program writes; helper of test_ingest_hostile_… files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_CONTENT = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/></Types>'
)
_ROOT = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK_LINKS = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)


def write(
    file: Path,
    rows: Iterable[str],
    strings: Iterable[str] = (),
    *,
    properties: str = "",
    before: str = "",
    after: str = "",
) -> Path:
    """A workbook of one sheet; `rows` are <row> elements, `strings` <si> elements, both streamed.

    `before` stands between the declaration and the first element of the sheet, `after` behind its rows.
    """
    book = (
        f'{_HEAD}<workbook {_MAIN} xmlns:r="{_LINKS}">{properties}'
        '<sheets><sheet name="Calls" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT)
        archive.writestr("_rels/.rels", _ROOT)
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", _BOOK_LINKS)
        _stream(archive, "xl/sharedStrings.xml", f"{_HEAD}<sst {_MAIN}>", strings, "</sst>")
        sheet = f"{_HEAD}{before}<worksheet {_MAIN}><sheetData>"
        _stream(archive, "xl/worksheets/sheet1.xml", sheet, rows, f"</sheetData>{after}</worksheet>")
    return file


def text_row(number: int, cells: Iterable[str]) -> str:
    """A row of texts, escaped by nobody: a cell may hold XML."""
    inner = "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inner}</row>'


def many(piece: str, times: int) -> Iterator[str]:
    """The same text over and over, in pieces of a megabyte or so."""
    block = max(1, (1 << 20) // len(piece))
    for _ in range(times // block):
        yield piece * block
    yield piece * (times % block)


def _stream(archive: zipfile.ZipFile, name: str, first: str, parts: Iterable[str], last: str) -> None:
    with archive.open(name, "w", force_zip64=True) as part:
        writer = io.BufferedWriter(part, 1 << 20)  # type: ignore[arg-type]
        writer.write(first.encode())
        for text in parts:
            writer.write(text.encode())
        writer.write(last.encode())
        writer.flush()
        writer.detach()
