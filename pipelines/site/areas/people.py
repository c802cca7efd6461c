"""Indices of the first source, workload and conduct: formulas filled in, load as a matter of staffing, days as facts.

Belongs here: which rows these pages and sections show. Does not belong here: reading marts (`_people_book`), the shape
of a context (`_people_contexts`), words (`_people_words`, `_people_formula`, `_people_presence`), arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipelines.marts import Agent, Anchor, Kpi, Period, Rule, Team
from pipelines.site.areas import _people_book, _people_formula, _people_presence, _people_rules, _people_words
from pipelines.site.areas._people_book import Book, Formula
from pipelines.site.areas._people_contexts import AgentPart, BandPart, CentreIndex, IndicesPage, KpiPart, TeamPart
from pipelines.site.areas._people_kpis import (
    ANSWERED,
    ATTENDANCE,
    BESIDE,
    HANDLE_TIME,
    INDICES,
    QUALITY,
    TIMES,
    TRAINING,
    VOLUME,
)
from pipelines.site.drawings import Drawing
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE, HEADLINE_KINDS
from pipelines.site.parts import Link

ORDER = 30
MONTHS = 6


# ---------- pages and sections
def indices(finder: Finder) -> IndicesPage:
    """The formulas of the first source, filled in for the whole centre."""
    site, book = finder.site, _book(finder)
    periods = _periods(finder, CENTRE)
    found = tuple(index for kpi_id in INDICES if (index := _index(finder, kpi_id)))
    fewest = book.rules["group_min_people"] if found else None
    teams = _teams(finder, fewest)
    compared = [kpi_id for kpi_id in (*INDICES, ATTENDANCE) if teams and _observed(finder, kpi_id, "team")]
    figures = [
        (kpi_id, tuple(site.value(kpi_id, CENTRE, CENTRE, period) for period in periods))
        for kpi_id in (*INDICES, *BESIDE)
    ]
    return IndicesPage(
        status=finder.status(),
        periods=periods,
        figures=tuple((finder.columns([kpi_id])[0], values) for kpi_id, values in figures if any(values)),
        indices=found,
        absent=tuple(
            Link("kpi", kpi.label_en, kpi.label_zh, finder.kpi_href(kpi.kpi_id))
            for kpi in site.kpis
            if kpi.kpi_id in INDICES and kpi.kpi_id not in {index.lead.kpi_id for index in found}
        ),
        counted=_counted(book, None),
        compared=site.comparison,
        columns=finder.columns(compared),
        teams=tuple(finder.row("team", team.team_id, compared, site.comparison) for team in teams if compared),
        fewest_people=fewest,
        dots=tuple(
            drawing
            for kpi_id in compared
            if kpi_id in (QUALITY, TRAINING) and (drawing := _dots(finder, kpi_id, teams))
        ),
        rules=tuple(book.rules[rule_id] for rule_id in _people_rules.RULES) if found else (),
    )


def on_kpi(finder: Finder, kpi: Kpi) -> KpiPart | None:
    """The formula filled in on an index's page; the band on those of handle time and talk time."""
    if kpi.kpi_id in INDICES:
        index = _index(finder, kpi.kpi_id)
        return KpiPart(index, None) if index else None
    return KpiPart(None, _band(finder, kpi)) if kpi.kpi_id in TIMES and kpi.is_delivered else None


def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """Load first, then the team's indices; late and absent days as numbers of the team."""
    site, book, team_id = finder.site, _book(finder), team.team_id
    formulas = _formulas(finder, "team", team_id)
    months = [month for month in book.months("team", team_id) if _month(finder, month.period_start).is_complete]
    if not formulas and not months:
        return None
    period = _month(finder, months[-1].period_start) if months else None
    return TeamPart(
        formulas=formulas,
        centre=tuple(site.value(formula.kpi_id, CENTRE, CENTRE, formula.period) for formula in formulas),
        period=period,
        workload=months[-1] if months else None,
        heavy=tuple(_heavy(finder, team, period)),
        months=tuple(months[-MONTHS:]),
        counted=_counted(book, None),
        href=f"{finder.root}indices/index.html",
    )


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """One person's indices as formulas, the load of the work, and the days on record."""
    book, agent_id = _book(finder), agent.agent_id
    formulas, period = _formulas(finder, "agent", agent_id), finder.site.headline("agent", agent_id)
    workload = book.workload("agent", agent_id, period)
    if not formulas and workload is None:
        return None
    return AgentPart(
        formulas=formulas,
        months=tuple(_by_month(finder, agent_id)),
        period=period,
        workload=workload,
        team=book.workload("team", agent.team_id, period) if agent.team_id else None,
        conduct=tuple(sorted(book.conduct.get(agent_id, ()), key=lambda fact: fact.day, reverse=True)),
        counted=_counted(book, agent.role or "*"),
        href=f"{finder.root}indices/index.html",
    )


