"""What is said about two teams, and about one team among the others.

Belongs here: sentences. Does not belong here: which rows (`compare`), words for verdicts (`_periods_words`), the
verdicts themselves (dbt_project, models/marts/compare).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.marts import Difference, Period
from pipelines.site.areas._compare_contexts import ComparePage
from pipelines.site.fragments import Voice

NAMED = 4
"""Teams named in a sentence; the table has them all."""
REAL = ("better", "worse", "different")


def answer(say: Voice, page: ComparePage) -> list[str]:
    """Which teams stand apart from the others, good news first, and how many comparisons say nothing."""
    _ = say.words
    if len(page.teams) < 2:
        return [_("There are not two teams to lay side by side.")]
    judged = page.differences
    if not judged:
        return [_("Too little was observed in {period} to tell teams apart.", period=say.period(page.period))]
    said = []
    better, worse = _teams(say, page, "better"), _teams(say, page, "worse")
    if better:
        said.append(_("Better than the other teams by more than chance: {teams}.", teams=say.listing(better)))
    if worse:
        said.append(_("Behind the other teams by more than chance: {teams}. Ask what is different there.",
                      teams=say.listing(worse)))  # fmt: skip
    close = sum(row.verdict == "too_close_to_call" for row in judged)
    if not said:
        return [
            _("No team stands apart from the others by more than chance in {period}.", period=say.period(page.period))
        ]
    said.append(
        _(
            "{close} of {all} comparisons are too close to call.",
            close=say.figures.count(close),
            all=say.figures.count(len(judged)),
        )
    )
    return said


def _teams(say: Voice, page: ComparePage, verdict: str) -> list[str]:
    _ = say.words
    found = [(team, team.called(verdict)) for team in page.teams]
    kept = [(team, kpis) for team, kpis in found if kpis]
    return [
        _("{team} ({kpis})", team=say.link(team.link), kpis=", ".join(say.kpi(kpi_id) for kpi_id in kpis))
        for team, kpis in sorted(kept, key=lambda pair: -len(pair[1]))[:NAMED]
    ]


# ---------- sentences of the two tools, told by their scripts
def of_two_teams(say: Voice, period: Period, one: str, other: str, found: Sequence[Difference]) -> str:
    """Two teams in one sentence; `found` is told of the first."""
    _ = say.words
    better, worse = _names(say, found, "better"), _names(say, found, "worse")
    different = _names(say, found, "different")
    values = {"period": say.period(period), "one": one, "other": other}
    said = []
    if better:
        said.append(_("{period}: {one} did better in {kpis}.", period=values["period"], one=one, kpis=better))
    if worse:
        said.append(_("{period}: {one} did better in {kpis}.", period=values["period"], one=other, kpis=worse))
    if different:
        said.append(_("They differ in {kpis}, which is neither good nor bad in itself.", kpis=different))
    if not said:
        return _("{period}: {one} and {other} are too close to call in every measure.", **values)
    return say.sentences([*said, _close(say, found)])


def of_two_periods(say: Voice, shown: Period, earlier: Period, who: str, found: Sequence[Difference]) -> str:
    """Two periods of one team or the centre in one sentence; `found` is told of the later one."""
    _ = say.words
    better, worse = _names(say, found, "better"), _names(say, found, "worse")
    different = _names(say, found, "different")
    values = {"who": who, "period": say.period(shown), "earlier": say.period(earlier)}
    said = []
    if better:
        said.append(_("{who}, {period} against {earlier}: better in {kpis}.", **values, kpis=better))
    if worse:
        said.append(_("{who}, {period} against {earlier}: worse in {kpis}.", **values, kpis=worse))
    if different:
        said.append(_("{who}, {period} against {earlier}: {kpis} changed, which is neither good nor bad in itself.",
                      **values, kpis=different))  # fmt: skip
    if not said:
        return _("{who}, {period} against {earlier}: too close to call in every measure.", **values)
    return say.sentences([*said, _close(say, found)])


def _close(say: Voice, found: Sequence[Difference]) -> str:
    _ = say.words
    rest = sum(row.verdict not in REAL for row in found)
    if not rest:
        return _("No measure is too close to call.")
    return _(
        "{rest} of {all} measures are too close to call.",
        rest=say.figures.count(rest),
        all=say.figures.count(len(found)),
    )


def _names(say: Voice, found: Iterable[Difference], verdict: str) -> str:
    return say.names([row.kpi_id for row in found if row.verdict == verdict])


def for_scripts(say: Voice) -> dict[str, str]:
    """What the scripts of this page say by themselves."""
    _ = say.words
    return {
        "compare.measure": _("Measure"),
        "compare.range": _("Likely range (90%)"),
        "compare.difference": _("Difference"),
        "compare.verdict": _("What it is worth"),
        "compare.named.better": _("{name} better", name="{name}"),
        "compare.named.different": _("different"),
        "compare.named.too_close_to_call": _("too close to call"),
        "compare.named.too_few": _("too few to say"),
        "compare.period.better": _("better"),
        "compare.period.worse": _("worse"),
        "compare.fair": _(
            "Differences marked with a star are those on the same work: what easier or harder contacts make of a "
            "difference is taken out."
        ),
        "compare.same": _("Choose two different teams."),
        "compare.none": _("There is nothing to compare these with."),
    }
