"""Dates and times of an unseen column: which order of day and month, decided from the data or left to a person.

Belongs here: evidence about moments and the expression that reads them. Does not belong here: the parsers
(dbt_project/exports/_parsers.sql), lengths of time (`amounts`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.ingest.zone import PARSERS
from pipelines.mapping.rows import Ask, Facts
from pipelines.mapping.value import Option, Value, asked

MOST = 0.9
"""Share of the filled cells that has to be readable before a column is taken as moments."""
_ORDERS = {"dmy": "the day comes first", "mdy": "the month comes first"}
_PARTS = "regexp_extract({c}, '^([0-9]{{1,2}})[-/.]([0-9]{{1,2}})[-/.][0-9]{{2,4}}', {n})"
_EPOCH = (1e9, 2.2e9)


@dataclass(frozen=True)
class Order:
    """Order of day and month: `code` of the parsers, empty when the data cannot tell."""

    code: str
    why: tuple[str, ...]
    example: str = ""


def is_moments(facts: Facts) -> bool:
    """Whether a column holds dates, with or without a time of day."""
    return facts.filled > 0 and (
        max(facts.share(name) for name in ("year_first", "compact", "either", "zone")) >= MOST or _is_epoch(facts)
    )


def is_times_of_day(facts: Facts) -> bool:
    """Whether a column holds clock times only."""
    return not is_moments(facts) and facts.share("clock") >= MOST


def order_of(facts: Facts, ask: Ask) -> Order:
    """Decide the order from values that are only possible in one."""
    if facts.share("year_first") >= MOST or facts.share("zone") >= MOST:
        return Order("ymd", ("the year comes first",))
    if facts.share("compact") >= MOST:
        return Order("ymd", ("eight digits, year first",))
    first, second = (_PARTS.format(c=facts.id, n=number) for number in (1, 2))
    big = "try_cast({part} as integer) > 12"
    day, month = big.format(part=first), big.format(part=second)
    found = ask(
        f"select count(*) filter (where {day}), min({facts.id}) filter (where {day}), "
        f"count(*) filter (where {month}), min({facts.id}) filter (where {month}), "
        f"min({facts.id}) filter (where {first} <> {second}) from cells"
    )[0]
    days, days_like, months, months_like, telling = int(found[0]), found[1], int(found[2]), found[3], found[4]
    if _may_be_year_first(facts, ask):
        return Order("", ("the year has two digits, and may be the first number or the last",), str(telling))
    if days and not months:
        return Order("dmy", (f"day first: {_rows(days)} begin with a number above 12, such as {days_like!r}",))
    if months and not days:
        return Order("mdy", (f"month first: {_rows(months)} have a second number above 12, such as {months_like!r}",))
    if days and months:
        code, few, like = ("dmy", months, months_like) if days > months else ("mdy", days, days_like)
        said = f"both orders are there; {_ORDERS[code]} in most, {_rows(few)} such as {like!r} will be refused"
        return Order(code, (said,))
    readable = [code for code in _ORDERS if facts.share(code) >= MOST]
    if len(readable) == 1:
        return Order(readable[0], (f"{_ORDERS[readable[0]]}: the texts can be read in this order only",))
    return Order("", ("no number is above 12 where it would tell day from month",), str(telling or facts.values[0][0]))


def _may_be_year_first(facts: Facts, ask: Ask) -> bool:
    """26-02-13: of three numbers with two digits the last changes more than the first."""
    if facts.share("short_year") < MOST:
        return False
    parts = ", ".join(f"count(distinct regexp_extract({facts.id}, '^(\\d+)\\D(\\d+)\\D(\\d+)', {n}))" for n in (1, 3))
    first, last = ask(f"select {parts} from cells")[0]
    return int(last) > int(first)


def moment(
    facts: Facts, name: str, ask: Ask, *, is_date: bool, time_of_day: str = "", may_be_utc: bool = False
) -> Value:
    """The expression for a date or timestamp. `name`: its source id; `time_of_day`: that of a clock time beside it.

    `may_be_utc`: another layout reads this heading as times of Greenwich.
    """
    parser = "as_date" if is_date else "as_timestamp"
    text = f"{name} || ' ' || {time_of_day}" if time_of_day and not is_date else name
    if _is_epoch(facts):
        return _clock_of_zero(facts, name, ask, is_date)
    if facts.share("zone") >= MOST:
        return _with_zone(facts, name, ask, is_date)
    if re.search(r"\b(utc|gmt|zulu)\b", facts.header, re.IGNORECASE) and facts.share("year_first") >= MOST:
        return _zone_question("as_local", text, ask, is_date, "the heading says that the times are those of Greenwich")
    if may_be_utc and facts.share("year_first") >= MOST:
        return _local_or_utc(text, ask, is_date)
    order = order_of(facts, ask)
    joined = ("day and time stand in two columns",) if time_of_day and not is_date else ()
    if not order.code:
        question = "which comes first in this date, the day or the month"
        options = tuple(
            Option(f"{parser}({text}, '{code}')", f"{said}: {order.example} would be {_said(order.example, code, ask)}")
            for code, said in _ORDERS.items()
        )
        return asked(question, options, *joined, *order.why)
    argument = "" if order.code == "ymd" and facts.share("compact") < MOST else f", '{order.code}'"
    return Value(f"{parser}({text}{argument})", (*joined, *order.why))


def _with_zone(facts: Facts, name: str, ask: Ask, is_date: bool) -> Value:
    """Times with an offset: as written they are local time, unless the offset is nought."""
    if facts.share("zulu") < 0.5:
        why = "the text ends with an offset from Greenwich; the clock time before it is taken as local time"
        return Value(_local(f"as_timestamp(left({name}, 19))", is_date), (why,))
    why = "the times are those of Greenwich (they end with Z or +00:00)"
    return _zone_question("as_local", name, ask, is_date, why)


def _clock_of_zero(facts: Facts, name: str, ask: Ask, is_date: bool) -> Value:
    thousandths = (facts.median or 0.0) > _EPOCH[1]
    text, unit = (f"left({name}, 10)", "milliseconds") if thousandths else (name, "seconds")
    return _zone_question("as_epoch", text, ask, is_date, f"the numbers count {unit} since 1970 at Greenwich")


def _zone_question(parser: str, text: str, ask: Ask, is_date: bool, why: str) -> Value:
    """The centre's zone, stated once for all exports; while it is not, rows are shown in the time of Greenwich."""
    zone = ask("select centre_zone()::varchar")[0][0]
    here = _local(f"{parser}({text})", is_date)
    if zone is not None:
        return Value(here, (why, f"read in {zone}, the zone stated in {PARSERS}"), utc=text)
    stated = f"{ZONE_QUESTION}: to be stated once in {ZONE_PLACE}, until then these rows are refused"
    return Value(here, (why, stated), utc=text, shown_as=_local(f"{parser}({text}, 'UTC')", is_date))


