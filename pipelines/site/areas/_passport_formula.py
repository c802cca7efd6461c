"""How a KPI is computed, as lines of (what, text): the passport and `floorwalk explain` print the same ones.

Does not belong here: the expressions themselves (`vars.kpis` of dbt_project.yml, written out by its macros).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.marts import Kpi, KpiFormula
from pipelines.site.fragments import Voice


@dataclass(frozen=True)
class Line:
    """One line. `is_sql` marks an expression that ran."""

    what: str
    text: str
    is_sql: bool = False


def lines(say: Voice, kpi: Kpi, formula: KpiFormula) -> list[Line]:
    """Definition of a KPI from the rows that count to the columns it needs."""
    _ = say.words
    found: list[Line] = []
    if kpi.family != "index":
        found.append(Line(_("Rows that count"), kpi.counts_sql, is_sql=True))
        if kpi.counts_people_sql != kpi.counts_sql:
            found.append(Line(_("Rows that count for teams and agents"), kpi.counts_people_sql, is_sql=True))
        found.append(Line(_("What is averaged over them"), kpi.measure_sql, is_sql=True))
    if formula.weight_sql:
        found.append(Line(_("What a row weighs"), formula.weight_sql, is_sql=True))
    found.append(Line(_("Formula that ran"), formula.formula_sql, is_sql=True))
    if formula.formula_people_sql != formula.formula_sql:
        found.append(Line(_("Formula for teams and agents"), formula.formula_people_sql, is_sql=True))
    if kpi.settles_after_days:
        days = say.figures.count(kpi.settles_after_days)
        found.append(Line(_("Still open"), _("Rows of the last {days} days do not count yet", days=days)))
    return [
        *found,
        Line(_("Likely range"), interval(say, kpi, formula)),
        Line(_("Unit"), say.unit(kpi)),
        Line(_("Direction"), say.better(kpi.better)),
        Line(_("Shown for"), say.grains(part.strip() for part in kpi.grains.split(","))),
        Line(_("Needs"), kpi.needs, is_sql=True),
    ]


def interval(say: Voice, kpi: Kpi, formula: KpiFormula) -> str:
    """How the likely range of a KPI's figures is computed (macro interval_bound), in one sentence."""
    _, fewest = say.words, say.figures.count(formula.judge_min_observations)
    return {
        "volume": _("None: a total is counted, not estimated."),
        "prop": _("90%, by Wilson's method for shares, which also holds for few observations."),
        "count": _("90%, by Byar's approximation for a number of events."),
        "mean": _(
            "90%, from the spread of the single observations. None below {fewest} observations, or when all are equal.",
            fewest=fewest,
        ),
        "logmean": _(
            "90%, from the spread of the single observations, on a logarithmic scale because long times stretch far."
            " None below {fewest} observations, or when all are equal.",
            fewest=fewest,
        ),
        "index": _(
            "90%, from the spread of the scores it is made of; none for a count against a quota, which is no sample."
        ),
    }[kpi.family]
