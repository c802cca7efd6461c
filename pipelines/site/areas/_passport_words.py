"""Sentences of the number passport, and what scripts show beside a figure.

Does not belong here: how a KPI is computed (`_passport_formula`), who decided a rule (`_tier_rules.owner`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.marts import Kpi, KpiFormula, KpiStandard
from pipelines.site.areas import _passport_formula
from pipelines.site.areas._tier_rules import anchor, owner
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link

if TYPE_CHECKING:
    from pipelines.site.areas.passport import Chain, Passport

FROM_THE_START = 1900
"""Year of standards that hold since ever."""


def rows(say: Voice, page: Passport) -> str:
    """Which records the figures rest on, and until when they reach."""
    _ = say.words
    held = [
        _("{table}: {rows} rows in use", table=say.table(table), rows=say.figures.count(table.held_rows))
        for table in page.tables
        if table.is_delivered
    ]
    if not held or page.as_of is None:
        return _("Nothing of what this measure needs was delivered.")
    return say.sentences(
        [
            _("The figures rest on {tables}.", tables=say.listing(held)),
            _("The data reach to {day}.", day=say.day(page.as_of)),
            _("How many rows a single figure rests on stands beside it, in the column “Rests on”."),
        ]
    )


def guarded(say: Voice, chain: Chain | None) -> str:
    """How many tests stand behind a figure and how they came out."""
    _ = say.words
    if chain is None:
        return _("The list of models and tests did not come with these figures.")
    count = say.figures.count
    if chain.passed == chain.tests:
        return _(
            "Between the delivered files and these figures stand {models} models with {tests} data tests; all of them"
            " passed in this build. One failure would have kept this site from being shown.",
            models=count(chain.models),
            tests=count(chain.tests),
        )
    return _(
        "Between the delivered files and these figures stand {models} models with {tests} data tests; {passed} passed"
        " in this build, the others are warnings.",
        models=count(chain.models),
        tests=count(chain.tests),
        passed=count(chain.passed),
    )


def whom(say: Voice, role: Link | None, name: str) -> str:
    """Whom an expectation is for."""
    _ = say.words
    if name == "*":
        return _("everybody")
    return say.name(role) if role else name


def since(say: Voice, standard: KpiStandard) -> str:
    """From which day an expectation holds."""
    _ = say.words
    return say.day(standard.valid_from) if standard.valid_from.year > FROM_THE_START else _("from the start")


def state(say: Voice, standard: KpiStandard, page: Passport) -> str:
    """Whether an expectation holds on the last day of the data."""
    _ = say.words
    if standard.is_in_force:
        return _("in force")
    is_later = page.as_of is not None and standard.valid_from > page.as_of
    return _("not yet") if is_later else _("replaced")


def expected(say: Voice, standard: KpiStandard) -> str:
    """The target, as a value or as a ratio to what is expected for such work."""
    return anchor(say, standard.kpi_id, standard.basis, standard.target)


def set_by(say: Voice, standard: KpiStandard) -> str:
    """Who set an expectation."""
    return owner(say, standard.owner)


def facts(say: Voice, kpi: Kpi, formula: KpiFormula, chain: Chain | None) -> dict[str, str]:
    """What scripts show beside every figure of one KPI."""
    return {
        "name": say.kpi(kpi.kpi_id),
        "meaning": say.meaning(kpi.kpi_id),
        "unit": _unit_held(say, kpi),
        "rows": say.rows_of(kpi.source_table),
        "range": _passport_formula.interval(say, kpi, formula),
        "guarded": _tests(say, chain),
    }


def _unit_held(say: Voice, kpi: Kpi) -> str:
    """The unit in which the marts hold a figure, which is not always the one it is shown in."""
    _ = say.words
    if kpi.unit in ("share", "ratio"):
        return _("1 = 100%")
    return _("per contact") if kpi.unit == "per_thousand" else say.unit(kpi)


def _tests(say: Voice, chain: Chain | None) -> str:
    _ = say.words
    if chain is None:
        return ""
    passed, tests = say.figures.count(chain.passed), say.figures.count(chain.tests)
    return _("{passed} of {tests} data tests passed", passed=passed, tests=tests)


def script_words(say: Voice) -> dict[str, str]:
    """Sentences of passport.js."""
    _ = say.words
    return {
        "passport.title": _("Where this figure comes from"),
        "passport.exact": _("Exact value"),
        "passport.as_held": _("{value} ({unit})", value="{value}", unit="{unit}"),
        "passport.period": _("Period"),
        "passport.rows": _("Rests on"),
        "passport.until": _("{rows}, data to {day}", rows="{rows}", day="{day}"),
        "passport.range": _("Likely range"),
        "passport.tests": _("Checked"),
        "passport.more": _("Number passport"),
        "passport.close": _("Close"),
        "passport.explaining": _(
            "Every marked figure now answers: go to one with Tab and press Enter. Escape ends this.",
        ),
        "passport.ended": _("Figures are plain text again."),
        "passport.none": _("No figure of this page has a passport."),
    }
