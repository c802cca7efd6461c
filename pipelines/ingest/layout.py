"""The layouts of exports, read from dbt_project/exports/*.yml into typed objects. The format is that folder's README.

Belongs here: reading, checking and fingerprinting layouts. Does not belong here: choosing the layout of a file
(`identify`), running its expressions (`load`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest.contract import Contract, Table
from pipelines.ingest.documents import Node, read_mapping
from pipelines.ingest.expressions import Binder
from pipelines.ingest.reasons import ROW_REASONS

KINDS = ("csv", "tsv", "xlsx", "jsonl", "parquet")
FORMAT_VERSION = "1"
"""Part of every layout's digest; raised when ingest reads the same layout differently."""


@dataclass(frozen=True)
class Reading:
    """How the file is read; None where the file itself decides."""

    kinds: tuple[str, ...]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    skip_rows: int = 0
    is_form: bool = False
    """A form that people fill in: no table takes every row, since rows may be left blank."""


@dataclass(frozen=True)
class SourceColumn:
    """A column of the export: the id expressions use, and how its header may be spelt."""

    source_id: str
    headers: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True)
class RefuseRule:
    """Rows for which `when` holds are refused: `column` of the contract, `reason` of `reasons.ROW_REASONS`."""

    when: str
    column: str
    reason: str


@dataclass(frozen=True)
class TableMapping:
    """How rows of the export become rows of one contract table. `when` is None for the main table, unless of a form."""

    table: Table
    columns: dict[str, str]
    when: str | None = None
    refuse: tuple[RefuseRule, ...] = ()


@dataclass(frozen=True)
class Layout:
    """One export layout. `digest` changes when the rows it makes could change."""

    name: str
    title: dict[str, str]
    read: Reading
    columns: tuple[SourceColumn, ...]
    tables: tuple[TableMapping, ...]
    data_set: str | None
    digest: str

    @property
    def source_ids(self) -> tuple[str, ...]:
        return tuple(column.source_id for column in self.columns)


@dataclass(frozen=True)
class Layouts:
    """All layouts by name, with the SQL of the parsers they use."""

    by_name: dict[str, Layout]
    parsers: str


def header_key(header: str) -> str:
    """What two spellings of a header have in common: NFKC, lower case, blanks and underscores as one blank."""
    return re.sub(r"[\s_]+", " ", unicodedata.normalize("NFKC", header).lstrip("\ufeff")).strip().casefold()


def load_layouts(dbt_project: Path, contract: Contract) -> Layouts:
    """Read every layout. Raises FloorwalkError with all faults of all files at once, each with file and key."""
    folder = dbt_project / "exports"
    parsers = (folder / "_parsers.sql").read_text(encoding="utf-8")
    problems: list[Problem] = []
    layouts: dict[str, Layout] = {}
    binder = Binder(parsers)
    try:
        for file in sorted(folder.glob("*.yml")):
            document = read_mapping(file, problems)
            if document is None:
                continue
            before = len(problems)
            layout = _layout(Node(file.name, "", document, problems), file.stem, contract, parsers)
            if len(problems) == before:
                _bind(layout, file.name, binder, problems)
                layouts[layout.name] = layout
    finally:
        binder.close()
    if problems:
        raise FloorwalkError(problems)
    return Layouts(layouts, parsers)


def _layout(node: Node, stem: str, contract: Contract, parsers: str) -> Layout:
    node.allow(("name", "title", "data_set", "read", "columns", "tables"))
    name = node.text("name", required=True) or stem
    if name != stem:
        node.complain("name", f"the layout is called {name!r} but its file {stem!r}", fix="give both the same name")
    title_node = node.child("title")
    title_node.allow(("en", "zh"))
    title = {language: title_node.text(language, required=True) or "" for language in ("en", "zh")}
    columns = _columns(node.child("columns"))
    read, data_set = _reading(node.child("read")), node.text("data_set")
    tables = _tables(node.child("tables"), contract, read.is_form)
    return Layout(name, title, read, columns, tables, data_set, _digest(read, columns, tables, parsers))


def _reading(node: Node) -> Reading:
    node.allow(("kinds", "encoding", "delimiter", "sheet", "skip_rows", "form"))
    kinds = node.texts("kinds")
    if unknown := sorted(set(kinds) - set(KINDS)):
        node.complain("kinds", f"unknown kind {', '.join(unknown)}", fix="known kinds: " + ", ".join(KINDS))
    encoding, delimiter = node.text("encoding"), node.text("delimiter")
    if encoding is not None:
        try:
            "".encode(encoding)
        except LookupError:
            node.complain("encoding", f"unknown encoding {encoding!r}", fix="such as utf-8, utf-16 or gb18030")
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        node.complain("delimiter", f"{delimiter!r} cannot separate columns", fix='one character, a tab as "\\t"')
    is_form = node.values.get("form", False)
    if not isinstance(is_form, bool):
        node.complain("form", "'form' must be true or false")
    return Reading(kinds, encoding, delimiter, node.text("sheet"), node.number("skip_rows"), bool(is_form))


