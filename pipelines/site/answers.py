"""The sentences a page opens with: what changed, is it real, who needs me. Said by rules, from findings and verdicts.

Belongs here: choosing whole sentences. Does not belong here: terms (`fragments`), what stands around charts
(`captions`), sentences about one person (`person`). No sentence is glued together from halves: each stands whole in
every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from pipelines.marts import KpiValue
from pipelines.site import areas
from pipelines.site.contexts import OneKpi, OneTeam, Overview, Teams
from pipelines.site.fragments import Voice
from pipelines.site.parts import Line, Link, Notice

CONCERN = "special_cause_concern"
IMPROVEMENT = "special_cause_improvement"
SIGNALS = (CONCERN, IMPROVEMENT, "special_cause_neutral")
OUTSIDE = "outside_funnel"
NAMED_TEAMS = 4
SENTENCES = 3


def overview(say: Voice, context: Overview) -> list[str]:
    """Up to three sentences: the centre's signals, the teams', and how sure that is."""
    _ = say.words
    if context.status.as_of is None:
        return [
            _("No dated rows were delivered yet, so there is nothing to report. The data page says what is missing.")
        ]
    if not context.weeks_seen:
        return teams(say, context)
    said = [*_centre(say, context.notices), *teams(say, context), *_out_of_reach(say, context.cards)]
    return said[:SENTENCES]


def _centre(say: Voice, notices: Sequence[Notice]) -> list[str]:
    _ = say.words
    centre = [n for n in notices if n.attention.grain == "centre" and n.attention.finding in SIGNALS]
    if not centre:
        return [
            _(
                "No measure of the whole centre left its usual range. "
                "What moved is ordinary variation and needs no reaction."
            )
        ]
    first, others = centre[0], centre[1:]
    said = [signal(say, first)]
    if others:
        names = say.listing([Markup('<a href="{}">{}</a>').format(n.href, say.kpi(n.attention.kpi_id)) for n in others])
        said.append(_("These also moved by more than chance: {kpis}.", kpis=names))
    return said


def _out_of_reach(say: Voice, lines: Iterable[Line]) -> list[str]:
    """Targets that no ordinary week reaches: a matter of how work is done, not of anybody's effort."""
    _ = say.words
    kpis = [
        line.kpi_id for line in lines if line.latest and line.is_current and line.latest.assurance == "consistent_fail"
    ]
    if not kpis:
        return []
    return [
        _(
            "Short of the target week after week: {kpis}. "
            "Waiting will not help; it takes a change in how work is done.",
            kpis=say.names(kpis),
        )
    ]


def teams(say: Voice, context: Overview | Teams) -> list[str]:
    """Which teams to look at first, or to thank; where there are too few weeks, that first."""
    _ = say.words
    if context.weeks_seen:
        return _teams(say, context) if context.teams else []
    few = _("There are too few weeks yet to tell a real change from chance. Figures stand beside their targets only.")
    return [few, *(_teams(say, context) if context.teams and context.notices else ())]


def _teams(say: Voice, context: Overview | Teams) -> list[str]:
    _ = say.words
    concern = _subjects(context.notices, CONCERN)
    if concern:
        return [
            _("Look first at {teams}: what changed or lags there is more than chance.", teams=_linked(say, concern))
        ]
    improved = _subjects(context.notices, IMPROVEMENT)
    if improved:
        return [_("Worth a thank-you: {teams} did better than chance explains.", teams=_linked(say, improved))]
    return [_("No team shows a change beyond chance.")]


def _subjects(notices: Iterable[Notice], finding: str) -> list[Link]:
    found = (n.subject for n in notices if n.attention.grain == "team" and n.attention.finding == finding)
    return list(dict.fromkeys(found))[:NAMED_TEAMS]


def _linked(say: Voice, links: Iterable[Link]) -> str:
    return say.listing([say.link(link) for link in links])


def signal(say: Voice, notice: Notice) -> str:
    """One finding of the centre or a team as a sentence with a link."""
    _, attention = say.words, notice.attention
    kpi = Markup('<a href="{}">{}</a>').format(notice.href, say.kpi(attention.kpi_id))
    usual = say.figures.value(say.kpis[attention.kpi_id], attention.centre_line)
    if attention.rule == OUTSIDE:
        values = {
            "kpi": kpi,
            "value": say.shown(attention.kpi_id, attention.value, period=f"quarter:{attention.period_start}"),
            "quarter": say.figures.period("quarter", attention.period_start),
            "middle": usual,
        }
        if attention.finding == CONCERN:
            return _("{kpi} was {value} in {quarter}, behind the other teams; the middle team had {middle}.", **values)
        return _("{kpi} was {value} in {quarter}, ahead of the other teams; the middle team had {middle}.", **values)
    values = {
        "kpi": kpi,
        "value": say.shown(attention.kpi_id, attention.value, period=f"week:{attention.period_start}"),
        "usual": usual,
        "week": say.figures.period("week", attention.period_start),
    }
    if attention.finding == CONCERN:
        return _("{kpi} is worse than usual: {value} in the {week}, where {usual} is usual.", **values)
    if attention.finding == IMPROVEMENT:
        return _("{kpi} is better than usual: {value} in the {week}, where {usual} is usual.", **values)
    return _("{kpi} has moved from its usual level: {value} in the {week}, where {usual} is usual.", **values)


