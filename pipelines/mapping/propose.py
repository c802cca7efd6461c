"""A layout for an unseen export, proposed from its headings and values; what cannot be known is asked, never guessed.

Belongs here: which tables a file feeds, and what is said of the file as a whole. Does not belong here: one table
(`table`), the text of the layout (`document`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.aliases import Aliases
from pipelines.mapping.further import further_tables
from pipelines.mapping.known import Known
from pipelines.mapping.look import Look
from pipelines.mapping.match import Match, unwanted
from pipelines.mapping.months import by_day_of_month
from pipelines.mapping.places import by_place
from pipelines.mapping.rows import Cells, Facts
from pipelines.mapping.table import Making, TableProposal, table_of
from pipelines.mapping.totals import Totals, totals_in
from pipelines.mapping.value import Value


@dataclass(frozen=True)
class Proposal:
    """Everything the layout will say and the report will tell. `ids`: source id of every column that is read."""

    look: Look
    rows: int
    unread: int
    ids: dict[Facts, str]
    tables: tuple[TableProposal, ...]
    not_read: tuple[tuple[str, str], ...]
    """Header and why its column is not read."""
    unknown: tuple[str, ...]
    """What the file cannot tell, beside the open questions."""
    others: tuple[Match, ...] = ()
    """Further tables the file could feed, which are not part of the layout."""

    @property
    def match(self) -> Match:
        """Of the main table, as are the next two."""
        return self.tables[0].match

    @property
    def values(self) -> dict[str, Value]:
        return self.tables[0].values

    @property
    def totals(self) -> Totals | None:
        return self.tables[0].totals

    @property
    def by_name(self) -> bool:
        """Whether agents are joined by name: not where the same file lists them, under their names as ids."""
        listed = any(table.match.table.name == "agents" for table in self.tables)
        return any(table.match.by_name for table in self.tables) and not listed

    @property
    def needs_zone(self) -> bool:
        """Whether the layout reads UTC while the centre's zone is not stated: a question answered outside of it."""
        return any(value.shown_as for table in self.tables for value in table.values.values())

    @property
    def questions(self) -> tuple[tuple[str, Value], ...]:
        """Those of the main table by column, those of others by table and column."""
        return tuple(
            (name if place == 0 else f"{table.match.table.name}.{name}", value)
            for place, table in enumerate(self.tables)
            for name, value in table.values.items()
            if value.is_open
        )


def propose(
    look: Look, cells: Cells, found: tuple[Match, ...], aliases: Aliases, table: str = "", known: Known | None = None
) -> Proposal:
    """The layout for the best table, or the named one. Raises FloorwalkError when the file can feed no table."""
    making = Making(cells, aliases, known or Known())
    if look.without_header is not None:
        for facts in cells.facts:
            making.ids[facts] = f"p{facts.header}"
        tables: tuple[TableProposal, ...] = (by_place(making, look, found),)
    elif look.unpivot and table in ("", "attendance"):
        tables = (by_day_of_month(making, look, found),)
    else:
        tables = _tables(making, look, found, table)
    if look.without_header is None:
        making.unknown += _not_told(tables)
    named = {one.match.table.name for one in tables}
    others = tuple(other for other in found if other.table.name not in named and _adds(other, tables))
    return Proposal(
        look, cells.rows, cells.unread, making.ids, tables, tuple(_not_read(making, tables)), tuple(making.unknown),
        others,
    )  # fmt: skip


def _tables(making: Making, look: Look, found: tuple[Match, ...], table: str) -> tuple[TableProposal, ...]:
    match = chosen(look, found, table)
    usable = tuple(facts for facts in making.cells.facts if not unwanted(facts, making.aliases))
    totals = totals_in(making.cells.ask, usable, making.aliases)
    first = table_of(making, match, totals)
    if totals is not None:
        making.name(totals.facts, "total_of")
    return (first, *(further_tables(making, first, found) if not table else ()))


def chosen(look: Look, found: Sequence[Match], table: str) -> Match:
    """The best match, or that of the named table. Raises FloorwalkError when the file can feed no table."""
    possible = [match for match in found if match.is_possible and table in ("", match.table.name)]
    if possible:
        return possible[0]
    near = max((match for match in found if table in ("", match.table.name)), key=lambda one: one.score, default=None)
    if near is None:
        fix = "tables: " + ", ".join(sorted(match.table.name for match in found))
        raise FloorwalkError(Problem(f"there is no table {table!r} in the contract", fix=fix))
    lacks = ", ".join(name for name in near.missing if name not in near.made)
    problem = Problem(
        f"no contract table can be fed; the nearest is {near.table.name}",
        where=look.file.name,
        why=f"nothing in the file looks like {lacks or 'what such rows are about, beside who and when'}",
        fix="add how this export spells its columns to dbt_project/exports/_aliases.yml, in any language; "
        "or export those columns too",
    )
    raise FloorwalkError(problem, Exit.INPUT_REJECTED)


def _adds(other: Match, tables: Sequence[TableProposal]) -> bool:
    """Whether another table would hold something that the proposed ones leave out."""
    used = {pair.facts for table in tables for pair in table.match.pairs.values()}
    return other.is_possible and len(other.pairs) > 2 and any(p.facts not in used for p in other.pairs.values())


def _not_read(making: Making, tables: Sequence[TableProposal]) -> Iterator[tuple[str, str]]:
    for facts in making.cells.facts:
        if facts in making.ids or facts.given:
            continue
        if not facts.filled:
            yield facts.header, "always empty"
        elif kind := unwanted(facts, making.aliases):
            yield facts.header, f"{kind}: not needed, not loaded"
        elif facts.distinct == 1 and facts.filled == facts.rows:
            yield facts.header, "the same in every row"
        else:
            names = " or ".join(table.match.table.name for table in tables)
            yield facts.header, f"no column of {names} is known under this heading"


def _not_told(tables: Sequence[TableProposal]) -> list[str]:
    """Optional columns of the main table without a column of the file, in one sentence."""
    first = tables[0]
    absent = [c.name for c in first.match.table.columns if not c.required and c.name not in first.values]
    return [f"no column was found for {', '.join(absent)}; they stay empty"] if absent else []