# ---------- formulas
def _formula(finder: Finder, kpi_id: str, grain: str, entity_id: str, period: Period) -> Formula | None:
    of_kpi = _book(finder).parts.get((grain, entity_id), {}).get(kpi_id, {})
    parts = of_kpi.get((period.period_kind, period.period_start))
    return Formula(kpi_id, period, parts, finder.site.value(kpi_id, grain, entity_id, period)) if parts else None


def _of_periods(finder: Finder, kpi_id: str, grain: str, entity_id: str) -> tuple[Formula, ...]:
    found = (_formula(finder, kpi_id, grain, entity_id, period) for period in _periods(finder, grain))
    return tuple(formula for formula in found if formula)


def _formulas(finder: Finder, grain: str, entity_id: str) -> tuple[Formula, ...]:
    """Each index in the first period that has it: after a month without training the quarter speaks."""
    found = (_of_periods(finder, kpi_id, grain, entity_id) for kpi_id in INDICES)
    return tuple(formulas[0] for formulas in found if formulas)


def _by_month(finder: Finder, agent_id: str) -> Iterable[Formula]:
    of_kpi = _book(finder).parts.get(("agent", agent_id), {}).get(VOLUME, {})
    for kind, start in sorted(of_kpi):
        found = _formula(finder, VOLUME, "agent", agent_id, finder.site.periods[kind, start])
        if kind == "month" and found:
            yield found


def _index(finder: Finder, kpi_id: str) -> CentreIndex | None:
    book, formulas = _book(finder), _of_periods(finder, kpi_id, CENTRE, CENTRE)
    if not formulas:
        return None
    lead = formulas[0].period
    return CentreIndex(
        formulas=formulas,
        readings=book.volumes.get((lead.period_kind, lead.period_start), ()) if kpi_id == VOLUME else (),
        rule=book.rules[_people_rules.RULE_OF[kpi_id]],
        href=f"{finder.root}indices/index.html",
    )


# ---------- parts of pages
def _band(finder: Finder, kpi: Kpi) -> BandPart:
    site, book = finder.site, _book(finder)
    kpi_ids = dict.fromkeys((kpi.kpi_id, *TIMES, ANSWERED))
    shown = [kpi_id for kpi_id in kpi_ids if _observed(finder, kpi_id, CENTRE)]
    months = [period for (kind, _), period in sorted(site.periods.items()) if kind == "month" and period.is_complete]
    return BandPart(
        kpi_id=kpi.kpi_id,
        anchors=tuple((_role(finder, anchor.role), anchor) for anchor in book.anchors if anchor.kpi_id == HANDLE_TIME),
        columns=finder.columns(shown),
        months=tuple(
            (month, tuple(site.value(kpi_id, CENTRE, CENTRE, month) for kpi_id in shown)) for month in months[-MONTHS:]
        ),
    )


def _heavy(finder: Finder, team: Team, period: Period | None) -> list[Link]:
    """People of a team whose load was above the warning, in order of name."""
    found = [
        finder.link("agent", agent.agent_id)
        for agent in finder.site.agents
        if agent.team_id == team.team_id
        and (workload := _book(finder).workload("agent", agent.agent_id, period))
        and workload.is_warning
    ]
    return sorted(found, key=lambda link: (link.name_en, link.href))


def _teams(finder: Finder, fewest: Rule | None) -> list[Team]:
    """Teams that may be shown where everybody reads, in order of name."""
    teams = [team for team in finder.site.teams if fewest and team.agents >= fewest.value]
    return sorted(teams, key=lambda team: (finder.site.entities["team", team.team_id].name_en, team.team_id))


def _dots(finder: Finder, kpi_id: str, teams: Iterable[Team]) -> Drawing | None:
    site = finder.site
    return finder.dots(kpi_id, "team", [site.entities["team", team.team_id] for team in teams], site.comparison)


# ---------- looking up
def _book(finder: Finder) -> Book:
    book: Book = finder.book("people")
    return book


def _periods(finder: Finder, grain: str) -> tuple[Period, ...]:
    """The latest complete periods, in the order in which pages of a grain prefer them."""
    return tuple(period for kind in HEADLINE_KINDS[grain] if (period := finder.site.latest(kind)))


def _month(finder: Finder, start: date) -> Period:
    return finder.site.periods["month", start]


def _role(finder: Finder, role: str) -> Link | None:
    return finder.link("role", role) if ("role", role) in finder.site.entities else None


def _counted(book: Book, role: str | None) -> tuple[Anchor, ...]:
    """Where an index has a weight in a score, for one role or any."""
    return tuple(
        anchor
        for anchor in book.anchors
        if anchor.kpi_id in INDICES and anchor.weight > 0 and role in (None, anchor.role)
    )


def _observed(finder: Finder, kpi_id: str, grain: str) -> bool:
    return any(kpi.kpi_id == kpi_id for kpi in finder.site.delivered(grain))


load = _people_book.load
PAGES = {"indices": indices}
SUMMARIES = {"indices": _people_words.summary}
words = _people_words
formula = _people_formula
presence = _people_presence
rules = _people_rules