def thing(say: Voice, notice: Notice) -> str:
    """One line of "things to look at": who, what, why it is not chance."""
    _, attention = say.words, notice.attention
    if attention.finding in SIGNALS:
        return _(
            "{who}: {what} The sign: {rule}.",
            who=Markup("<strong>{}</strong>").format(say.name(notice.subject)),
            what=signal(say, notice),
            rule=say.rule(attention.rule),
        )
    return _(
        "{who}: {kpi} is usually about {usual}; its target of {target} is out of reach as work is done now.",
        who=Markup("<strong>{}</strong>").format(say.name(notice.subject)),
        kpi=Markup('<a href="{}">{}</a>').format(notice.href, say.kpi(attention.kpi_id)),
        usual=say.figures.value(say.kpis[attention.kpi_id], attention.centre_line),
        target=say.figures.value(say.kpis[attention.kpi_id], attention.target),
    )


def team(say: Voice, context: OneTeam) -> list[str]:
    """Three sentences at most: what changed in this team, where it stands, whom to see first."""
    _ = say.words
    if not context.lines:
        return [_("No contact of this team was delivered in a complete period, so there is nothing to report yet.")]
    return [
        _team_change(say, context),
        standing(say, (line.now for line in context.lines)),
        *areas.answers(say, context.sections),
    ][:SENTENCES]


def _team_change(say: Voice, context: OneTeam) -> str:
    """The one signal in full, or several by name; what is good comes first."""
    _ = say.words
    told = [n for n in context.notices if n.attention.finding in SIGNALS]
    moved = {finding: _moved(context, told, finding) for finding in SIGNALS}
    if len(told) == 1 and sum(map(len, moved.values())) == 1:
        return signal(say, told[0])
    better, worse, other = (say.names(moved[finding]) for finding in (IMPROVEMENT, CONCERN, SIGNALS[2]))
    if better and worse:
        return _(
            "Better than usual by more than chance: {better}; worse: {worse}. Ask what changed.",
            better=better,
            worse=worse,
        )
    if better:
        return _("Better than usual by more than chance: {kpis}.", kpis=better)
    if worse:
        return _("Worse than usual by more than chance: {kpis}. Ask what changed.", kpis=worse)
    if other:
        return _("Moved from the usual level by more than chance: {kpis}.", kpis=other)
    if any(line.latest for line in context.lines):
        return _(
            "No measure of this team left its usual range. What moved is ordinary variation and needs no reaction."
        )
    return _("There are too few weeks yet to tell a real change from chance. Figures stand beside their targets only.")


def _moved(context: OneTeam, told: Iterable[Notice], finding: str) -> list[str]:
    """Measures with a finding: of the things to look at, and of the latest weeks."""
    noticed = [notice.attention.kpi_id for notice in told if notice.attention.finding == finding]
    return list(dict.fromkeys([*noticed, *(line.kpi_id for line in context.lines if line.moved == finding)]))


def standing(say: Voice, values: Iterable[KpiValue | None]) -> str:
    """Values of one period against their targets in one sentence, good news first."""
    _ = say.words
    kept = list(values)
    better, worse = with_verdict(kept, "better_than_target"), with_verdict(kept, "worse_than_target")
    if better and worse:
        return _(
            "Better than target: {better}; not yet at target: {worse}.",
            better=say.names(better),
            worse=say.names(worse),
        )
    if better:
        return _("Better than target: {kpis}.", kpis=say.names(better))
    if worse:
        return _("Not yet at target: {kpis}.", kpis=say.names(worse))
    close = with_verdict(kept, "too_close_to_call")
    if close:
        return _("Too close to the target to call either way: {kpis}.", kpis=say.names(close))
    return _("No target is set here, so each measure is compared only with its own past.")


def with_verdict(values: Iterable[KpiValue | None], verdict: str) -> list[str]:
    """Ids of the KPIs whose value has that verdict."""
    return [value.kpi_id for value in values if value and value.verdict == verdict]


def kpi(say: Voice, context: OneKpi) -> list[str]:
    """Where the KPI stands and whether it changed."""
    _, kpi_id = say.words, context.kpi.kpi_id
    if not context.kpi.is_delivered:
        return [_("This measure cannot be shown: the data it needs were not delivered.")]
    if not context.figures:
        return [_("The data were delivered, but hold no row that counts for this measure.")]
    first = context.figures[0]
    said = [
        _("{period}: {value}.", period=say.period_of(first), value=say.cell(first))
        if first.target is None
        else _(
            "{period}: {value}, {verdict}; the expectation is {target}.",
            period=say.period_of(first),
            value=say.cell(first),
            verdict=say.verdict(first.verdict),
            target=say.expectation(kpi_id, first.target),
        )
    ]
    if context.latest:
        said.append(_("Week by week: {finding}.", finding=say.finding(context.latest.finding)))
    return said
