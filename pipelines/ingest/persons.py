"""One person, or one customer, in the whole lake: what is held of them, and how it leaves.

Belongs here: the order within the lake. Does not belong here: who is meant (`somebody`), rows of one file (`whose`,
`cut`), marks (`erased`), what was published (`unpublish`), releases, caches and the receipt (`retention`).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import care, cut, erased, sought, unpublish, whose
from pipelines.ingest.contract import Contract, load_contract
from pipelines.ingest.erased import CUSTOMER, Erased, Mark
from pipelines.ingest.lake import Lake
from pipelines.ingest.readers import literal
from pipelines.ingest.records import Record
from pipelines.ingest.somebody import Somebody, meant
from pipelines.privacy import redaction

_AGENTS = "agents"


@dataclass(frozen=True)
class Holding:
    """What one delivery holds of somebody. `tables`: rows that go and rows of others that lose a reference."""

    record: Record
    tables: Mapping[str, Mapping[str, int]]
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class Held:
    """What the lake holds of somebody: deliveries, published tiers, ids of rows that others hang on."""

    deliveries: tuple[Holding, ...]
    tiers: int
    links: Mapping[str, tuple[str, ...]] = field(repr=False)


@contextmanager
def searching(lake: Path, dbt_project: Path, memory_limit: str) -> Iterator[Search]:
    """A search in the lake of a work folder. Raises FloorwalkError (CHECKS_FAILED) when the lake is not whole."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("set memory_limit = ?", [memory_limit])
        connection.execute("set temp_directory = ?", [str(lake.parent / "runs" / "spill")])
        try:
            yield Search(Lake(lake.resolve()), load_contract(dbt_project), connection)
        except duckdb.BinderException as error:
            what = (
                "the rows of this lake were written by an earlier version of Floorwalk, or before the contract changed"
            )
            problem = Problem(what, str(lake), fix="build first, which reads them again; then run this command")
            raise FloorwalkError(problem, Exit.CHECKS_FAILED) from error


