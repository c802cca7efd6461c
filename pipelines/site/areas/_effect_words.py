"""What the pages say about a programme: codes in words, its gain, whether it lasts.

Belongs here: text about one programme. Does not belong here: what the page opens with (`_effect_answer`), how many
programmes work (`_effect_shares`), one person's change (`_effect_person`), captions (`_effect_captions`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.marts import EffectDecay, ProgrammeEffect, Rule
from pipelines.site.areas._effect_contexts import Block, Course
from pipelines.site.areas._effect_drawings import Comparison
from pipelines.site.areas._effect_figures import gains, size
from pipelines.site.escape import visible_text
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link


# ---------- names of things
def group(say: Voice, kind: str, level: str) -> str:
    """A programme kind with what it is judged by."""
    _ = say.words
    return {
        ("coaching", "goal"): _("coaching by its aim"),
        ("course", "behaviour"): _("courses by behaviour at work"),
        ("course", "result"): _("courses by results"),
    }[kind, level]


def heading(say: Voice, block: Block) -> str:
    """The heading over the programmes that one KPI judges."""
    _, kpi = say.words, say.kpi(block.kpi_id)
    return {
        "goal": _("Coaching that aimed at {kpi}", kpi=kpi),
        "behaviour": _("Courses: behaviour at work, by {kpi}", kpi=kpi),
        "result": _("Courses: results, by {kpi}", kpi=kpi),
    }[block.outcome_level]


def kind(say: Voice, code: str) -> str:
    """Coaching or a course."""
    _ = say.words
    return {"coaching": _("coaching"), "course": _("course")}[code]


def about(say: Voice, stage: str | None, course_type: str | None, trainer: str | None) -> str:
    """For whom a course is, what about, and by whom; codes of a delivery that nobody knows stay as delivered."""
    _ = say.words
    stages = {
        "starter": _("for starters"),
        "foundation": _("foundation"),
        "intermediate": _("intermediate"),
        "advanced": _("advanced"),
    }
    types = {"business": _("business knowledge"), "skill": _("skill")}
    trainers = {"internal": _("own trainer"), "external": _("trainer from outside")}
    pairs = ((stages, stage), (types, course_type), (trainers, trainer))
    return " · ".join(words.get(code, visible_text(code)) for words, code in pairs if code)


def unit(say: Voice, kpi_id: str) -> str:
    """In what a gain of a KPI is counted."""
    _ = say.words
    return {
        "share": _("percentage points"),
        "ratio": _("percentage points"),
        "seconds": _("seconds"),
        "points": _("score points"),
        "per_thousand": _("cases per 1,000 contacts"),
        "contacts": _("contacts"),
    }[say.kpis[kpi_id].unit]


def counted_in(say: Voice, kpi_id: str) -> str:
    """The same for a heading, where no number stands before the unit."""
    _ = say.words
    return {
        "share": _("in percentage points"),
        "ratio": _("in percentage points"),
        "seconds": _("in seconds"),
        "points": _("in score points"),
        "per_thousand": _("in cases per 1,000 contacts"),
        "contacts": _("in contacts"),
    }[say.kpis[kpi_id].unit]


# ---------- one comparison
def verdict(say: Voice, effect: ProgrammeEffect) -> str:
    """What may be said of a comparison."""
    _ = say.words
    if effect.is_counted_gain:
        return _("measurable gain")
    if effect.is_measurable_gain and effect.is_assessable:
        return _("measurable gain, but one like it comes by chance where so many are looked at; not counted")
    if effect.is_measurable_gain:
        return _("measurable gain in a small comparison; not counted, because small ones get there by luck")
    if effect.verdict == "no_measurable_gain":
        return _("no measurable gain; one worth having would have been seen")
    return {
        "too_early": _("cannot tell (the months after are not in yet)"),
        "no_earlier_baseline": _("cannot tell (the months before the choice are not in the data)"),
        "too_few_treated": _("cannot tell (too few of them worked here long enough before and after)"),
        "too_few_control": _("cannot tell (too few colleagues to compare with)"),
        "too_small_to_see": _("cannot tell (too small to see a gain worth having)"),
    }[effect.reason]


def in_short(say: Voice, effect: ProgrammeEffect) -> str:
    """The verdict without its reason."""
    _ = say.words
    return {
        "measurable_gain": _("measurable gain"),
        "no_measurable_gain": _("no measurable gain"),
        "cannot_tell": _("cannot tell"),
    }[effect.verdict]


def between(say: Voice, comparison: Comparison) -> str:
    """The two estimates as a range, in the unit that the heading names."""
    _, effect = say.words, comparison.effect
    if not comparison.has_estimate:
        return say.figures.signed(None)
    low, high = gains(say.figures, say.kpis[effect.kpi_id], (effect.gain_low, effect.gain_high))
    return _("{low} and {high}", low=low, high=high)


def gain(say: Voice, comparison: Comparison, x: float | None) -> str:
    """A gain of a comparison in the unit that the heading names; nothing where too few people are behind it."""
    shown = None if comparison.is_hidden else x
    return gains(say.figures, say.kpis[comparison.effect.kpi_id], (shown,))[0]


def least(say: Voice, comparison: Comparison, x: float | None) -> str:
    """A size that a gain is measured against, without a sign."""
    shown = None if comparison.is_hidden else x
    return size(say.figures, say.kpis[comparison.effect.kpi_id], shown)


def worth(say: Voice, block: Block) -> str:
    """The smallest gain worth having where it is the same for all programmes of a block; else empty."""
    _ = say.words
    sizes = {least(say, row, row.effect.worthwhile_gain) for row in block.comparisons if row.has_estimate}
    return _("A gain of {size} would be worth having.", size=sizes.pop()) if len(sizes) == 1 else ""


def with_error(say: Voice, comparison: Comparison, x: float | None, error: float | None) -> str:
    """A gain with its standard error."""
    _ = say.words
    if x is None or comparison.is_hidden:
        return say.figures.signed(None)
    error_text = size(say.figures, say.kpis[comparison.effect.kpi_id], error)
    return _("{gain} ({error})", gain=gain(say, comparison, x), error=error_text)


def people(say: Voice, n: int, fewest: Rule, of: int | None = None) -> str:
    """A number of people, of how many; small ones are not told."""
    _, count = say.words, say.figures.count
    if 0 < n < fewest.value:
        return _("fewer than {fewest}", fewest=count(fewest.value))
    if of is None or of < fewest.value:
        return count(n)
    return _("{n} of {all}", n=count(n), all=count(of))


def started(say: Voice, effect: ProgrammeEffect) -> str:
    """The first and the last month in which people started."""
    _, period = say.words, say.figures.period
    first, last = period("month", effect.first_start_month), period("month", effect.last_start_month)
    return first if first == last else _("{low} to {high}", low=first, high=last)


# ---------- a course
def mean_of(say: Voice, course: Course, mean: float | None, n: int, fewest: Rule) -> str:
    """A mean of tests or ratings with their number; nothing where too few people gave them."""
    _, write = say.words, say.figures
    if mean is None:
        return write.number(None)
    if course.is_hidden or n < fewest.value:
        return _("too few to show")
    return _("{mean} (sheets: {n})", mean=write.number(mean, 1), n=write.count(n))


def brief(say: Voice, comparison: Comparison | None) -> str:
    """What a course changed in one respect, in a few words."""
    _ = say.words
    if comparison is None:
        return _("not delivered")
    if not comparison.effect.is_measurable_gain:
        return in_short(say, comparison.effect)
    values = {"range": between(say, comparison), "unit": unit(say, comparison.effect.kpi_id)}
    if comparison.effect.is_counted_gain:
        return _("measurable gain: between {range} {unit}", **values)
    return _("measurable gain, not counted: between {range} {unit}", **values)


def listed(say: Voice, links: Iterable[Link]) -> str:
    """Programmes by name."""
    return say.listing([say.name(link) for link in links])


# ---------- does it last
def lasting(say: Voice, comparison: Comparison) -> str:
    """Whether a measured gain is still there in the last month that is in."""
    _, last = say.words, comparison.months[-1]
    low, high = gains(say.figures, say.kpis[last.kpi_id], (last.gain_low, last.gain_high))
    values = {
        "programme": say.name(comparison.name),
        "days": say.figures.count(last.to_days_after),
        "low": low,
        "high": high,
        "unit": unit(say, last.kpi_id),
    }
    if _is_seen(last):
        return _("{programme}: still there after {days} days, likely between {low} and {high} {unit}.", **values)
    if any(_is_seen(month) for month in comparison.months):
        return _(
            "{programme}: seen at first; after {days} days it can no longer be told from nothing (likely between {low} "
            "and {high} {unit}). A follow-up talk may help it last.",
            **values,
        )
    return _(
        "{programme}: single months are too uncertain to say whether it lasts; after {days} days it likely lies "
        "between {low} and {high} {unit}.",
        **values,
    )


def _is_seen(month: EffectDecay) -> bool:
    return month.gain_low > 0
