"""The sheets of a figures workbook: one row per figure, with everything a figure needs to be understood alone.

Belongs here: which rows, which columns. Does not belong here: where the file is (`downloads`), what Excel makes of it
(`pipelines/downloads`). Broad workbooks name no person; a team's names its own people, as its page does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from pipelines.downloads.workbook import Cell, Column, Number, Sheet
from pipelines.marts import Agent, Kpi, KpiValue, Team, Tier
from pipelines.site.areas import _tier_words
from pipelines.site.fragments import Voice
from pipelines.site.model import CENTRE, Site

FORMS = {"share": "0.0%", "ratio": "0.0%", "seconds": "0.0", "points": "0.00", "contacts": "0", "per_thousand": "0.00"}
"""How Excel shows a KPI of each unit."""
_SCORE, _CHANCE = "0.0", "0%"


def title(site: Site, say: Voice, grain: str, entity_id: str) -> str:
    """What the workbook is called."""
    _ = say.words
    return f"{_('Figures')} · {say.name(site.entities[grain, entity_id])}"


def facts(site: Site, grain: str, entity_id: str) -> tuple[object, ...]:
    """Everything of the data that a workbook is made from."""
    people = _people(site, entity_id) if grain == "team" else []
    keys = [(grain, entity_id), *(("agent", agent.agent_id) for agent in people)]
    teams = [] if grain == "team" else [("team", team.team_id) for team in site.teams]
    known = cast(dict[str, Tier], site.books["downloads"])
    return (
        site.settled,
        site.kpis,
        [(key, site.entities[key], site.values.get(key)) for key in [*keys, *teams]],
        site.signals.get((grain, entity_id)),
        [known.get(agent.agent_id) for agent in people],
    )


def sheets(site: Site, say: Voice, team: Team | None) -> tuple[Sheet, ...]:
    """The sheets of one team's workbook, or of the centre's."""
    if team is None:
        groups = [(CENTRE, CENTRE), *(("team", found.team_id) for found in site.teams)]
        return (_measures(site, say, groups), _weeks(site, say, CENTRE, CENTRE), _about(site, say))
    people = _people(site, team.team_id)
    return (
        _measures(site, say, [("team", team.team_id)]),
        _weeks(site, say, "team", team.team_id),
        *_of_people(site, say, people),
        _about(site, say),
    )


def _people(site: Site, team_id: str) -> list[Agent]:
    found = [agent for agent in site.agents if agent.team_id == team_id and agent.is_current]
    return sorted(found, key=lambda agent: (site.entities["agent", agent.agent_id].name_en, agent.agent_id))


def _measures(site: Site, say: Voice, groups: Iterable[tuple[str, str]]) -> Sheet:
    _ = say.words
    rows: list[tuple[Cell, ...]] = [
        (say.name(site.entities[grain, entity_id]), *_figure(site, say, kpi, value))
        for grain, entity_id in groups
        for kpi in site.delivered(grain)
        for _period, value in sorted(site.values.get((grain, entity_id), {}).get(kpi.kpi_id, {}).items())
    ]
    return Sheet(_("Measures by period"), (Column(_("Whose"), 24), *_figure_columns(say)), tuple(rows), still=2)


def _of_people(site: Site, say: Voice, people: list[Agent]) -> Iterator[Sheet]:
    _ = say.words
    rows: list[tuple[Cell, ...]] = [
        (say.name(site.entities["agent", agent.agent_id]), *_figure(site, say, kpi, value))
        for agent in people
        for kpi in site.delivered("agent")
        for _period, value in sorted(site.values.get(("agent", agent.agent_id), {}).get(kpi.kpi_id, {}).items())
    ]
    if rows:
        yield Sheet(_("People"), (Column(_("Name"), 24), *_figure_columns(say)), tuple(rows), still=2)
    known = cast(dict[str, Tier], site.books["downloads"])
    tiers = [(agent, known[agent.agent_id]) for agent in people if agent.agent_id in known]
    if tiers:
        columns = (
            Column(_("Name"), 24), Column(_("Tier"), 18), Column(_("How sure"), 26), Column(_("Score"), 10),
            Column(_("Likely from"), 12), Column(_("Likely to"), 12), Column(_("Chance of high"), 12),
            Column(_("Chance of mid"), 12), Column(_("Chance of low"), 12),
        )  # fmt: skip
        lines: tuple[tuple[Cell, ...], ...] = tuple(
            (
                say.name(site.entities["agent", agent.agent_id]),
                _tier_words.tier(say, tier.tier),
                _tier_words.strength(say, tier),
                *(Number(score, _SCORE) for score in (tier.score, tier.score_low, tier.score_high)),
                *(Number(chance, _CHANCE) for chance in (tier.p_high, tier.p_mid, tier.p_low)),
            )
            for agent, tier in tiers
        )
        yield Sheet(_("Tiers"), columns, lines, still=1)


def _figure_columns(say: Voice) -> tuple[Column, ...]:
    _ = say.words
    return (
        Column(_("Measure"), 30), Column(_("Period"), 18), Column(_("From"), 12, is_date=True), Column(_("Value"), 12),
        Column(_("Unit"), 14), Column(_("Likely from"), 12), Column(_("Likely to"), 12), Column(_("Observations"), 13),
        Column(_("Expectation"), 14), Column(_("Against target"), 20), Column(_("Measure ID"), 24),
    )  # fmt: skip


def _figure(site: Site, say: Voice, kpi: Kpi, value: KpiValue) -> tuple[Cell, ...]:
    """One figure, without whose it is."""
    form = FORMS[kpi.unit]
    return (
        say.kpi(kpi.kpi_id),
        say.period(site.periods[value.period_kind, value.period_start]),
        value.period_start,
        Number(value.value, form),
        say.unit(kpi),
        _number(value.interval_low, form),
        _number(value.interval_high, form),
        value.n,
        _number(value.target, form),
        say.verdict(value.verdict),
        kpi.kpi_id,
    )


def _weeks(site: Site, say: Voice, grain: str, entity_id: str) -> Sheet:
    _ = say.words
    columns = (
        Column(_("Measure"), 30), Column(_("Week from"), 12, is_date=True), Column(_("Value"), 12),
        Column(_("Average"), 12), Column(_("Usual from"), 12), Column(_("Usual to"), 12), Column(_("Finding"), 30),
        Column(_("Measure ID"), 24),
    )  # fmt: skip
    lines: tuple[tuple[Cell, ...], ...] = tuple(
        (
            say.kpi(kpi.kpi_id),
            week.period_start,
            *(
                Number(figure, FORMS[kpi.unit])
                for figure in (week.value, week.centre_line, week.lower_limit, week.upper_limit)
            ),
            say.finding(week.finding),
            kpi.kpi_id,
        )
        for kpi in site.delivered(grain)
        for week in site.series(kpi.kpi_id, grain, entity_id)
    )
    return Sheet(_("Week by week"), columns, lines, still=1)


def _about(site: Site, say: Voice) -> Sheet:
    """What the measures mean and what the figures rest on."""
    _ = say.words
    said = [
        (_("Complete weeks up to"), say.day(site.settled)),
        (_("Likely range (90%)"), _("Nine times in ten the true value lies inside it.")),
        (
            _("Decisions"),
            _("These figures may be wrong for an individual. Decisions about people are made by people."),
        ),
        *((say.kpi(kpi.kpi_id), say.meaning(kpi.kpi_id)) for kpi in site.kpis if kpi.is_delivered),
    ]
    return Sheet(_("About"), (Column(_("What"), 30), Column(_("Meaning"), 100)), tuple(said))


def _number(x: float | None, form: str) -> Number | None:
    return None if x is None else Number(x, form)
