"""The sections `read` and `columns` of a layout: how its files are read, and how headers may be spelt.

Belongs here: these two sections as typed objects, and every fault in them. Does not belong here: the tables a layout
fills (`layout`), reading files (`readers`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipelines.ingest.documents import Node
from pipelines.ingest.encodings import is_encoding

KINDS = ("csv", "tsv", "xlsx", "jsonl", "json", "parquet")
_TEXT = frozenset({"csv", "tsv"})
_TABULAR = frozenset({"csv", "tsv", "xlsx"})
_JSON = frozenset({"json", "jsonl"})
_KEYS = (
    "kinds", "encoding", "delimiter", "sheet", "skip_rows", "header", "header_rows", "recognise", "ragged", "some_rows",
    "unpivot", "preamble", "records", "explode",
)  # fmt: skip
_RESERVED = ("source_line", "source_part")
_SOURCE_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Unpivot:
    """Columns whose header fully matches `columns` become rows: the header in `name`, the cell in `value`."""

    columns: str
    name: str
    value: str

    def named(self, header: str) -> str | None:
        """What `name` holds for a header: its first group, else the whole header; None for another column."""
        found = re.fullmatch(self.columns, header_text(header))
        if found is None:
            return None
        return found[1] if found.re.groups and found[1] else found[0]


@dataclass(frozen=True)
class Reading:
    """How the file is read; None where the file itself decides."""

    kinds: tuple[str, ...]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    skip_rows: int = 0
    has_header: bool = True
    header_rows: int = 1
    recognise: str | None = None
    """Without a header: what holds for nine of ten of the first lines."""
    is_ragged: bool = False
    """Lines may end before the last column."""
    some_rows: bool = False
    """No table takes every row: blank lines of forms, event logs."""
    unpivot: Unpivot | None = None
    preamble: str | None = None
    """The source id that holds the text above the header, the same for every row."""
    records: tuple[str, ...] = ()
    """JSON: the keys that lead to the list of records."""
    explode: tuple[str, ...] = ()
    """JSON: the keys inside a record that lead to a list with one row per element."""


@dataclass(frozen=True)
class SourceColumn:
    """A column of the export: the id expressions use, and how its header may be spelt."""

    source_id: str
    headers: tuple[str, ...]
    optional: bool = False

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The spellings as they are compared."""
        return tuple(map(header_key, self.headers))


@lru_cache(maxsize=1 << 15)
def header_key(header: str) -> str:
    """What two spellings of a header have in common: NFKC, lower case, blanks and underscores as one blank."""
    if header.isascii():  # NFKC changes nothing there
        return " ".join(header.replace("_", " ").split()).lower()
    return re.sub(r"[\s_]+", " ", unicodedata.normalize("NFKC", header).lstrip("\ufeff")).strip().casefold()


def header_text(header: str) -> str:
    """A header as a person reads it: NFKC, every run of blanks and line ends as one blank."""
    return " ".join(unicodedata.normalize("NFKC", header).replace("\ufeff", "").split())


def read_reading(node: Node) -> Reading:
    """The section `read`, with every fault complained about."""
    node.allow(_KEYS)
    kinds = node.texts("kinds")
    if unknown := sorted(set(kinds) - set(KINDS)):
        node.complain("kinds", f"unknown kind {', '.join(unknown)}", fix="known kinds: " + ", ".join(KINDS))
    encoding, delimiter = node.text("encoding"), node.text("delimiter")
    if encoding is not None and not is_encoding(encoding):
        node.complain("encoding", f"unknown encoding {encoding!r}", fix="such as utf-8, utf-16 or gb18030")
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        node.complain("delimiter", f"{delimiter!r} cannot separate columns", fix='one character, a tab as "\\t"')
    header = node.text("header")
    if header not in (None, "none"):
        node.complain("header", f"{header!r} says nothing about a header", fix="`none`, or leave the key out")
    reading = Reading(
        kinds,
        encoding,
        delimiter,
        node.text("sheet"),
        node.number("skip_rows"),
        has_header=header != "none",
        header_rows=node.number("header_rows") if "header_rows" in node.values else 1,
        recognise=node.text("recognise"),
        is_ragged=node.flag("ragged"),
        some_rows=node.flag("some_rows"),
        unpivot=_unpivot(node) if "unpivot" in node.values else None,
        preamble=node.text("preamble"),
        records=_path(node, "records"),
        explode=_path(node, "explode"),
    )
    _complain_about_kinds(node, frozenset(kinds))
    _complain_about_headers(node, reading)
    if reading.preamble is not None:
        complain_about_id(node, "preamble", reading.preamble)
    return reading