def _columns(node: Node) -> tuple[SourceColumn, ...]:
    columns: list[SourceColumn] = []
    owners: dict[str, str] = {}
    for source_id, value in node.values.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", source_id) or source_id == "source_line":
            node.complain(
                source_id, f"{source_id!r} is no source id", fix="lower case, digits, underscores; not source_line"
            )
        if isinstance(value, dict):
            entry = node.child(source_id)
            entry.allow(("headers", "optional"))
            headers, optional = entry.texts("headers"), entry.values.get("optional", False)
            if not isinstance(optional, bool):
                entry.complain("optional", "'optional' must be true or false")
        else:
            headers, optional = node.texts(source_id), False
        for header in headers:
            owner = owners.setdefault(header_key(header), source_id)
            if owner != source_id:
                node.complain(
                    source_id, f"the header {header!r} also belongs to {owner!r}", fix="one column per header"
                )
        columns.append(SourceColumn(source_id, headers, bool(optional)))
    if columns and all(column.optional for column in columns):
        node.complain("", "every column is optional, so any file would fit", fix="require what tells the export apart")
    return tuple(columns)


def _tables(node: Node, contract: Contract, is_form: bool) -> tuple[TableMapping, ...]:
    mappings: list[TableMapping] = []
    for position, name in enumerate(node.values):
        entry = node.child(name)
        entry.allow(("when", "refuse", "columns"))
        table = contract.delivered.get(name)
        if table is None:
            node.complain(name, f"unknown table {name!r}", fix="contract tables: " + ", ".join(contract.delivered))
            continue
        when = entry.text("when")
        if position == 0 and when is not None and not is_form:
            fix = "put it second, use `refuse` with a reason, or say `form: true` if people fill the file in"
            entry.complain("when", "the main table takes every row", fix=fix)
        expressions = _expressions(entry.child("columns"), table)
        mappings.append(TableMapping(table, expressions, when, _refusals(entry, table)))
    return tuple(mappings)


def _expressions(node: Node, table: Table) -> dict[str, str]:
    for name in node.values:
        if name not in table.by_name:
            node.complain(name, f"{table.name} has no column {name!r}", fix="columns: " + ", ".join(table.by_name))
    expressions = {name: node.text(name, required=True) or "null" for name in node.values if name in table.by_name}
    for column in table.columns:
        if column.required and column.name not in expressions:
            node.complain(column.name, f"{table.name} needs the column {column.name!r}", fix="map it")
    return expressions


def _refusals(node: Node, table: Table) -> tuple[RefuseRule, ...]:
    entries = node.values.get("refuse", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        node.complain("refuse", "'refuse' must be a list of {when, column, reason}")
        return ()
    rules: list[RefuseRule] = []
    for number, entry in enumerate(entries, start=1):
        rule = Node(node.file, f"{node.place}.refuse[{number}]", {str(k): v for k, v in entry.items()}, node.problems)
        rule.allow(("when", "column", "reason"))
        when, column, reason = (rule.text(key, required=True) or "" for key in ("when", "column", "reason"))
        if column and column not in table.by_name:
            rule.complain("column", f"{table.name} has no column {column!r}", fix=", ".join(table.by_name))
        if reason and reason not in ROW_REASONS:
            rule.complain("reason", f"unknown reason {reason!r}", fix="known reasons: " + ", ".join(ROW_REASONS))
        rules.append(RefuseRule(when, column, reason))
    return tuple(rules)


def _bind(layout: Layout, file: str, binder: Binder, problems: list[Problem]) -> None:
    """Let DuckDB bind every expression, so that a typing error is found before any file is opened."""
    places: list[tuple[str, str]] = []
    for mapping in layout.tables:
        place = f"tables.{mapping.table.name}"
        places += [(f"{place}.columns.{name}", text) for name, text in mapping.columns.items()]
        places += [(f"{place}.when", mapping.when)] if mapping.when else []
        places += [(f"{place}.refuse[{number}].when", rule.when) for number, rule in enumerate(mapping.refuse, start=1)]
    complaints = binder.faults(layout.source_ids, [text for _, text in places])
    problems += [
        Problem(f"this expression does not work: {text}", where=f"{file}, {place}", why=complaint)
        for (place, text), complaint in zip(places, complaints, strict=True)
        if complaint is not None
    ]


def _digest(read: Reading, columns: tuple[SourceColumn, ...], tables: tuple[TableMapping, ...], parsers: str) -> str:
    parts = repr((FORMAT_VERSION, read, columns, tables, parsers))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
