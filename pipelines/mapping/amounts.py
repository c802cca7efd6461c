"""Numbers and lengths of time of an unseen column: in which unit, by its heading, by its values, or left to a person.

Belongs here: evidence about units and the expression that turns them into the contract's unit. Does not belong here:
moments (`moments`), codes (`codes`).
"""

from __future__ import annotations

from pipelines.ingest.aliases import Aliases
from pipelines.ingest.contract import Column
from pipelines.mapping.rows import Facts
from pipelines.mapping.value import Option, Value, asked

_IN_SECONDS = {"milliseconds": 0.001, "seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
_LONG_SECONDS = 20_000
"""Nobody's usual talk lasts longer in seconds: half of the values above it are milliseconds."""
_DOUBTFUL_SECONDS = 3_600
"""An hour: half of the values above it may be seconds of something slow, or milliseconds of something quick."""
_SHORT = 15
"""Half of the values below it, with decimals: they may be minutes."""
_HOURS_A_DAY = 24


def amount(facts: Facts, name: str, column: Column, aliases: Aliases, milliseconds: str = "") -> Value:
    """The expression for a number of the contract; times of the contract are in seconds, minutes or hours.

    `milliseconds`: a heading of the same file whose values are certainly that.
    """
    if column.unit in _IN_SECONDS:
        return _duration(facts, name, column.unit, aliases, milliseconds)
    if facts.share("percent") >= 0.5 and column.unit == "points":
        return Value(f"as_number({name}) * 100", ("percentages; the contract counts points from 0 to 100",))
    why = ("percentages: 85% is read as 0.85",) if facts.share("percent") >= 0.5 else ()
    return Value(f"as_number({name})", why)


def is_milliseconds(facts: Facts, aliases: Aliases) -> bool:
    """Whether a column without a unit in its heading can be nothing else by the size of its numbers."""
    plain = facts.share("number") >= 0.9 and not aliases.unit(facts.header)
    return plain and (facts.median or 0.0) > _LONG_SECONDS


def _duration(facts: Facts, name: str, wanted: str, aliases: Aliases, milliseconds: str) -> Value:
    if facts.share("clock") >= 0.5:
        return Value(_scaled(name, "seconds", wanted), ("written as hours, minutes and seconds",))
    named = aliases.unit(facts.header)
    if named:
        return Value(_scaled(name, named, wanted), (f"the heading says {named}{_like(facts)}",))
    if facts.share("number") < 0.5:
        return Value(_scaled(name, "seconds", wanted), ("written with their units, or in more than one way",))
    if wanted == "seconds":
        return _seconds_by_size(facts, name, milliseconds)
    return _by_size_of_a_day(facts, name, wanted)


def _seconds_by_size(facts: Facts, name: str, milliseconds: str) -> Value:
    median = facts.median or 0.0
    if median > _LONG_SECONDS:
        why = (
            f"milliseconds: half of the values are above {median:,.0f}, which as seconds would be "
            f"{median / 3600:,.0f} hours; as milliseconds {median / 60_000:.1f} minutes"
        )
        return Value(_scaled(name, "milliseconds", "seconds"), (why,))
    if milliseconds and (facts.highest or 0.0) > 1000:
        why = f"taken as milliseconds like {milliseconds!r} beside it; half of the values are above {median:,.0f}"
        return Value(_scaled(name, "milliseconds", "seconds"), (why,))
    if median > _DOUBTFUL_SECONDS:
        options = tuple(
            Option(_scaled(name, unit, "seconds"), f"they are {unit}") for unit in ("milliseconds", "seconds")
        )
        said = f"half of the values are above {median:,.0f}: {median / 3600:.1f} hours or {median / 1000:.1f} seconds"
        return asked("whether these are milliseconds or seconds", options, said)
    if 0 < median < _SHORT and facts.share("decimal") >= 0.3 and (facts.highest or 0.0) < 600:
        example = f"half of the values are above {median:g}, the longest is {facts.highest:g}"
        options = tuple(Option(_scaled(name, unit, "seconds"), f"they are {unit}") for unit in ("minutes", "seconds"))
        return asked("whether these are minutes or seconds", options, example)
    said = f"taken as seconds: half of the values are above {median:,.0f}, the longest is {facts.highest or 0:,.0f}"
    return Value(_scaled(name, "seconds", "seconds"), (said,))


def _by_size_of_a_day(facts: Facts, name: str, wanted: str) -> Value:
    """Minutes or hours of a day: up to 24 are hours, up to 1,440 minutes, more are seconds; small ones are open."""
    highest, median = facts.highest or 0.0, facts.median or 0.0
    if wanted == "hours":
        return Value(f"as_number({name})", (f"taken as hours; the largest is {highest:g}",))
    if highest > 1440:
        return Value(_scaled(name, "seconds", wanted), (f"seconds: up to {highest:,.0f}, more than a day has minutes",))
    if 0 < highest <= _HOURS_A_DAY and median <= _HOURS_A_DAY:
        options = tuple(Option(_scaled(name, unit, wanted), f"they are {unit}") for unit in ("hours", "minutes"))
        return asked("whether these are hours or minutes", options, f"none is above {highest:g}")
    return Value(_scaled(name, "minutes", wanted), (f"taken as minutes; the largest is {highest:g}",))


def _scaled(name: str, unit: str, wanted: str) -> str:
    """The number in the contract's unit; what is in seconds, or becomes them, may also be written as h:mm:ss."""
    factor = _IN_SECONDS[unit] / _IN_SECONDS[wanted]
    read = f"as_seconds({name})" if "seconds" in (unit, wanted) else f"as_number({name})"
    if factor == 1:
        return read
    return f"{read} * {factor:g}" if factor > 1 else f"{read} / {1 / factor:g}"


def _like(facts: Facts) -> str:
    return f"; half of the values are above {facts.median:,.0f}" if facts.median else ""
