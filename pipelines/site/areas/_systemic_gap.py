"""What the pages of teams and people say about a distance from a target: what is shared, what is one's own.

Belongs here: text; strengths first, and nothing that a whole centre shares is laid on anybody. Does not belong here:
the register (`_systemic_words`), which rows a page shows (`systemic`).
"""

from __future__ import annotations

from markupsafe import Markup

from pipelines.marts import Kpi, SystemicAgent
from pipelines.site.areas._systemic_contexts import AgentPart, TeamPart
from pipelines.site.areas._systemic_terms import linked
from pipelines.site.fragments import Voice
from pipelines.site.parts import Column


def size(say: Voice, kpi: Kpi, x: float | None) -> str:
    """How large a difference is, with its unit and without its sign."""
    return say.figures.change(kpi, None if x is None else abs(x)).removeprefix("+")


def unsaid(kpi: Kpi, text: str) -> str:
    """A difference beside one whose unit was just said: percentage points are not repeated."""
    return text.partition(" ")[0] if kpi.unit in ("share", "ratio") else text


def is_nothing(say: Voice, kpi: Kpi, x: float | None) -> bool:
    """Whether a difference is too small to be seen as it is written."""
    return not any(digit in unsaid(kpi, size(say, kpi, x)) for digit in "123456789")


# ---------- a person
def strengths(say: Voice, part: AgentPart) -> list[str]:
    """What is very likely better than the target, and better than in the team."""
    _, said = say.words, []
    if part.strong:
        said.append(_("Probably better than the target: {kpis}.", kpis=say.names(part.strong)))
    if part.ahead and part.has_team:
        said.append(_("Probably better than their own team: {kpis}.", kpis=say.names(part.ahead)))
    return said


def person(say: Voice, column: Column, row: SystemicAgent, *, has_team: bool) -> list[str]:
    """One shortfall: how large, what of it is shared, and what follows."""
    _, kpi = say.words, say.kpis[row.kpi_id]
    lead = _(
        "{kpi}: {gap} away from the target of {target}.",
        kpi=Markup('<a href="{}">{}</a>').format(column.href, say.kpi(row.kpi_id)),
        gap=size(say, kpi, row.gap),
        target=say.plain(row.kpi_id, row.target),
    )
    return [lead, steps(say, row, has_team=has_team), follows(say, row)]


def steps(say: Voice, row: SystemicAgent, *, has_team: bool) -> str:
    """The parts of a gap. Where all point the same way they are counted, else each is said with its sign."""
    _, kpi, whole = say.words, say.kpis[row.kpi_id], size(say, say.kpis[row.kpi_id], row.gap)
    is_team_out = not has_team or is_nothing(say, kpi, row.gap_team)
    shown = [x for x in (row.gap_centre, row.gap_team, row.gap_agent) if x is not None and not is_nothing(say, kpi, x)]
    if any(x > 0 for x in shown):
        return _signed_steps(say, row, is_team_out=is_team_out)
    centre, team, own = (unsaid(kpi, size(say, kpi, x)) for x in (row.gap_centre, row.gap_team, row.gap_agent))
    if is_nothing(say, kpi, row.gap_agent) and is_team_out:
        return _("All of it is shared by the whole centre.")
    if is_nothing(say, kpi, row.gap_centre) and is_team_out:
        return _("The centre is at its target; this part is the person's own.")
    if is_team_out:
        return _(
            "{centre} of the {gap} are shared by the whole centre, {own} are the person's own.",
            centre=centre,
            gap=whole,
            own=own,
        )
    return _(
        "{centre} of the {gap} are shared by the whole centre, {team} by the team; {own} are the person's own.",
        centre=centre,
        gap=whole,
        team=team,
        own=own,
    )


def _signed_steps(say: Voice, row: SystemicAgent, *, is_team_out: bool) -> str:
    """Steps that do not all point the same way, each with its sign."""
    _, kpi = say.words, say.kpis[row.kpi_id]
    centre, team, own = (unsaid(kpi, say.figures.change(kpi, x)) for x in (row.gap_centre, row.gap_team, row.gap_agent))
    if is_team_out:
        return _(
            "From the target to the centre {centre}, from there to the person {own}; plus is better.",
            centre=centre,
            own=own,
        )
    return _(
        "From the target to the centre {centre}, from the centre to the team {team}, from the team to the person "
        "{own}; plus is better.",
        centre=centre,
        team=team,
        own=own,
    )


def follows(say: Voice, row: SystemicAgent) -> str:
    """What follows from a verdict for the next talk."""
    _ = say.words
    if row.verdict == "individual" and not row.is_confirmed:
        return _("It stands out, but among so many people looked at it may be chance: ask before concluding.")
    return {
        "centre_wide": _("It belongs to the system: nobody is coached on it individually."),
        "team": _("It belongs to the team: look together at what the team needs."),
        "individual": _(
            "The own part is more than chance, even among so many people: a good subject for the next talk."
        ),
        "common_cause": _("That is ordinary variation between people and needs no reaction."),
    }[row.verdict]


# ---------- a team
def team(say: Voice, part: TeamPart) -> list[str]:
    """What a team's page says first."""
    _, said = say.words, []
    if part.strong:
        said.append(_("Probably better than its target: {kpis}.", kpis=say.names(part.strong)))
    own = [column for column, row in part.rows if row.is_team_problem]
    if own:
        said.append(
            _("The team's own: it falls short on {kpis}. Look at what this team has or lacks.", kpis=linked(say, own))
        )
    elif not part.owners:
        said.append(_("The team falls short on nothing by more than chance."))
    return said


def shared(say: Voice, part: TeamPart) -> str:
    """What a team shares with the whole centre; empty when nothing."""
    _ = say.words
    if not part.owners:
        return ""
    return _(
        "System, not people: {kpis}. The whole centre falls short there, and nobody in this team is coached on it "
        "individually.",
        kpis=linked(say, [found.column for found in part.owners]),
    )


def own(say: Voice, kpis: tuple[tuple[str, bool], ...]) -> str:
    """One person's own shortfalls; what may be chance says so."""
    _ = say.words
    return say.listing(
        [say.kpi(kpi_id) if sure else _("{kpi} (may be chance)", kpi=say.kpi(kpi_id)) for kpi_id, sure in kpis]
    )
