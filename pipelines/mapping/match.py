"""Which column of the file is which column of a contract table: by its heading, if its values can be that.

Belongs here: scoring tables and pairing columns. Does not belong here: the expressions (`propose`), the spellings
(dbt_project/exports/_aliases.yml).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.ingest.aliases import Aliases, Spellings, bare_key, spelling_key, split_words
from pipelines.ingest.contract import Column, Contract, Table
from pipelines.mapping import codes, moments
from pipelines.mapping.rows import Facts

_MADE = {
    "contacts": ("is_answered",),
    "surveys": ("scale_min", "scale_max"),
    "agents": ("valid_from",),
    "teams": ("valid_from",),
}
"""Required columns that a person can state where the file has none; so can an id that names the row."""
_WRONG_TYPE = 0.5


@dataclass(frozen=True)
class Pair:
    """A contract column and the column of the file that is taken for it; `how` says why."""

    column: Column
    facts: Facts
    how: str


@dataclass(frozen=True)
class Match:
    """What a file could feed of one table. `missing`: required columns without a column of the file."""

    table: Table
    pairs: dict[str, Pair]
    missing: tuple[str, ...]
    by_name: bool = False
    """agent_id holds a name."""
    time_of_day: Facts | None = None
    """The clock time that belongs to the day in the table's dated column."""

    @property
    def score(self) -> float:
        required = sum(column.required for column in self.table.columns)
        found = sum(self.table.by_name[name].required for name in self.pairs)
        made = sum(name in self.made for name in self.missing)
        optional = len(self.pairs) - found
        return 3 * (found + 0.5 * made) / required + 0.25 * optional - 1.5 * (len(self.missing) - made)

    @property
    def made(self) -> tuple[str, ...]:
        """Required columns that need no column of the file."""
        own = self.table.key if len(self.table.key) == 1 else ()
        return (*_MADE.get(self.table.name, ()), *own)

    @property
    def is_possible(self) -> bool:
        """Whether everything required is there or can be stated, and rows say more than who and when."""
        naming = {*self.table.key, self.table.dated, "agent_id"}
        says = any(name not in naming for name in (*self.pairs, *self.missing))
        return says and len(self.pairs) > 1 and all(name in self.made for name in self.missing)


def matches(contract: Contract, found: Sequence[Facts], aliases: Aliases) -> tuple[Match, ...]:
    """Every contract table, best first; the contract's order decides between equals."""
    usable = [facts for facts in found if facts.filled and not unwanted(facts, aliases)]
    made = [_match(table, usable, aliases) for table in contract.delivered.values()]
    return tuple(sorted(made, key=lambda match: -match.score))


def unwanted(facts: Facts, aliases: Aliases) -> str:
    """What a column tells that is never needed, by its heading or its texts; empty for other columns."""
    key, bare = spelling_key(facts.header), bare_key(facts.header)
    for kind, spellings in aliases.unwanted.items():
        if key in _keys(spellings.all) or bare in _keys(spellings.all):
            return kind
    return facts.personal


def _match(table: Table, found: Sequence[Facts], aliases: Aliases) -> Match:
    ranked = sorted(
        (
            (rank, place, column, facts, how)
            for place, column in enumerate(table.columns)
            for facts in found
            if (ranked := _rank(table, column, facts, aliases)) is not None
            for rank, how in [ranked]
        ),
        key=lambda one: (one[0], one[1], one[3].place),
    )
    pairs: dict[str, Pair] = {}
    used: set[int] = set()
    for _, _, column, facts, how in ranked:
        if column.name not in pairs and facts.place not in used:
            pairs[column.name] = Pair(column, facts, how)
            used.add(facts.place)
    left = [facts for facts in found if facts.place not in used]
    by_name = _people(table, pairs, left, aliases)
    time_of_day = _day_and_time(table, pairs, left, aliases)
    _by_shape(table, pairs, left)
    missing = tuple(column.name for column in table.columns if column.required and column.name not in pairs)
    ordered = {column.name: pairs[column.name] for column in table.columns if column.name in pairs}
    return Match(table, ordered, missing, by_name, time_of_day)


