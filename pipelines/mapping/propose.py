"""A layout for an unseen export, proposed from its headings and values; what cannot be known is asked, never guessed.

Belongs here: putting matched columns, expressions, key and refused rows together. Does not belong here: each kind of
value (`moments`, `amounts`, `codes`), the text of the layout (`document`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.aliases import Aliases, spelling_key
from pipelines.ingest.contract import Column
from pipelines.mapping import amounts, codes, key, moments
from pipelines.mapping.look import Look
from pipelines.mapping.match import Match, unwanted
from pipelines.mapping.rows import Cells, Facts
from pipelines.mapping.totals import Totals, totals_in
from pipelines.mapping.value import Option, Value, asked, source_id

_SCALES = (5.0, 10.0, 100.0)


@dataclass(frozen=True)
class Proposal:
    """Everything the layout will say and the report will tell. `ids`: source id of every column that is read."""

    look: Look
    rows: int
    unread: int
    match: Match
    ids: dict[Facts, str]
    values: dict[str, Value]
    totals: Totals | None
    not_read: tuple[tuple[str, str], ...]
    """Header and why its column is not read."""
    unknown: tuple[str, ...]
    """What the file cannot tell, beside the open questions."""
    others: tuple[Match, ...] = ()
    """Further tables the file could feed."""

    @property
    def questions(self) -> tuple[tuple[str, Value], ...]:
        return tuple((name, value) for name, value in self.values.items() if value.is_open)


@dataclass
class _Making:
    look: Look
    cells: Cells
    match: Match
    aliases: Aliases
    ids: dict[Facts, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def milliseconds(self) -> str:
        """A heading of a matched length of time that is certainly in milliseconds."""
        lengths = (pair.facts for pair in self.match.pairs.values() if pair.column.unit == "seconds")
        return next((facts.header for facts in lengths if amounts.is_milliseconds(facts, self.aliases)), "")

    def name(self, facts: Facts, better: str = "") -> str:
        """The source id of a column, given once. A Chinese heading borrows the name of the contract column."""
        if facts not in self.ids:
            header = better if better and not facts.header.isascii() else facts.header
            self.ids[facts] = source_id(header, frozenset(self.ids.values()), facts.place)
        return self.ids[facts]


def propose(look: Look, cells: Cells, found: tuple[Match, ...], aliases: Aliases, table: str = "") -> Proposal:
    """The layout for the best table, or the named one. Raises FloorwalkError when the file can feed no table."""
    match = _chosen(look, found, table)
    making = _Making(look, cells, match, aliases)
    totals = totals_in(cells.ask, tuple(f for f in cells.facts if not unwanted(f, aliases)), aliases)
    values = {name: _value(making, pair.column, pair.facts) for name, pair in match.pairs.items()}
    values |= _stated(making, values)
    values |= _key(making, values, totals)
    if totals is not None:
        making.name(totals.facts, "total_of")
    ordered = {column.name: values[column.name] for column in match.table.columns if column.name in values}
    others = tuple(other for other in found if other.table != match.table and _adds(other, match))
    making.unknown += _not_told(match)
    return Proposal(
        look, cells.rows, cells.unread, match, making.ids, ordered, totals,
        tuple(_not_read(making)), tuple(making.unknown), others,
    )  # fmt: skip


def _chosen(look: Look, found: tuple[Match, ...], table: str) -> Match:
    possible = [match for match in found if match.is_possible and table in ("", match.table.name)]
    if possible:
        return possible[0]
    near = next((match for match in found if table in ("", match.table.name)), None)
    if near is None:
        fix = "tables: " + ", ".join(sorted(match.table.name for match in found))
        raise FloorwalkError(Problem(f"there is no table {table!r} in the contract", fix=fix))
    lacks = ", ".join(name for name in near.missing if name not in near.made) or "more than one of its columns"
    problem = Problem(
        f"no contract table can be fed; the nearest is {near.table.name}",
        where=look.file.name,
        why=f"nothing in the file looks like {lacks}",
        fix="export those columns too; or add how this export spells them to dbt_project/exports/_aliases.yml",
    )
    raise FloorwalkError(problem, Exit.INPUT_REJECTED)


def _adds(other: Match, chosen: Match) -> bool:
    """Whether another table would hold something that the chosen one leaves out."""
    used = {pair.facts for pair in chosen.pairs.values()}
    return other.is_possible and len(other.pairs) > 2 and any(p.facts not in used for p in other.pairs.values())


def _value(making: _Making, column: Column, facts: Facts) -> Value:
    name = making.name(facts, "agent_name" if column.name == "agent_id" and making.match.by_name else column.name)
    if column.data_type in ("timestamp", "date"):
        clock = making.match.time_of_day if column.name == making.match.table.dated else None
        beside = making.name(clock, "time_of_day") if clock is not None else ""
        is_date = column.data_type == "date"
        return moments.moment(facts, name, making.cells.ask, is_date=is_date, time_of_day=beside)
    if column.data_type == "boolean":
        return codes.yes_no(facts, name, column, making.aliases)
    if column.values:
        return codes.one_of(facts, name, column, making.aliases)
    if column.data_type in ("double", "integer", "bigint"):
        return amounts.amount(facts, name, column, making.aliases, making.milliseconds)
    if column.name == "agent_id" and making.match.by_name:
        making.unknown.append("who is meant where two people have the same name: rows are joined to people by name")
        return Value(name, ("only names, no ids: `people: by_name` above joins them to the agents",))
    return Value(name)


def _stated(making: _Making, values: dict[str, Value]) -> dict[str, Value]:
    """Required columns the file has none for, as questions to a person."""
    match, made = making.match, dict[str, Value]()
    for name in match.missing:
        if name == "is_answered":
            made[name] = _answered(making, values.get("talk_seconds"))
        elif name in ("scale_min", "scale_max"):
            made[name] = _scale(match.pairs["score"].facts if "score" in match.pairs else None, name)
        elif name == "valid_from":
            hired = values.get("hire_date")
            day = () if hired is None else (Option(hired.assumed, "since the day of hire"),)
            first = Option("date '2024-01-01'", "since a day you know; write it here")
            made[name] = asked("since which day these rows hold", (*day, first))
    return made


def _answered(making: _Making, talked: Value | None) -> Value:
    """Whether an agent took a contact, where the file has no column of it."""
    spelt = {spelling_key(text) for text in making.aliases.opposites["is_answered"].all}
    options = [
        Option(f"not as_yes_no({making.name(facts)})", f"answered unless {facts.header} says yes")
        for facts in making.cells.facts
        if spelling_key(facts.header) in spelt and facts.share("yes_no") == 1
    ]
    if talked is not None:
        options.append(Option(f"coalesce({talked.assumed} > 0, false)", "answered when there was any talk time"))
    options.append(Option("true", "this export lists answered contacts only"))
    return asked("which contacts were answered by an agent", tuple(options))


def _scale(facts: Facts | None, name: str) -> Value:
    lowest = facts.lowest if facts is not None and facts.lowest is not None else 1.0
    highest = facts.highest if facts is not None and facts.highest is not None else 5.0
    seen = f"the answers go from {lowest:g} to {highest:g}; make sure that high is good"
    if name == "scale_min":
        options = tuple(Option(f"{n:g}", f"the lowest answer is {n:g}") for n in (1.0, 0.0) if n <= lowest)
        return asked("the lowest answer a customer could give", options or (Option(f"{lowest:g}", "as seen"),), seen)
    options = tuple(Option(f"{n:g}", f"the highest answer is {n:g}") for n in _SCALES if n >= highest)
    return asked("the highest answer a customer could give", options or (Option(f"{highest:g}", "as seen"),), seen)


def _key(making: _Making, values: dict[str, Value], totals: Totals | None) -> dict[str, Value]:
    """The column that names a row: as it is, or made of the smallest combination that does."""
    match, ask = making.match, making.cells.ask
    condition = f"not coalesce({totals.condition(totals.facts.id)}, false)" if totals else "true"
    if len(match.table.key) > 1:
        named = [match.pairs[name].facts for name in match.table.key if name in match.pairs]
        if len(named) == len(match.table.key) and (again := key.repeats(ask, named, condition)):
            making.unknown.append(
                f"{again:,} rows have the same {' + '.join(match.table.key)} as another; the last counts"
            )
        return {}
    name = match.table.key[0]
    pair = match.pairs.get(name)
    whole = key.whole_repeats(ask, making.cells.facts, condition)
    if pair is not None:
        again = key.repeats(ask, [pair.facts], condition)
        if again <= whole:
            copies = f", but for {again:,} rows that are there twice" if again else ""
            return {name: Value(values[name].expression, (f"different in every row{copies}",))}
    else:
        once = next((p for p in match.pairs.values() if p.facts.is_unique and p.column.name.endswith("_id")), None)
        if once is not None:
            return {
                name: Value(making.name(once.facts), (f"no id of its own; {once.facts.header} differs in every row",))
            }
    core = [match.pairs[part].facts for part in (match.table.dated, "agent_id") if part in match.pairs]
    core[1:1] = [match.time_of_day] if match.time_of_day is not None else []
    found = key.smallest(ask, core, _candidates(making), condition)
    if found is None:
        options = (Option("'…'", "an expression that differs in every row"),)
        return {name: asked("what names a row", options, "no column or combination does")}
    return {name: _combined(making, pair.facts if pair else None, found, whole)}


def _candidates(making: _Making) -> list[Facts]:
    """Columns that may help to name a row, those of the key first; numbers of customers last, since they are hidden."""
    match = making.match
    order = (*match.table.key, match.table.dated, "agent_id", "queue", "channel", "direction", "customer_key")
    chosen = [match.pairs[name].facts for name in order if name in match.pairs]
    chosen += [facts for facts in making.cells.facts if unwanted(facts, making.aliases) == "phone number"]
    return [facts for facts in chosen if facts.filled > facts.rows / 2]


def _combined(making: _Making, alone: Facts | None, found: key.Combination, whole: int) -> Value:
    names = [making.name(facts) for facts in found.columns]
    joined = f"concat_ws('|', {', '.join(names)})" if len(names) > 1 else names[0]
    agent = making.match.pairs.get("agent_id")
    hidden = any(unwanted(f, making.aliases) or (agent is not None and f is agent.facts) for f in found.columns)
    headers = " + ".join(facts.header for facts in found.columns)
    why = [f"{alone.header} is there more than once" if alone else "the file has no id of its own"]
    left = found.repeats - whole
    if left > 0:
        why.append(f"{headers} still leaves {left:,} rows alike, of which the last counts")
        making.unknown.append(f"whether {left:,} rows with the same {headers} are one contact or several")
    else:
        why.append(f"{headers} differs in every row")
    if hidden:
        why.append("md5 keeps the person out of the id")
    return Value(f"md5({joined})" if hidden else joined, tuple(why))


def _not_read(making: _Making) -> Iterator[tuple[str, str]]:
    for facts in making.cells.facts:
        if facts in making.ids:
            continue
        if not facts.filled:
            yield facts.header, "always empty"
        elif kind := unwanted(facts, making.aliases):
            yield facts.header, f"{kind}: not needed, not loaded"
        elif facts.distinct == 1 and facts.filled == facts.rows:
            yield facts.header, "the same in every row"
        else:
            yield facts.header, f"no column of {making.match.table.name} is known under this heading"


def _not_told(match: Match) -> list[str]:
    """Optional columns without a column of the file, in one sentence."""
    absent = [c.name for c in match.table.columns if not c.required and c.name not in match.pairs]
    return [f"no column was found for {', '.join(absent)}; they stay empty"] if absent else []
