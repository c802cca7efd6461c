"""An index as a formula whose every number has its meaning under it, and its parts period by period.

Belongs here: the order of terms, names and formats of parts. Does not belong here: arithmetic (dbt_project), sentences
around a formula (`_people_words`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.figures import MINUS, NOTHING
from pipelines.marts import IndexPart
from pipelines.site.areas._people_book import Formula
from pipelines.site.areas._people_kpis import HANDLED, QUALITY, TRAINING, VOLUME
from pipelines.site.fragments import Voice

POINTS = 2
"""Decimals of points."""
SUBTRACTED = ("complaints_handled", "repeats_handled", "repeats_caused")
"""What one reading or another of the call-volume index subtracts."""


@dataclass(frozen=True)
class Term:
    """A number with its meaning under it and the sign before it."""

    text: str
    meaning: str
    sign: str = ""


def equation(say: Voice, found: Formula) -> list[Term]:
    """The formula filled in, from left to right, the result last."""
    left = {
        VOLUME: _call_volume,
        QUALITY: _service_quality,
        TRAINING: _training,
    }[found.kpi_id](say, found)
    return [*left, Term(say.plain(found.kpi_id, found.result), say.kpi(found.kpi_id), "=")]


def _call_volume(say: Voice, found: Formula) -> list[Term]:
    subtracted = [code for code in SUBTRACTED if found.part(code)]
    taken = [_term(say, found, HANDLED), *(_term(say, found, code, MINUS) for code in subtracted)]
    quota = Term(amount(say, _known(found, "prorated_quota")), _quota(say, found), "÷")
    return [*_bracketed(taken), quota]


def _service_quality(say: Voice, found: Formula) -> list[Term]:
    scores = [_term(say, found, code) for code in ("monitor_points", "test_call_points") if found.part(code)]
    if len(scores) > 1:
        scores = [*_bracketed([scores[0], replace(scores[1], sign="+")]), Term("2", _both(say), "÷")]
    return [*scores, *_product(say, found, "complaints")]


def _training(say: Voice, found: Formula) -> list[Term]:
    return [_term(say, found, "score_points"), *_product(say, found, "absences")]


def _bracketed(terms: list[Term]) -> list[Term]:
    first, *middle, last = terms
    return [replace(first, text=f"({first.text}"), *middle, replace(last, text=f"{last.text})")]


def _product(say: Voice, found: Formula, code: str) -> list[Term]:
    return [_term(say, found, code, MINUS), _term(say, found, "coefficient", "×")]


def _term(say: Voice, found: Formula, code: str, sign: str = "") -> Term:
    part = _known(found, code)
    return Term(amount(say, part), meaning(say, part), sign)


def _known(found: Formula, code: str) -> IndexPart:
    part = found.part(code)
    if part is None:
        raise KeyError(f"{found.kpi_id} has a result but no {code}")
    return part


def _both(say: Voice) -> str:
    _ = say.words
    return _("scores, each counting half")


def _quota(say: Voice, found: Formula) -> str:
    """What the quota is prorated by; both numbers exist for one person and month only."""
    _ = say.words
    days, full, monthly = (found.part(code) for code in ("scheduled_days", "full_days", "monthly_quota"))
    if days and full and monthly:
        return _(
            "quota for {days} of {full} days, at {monthly} for a full month",
            days=amount(say, days),
            full=amount(say, full),
            monthly=amount(say, monthly),
        )
    return _("quota for {days} planned days", days=amount(say, _known(found, "scheduled_days")))


# ---------- parts
def meaning(say: Voice, part: IndexPart) -> str:
    """What a part of a formula counts."""
    _ = say.words
    return {
        HANDLED: _("contacts handled"),
        "complaints_handled": _("contacts with a complaint, handled"),
        "repeats_handled": _("other repeat contacts, handled"),
        "repeats_caused": _("contacts after which the customer came back"),
        "monthly_quota": _("quota of a full month"),
        "scheduled_days": _("planned days, leave taken out"),
        "full_days": _("days of a full month"),
        "prorated_quota": _("quota for the planned days"),
        "monitor_points": _("monitoring score"),
        "test_call_points": _("test-call score"),
        "upheld_complaints": _("justified complaints"),
        "complaints": _complaints(say, part),
        "score_points": _("mean training score"),
        "unexcused_absences": _("unexcused absences from training"),
        "absences": _("unexcused absences per person and month"),
        "coefficient": _coefficient(say, part),
        "raw_value": _("result of the formula"),
    }[part.part]


def _complaints(say: Voice, part: IndexPart) -> str:
    _ = say.words
    if part.unit == "complaints_per_1000_contacts":
        return _("justified complaints per 1,000 contacts")
    return _("justified complaints per person and month")


def _coefficient(say: Voice, part: IndexPart) -> str:
    _ = say.words
    if part.unit == "points_per_absence":
        return _("points per unexcused absence")
    return _("points per justified complaint")


def amount(say: Voice, part: IndexPart | None) -> str:
    """A part's number in its unit."""
    if part is None:
        return NOTHING
    if part.unit == "ratio":
        return say.plain(part.kpi_id, part.amount)
    if part.unit == "points" or part.part in ("complaints", "absences"):
        return say.figures.number(part.amount, POINTS)
    return as_needed(say, part.amount)


def as_needed(say: Voice, x: float) -> str:
    """A whole number as one; anything else with a decimal, a small one with two."""
    if x.is_integer():
        return say.figures.count(x)
    return say.figures.number(x, 1 if abs(x) >= 10 else POINTS)


def lines(say: Voice, found: Sequence[Formula]) -> list[tuple[str, list[str]]]:
    """The parts of one index as rows: what it is, and a cell per period."""
    _ = say.words
    first = {part.position: part for formula in reversed(found) for part in formula.parts}
    rows = [
        (meaning(say, first[position]), [_cell(say, formula.part(first[position].part)) for formula in found])
        for position in sorted(first)
    ]
    if any(formula.value and formula.value.value != formula.result for formula in found):
        rows.append((_("shown, within 0 and 100"), [_shown(say, formula) for formula in found]))
    if any(formula.value and formula.value.interval_low is not None for formula in found):
        rows.append((_("likely range (90%)"), [_range(say, formula) for formula in found]))
    return rows


def _cell(say: Voice, part: IndexPart | None) -> str:
    """A number with the observations behind it where it is a mean."""
    _ = say.words
    if part is None or part.n is None or part.unit != "points" or part.part == "raw_value":
        return amount(say, part)
    return _("{score} (mean of {n})", score=amount(say, part), n=say.figures.count(part.n))


def _shown(say: Voice, formula: Formula) -> str:
    return say.cell(formula.value)


def _range(say: Voice, formula: Formula) -> str:
    return say.interval(formula.value) if formula.value else NOTHING
