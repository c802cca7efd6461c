"""A sheet with one column per day of a month: each person's mark of each day becomes a row of attendance.

Belongs here: which month it is, and what the marks mean. Does not belong here: finding the days (`heading_rows`), other
tables (`table`).
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.readers import literal
from pipelines.mapping import codes
from pipelines.mapping.look import DAY, MARK, TITLE, Look
from pipelines.mapping.match import Match
from pipelines.mapping.rows import MONTH, Facts
from pipelines.mapping.table import Making, TableProposal
from pipelines.mapping.value import Option, Value, asked

_MONTH = "20[0-9]{2} *[年./-] *[0-9]{1,2}"
_WEEKDAY = "(星期|周)?[一二三四五六日天]"
_NUMBER = "[0-9]+([.][0-9]+)?"
_HOURS_A_DAY = 24
_SIGNS = {"√": "present", "✓": "present", "○": "off"}


def by_day_of_month(making: Making, look: Look, found: tuple[Match, ...]) -> TableProposal:
    """The table attendance. Raises FloorwalkError where nobody is named or the cells are no marks of a day."""
    attendance = next(match for match in found if match.table.name == "attendance")
    person = attendance.pairs.get("agent_id")
    mark = next(facts for facts in making.cells.facts if facts.given == MARK)
    if person is None or not mark.filled or (mark.median or 0.0) > _HOURS_A_DAY:
        why = "no column names the person" if person is None else "the cells below the days are no marks or hours"
        problem = Problem("the columns count the days of a month, but it is no attendance", look.file.name, why)
        raise FloorwalkError(problem, Exit.INPUT_REJECTED)
    name = making.name(person.facts, "agent_name" if attendance.by_name else "agent_id")
    reason = ("only names, no ids: `people: by_name` above joins them to the agents",) if attendance.by_name else ()
    values = {"agent_id": Value(name, reason), "work_date": _day(making, look)}
    if mark.share("number"):
        values["worked_minutes"] = _hours(mark)
    values["status"] = _status(making, attendance, mark)
    making.unknown.append("how long people were planned to work; a mark tells only what became of the day")
    conditions = [f"{MARK} is not null"]
    if any(text in "一二三四五六日天" for text, _ in mark.values if len(text) == 1):
        conditions.append(f"not ({name} is null and regexp_full_match({MARK}, {literal(_WEEKDAY)}))")
    match = Match(attendance.table, {"agent_id": person}, (), attendance.by_name)
    return TableProposal(match, values, None, " and ".join(conditions))


def _day(making: Making, look: Look) -> Value:
    """The month from a column, from the title above, or asked for."""
    month = next((facts for facts in making.cells.facts if not facts.given and _is_month(facts)), None)
    if month is None and not MONTH.search(look.above):
        option = Option(f"as_date('2026-03-' || {DAY})", "write the year and the month here")
        return asked("which month this sheet is about", (option,), "neither a column nor the title names it")
    text = TITLE if month is None else making.name(month, "month")
    found = f"nullif(regexp_replace(regexp_extract({text}, '{_MONTH}'), '[^0-9]+', '-'), '')"
    why = "the month stands in the title above the headings" if month is None else f"the month stands in {month.header}"
    return Value(f"as_date({found} || '-' || {DAY})", (why,))


def _is_month(facts: Facts) -> bool:
    texts = [text for text, _ in facts.values]
    return bool(texts) and facts.filled > facts.rows / 2 and all(MONTH.match(text) and len(text) < 12 for text in texts)


def _hours(mark: Facts) -> Value:
    number = f"as_number(case when regexp_full_match({MARK}, '{_NUMBER}') then {MARK} end) * 60"
    why = f"cells with a number are taken as hours of that day; the largest is {mark.highest:g}"
    there = [literal(text) for text, _ in mark.values if _SIGNS.get(text) == "present"]
    if not there:
        return Value(number, (why,))
    listed = ", ".join(there)
    whole = f"case when {MARK} in ({listed}) then 480 else {number} end"
    options = (Option(whole, f"{listed} is a day of eight hours"), Option("null", "leave the time worked empty"))
    return asked(f"how long a day marked {listed} is", options, why)


def _status(making: Making, attendance: Match, mark: Facts) -> Value:
    """The marks by their meaning; numbers and ticks say that somebody was there."""
    column = attendance.table.by_name["status"]
    signs = {sign: meaning for sign, meaning in _SIGNS.items() if any(text == sign for text, _ in mark.values)}
    words = tuple(one for one in mark.values if one[0] not in signs and not _is_number(one[0]))
    whens = [f"when {MARK} = {literal(sign)} then {literal(meaning)}" for sign, meaning in signs.items()]
    if mark.share("number"):
        whens.append(f"when regexp_full_match({MARK}, '{_NUMBER}') then 'present'")
    if not words and whens:
        return Value(f"case {' '.join(whens)} end", (f"allowed: {', '.join(column.values)}",))
    found = codes.one_of(replace(mark, values=words), MARK, column, making.aliases)
    if found.is_open or not whens or not found.expression.startswith("case "):
        return found
    return Value(found.expression.replace("case ", f"case {' '.join(whens)} ", 1), found.why)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
