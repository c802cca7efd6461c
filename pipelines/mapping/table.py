"""One contract table of a proposal: an expression for each column, the key, and the rows it holds for.

Belongs here: putting the matched columns of one table together. Does not belong here: each kind of value (`moments`,
`amounts`, `codes`), required columns the file lacks (`stated`), which tables there are (`propose`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.ingest.aliases import Aliases, bare_key, spelling_key
from pipelines.ingest.contract import Column
from pipelines.ingest.readers import literal
from pipelines.mapping import amounts, codes, key, moments
from pipelines.mapping.headings import GENERIC, WRONG_TYPE
from pipelines.mapping.known import Known
from pipelines.mapping.match import Match, unwanted
from pipelines.mapping.rows import Cells, Facts
from pipelines.mapping.stated import Stated, stated
from pipelines.mapping.totals import Totals
from pipelines.mapping.value import Option, Value, asked, source_id

_NOBODY = re.compile(
    r"\[.*\]|<.*>|none|null|nil|n/a|na|nobody|unknown|unassigned|no[_ ].{2,20}|[-—/]+|无|未分配|未知|空", re.IGNORECASE
)


@dataclass(frozen=True)
class TableProposal:
    """One table: what its columns are made of, rows to refuse, and the rows it is about (`when`, empty for all)."""

    match: Match
    values: dict[str, Value]
    totals: Totals | None = None
    when: str = ""
    why: str = ""
    """Why the table is proposed at all, beside the first."""


@dataclass
class Making:
    """What all tables of one proposal share. `ids`: source id of every column that is read."""

    cells: Cells
    aliases: Aliases
    known: Known
    ids: dict[Facts, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def name(self, facts: Facts, better: str = "") -> str:
        """The source id of a column, given once. A Chinese heading borrows the name of the contract column."""
        if facts.given:
            return facts.given
        if facts not in self.ids:
            header = better if better and (not facts.header.isascii() or facts.header.isdigit()) else facts.header
            self.ids[facts] = source_id(header, frozenset(self.ids.values()), facts.place)
        return self.ids[facts]


def table_of(making: Making, match: Match, totals: Totals | None) -> TableProposal:
    """The main table of a file: it takes every row."""
    values = {name: _value(making, match, pair.column, pair.facts) for name, pair in match.pairs.items()}
    values |= stated(_basis(making, match), values)
    values |= _key(making, match, values, totals)
    return TableProposal(match, _in_order(match, values), totals)


def further_table(
    making: Making, match: Match, first: TableProposal, borrowed: dict[str, Value], conditions: list[str], why: str
) -> TableProposal:
    """Another table of the same rows; `borrowed`: what the first table knows and this one has no column for."""
    values = {name: _value(making, match, pair.column, pair.facts) for name, pair in match.pairs.items()}
    values = borrowed | values
    values |= {name: value for name, value in stated(_basis(making, match), values).items() if name not in values}
    if len(match.table.key) == 1 and match.table.key[0] not in values:
        values |= _key(making, match, values, first.totals)
    if first.totals is not None:
        conditions.append(f"not coalesce({first.totals.condition(making.name(first.totals.facts))}, false)")
    return TableProposal(match, _in_order(match, values), None, " and ".join(conditions), why)


def _in_order(match: Match, values: dict[str, Value]) -> dict[str, Value]:
    return {column.name: values[column.name] for column in match.table.columns if column.name in values}


def _basis(making: Making, match: Match) -> Stated:
    return Stated(match, making.cells, making.aliases, making.name)


def _value(making: Making, match: Match, column: Column, facts: Facts) -> Value:
    is_name = column.name == "agent_id" and match.by_name
    name = making.name(facts, "agent_name" if is_name else column.name)
    if column.data_type in ("timestamp", "date"):
        clock = match.time_of_day if column.name == match.table.dated else None
        beside = making.name(clock, "time_of_day") if clock is not None else ""
        is_date, ask = column.data_type == "date", making.cells.ask
        utc = making.known.is_utc(facts.header)
        return moments.moment(facts, name, ask, is_date=is_date, time_of_day=beside, may_be_utc=utc)
    if column.data_type == "boolean":
        return codes.yes_no(facts, name, column, making.aliases)
    if column.values:
        return codes.one_of(facts, name, column, making.aliases)
    if column.data_type in ("double", "integer", "bigint"):
        if rivals := _rivals(making, match, column, facts):
            return _which_length(making, match, column, (facts, *rivals))
        return amounts.amount(facts, name, column, making.aliases, _milliseconds(making, match))
    if column.name == "channel":
        return codes.channel(facts, name, making.aliases)
    if column.name == "dimension" and all(text.isascii() for text, _ in facts.values):
        return Value(f"replace(lower({name}), ' ', '_')", ("in small letters, as the dimensions of the catalogue are",))
    if column.name == "agent_id":
        return _person(making, facts, name, is_name)
    return Value(name)


def _rivals(making: Making, match: Match, column: Column, facts: Facts) -> list[Facts]:
    """Other lengths under headings that mean as much: `duration` beside `duration (in call)` or `billsec`."""
    if column.name != "talk_seconds" or bare_key(facts.header) not in GENERIC:
        return []
    used = {pair.facts for pair in match.pairs.values()}
    spelt = {spelling_key(text) for text in making.aliases.of(match.table, column.name).all}
    return [
        other
        for other in making.cells.facts
        if other not in used and other.share("seconds") >= WRONG_TYPE and bare_key(other.header) in spelt
    ]


def _which_length(making: Making, match: Match, column: Column, several: tuple[Facts, ...]) -> Value:
    options = tuple(
        Option(amounts.amount(facts, making.name(facts), column, making.aliases).assumed, facts.header)
        for facts in several
    )
    return asked("which of these lengths is the talk alone, without ringing and waiting", options)


def _person(making: Making, facts: Facts, name: str, is_name: bool) -> Value:
    nobody = [text for text, _ in facts.values if _NOBODY.fullmatch(text)][:3]
    expression = name
    why: list[str] = []
    if nobody:
        only = len(nobody) == 1
        expression = (
            f"nullif({name}, {literal(nobody[0])})"
            if only
            else f"case when {name} not in ({', '.join(map(literal, nobody))}) then {name} end"
        )
        why.append(f"taken as nobody: {', '.join(nobody)}")
    if several := [text for text, _ in facts.values if is_name and ";" in text]:
        expression = f"case when not contains({name}, ';') then {name} end"
        why.append(f"{len(several)} cell{'s' * (len(several) > 1)} name several people: nobody is taken for them")
    if is_name:
        said = "who is meant where two people have the same name: rows are joined to people by name"
        if said not in making.unknown:
            making.unknown.append(said)
        why.insert(0, "only names, no ids: `people: by_name` above joins them to the agents")
    return Value(expression, tuple(why))


def _milliseconds(making: Making, match: Match) -> str:
    """A heading of a matched length of time that is certainly in milliseconds."""
    lengths = (pair.facts for pair in match.pairs.values() if pair.column.unit == "seconds")
    return next((facts.header for facts in lengths if amounts.is_milliseconds(facts, making.aliases)), "")


def _key(making: Making, match: Match, values: dict[str, Value], totals: Totals | None) -> dict[str, Value]:
    """The column that names a row: as it is, or made of the smallest combination that does."""
    ask = making.cells.ask
    condition = f"not coalesce({totals.condition(totals.facts.id)}, false)" if totals else "true"
    if len(match.table.key) > 1:
        return _several(making, match, values, condition)
    name = match.table.key[0]
    pair = match.pairs.get(name)
    whole = key.whole_repeats(ask, making.cells.facts, condition)
    if pair is not None:
        again = key.repeats(ask, [pair.facts], condition)
        if again <= whole:
            copies = f", but for {again:,} rows that are there twice" if again else ""
            return {name: Value(values[name].expression, (f"different in every row{copies}",))}
    else:
        contact = match.pairs.get("contact_id")
        if contact is not None and contact.facts.is_unique:
            why = f"no id of its own; {contact.facts.header} differs in every row"
            return {name: Value(making.name(contact.facts), (why,))}
    core = [match.pairs[part].facts for part in (match.table.dated, "agent_id") if part in match.pairs]
    core[1:1] = [match.time_of_day] if match.time_of_day is not None else []
    core[:0] = [pair.facts] if pair is not None and pair.facts not in core else []
    found = key.smallest(ask, core, _candidates(making, match), condition)
    if found is None:
        options = (Option("'…'", "an expression that differs in every row"),)
        return {name: asked("what names a row", options, "no column or combination does")}
    return {name: _combined(making, match, pair.facts if pair else None, found, whole)}


def _several(making: Making, match: Match, values: dict[str, Value], condition: str) -> dict[str, Value]:
    """A key of several columns: what the file has no column for may be named by the record or by day and what."""
    made: dict[str, Value] = {}
    if "evaluation_id" in match.table.key and "evaluation_id" not in values:
        contact = values.get("contact_id")
        options = [Option(contact.expression, "one evaluation for each contact")] if contact else []
        made["evaluation_id"] = asked(
            "what names an evaluation", (*options, Option("'…'", "an expression of your own"))
        )
    named = [match.pairs[name].facts for name in match.table.key if name in match.pairs]
    if len(named) == len(match.table.key) and (again := key.repeats(making.cells.ask, named, condition)):
        making.unknown.append(f"{again:,} rows have the same {' + '.join(match.table.key)} as another; the last counts")
    if "session_id" in match.table.key and "session_id" not in values and {"course_id", "held_on"} <= set(values):
        made["session_id"] = _session(values["course_id"].expression, values["held_on"])
    return made


def _session(course: str, day: Value) -> Value:
    why = "no id of a session: one course on one day is taken as one"
    if not day.is_open:
        return Value(f"{course} || ' ' || strftime({day.expression}, '%Y-%m-%d')", (why,))
    options = tuple(
        Option(f"{course} || ' ' || strftime({option.expression}, '%Y-%m-%d')", option.meaning)
        for option in day.options
    )
    return asked(day.question, options, why)


def _candidates(making: Making, match: Match) -> list[Facts]:
    """Columns that may help to name a row, those of the key first; numbers of customers last, since they are hidden."""
    order = (*match.table.key, match.table.dated, "agent_id", "queue", "channel", "direction", "customer_key")
    chosen = [match.pairs[name].facts for name in order if name in match.pairs]
    chosen += [facts for facts in making.cells.facts if unwanted(facts, making.aliases) == "phone number"]
    return [facts for facts in chosen if facts.filled > facts.rows / 2]


def _combined(making: Making, match: Match, alone: Facts | None, found: key.Combination, whole: int) -> Value:
    names = [making.name(facts) for facts in found.columns]
    joined = f"concat_ws('|', {', '.join(names)})" if len(names) > 1 else names[0]
    agent = match.pairs.get("agent_id")
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