class Search:
    """Looks for somebody in one lake; `connection` may read and write it."""

    def __init__(self, lake: Lake, contract: Contract, connection: duckdb.DuckDBPyConnection) -> None:
        self.lake, self.contract, self.connection = lake, contract, connection
        self.records = lake.records()
        erased.load(lake)  # a mark that cannot be read is told before anything is added
        rows = [damage.words for damage in care.look(lake, self.records) if not damage.is_original]
        unknown = [_unknown(r) for r in self.records if any(t.table not in contract.delivered for t in r.tables)]
        if rows or unknown:
            raise FloorwalkError([*rows, *unknown], Exit.CHECKS_FAILED)

    def somebody(self, kind: str, given: str, key: bytes | None) -> Somebody:
        """Who is meant by an id, or by a code of the site when its key is at hand. Raises FloorwalkError for a name."""
        texts = self._texts((CUSTOMER,) if kind == CUSTOMER else ("id", "name"))
        return meant(kind, given, texts, list(self._agents()), key)

    def held(self, who: Somebody) -> Held:
        """Everything there is of them. Changes nothing."""
        key = secrets.token_bytes(32)
        without_links = Erased(key, (Mark("somebody", who.kind, "", who.digests(key)),))
        links = {target: tuple(self._links(target, column, without_links)) for target, column in self._targets()}
        linked = {target: tuple(erased.digest(key, target, text) for text in ids) for target, ids in links.items()}
        known = Erased(key, (Mark("somebody", who.kind, "", who.digests(key), linked),))
        told, needles = self.told(who), sought.Needles(who.texts)
        found = (self._holding(record, known, told, needles) for record in self.records)
        tiers = unpublish.tiers(self.connection, self.lake, who)
        return Held(tuple(one for one in found if one is not None), sum(tiers.values()), links)

    def told(self, who: Somebody) -> str:
        """SQL of a text without their names, with {} for the text; makes its macro."""
        if who.kind == CUSTOMER:
            return cut.AS_IS
        self.connection.execute(redaction.names_macro(who.texts))
        return "without_names({})"

    def mark(self, who: Somebody, label: str, day: str, links: Mapping[str, Sequence[str]]) -> Mark:
        """Put the mark in place by which they are known again; from then on nothing of them is taken in."""
        key = erased.key_of(self.lake)
        linked = {table: tuple(erased.digest(key, table, text) for text in ids) for table, ids in links.items()}
        mark = Mark(label, who.kind, day, who.digests(key), linked)
        erased.write(self.lake, mark)
        return mark

    def remove(self, who: Somebody, deliveries: Collection[str]) -> None:
        """Take them out of deliveries, given by SHA-256; each counts whole until its record names what is left."""
        marks, told, needles = erased.load(self.lake), self.told(who), sought.Needles(who.texts)
        if marks is None:
            raise AssertionError("nobody is marked")
        for record in self.records:
            if record.sha256 not in deliveries:
                continue
            left = cut.cut(
                self.lake,
                self.connection,
                self.contract.delivered,
                record,
                marks,
                is_held=not record.erasures,
                told=told,
                file=cut.plain_name(record) if needles.are_in(record.file.encode()) else "",
            )
            if left is not None:
                self.lake.commit(left)
        self.records = self.lake.records()
        self._sweep(who, needles)

    def _sweep(self, who: Somebody, needles: sought.Needles) -> None:
        """Remove files of rows and originals that no record names, lists of replaced rows, damaged originals of them;
        rewrite what was published of them."""
        keep = [file for record in self.records for file in (self.lake.original(record), *self.lake.rows_of(record))]
        self.lake.sweep(self.contract.delivered, keep)
        gone = {record.sha256 for record in self.records if record.erasures}
        for file in (self.lake.root / "aside").glob("*"):
            if file.name.split(".")[0] in gone or sought.holds(file, needles, self.connection):
                file.unlink()
        unpublish.remove(self.connection, self.lake, who, self.told(who))

    def _holding(self, record: Record, known: Erased, told: str, needles: sought.Needles) -> Holding | None:
        tables, days = dict[str, Mapping[str, int]](), list[date]()
        files = {one.table: self._file(one.table, record) for one in record.tables}
        fed = [self.contract.delivered[name] for name in files]
        for name, found in whose.find_all(self.connection, fed, files, known).items():
            dated = found.table.dated
            row = self.connection.execute(
                f"select count(*) filter (goes), count(*) filter (stays), min(dated) filter (goes), max(dated) filter "
                f'(goes) from (select {found.is_gone} as goes, {found.is_named} as stays, "{dated}"::date as dated '
                f"from {_read(files[name])})"
            ).fetchone()
            rows, references, first, last = row or (0, 0, None, None)
            texts = cut.texts_that_tell(self.connection, found, files[name], told)
            days += [day for day in (first, last) if day]
            if rows or references or texts:
                tables[name] = {"rows": rows, "references": references, "texts": texts}
        if not tables and not needles.are_in(record.file.encode()) and not self._original_holds(record, needles):
            return None
        return Holding(record, tables, min(days, default=None), max(days, default=None))

    def _original_holds(self, record: Record, needles: sought.Needles) -> bool:
        """Whether the file as delivered has them anywhere; of one that was cut before, the rows tell."""
        original = self.lake.original(record)
        return not record.erasures and original.is_file() and sought.holds(original, needles, self.connection)

    def _targets(self) -> Iterator[tuple[str, str]]:
        """Tables whose rows others hang on, with the column by which they are named."""
        found = {
            (column.erasing.removeprefix("with "), column.name)
            for table in self.contract.delivered.values()
            for column in table.columns
            if column.erasing.startswith("with ")
        }
        yield from sorted(found)

    def _links(self, target: str, column: str, known: Erased) -> Iterator[str]:
        """Ids of rows of a table that go and that no row of somebody else has."""
        self.connection.execute("create or replace temp table gone_ids (value varchar)")
        files = list(self._files(target))
        table = self.contract.delivered[target]
        for step in (
            'insert into gone_ids select distinct "{column}" from {source} where {gone}',
            'delete from gone_ids where value in (select "{column}" from {source} where not ({gone}))',
        ):
            for file in files:
                gone = whose.find(self.connection, table, file, known).is_gone
                self.connection.execute(step.format(column=column, source=_read(file), gone=gone))
        rows = self.connection.execute("select distinct value from gone_ids where value is not null order by value")
        yield from (str(text) for (text,) in rows.fetchall())

    def _files(self, table: str) -> Iterator[Path]:
        for record in self.records:
            if any(loaded.table == table for loaded in record.tables):
                yield self._file(table, record)

    def _file(self, table: str, record: Record) -> Path:
        return self.lake.accepted(table, record.delivery_id, record.reading)

    def _agents(self) -> Iterator[tuple[str, str]]:
        for file in self._files(_AGENTS):
            rows = self.connection.execute(f"select distinct agent_id, name from {_read(file)} where name is not null")
            yield from ((str(agent), str(name)) for agent, name in rows.fetchall())

    def _texts(self, kinds: Sequence[str]) -> set[str]:
        """Everything that stands in columns of these kinds."""
        found = set[str]()
        for table in self.contract.delivered.values():
            columns = [column.name for column in table.columns if column.personal in kinds]
            for file in self._files(table.name) if columns else ():
                held = {name for name, *_ in self.connection.execute(f"describe from {_read(file)}").fetchall()}
                for name in held.intersection(columns):
                    rows = self.connection.execute(f'select distinct "{name}" from {_read(file)}').fetchall()
                    found |= {str(text) for (text,) in rows if text is not None}
        return found


def _read(file: Path) -> str:
    return f"read_parquet({literal(str(file))})"


def _unknown(record: Record) -> Problem:
    return Problem(
        "this delivery was read for a table that the contract no longer has",
        where=record.file,
        why="whose rows it holds cannot be said",
        fix="build first, then erase",
    )
