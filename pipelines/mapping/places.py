"""A log without a header line: what its values alone can tell of contacts, and a question for everything else.

Belongs here: places told apart by their values. Does not belong here: whether there is a header (`headless`), columns
with headings (`match`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.mapping import amounts, codes, key, moments
from pipelines.mapping.look import Look
from pipelines.mapping.match import Match, Pair, unwanted
from pipelines.mapping.rows import Facts
from pipelines.mapping.table import Making, TableProposal
from pipelines.mapping.value import Option, Value, asked

_BY_CODES = ("is_answered", "direction")
_KNOWN = 0.9
_MOST_OPTIONS = 6


def by_place(making: Making, look: Look, found: tuple[Match, ...]) -> TableProposal:
    """The table contacts. Raises FloorwalkError where no place holds moments."""
    table = next(match for match in found if match.table.name == "contacts").table
    usable = [facts for facts in making.cells.facts if facts.filled and not unwanted(facts, making.aliases)]
    times = [facts for facts in usable if moments.is_moments(facts)]
    if not times:
        problem = Problem("no place of the lines always holds a moment", look.file.name)
        raise FloorwalkError(problem, Exit.INPUT_REJECTED)
    pairs: dict[str, Pair] = {}
    values: dict[str, Value] = {}
    left = [facts for facts in usable if facts not in times]
    for name in _BY_CODES:
        column = table.by_name[name]
        fits = [facts for facts in left if codes.share_known(facts, column, making.aliases) >= _KNOWN
                and facts.share("number") < _KNOWN]  # fmt: skip
        if len(fits) == 1:
            pairs[name] = Pair(column, fits[0], "by its texts")
            code = codes.yes_no if name == "is_answered" else codes.one_of
            values[name] = code(fits[0], making.ids[fits[0]], column, making.aliases)
            left.remove(fits[0])
    values["started_at"] = _started(making, times)
    values["contact_id"] = _id(making, left, times)
    numbers = [facts for facts in left if facts.share("seconds") >= _KNOWN and not facts.is_unique]
    texts = [facts for facts in left if facts.share("number") < _KNOWN and 1 < facts.distinct < facts.rows]
    for name in ("talk_seconds", "wait_seconds"):
        values[name] = _which(making, name, "seconds", numbers, "as_seconds({})")
    for name in ("agent_id", "queue"):
        fitting = texts + [facts for facts in numbers if facts.distinct < facts.rows / 2]
        values[name] = _which(making, name, "", fitting, "{}")
    if "is_answered" not in values:
        options = [Option("true", "this export lists answered contacts only")]
        options += [Option(f"as_seconds({making.ids[f]}) > 0", f"answered when place {f.header} is above nought")
                    for f in numbers[:3]]  # fmt: skip
        values["is_answered"] = asked("which contacts were answered by an agent", tuple(options))
    making.unknown.append("what most places hold: the lines have no headings; columns not listed can be added by hand")
    making.unknown.append(
        "whether each line is a contact; a log of events needs `some_rows: true` above and a `when` that picks those "
        "which end one"
    )
    ordered = {column.name: values[column.name] for column in table.columns if column.name in values}
    return TableProposal(Match(table, pairs, ()), ordered)


def _started(making: Making, times: Sequence[Facts]) -> Value:
    first = moments.moment(times[0], making.ids[times[0]], making.cells.ask, is_date=False)
    if len(times) == 1:
        return first
    options = [
        Option(value.assumed, f"place {facts.header}, such as {facts.values[0][0]}")
        for facts in times
        for value in [moments.moment(facts, making.ids[facts], making.cells.ask, is_date=False)]
    ]
    return asked("which of these moments is the start", tuple(options), *first.why)


def _id(making: Making, left: Sequence[Facts], times: Sequence[Facts]) -> Value:
    unique = [facts for facts in left if facts.is_unique]
    unique = [facts for facts in unique if facts.share("number") < _KNOWN] or unique
    if len(unique) == 1:
        return Value(making.ids[unique[0]], (f"only place {unique[0].header} differs in every row",))
    if unique:
        options = tuple(Option(making.ids[facts], f"place {facts.header}") for facts in unique)
        return asked("which place names the contact", options, "these differ in every row")
    found = key.smallest(making.cells.ask, times[:1], [facts for facts in left if facts.distinct > 1], "true")
    if found is None or found.repeats:
        options = (Option(f"concat_ws('|', {', '.join(making.ids[f] for f in (*times[:1], *left))})", "all together"),)
        return asked("what names a contact", options, "no few places differ in every row")
    joined = f"concat_ws('|', {', '.join(making.ids[facts] for facts in found.columns)})"
    headers = " + ".join(facts.header for facts in found.columns)
    return Value(f"md5({joined})", (f"places {headers} together differ in every row",))


def _which(making: Making, name: str, unit: str, fitting: Sequence[Facts], parser: str) -> Value:
    what = name.replace("_", " ").removesuffix(" seconds")
    options = [
        Option(parser.format(making.ids[facts]), f"place {facts.header}, {_like(facts)}")
        for facts in fitting[:_MOST_OPTIONS]
        if not (unit and amounts.is_milliseconds(facts, making.aliases))
    ]
    return asked(f"which place holds the {what}", (Option("null", "none of them"), *options))


def _like(facts: Facts) -> str:
    shown = ", ".join(text for text, _ in facts.values[:3])
    return f"such as {shown}"