def _rank(table: Table, column: Column, facts: Facts, aliases: Aliases) -> tuple[tuple[int, int], str] | None:
    """How well a heading fits: as it is, without brackets, as the end of a path, without a unit; None if not."""
    spellings = [spelling_key(text) for text in (column.name, *aliases.of(table, column.name).all)]
    last = facts.header.rsplit(".", 1)[-1]
    whole, bare, spread = spelling_key(facts.header), bare_key(facts.header), spelling_key(split_words(last))
    for level, key in enumerate((whole, bare, spread, aliases.without_unit(facts.header))):
        if key in spellings and _can_be(facts, column, aliases):
            return (level, spellings.index(key)), "by its heading"
    return None


def _can_be(facts: Facts, column: Column, aliases: Aliases) -> bool:
    """Whether the values can be what the contract asks for."""
    if column.data_type in ("timestamp", "date"):
        return moments.is_moments(facts)
    if column.data_type == "boolean" or column.values:
        return codes.share_known(facts, column, aliases) >= _WRONG_TYPE or codes.is_codes(facts)
    if column.data_type in ("double", "integer", "bigint"):
        readable = facts.share("seconds") if column.unit in ("seconds", "minutes", "hours") else facts.share("number")
        return readable >= _WRONG_TYPE
    return not moments.is_moments(facts)


def _people(table: Table, pairs: dict[str, Pair], left: list[Facts], aliases: Aliases) -> bool:
    """An agent who is only named stands for the agent's id."""
    if "agent_id" not in table.by_name or "agent_id" in pairs or "name" in table.by_name:
        return False
    named = _first(left, aliases.agent_names)
    if named is None:
        return False
    pairs["agent_id"] = Pair(table.by_name["agent_id"], named, "a name, no id was found")
    left.remove(named)
    return True


def _day_and_time(table: Table, pairs: dict[str, Pair], left: list[Facts], aliases: Aliases) -> Facts | None:
    """The clock time beside a day without one; also a day that no spelling of the dated column names."""
    column = table.by_name[table.dated]
    times = [facts for facts in left if moments.is_times_of_day(facts)]
    if column.name not in pairs:
        days = [facts for facts in left if moments.is_moments(facts)]
        day = _first(days, aliases.day)
        if day is None:
            return None
        pairs[column.name] = Pair(column, day, "by its heading")
        left.remove(day)
    if column.data_type != "timestamp" or pairs[column.name].facts.share("timed") > _WRONG_TYPE:
        return None
    spelt = aliases.of(table, column.name)
    time = _first(times, aliases.time) or _first(times, spelt) or (times[0] if len(times) == 1 else None)
    if time is not None:
        left.remove(time)
    return time


def _by_shape(table: Table, pairs: dict[str, Pair], left: list[Facts]) -> None:
    """The only moment of the file is when it happened; the only column that differs in every row names the row."""
    dated = table.by_name[table.dated]
    days = [facts for facts in left if moments.is_moments(facts)]
    if dated.name not in pairs and len(days) == 1:
        pairs[dated.name] = Pair(dated, days[0], "the only column with dates")
        left.remove(days[0])
    if len(table.key) == 1 and table.key[0] not in pairs and dated.name in pairs:
        unique = [facts for facts in left if facts.is_unique and not moments.is_moments(facts)]
        if len(unique) == 1:
            pairs[table.key[0]] = Pair(
                table.by_name[table.key[0]], unique[0], "the only column that differs in every row"
            )
            left.remove(unique[0])


def _first(found: Iterable[Facts], spellings: Spellings) -> Facts | None:
    keys = _keys(spellings.all)
    fitting = [facts for facts in found if {spelling_key(facts.header), bare_key(facts.header)} & set(keys)]
    return min(fitting, key=lambda facts: keys.index(spelling_key(facts.header)) if spelling_key(facts.header) in keys
               else len(keys), default=None)  # fmt: skip


def _keys(texts: Sequence[str]) -> list[str]:
    return [spelling_key(text) for text in texts]
