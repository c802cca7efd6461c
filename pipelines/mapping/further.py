"""Further tables that the rows of one file feed: answers of customers, people and teams named beside each contact.

Belongs here: which further tables, what they borrow from the first, and for which rows they hold. Does not belong here:
the first table (`propose`), the columns of one (`table`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipelines.ingest.readers import literal
from pipelines.mapping.match import Match, Pair
from pipelines.mapping.moments import moment
from pipelines.mapping.rows import Facts
from pipelines.mapping.table import Making, TableProposal, further_table
from pipelines.mapping.value import Option, Value, asked

_BESIDE = {
    "contacts": ("surveys", "agents", "teams"),
    "surveys": ("agents", "teams"),
    "qa_scores": ("agents", "teams"),
    "complaints": ("agents", "teams"),
    "attendance": ("agents", "teams"),
    "agent_states": ("agents", "teams"),
    "training": ("agents",),
    "agents": ("teams",),
}
"""Main table → what its rows may tell as well."""
_OF_A_PERSON = ("team_id", "leader", "role", "shift", "hire_date", "left_date", "tenure_band", "programme")


def further_tables(making: Making, first: TableProposal, found: tuple[Match, ...]) -> Iterator[TableProposal]:
    """Every further table whose telling columns are there and not already part of the first."""
    by_name = {match.table.name: match for match in found}
    for name in _BESIDE.get(first.match.table.name, ()):
        match = by_name[name]
        if name == "surveys":
            yield from _surveys(making, first, match)
        elif name == "agents":
            yield from _agents(making, first, match)
        else:
            yield from _teams(making, first, match)


def _surveys(making: Making, first: TableProposal, match: Match) -> Iterator[TableProposal]:
    score = match.pairs.get("score")
    used = {pair.facts for pair in first.match.pairs.values()}
    if score is None or score.facts in used:
        return
    dated, contact = first.values.get(first.match.table.dated), first.values.get("contact_id")
    if dated is None or contact is None:
        return
    borrowed = {"answered_at": _as(dated, "the file says only when the contact was")}
    own = match.pairs.get("survey_id")
    if own is None or own.facts in used:
        match = _without(match, "survey_id")
        borrowed["survey_id"] = _as(contact, "no id of its own: that of the contact")
    if "contact_id" not in match.pairs or match.pairs["contact_id"].facts in used:
        match = _without(match, "contact_id")
        borrowed["contact_id"] = _as(contact)
    if "agent_id" in first.values:
        match = _without(match, "agent_id")
        borrowed["agent_id"] = _as(first.values["agent_id"])
    name, facts = making.name(score.facts, "score"), score.facts
    odd = [text for text, _ in facts.values if not _is_number(text)][:8] if facts.share("number") < 1 else []
    conditions = [f"{name} is not null"] if facts.filled < facts.rows or odd else []
    if odd:
        conditions.append(f"{name} not in ({', '.join(map(literal, odd))})")
    why = f"{facts.header} holds {facts.filled:,} answers of customers"
    yield further_table(making, match, first, borrowed, conditions, why)


def _agents(making: Making, first: TableProposal, match: Match) -> Iterator[TableProposal]:
    person = first.match.pairs.get("agent_id")
    told = [match.pairs[name] for name in _OF_A_PERSON if name in match.pairs]
    named = match.pairs.get("name")
    if person is None or (not told and (named is None or named.facts is person.facts)):
        return
    match = _without(_without(match, "agent_id"), "direction")
    if named is not None and named.facts is person.facts:
        match = _without(match, "name")
    borrowed = {"agent_id": Value(first.values["agent_id"].expression)}
    if first.match.by_name:
        why = "the name stands for the id; if a list of agents with ids is delivered, take this table out and write "
        borrowed["agent_id"] = Value(first.values["agent_id"].expression, (f"{why}`people: by_name`",))
        borrowed["name"] = Value(making.name(person.facts))
    borrowed |= _since(making, first, match, "the first day on which the file says so")
    team, leader = match.pairs.get("team_id"), match.pairs.get("leader")
    if team is None and leader is not None:
        borrowed["team_id"] = _team_question(making, leader.facts)
    may_be_empty = _may_be_empty(making, first, person.facts)
    conditions = [f"{borrowed['agent_id'].expression} is not null"] if may_be_empty else []
    listed = ", ".join(pair.facts.header for pair in ([named] if named else []) + told)
    yield further_table(making, match, first, borrowed, conditions, f"{listed} tell of the person")


def _teams(making: Making, first: TableProposal, match: Match) -> Iterator[TableProposal]:
    leader, manager, team = (match.pairs.get(name) for name in ("leader", "manager", "team_id"))
    facts = team or leader
    if facts is None or (leader is None and manager is None):
        return
    if first.match.table.name == "agents" and team is None:
        return
    own_name = match.pairs.get("name")
    if own_name is not None and own_name.facts is facts.facts:
        match = _without(match, "name")
    name = making.name(facts.facts, facts.column.name)
    borrowed = _since(making, first, match, "the first day on which the file says so")
    if team is None and leader is not None:
        borrowed["team_id"] = _team_question(making, leader.facts)
    borrowed["name"] = Value(name)
    conditions = [f"{name} is not null"] if facts.facts.filled < facts.facts.rows else []
    listed = ", ".join(pair.facts.header for pair in (team, leader, manager) if pair)
    yield further_table(making, match, first, borrowed, conditions, f"{listed} tell of the team")


def _team_question(making: Making, facts: Facts) -> Value:
    name = making.name(facts, "leader")
    options = (Option(name, f"one team for each name in {facts.header}"), Option("null", "unknown"))
    return asked("what the teams are", options, f"no column names a team, but {facts.header} names who leads")


def _since(making: Making, first: TableProposal, match: Match, why: str) -> dict[str, Value]:
    """valid_from, where the file says when: the day of the row."""
    dated = first.match.pairs.get(first.match.table.dated)
    if "valid_from" in match.pairs and match.pairs["valid_from"].facts is not (dated.facts if dated else None):
        return {}
    if dated is None or first.match.table.name == "agents":
        return {}
    value = first.values[dated.column.name]
    if value.is_open:
        options = tuple(Option(f"cast({one.expression} as date)", one.meaning) for one in value.options)
        return {"valid_from": asked(value.question, options, why)}
    if value.utc or dated.column.data_type == "date":
        day, shown = (
            f"cast({sql} as date)" if value.utc and sql else sql for sql in (value.expression, value.shown_as)
        )
        return {"valid_from": Value(day, (why,), utc=value.utc, shown_as=shown)}
    read = moment(dated.facts, making.name(dated.facts), making.cells.ask, is_date=True)
    return {"valid_from": Value(read.assumed, (why,))}


def _may_be_empty(making: Making, first: TableProposal, facts: Facts) -> bool:
    return facts.filled < facts.rows or first.values["agent_id"].expression != making.name(facts)


def _without(match: Match, name: str) -> Match:
    pairs: dict[str, Pair] = {column: pair for column, pair in match.pairs.items() if column != name}
    return replace(match, pairs=pairs)


def _as(value: Value, *why: str) -> Value:
    """The same expression or question once more, without its reasons."""
    return Value(value.expression, why, value.question, value.options, value.utc, value.shown_as)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "").rstrip("%"))
    except ValueError:
        return False
    return True
