"""Dates and times of an unseen column: which order of day and month, decided from the data or left to a person.

Belongs here: evidence about moments and the expression that reads them. Does not belong here: the parsers
(dbt_project/exports/_parsers.sql), lengths of time (`amounts`).
"""

from __future__ import annotations

from dataclasses import dataclass

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


def moment(facts: Facts, name: str, ask: Ask, *, is_date: bool, time_of_day: str = "") -> Value:
    """The expression for a date or timestamp. `name`: its source id; `time_of_day`: that of a clock time beside it."""
    parser = "as_date" if is_date else "as_timestamp"
    text = f"{name} || ' ' || {time_of_day}" if time_of_day and not is_date else name
    if _is_epoch(facts):
        return _clock_of_zero(facts, name, is_date)
    if facts.share("zone") >= MOST:
        return _with_zone(facts, name, is_date)
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


def _with_zone(facts: Facts, name: str, is_date: bool) -> Value:
    """Times with an offset: as written they are local time, unless the offset is nought."""
    local = f"as_timestamp(left({name}, 19))"
    whole = f"cast({local} as date)" if is_date else local
    if facts.share("zulu") < 0.5:
        why = "the text ends with an offset from Greenwich; the clock time before it is taken as local time"
        return Value(whole, (why,))
    return _zone_question("as_local", name, is_date, "the times are those of Greenwich (they end with Z or +00:00)")


def _clock_of_zero(facts: Facts, name: str, is_date: bool) -> Value:
    thousandths = (facts.median or 0.0) > _EPOCH[1]
    text, unit = (f"left({name}, 10)", "milliseconds") if thousandths else (name, "seconds")
    return _zone_question("as_epoch", text, is_date, f"the numbers count {unit} since 1970 at Greenwich")


def _zone_question(parser: str, text: str, is_date: bool, why: str) -> Value:
    def local(sql: str) -> str:
        return f"cast({sql} as date)" if is_date else sql

    options = (
        Option(
            local(f"{parser}({text}, 'Asia/Shanghai')"), "that of Shanghai; or write another, such as 'Europe/Berlin'"
        ),
        Option(local(f"{parser}({text}, 'UTC')"), "that of Greenwich"),
    )
    return asked("in which time zone the centre's clocks are", options, why)


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
