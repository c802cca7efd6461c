"""What the pages say about where a shortfall lies, in whole sentences about the centre.

Belongs here: text of the register, the banner and the rules. Does not belong here: sentences about the steps of a gap
(`_systemic_gap`) and changes of the work (`_systemic_mix`), codes (`_systemic_terms`), which rows a page shows.
"""

from __future__ import annotations

from pipelines.marts import Rule, SystemicReason
from pipelines.site.areas._systemic_contexts import KpiPart, OverviewPart, Register, Verdict
from pipelines.site.areas._systemic_terms import interval, linked, people, sure
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link

RULES = (
    "systemic_sure",
    "systemic_share",
    "team_sure",
    "team_share",
    "team_below_centre_sure",
    "individual_sure",
    "individual_below_team_sure",
    "reason_share",
    "fdr_q",
    "overdispersion_phi",
    "group_min_people",
)
"""Rules that the register prints, in the order in which they act."""


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("Which shortfalls belong to the whole centre, to a team or to a person, and who can change them.")


# ---------- the register
def register(say: Voice, page: Register) -> list[str]:
    """What the page opens with."""
    _ = say.words
    wide, teams, single = page.of("centre_wide"), page.of("teams_differ"), page.of("individuals")
    said = []
    if wide:
        said.append(
            _(
                "System, not people: the whole centre falls short on {kpis}. Nobody is coached on that individually.",
                kpis=linked(say, [found.column for found in wide]),
            )
        )
    else:
        said.append(_("Nothing falls short in the whole centre by more than chance."))
    if teams:
        said.append(_("Single teams fall short on {kpis}.", kpis=linked(say, [found.column for found in teams])))
    if single:
        said.append(
            _(
                "Single people stand out on {kpis}; beside their number stands how many chance alone would name.",
                kpis=linked(say, [found.column for found in single]),
            )
        )
    if not teams and not single:
        said.append(_("No shortfall belongs to a single team or person."))
    return said


def overview(say: Voice, part: OverviewPart) -> list[str]:
    """The overview's two sentences."""
    _ = say.words
    if not part.verdicts:
        return [
            _(
                "Nothing fell short in the whole centre by more than chance in {period}.",
                period=say.period(part.window),
            ),
            _("Where single teams or people did, the register says so."),
        ]
    return [
        _(
            "System, not people: in {period} the whole centre fell short on {kpis}.",
            period=say.period(part.window),
            kpis=linked(say, [found.column for found in part.verdicts]),
        ),
        _("Nobody is coached on that individually; the register says who can change it."),
    ]


def standing(say: Voice, found: Verdict) -> list[str]:
    """Where the centre stands on one KPI, and how sure that is."""
    _, row = say.words, found.row
    return [
        _(
            "The centre stands at {value} (likely {interval}); the target is {target}.",
            value=say.plain(row.kpi_id, row.centre_value),
            interval=interval(say, row.kpi_id, row.interval_low, row.interval_high),
            target=say.plain(row.kpi_id, row.target),
        ),
        _(
            "Truly short of it: {share} of {agents} people, noise taken out. "
            "That the centre is short has a probability of {sure}.",
            share=people(say, row.share_below),
            agents=say.figures.count(row.agents),
            sure=sure(say, row.p_centre_below),
        ),
    ]


def carried(say: Voice, found: Verdict) -> str:
    """The reasons that carry a shortfall; empty where none is known."""
    _ = say.words
    if not found.reasons:
        return ""
    listed = say.listing([_reason(say, link, row) for link, row in found.named or found.reasons])
    if found.named:
        return _("Most of it comes from {reasons}.", reasons=listed)
    return _("It is spread over the work; the largest parts: {reasons}.", reasons=listed)


def _reason(say: Voice, link: Link, row: SystemicReason) -> str:
    _ = say.words
    return _(
        "{reason} ({part} of it, {volume} of the work)",
        reason=say.name(link),
        part=say.figures.share(row.gap_share, 0),
        volume=say.figures.share(row.volume_share, 0),
    )


def of_kpi(say: Voice, part: KpiPart) -> list[str]:
    """Where a KPI's shortfall lies, for the KPI's own page."""
    _, found = say.words, part.verdict
    if found is None:
        return []
    row, count = found.row, say.figures.count
    if row.verdict == "too_few":
        return [_("Too few people could be compared to say where a shortfall lies.")]
    said = []
    if row.verdict == "centre_wide":
        said.append(_("System, not people: the whole centre falls short. Nobody is coached on this individually."))
    if row.verdict == "teams_differ":
        names = (
            say.listing([say.link(team) for team in part.teams]) if part.teams else say.figures.count(row.team_problems)
        )
        said.append(_("Not the whole centre, but single teams fall short: {teams}.", teams=names))
    if row.verdict == "individuals":
        said.append(
            _(
                "Neither the centre nor a team falls short: it is {count} of {agents} people. {confirmed} of them "
                "remain when so many are looked at.",
                count=count(row.individuals),
                agents=count(row.agents),
                confirmed=count(row.confirmed_individuals),
            )
        )
    if row.verdict == "common_cause":
        said.append(
            _("Neither the centre nor a team nor a person falls short by more than chance. What differs is to be left.")
        )
    return [*said, *standing(say, found)]


# ---------- rules
def questions(say: Voice, page: Register) -> list[str]:
    """The three questions in order, with the values in force."""
    _ = say.words

    def at(rule_id: str) -> str:
        return say.figures.share(page.rule(rule_id), 0)

    return [
        _(
            "The whole centre: its mean is short of the target with a probability of at least {sure}, and at least "
            "{share} of its people truly are. Then process, knowledge base and tools come first.",
            sure=at("systemic_sure"),
            share=at("systemic_share"),
        ),
        _(
            "A team: not the centre; its mean is short with at least {sure}, at least {share} of its people are, and "
            "it lies below the centre with at least {below}. Then look at what this team has or lacks.",
            sure=at("team_sure"),
            share=at("team_share"),
            below=at("team_below_centre_sure"),
        ),
        _(
            "A person: neither of these; short of the target with at least {sure} and below their own team with at "
            "least {below}. Then talk, and offer coaching.",
            sure=at("individual_sure"),
            below=at("individual_below_team_sure"),
        ),
        _("Otherwise it is ordinary variation: leave it alone."),
    ]


def rule(say: Voice, found: Rule) -> str:
    """What a rule does."""
    _ = say.words
    return {
        "systemic_sure": _("How sure it must be that the centre's mean is short of the target"),
        "systemic_share": _("Share of people who must truly be short of it"),
        "team_sure": _("How sure it must be that a team's mean is short of the target"),
        "team_share": _("Share of a team's people who must truly be short of it"),
        "team_below_centre_sure": _("How sure it must be that the team lies below the centre"),
        "individual_sure": _("How sure it must be that a person is short of the target"),
        "individual_below_team_sure": _("How sure it must be that a person lies below their own team"),
        "reason_share": _("Part of a shortfall from which a reason is named"),
        "fdr_q": _("Share of a list of people that may be wrong"),
        "overdispersion_phi": _("Times chance from which a funnel is too wide"),
        "group_min_people": _("Fewest people of a team that is shown on pages of the centre"),
    }[found.rule_id]
