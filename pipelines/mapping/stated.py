"""Required columns that the file has none for, as questions to a person with the answers that are possible.

Belongs here: the questions. Does not belong here: columns the file does have (`table`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.ingest.aliases import Aliases, spelling_key
from pipelines.mapping.match import Match
from pipelines.mapping.moments import moment
from pipelines.mapping.rows import Cells, Facts
from pipelines.mapping.value import Option, Value, asked

_SCALES = (5.0, 10.0, 100.0)


@dataclass(frozen=True)
class Stated:
    """What a question may rest on; `name` gives a column of the file its source id."""

    match: Match
    cells: Cells
    aliases: Aliases
    name: Callable[[Facts], str]


def stated(basis: Stated, values: dict[str, Value]) -> dict[str, Value]:
    """One question for each required column that is missing; nothing where the table needs none."""
    match, made = basis.match, dict[str, Value]()
    for name in match.missing:
        if name == "is_answered":
            made[name] = _answered(basis, values.get("talk_seconds"))
        elif name in ("scale_min", "scale_max"):
            made[name] = _scale(match.pairs["score"].facts if "score" in match.pairs else None, name)
        elif name == match.table.dated and match.moments:
            made[name] = _which_moment(basis, name)
        elif name == "item":
            whole = Option("'Total score'", "no: one score for the whole")
            made[name] = asked("whether a column names what is scored", (whole,))
        elif name == "grader":
            made[name] = asked("who scored", (Option("'unknown'", "the file does not say; or write who it is"),))
        elif name == "is_planned":
            options = (Option("false", "what people really did"), Option("true", "what was planned"))
            made[name] = asked("whether these states are planned or actual", options)
        elif name == "valid_from":
            hired = values.get("hire_date")
            day = () if hired is None else (Option(hired.assumed, "since the day of hire"),)
            first = Option("date '2024-01-01'", "since a day you know; write it here")
            made[name] = asked("since which day these rows hold", (*day, first))
    return made


def _which_moment(basis: Stated, name: str) -> Value:
    column = basis.match.table.by_name[name]
    options = [
        Option(
            moment(facts, basis.name(facts), basis.cells.ask, is_date=column.data_type == "date").assumed, facts.header
        )
        for facts in basis.match.moments
    ]
    return asked(f"which of these moments is {name}", tuple(options))


def _answered(basis: Stated, talked: Value | None) -> Value:
    """Whether an agent took a contact, where the file has no column of it."""
    spelt = {spelling_key(text) for text in basis.aliases.opposites["is_answered"].all}
    options = [
        Option(f"not as_yes_no({basis.name(facts)})", f"answered unless {facts.header} says yes")
        for facts in basis.cells.facts
        if spelling_key(facts.header) in spelt and facts.share("yes_no") == 1
    ]
    if talked is not None:
        options.append(Option(f"coalesce({talked.assumed} > 0, false)", "answered when there was any talk time"))
    agent = basis.match.pairs.get("agent_id")
    if agent is not None and agent.facts.filled < agent.facts.rows:
        options.append(Option(f"{basis.name(agent.facts)} is not null", "answered when an agent is named"))
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