def _unpivot(node: Node) -> Unpivot | None:
    entry = node.child("unpivot")
    entry.allow(("columns", "name", "value"))
    columns, name, value = (entry.text(key, required=True) or "" for key in ("columns", "name", "value"))
    try:
        re.compile(columns)
    except re.error as error:
        entry.complain("columns", f"{columns!r} is no pattern: {error}", fix="a regular expression, such as [0-9]{1,2}")
        return None
    for key, source_id in (("name", name), ("value", value)):
        complain_about_id(entry, key, source_id)
    if name and name == value:
        entry.complain("value", f"{value!r} is already the id of the header", fix="give the cell another id")
    return Unpivot(columns, name, value)


def _path(node: Node, key: str) -> tuple[str, ...]:
    text = node.text(key)
    keys = tuple((text or "").split(".")) if text else ()
    if not all(keys):
        node.complain(key, f"{text!r} is no path", fix="keys with single dots between them, such as data.contacts")
    return keys


def _complain_about_kinds(node: Node, kinds: frozenset[str]) -> None:
    for key, needed, what in (
        ("header", _TEXT, "delimited text"),
        ("ragged", _TEXT, "delimited text"),
        ("header_rows", _TABULAR, "delimited text and workbooks"),
        ("preamble", _TABULAR, "delimited text and workbooks"),
        ("records", _JSON, "JSON"),
        ("explode", _JSON, "JSON"),
    ):
        if key in node.values and not kinds & needed:
            fix = "leave it out, or add a kind: " + ", ".join(sorted(needed))
            node.complain(key, f"{key!r} is for {what}", fix=fix)
    if "unpivot" in node.values and kinds & _JSON:
        fix = "use `explode`, or another layout for the other kinds"
        node.complain("unpivot", "'unpivot' is not for JSON", fix=fix)
    if node.values.get("header") == "none" and kinds - _TEXT:
        node.complain("header", "only delimited text can be without a header", fix="kinds: [csv]")


def _complain_about_headers(node: Node, reading: Reading) -> None:
    if reading.header_rows < 1:
        node.complain("header_rows", "a header has at least one row", fix="`header: none` if there is no header line")
    if reading.has_header:
        if reading.recognise is not None:
            node.complain("recognise", "'recognise' is for files without a header", fix="add `header: none`")
        return
    for key in ("delimiter", "recognise"):
        if key not in node.values:
            node.complain(key, f"a file without a header needs {key!r}", fix="README.md, `header: none`")
    for key in ("header_rows", "unpivot", "preamble"):
        if key in node.values:
            node.complain(key, f"{key!r} makes no sense without a header", fix="leave it or `header: none` out")


def read_columns(node: Node, reading: Reading) -> tuple[SourceColumn, ...]:
    """The section `columns`, with every fault complained about."""
    columns: list[SourceColumn] = []
    owners: dict[str, str] = {}
    for source_id, value in node.values.items():
        complain_about_id(node, source_id, source_id)
        if reading.unpivot and source_id in (reading.unpivot.name, reading.unpivot.value):
            node.complain(source_id, f"{source_id!r} is an id of `unpivot`", fix="give one of them another id")
        if source_id == reading.preamble:
            node.complain(source_id, f"{source_id!r} is the id of `preamble`", fix="give one of them another id")
        if isinstance(value, dict):
            entry = node.child(source_id)
            entry.allow(("headers", "optional"))
            headers, optional = entry.texts("headers"), entry.flag("optional")
        else:
            headers, optional = node.texts(source_id), False
        for header in headers:
            owner = owners.setdefault(header_key(header), source_id)
            if owner != source_id:
                what = f"the header {header!r} also belongs to {owner!r}"
                node.complain(source_id, what, fix="one column per header")
            if not reading.has_header and not re.fullmatch(r"[1-9][0-9]{0,2}", header):
                what = f"{header!r} is no place in a line"
                node.complain(source_id, what, fix='without a header columns are counted: ["1"], ["2"] …')
        columns.append(SourceColumn(source_id, headers, optional))
    if columns and all(column.optional for column in columns) and reading.has_header:
        node.complain("", "every column is optional, so any file would fit", fix="require what tells the export apart")
    return tuple(columns)


def complain_about_id(node: Node, key: str, source_id: str) -> None:
    """A source id becomes a column name in SQL."""
    if source_id and (not _SOURCE_ID.fullmatch(source_id) or source_id in _RESERVED):
        fix = "lower case, digits, underscores; not " + " or ".join(_RESERVED)
        node.complain(key, f"{source_id!r} is no source id", fix=fix)
