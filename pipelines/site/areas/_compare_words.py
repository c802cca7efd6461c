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
    kept = sorted((pair for pair in found if pair[1]), key=lambda pair: -len(pair[1]))[:NAMED]
    return [
        _("{team} ({kpis})", team=say.link(team.link), kpis=say.names(kpis))
        for team, kpis in found
        if (team, kpis) in kept
    ]


# ---------- sentences of the two tools, told by their scripts
def of_two_teams(say: Voice, period: Period, one: str, other: str, found: Sequence[Difference]) -> str:
    """Two teams in a few sentences; `found` is told of the first."""
    _ = say.words
    better, worse = _names(say, found, "better"), _names(say, found, "worse")
    said = [_("{one} beside {other}, {period}.", one=one, other=other, period=say.period(period))]
    if better:
        said.append(_("{team} did better in {kpis}.", team=one, kpis=better))
    if worse:
        said.append(_("{team} did better in {kpis}.", team=other, kpis=worse))
    if different := _names(say, found, "different"):
        said.append(_("They differ in {kpis}, which is neither good nor bad in itself.", kpis=different))
    return say.sentences([*said, _close(say, found)])


def of_two_periods(say: Voice, shown: Period, earlier: Period, who: str, found: Sequence[Difference]) -> str:
    """Two periods of one team or the centre in a few sentences; `found` is told of the later one."""
    _ = say.words
    said = [_("{who}, {period} against {earlier}.", who=who, period=say.period(shown), earlier=say.period(earlier))]
    if better := _names(say, found, "better"):
        said.append(_("Better: {kpis}.", kpis=better))
    if worse := _names(say, found, "worse"):
        said.append(_("Worse: {kpis}.", kpis=worse))
    if different := _names(say, found, "different"):
        said.append(_("Changed, which is neither good nor bad in itself: {kpis}.", kpis=different))
    return say.sentences([*said, _close(say, found)])


def of_newest(say: Voice, kind: str, shown: int) -> str:
    """How far back any two periods of a kind are compared."""
    _ = say.words
    if kind == "quarter":
        return _(
            "Any two of the newest {n} quarters can be compared; an older quarter with the one before it and with the "
            "same a year before.",
            n=say.figures.count(shown),
        )
    return _(
        "Any two of the newest {n} months can be compared; an older month with the one before it and with the same a "
        "year before.",
        n=say.figures.count(shown),
    )


def _close(say: Voice, found: Sequence[Difference]) -> str:
    _ = say.words
    rest = sum(row.verdict not in REAL for row in found)
    if rest == len(found):
        return _("Every measure is too close to call.")
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
        "compare.many": _(
            "A range without zero can still be too close to call: among many comparisons some stand apart by chance."
        ),
        "compare.pairs": _(
            "More than chance is told among the measures of these two periods. Whoever tries many pairs of periods "
            "will find some that stand apart by chance alone."
        ),
        "compare.same": _("Choose two different teams."),
        "compare.itself": _("{name} stands on both sides. Choose two different periods.", name="{name}"),
        "compare.kinds": _("Choose two months or two quarters."),
        "compare.older": _(
            "{name} is too far back to stand beside any other period. Choose it first, and against it the period "
            "before or the same a year ago.",
            name="{name}",
        ),
        "compare.none": _("There is nothing to compare these with."),
    }
