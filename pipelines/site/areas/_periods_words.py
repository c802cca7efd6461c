"""What is said about two periods: which measures differ by more than chance, and that none does.

Belongs here: sentences and words for verdicts of differences. Does not belong here: which rows (`periods`), figures
(`fragments`), the verdicts themselves (dbt_project, models/marts/compare).
"""

from __future__ import annotations

from markupsafe import Markup, escape

from pipelines.marts import Difference, Period
from pipelines.site import answers
from pipelines.site.areas._periods_contexts import Against, Board, HistoryPage, PeriodPage, PeriodsPage
from pipelines.site.fragments import Voice

MARKS = {"better": "◆", "worse": "■", "different": "▲", "too_close_to_call": "●", "too_few": "○"}
"""One shape per verdict of a difference; the same shapes as for targets where they mean the same."""
CLASSES = {"better": "better-than-target", "worse": "worse-than-target"}
SENTENCES = 3


# ---------- words for codes
def verdict(say: Voice, code: str) -> str:
    """A difference, in words."""
    _ = say.words
    return {
        "better": _("better, by more than chance"),
        "worse": _("worse, by more than chance"),
        "different": _("different, by more than chance"),
        "too_close_to_call": _("too close to call"),
        "too_few": _("too few to say"),
    }[code]


def badge(say: Voice, code: str) -> Markup:
    """The shape of a verdict beside its words."""
    return Markup('<span class="fw-badge fw-mark--{}"><span aria-hidden="true">{}</span> {}</span>').format(
        _class(code), MARKS[code], verdict(say, code)
    )


def mark(say: Voice, code: str) -> Markup:
    """The shape alone, its words for screen readers and on hover."""
    return Markup('<span class="fw-mark fw-mark--{0}" role="img" aria-label="{2}" title="{2}">{1}</span>').format(
        _class(code), MARKS[code], verdict(say, code)
    )


def legend(say: Voice) -> Markup:
    """Every shape with its words."""
    return Markup('<span class="fw-shapes">{}</span>').format(Markup(" ").join(badge(say, code) for code in MARKS))


def _class(code: str) -> str:
    return CLASSES.get(code, code.replace("_", "-"))


def change(say: Voice, difference: Difference) -> str:
    """A difference in the KPI's unit, signed."""
    return say.figures.change(say.kpis[difference.kpi_id], difference.difference)


def range_of(say: Voice, difference: Difference) -> str:
    """Its likely range, signed."""
    kpi = say.kpis[difference.kpi_id]
    return say.figures.change_range(kpi, difference.difference_low, difference.difference_high)


def against(say: Voice, found: Against) -> Markup:
    """A cell: the difference with its verdict; a dash where nothing is judged."""
    if found.difference is None:
        return escape(say.figures.count(None))
    return Markup('{}<br><span class="fw-finding">{}</span><br>{}').format(
        change(say, found.difference), range_of(say, found.difference), badge(say, found.difference.verdict)
    )


# ---------- answers
def answer(say: Voice, page: PeriodPage) -> list[str]:
    """A period against the one before and against the same a year ago."""
    said = [*_since(say, page.board, "previous"), *_since(say, page.board, "year_ago")]
    if said:
        return said[:SENTENCES]
    return [_alone(say, page.period), answers.standing(say, (line.now for line in page.cards))][:SENTENCES]


def of_list(say: Voice, page: PeriodsPage) -> list[str]:
    """The newest period against the one before."""
    _ = say.words
    if page.newest is None:
        return [_("No month or quarter is complete yet, so there is nothing to lay side by side.")]
    said = _since(say, page.newest, "previous")
    return [
        _("The newest complete period is {period}.", period=say.period(page.newest.period)),
        *(said or [_alone(say, page.newest.period)]),
    ][:SENTENCES]


def of_team(say: Voice, page: HistoryPage) -> list[str]:
    """A team's newest quarter, then its newest month, each against the one before."""
    _ = say.words
    said = [sentence for board in page.boards for sentence in _since(say, board, "previous")[:1]]
    return said or [_("There are no two complete periods of this team yet, so nothing can be laid side by side.")]


def of_part(say: Voice, board: Board) -> str:
    """A team's newest period against the one before, for its own page."""
    said = _since(say, board, "previous")
    return said[0] if said else _alone(say, board.period)


def _alone(say: Voice, period: Period) -> str:
    _ = say.words
    if period.period_kind == "all":
        return _("All days delivered, {days}: there is nothing before to compare with.", days=say.period(period))
    return _("There is no complete period before {period} to compare with.", period=say.period(period))


def _since(say: Voice, board: Board, which: str) -> list[str]:
    """What differs from an earlier period: good news first, or plainly that nothing does."""
    earlier: Period | None = getattr(board, which)
    if earlier is None or not board.judged(which):
        return []
    _ = say.words
    names = {"period": say.period(board.period), "earlier": say.period(earlier)}
    better, worse = board.called(which, "better"), board.called(which, "worse")
    other = board.called(which, "different")
    if better and worse:
        return [
            _(
                "{period} against {earlier}: better by more than chance in {better}; worse in {worse}.",
                **names,
                better=say.names(better),
                worse=say.names(worse),
            )
        ]
    if better:
        return [
            _("{period} against {earlier}: better by more than chance in {better}.", **names, better=say.names(better))
        ]
    if worse:
        return [_("{period} against {earlier}: worse by more than chance in {worse}.", **names, worse=say.names(worse))]
    if other:
        return [
            _(
                "{period} against {earlier}: nothing got better or worse by more than chance; what changed is {other}.",
                **names,
                other=say.names(other),
            )
        ]
    return [_("{period} against {earlier}: no signal. No measure differs by more than chance.", **names)]
