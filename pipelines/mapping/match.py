"""Which column of the file is which column of a contract table: by its heading, if its values can be that.

Belongs here: scoring tables and sharing out columns. Does not belong here: one heading beside one column (`headings`),
the expressions (`propose`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.ingest.aliases import Aliases, Spellings, bare_key, spelling_key
from pipelines.ingest.contract import Column, Contract, Table
from pipelines.mapping import moments
from pipelines.mapping.headings import GENERIC, WRONG_TYPE, keys_of_list, rank
from pipelines.mapping.known import Known
from pipelines.mapping.rows import Facts

_MADE = {
    "contacts": ("is_answered",),
    "surveys": ("scale_min", "scale_max"),
    "agents": ("valid_from",),
    "teams": ("valid_from",),
    "agent_states": ("is_planned",),
    "training": ("session_id",),
    "qa_scores": ("evaluation_id", "item", "grader"),
    "ratings": ("scale_max",),
}
"""Required columns that a person can state where the file has none; so can an id that names the row."""
TELLING: Mapping[str, frozenset[str]] = {
    "contacts": frozenset({
        "contact_id", "direction", "queue", "is_answered", "wait_seconds", "talk_seconds", "hold_seconds",
        "acw_seconds", "dial_seconds", "first_response_seconds", "is_transferred", "is_resolved", "released_by",
        "channel", "reason",
    }),
    "surveys": frozenset({"score"}),
    "agents": frozenset({"name", "team_id", "role", "hire_date", "left_date", "leader", "shift", "tenure_band"}),
    "teams": frozenset({"leader", "manager", "name", "name_zh"}),
    "qa_scores": frozenset({"item", "points", "max_points", "is_critical"}),
    "complaints": frozenset({"complaint_id", "verdict", "complaint_type"}),
    "attendance": frozenset({
        "scheduled_minutes", "worked_minutes", "adherent_minutes", "available_minutes", "approved_leave_minutes",
        "status",
    }),
    "agent_states": frozenset({"state"}),
    "training": frozenset({"session_id", "course_id"}),
    "callbacks": frozenset({"due_at", "done_at", "promised_at"}),
    "contact_totals": frozenset({"offered", "answered", "abandoned", "handle_seconds"}),
}  # fmt: skip
"""Columns that say a file is about this table at all; of other tables every column but who and when does."""
_INTERVALS = frozenset({"interval end", "interval start", "统计时段", "统计区间"})
_LEAST = {"contacts": 2, "callbacks": 2}


@dataclass(frozen=True)
class Pair:
    """A contract column and the column of the file that is taken for it; `how` says why."""

    column: Column
    facts: Facts
    how: str
    by_shape: bool = False
    """Nothing but its values speaks for it, so it says nothing about the table."""


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
    is_summed: bool = False
    """The file states the end of each row's interval, so that its rows sum up contacts and are none."""
    moments: tuple[Facts, ...] = ()
    """Columns with moments that could be the dated column, where none is named like it."""

    @property
    def score(self) -> float:
        required = sum(column.required for column in self.table.columns)
        found = sum(self.table.by_name[name].required for name in self.pairs)
        made = sum(name in self.made for name in self.missing)
        optional = len(self.pairs) - found
        told = 0.25 * optional + 0.3 * self.weight
        return 3 * (found + 0.5 * made) / required + told - 1.5 * (len(self.missing) - made)

    @property
    def made(self) -> tuple[str, ...]:
        """Required columns that need no column of the file."""
        own = self.table.key if len(self.table.key) == 1 else ()
        dated = (self.table.dated,) if self.moments else ()
        return (*_MADE.get(self.table.name, ()), *own, *dated)

    @property
    def telling(self) -> tuple[Pair, ...]:
        """Columns that say the file is about this table."""
        naming = {self.table.dated, "agent_id", "contact_id", "customer_key"}
        own = TELLING.get(self.table.name) or frozenset(set(self.table.by_name) - naming)
        return tuple(pair for name, pair in self.pairs.items() if name in own)

    @property
    def weight(self) -> int:
        """How much speaks for this table: a length of time counts twice, a word that may mean anything nothing."""
        said = [pair for pair in self.telling if spelling_key(pair.facts.header) not in GENERIC and not pair.by_shape]
        weight = sum(2 if pair.column.unit == "seconds" else 1 for pair in said)
        return 0 if self.is_summed and "contact_id" not in self.pairs else weight

    @property
    def tells_enough(self) -> bool:
        return self.weight >= _LEAST.get(self.table.name, 1)

    @property
    def is_possible(self) -> bool:
        """Whether everything required is there or can be stated, and rows say more than who and when."""
        return self.tells_enough and len(self.pairs) > 1 and all(name in self.made for name in self.missing)


def matches(
    contract: Contract, found: Sequence[Facts], aliases: Aliases, known: Known | None = None
) -> tuple[Match, ...]:
    """Every contract table, best first; the contract's order decides between equals."""
    usable = [facts for facts in found if facts.filled and not unwanted(facts, aliases)]
    made = [_match(table, usable, aliases, known or Known()) for table in contract.delivered.values()]
    return tuple(sorted(made, key=lambda match: (not match.is_possible, -match.score)))


def unwanted(facts: Facts, aliases: Aliases) -> str:
    """What a column tells that is never needed, by its heading or its texts; empty for other columns."""
    key, bare = spelling_key(facts.header), bare_key(facts.header)
    for kind, spellings in aliases.unwanted.items():
        if key in keys_of_list(spellings.all) or bare in keys_of_list(spellings.all):
            return kind
    return facts.personal


def _match(table: Table, found: Sequence[Facts], aliases: Aliases, known: Known) -> Match:
    ranked = sorted(
        (
            (level, place, column, facts, how)
            for place, column in enumerate(table.columns)
            for facts in found
            if (ranked := rank(table, column, facts, aliases, known)) is not None
            for level, how in [ranked]
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
    if table.dated != "valid_from":
        _by_shape(table, pairs, left)
    missing = tuple(column.name for column in table.columns if column.required and column.name not in pairs)
    open_moments = tuple(facts for facts in left if moments.is_moments(facts)) if table.dated in missing else ()
    ordered = {column.name: pairs[column.name] for column in table.columns if column.name in pairs}
    is_summed = table.name == "contacts" and any(bare_key(facts.header) in _INTERVALS for facts in found)
    return Match(table, ordered, missing, by_name, time_of_day, is_summed, open_moments)


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
    if column.data_type != "timestamp" or pairs[column.name].facts.share("timed") > WRONG_TYPE:
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
        pairs[dated.name] = Pair(dated, days[0], "the only column with dates", by_shape=True)
        left.remove(days[0])
    if len(table.key) == 1 and table.key[0] not in pairs and dated.name in pairs:
        unique = [facts for facts in left if facts.is_unique and facts.share("digit") >= WRONG_TYPE
                  and not moments.is_moments(facts)]  # fmt: skip
        if len(unique) == 1:
            pairs[table.key[0]] = Pair(
                table.by_name[table.key[0]], unique[0], "the only column that differs in every row", by_shape=True
            )
            left.remove(unique[0])


def _first(found: Iterable[Facts], spellings: Spellings) -> Facts | None:
    keys = keys_of_list(spellings.all)
    fitting = [facts for facts in found if {spelling_key(facts.header), bare_key(facts.header)} & set(keys)]
    return min(fitting, key=lambda facts: keys.index(spelling_key(facts.header)) if spelling_key(facts.header) in keys
               else len(keys), default=None)  # fmt: skip
