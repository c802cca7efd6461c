"""The layouts of exports, read from dbt_project/exports/*.yml into typed objects. The format is that folder's README.

Belongs here: reading, checking and fingerprinting layouts. Does not belong here: the sections `read` and `columns`
(`layout_reading`), choosing the layout of a file (`identify`), running its expressions (`load`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest.contract import Contract, Table
from pipelines.ingest.documents import Node, line_of, read_mapping
from pipelines.ingest.expressions import Binder
from pipelines.ingest.layout_reading import Reading, SourceColumn, read_columns, read_reading
from pipelines.ingest.plain import origin, plain_documents
from pipelines.ingest.reasons import ROW_REASONS
from pipelines.ingest.zone import refuse_unknown_zone

FORMAT_VERSION = "2"
"""Part of every layout's digest; raised when ingest reads the same layout differently."""


@dataclass(frozen=True)
class RefuseRule:
    """Rows for which `when` holds are refused: `column` of the contract, `reason` of `reasons.ROW_REASONS`."""

    when: str
    column: str
    reason: str


@dataclass(frozen=True)
class TableMapping:
    """How rows of the export become rows of a contract table. `when` is None for the main table, unless `some_rows`."""

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
    people: str | None = None
    """`by_name` when agent_id of its tables holds a name."""
    sample: str | None = None
    """A few invented rows as the vendor writes them."""
    questions: tuple[Problem, ...] = ()
    """What is still to be decided; a layout with questions reads no file (`undecided`)."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        ids = tuple(column.source_id for column in self.columns)
        if self.read.unpivot is not None:
            ids = (*ids, self.read.unpivot.name, self.read.unpivot.value)
        return ids if self.read.preamble is None else (*ids, self.read.preamble)


@dataclass(frozen=True, eq=False)
class Layouts:
    """All layouts by name, with the SQL of the parsers they use. One is made per run; they are never compared."""

    by_name: dict[str, Layout]
    parsers: str


def load_layouts(dbt_project: Path, contract: Contract) -> Layouts:
    """Read every layout. Raises FloorwalkError with all faults of all files at once, each with file and key."""
    folder = dbt_project / "exports"
    parsers = (folder / "_parsers.sql").read_text(encoding="utf-8")
    refuse_unknown_zone(parsers)
    problems: list[Problem] = []
    layouts: dict[str, Layout] = {}
    binder = Binder(parsers)
    try:
        for file in sorted(folder.glob("[!_]*.yml")):
            document = read_mapping(file, problems)
            if document is None:
                continue
            before = len(problems)
            layout = _layout(Node(file.name, "", document, problems), file.stem, contract, parsers)
            layout = replace(layout, questions=tuple(_placed(question, file) for question in layout.questions))
            if len(problems) == before:
                _bind(layout, file.name, binder, problems)
                layouts[layout.name] = layout
    finally:
        binder.close()
    for name, plain in plain_documents(dbt_project, contract).items():
        layouts.setdefault(name, _layout(Node(origin(name), "", plain, problems), name, contract, parsers))
    if problems:
        raise FloorwalkError(problems)
    return Layouts(layouts, parsers)


def _layout(node: Node, stem: str, contract: Contract, parsers: str) -> Layout:
    node.allow(("name", "title", "data_set", "people", "sample", "read", "columns", "tables"))
    name = node.text("name", required=True) or stem
    if name != stem:
        node.complain("name", f"the layout is called {name!r} but its file {stem!r}", fix="give both the same name")
    title_node = node.child("title")
    title_node.allow(("en", "zh"))
    title = {language: title_node.text(language, required=True) or "" for language in ("en", "zh")}
    read = read_reading(node.child("read"))
    columns = read_columns(node.child("columns"), read)
    questions: list[Problem] = []
    tables = _tables(node.child("tables"), contract, read.some_rows, questions)
    data_set, people, sample = node.text("data_set"), node.text("people"), node.text("sample")
    if people not in (None, "by_name"):
        node.complain("people", f"{people!r} is no way to find people", fix="`by_name`, or leave the key out")
    digest = _digest(read, columns, tables, people, parsers)
    return Layout(name, title, read, columns, tables, data_set, digest, people, sample, tuple(questions))


def _placed(question: Problem, file: Path) -> Problem:
    """The question with its line, which only the text of the file knows."""
    return replace(question, where=f"{file.name}, line {line_of(file, question.where)}, {question.where}")


def _tables(node: Node, contract: Contract, some_rows: bool, questions: list[Problem]) -> tuple[TableMapping, ...]:
    mappings: list[TableMapping] = []
    for position, name in enumerate(node.values):
        entry = node.child(name)
        entry.allow(("when", "refuse", "columns"))
        table = contract.delivered.get(name)
        if table is None:
            node.complain(name, f"unknown table {name!r}", fix="contract tables: " + ", ".join(contract.delivered))
            continue
        when = entry.text("when")
        if position == 0 and when is not None and not some_rows:
            fix = "put it second, use `refuse` with a reason, or say `some_rows: true` if no table takes every row"
            entry.complain("when", "the main table takes every row", fix=fix)
        expressions = _expressions(entry.child("columns"), table, questions)
        mappings.append(TableMapping(table, expressions, when, _refusals(entry, table)))
    return tuple(mappings)


def _expressions(node: Node, table: Table, questions: list[Problem]) -> dict[str, str]:
    for name in node.values:
        if name not in table.by_name:
            node.complain(name, f"{table.name} has no column {name!r}", fix="columns: " + ", ".join(table.by_name))
    expressions = {name: node.text(name, required=True) or "null" for name in node.values if name in table.by_name}
    for name, text in expressions.items():
        if text.startswith("?"):
            what, fix = f"still to be decided: {text[1:].strip()}", "put one of the expressions above it there"
            questions.append(Problem(what, where=f"{node.place}.{name}", fix=fix))
            expressions[name] = "null"
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
    places += [("read.recognise", layout.read.recognise)] if layout.read.recognise else []
    complaints = binder.faults(layout.source_ids, [text for _, text in places])
    problems += [
        Problem(f"this expression does not work: {text}", where=f"{file}, {place}", why=complaint)
        for (place, text), complaint in zip(places, complaints, strict=True)
        if complaint is not None
    ]


def _digest(
    read: Reading,
    columns: tuple[SourceColumn, ...],
    tables: tuple[TableMapping, ...],
    people: str | None,
    parsers: str,
) -> str:
    parts = repr((FORMAT_VERSION, read, columns, tables, people, parsers))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