def _local_or_utc(text: str, ask: Ask, is_date: bool) -> Value:
    local = Option(f"{'as_date' if is_date else 'as_timestamp'}({text})", "the clocks of the centre")
    why = "another layout of this project reads a column of this name as times of Greenwich; the texts do not tell"
    zone = ask("select centre_zone()::varchar")[0][0]
    where = f", read in {zone}" if zone is not None else "; write the centre's own zone"
    zoned = f"as_local({text})" if zone is not None else f"as_local({text}, 'Asia/Shanghai')"
    options = (local, Option(_local(zoned, is_date), f"those of Greenwich{where}"))
    return asked("whether these times are the centre's own or those of Greenwich", options, why)


ZONE_QUESTION = "time zone of the centre"
ZONE_PLACE = f"{PARSERS}, line 7"


def _local(sql: str, is_date: bool) -> str:
    return f"cast({sql} as date)" if is_date else sql


def _is_epoch(facts: Facts) -> bool:
    if facts.share("number") < MOST or facts.median is None:
        return False
    return any(_EPOCH[0] <= facts.median / scale <= _EPOCH[1] for scale in (1.0, 1000.0))


def _said(text: str, code: str, ask: Ask) -> str:
    quoted = text.replace("'", "''")
    found = ask(f"select strftime(as_timestamp('{quoted}', '{code}'), '%-d %B %Y')")[0][0]
    return str(found) if found else "no date"


def _rows(count: int) -> str:
    return f"{count:,} rows" if count > 1 else "1 row"
