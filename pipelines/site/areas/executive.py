"""The page for executives: the centre on one sheet of paper, answer first, without a name; movement on the overview.

Belongs here: the marts of staffing, which rows of other subjects stand on the sheet. Does not belong here: pictures
(`_executive_drawings`), words (`_executive_words`, `_executive_staffing`), how any of it is measured (dbt_project).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.marts import (
    Attrition,
    EffectShare,
    Period,
    Ramp,
    Rule,
    SystemicHours,
    TierChange,
    TierMix,
    TierTransition,
    rows,
)
from pipelines.site.areas import _executive_captions, _executive_staffing, _executive_words, _systemic_parts
from pipelines.site.areas._executive_drawings import Curve, Flows, request_curve, request_flows
from pipelines.site.areas._systemic_contexts import Verdict
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE
from pipelines.site.parts import Line, Link
from pipelines.site.status import Status

ORDER = 12
MEASURES, ISSUES = 6, 3
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Book:
    """The marts of staffing, oldest first; transitions of all quarters; hours of shortfalls by KPI and window."""

    attrition: tuple[Attrition, ...]
    """Of the centre."""
    teams: tuple[Attrition, ...]
    """The newest twelve months of every team that is told."""
    ramp: tuple[Ramp, ...]
    transitions: tuple[TierTransition, ...]
    hours: Mapping[tuple[str, str, date], SystemicHours]


def load(folder: Path) -> Book:
    """The marts of one build."""
    return Book(
        attrition=tuple(rows(folder, Attrition, "grain = 'centre'")),
        teams=tuple(rows(folder, Attrition, "grain = 'team' and period_kind = 'year' and is_latest")),
        ramp=tuple(rows(folder, Ramp)),
        transitions=tuple(rows(folder, TierTransition)),
        hours={(row.kpi_id, row.window_kind, row.window_start): row for row in rows(folder, SystemicHours)},
    )


# ---------- contexts
@dataclass(frozen=True)
class Issue:
    """A shortfall of the whole centre, and what it comes to in hours where that can be said."""

    verdict: Verdict
    hours: SystemicHours | None


@dataclass(frozen=True)
class ExecutivePage:
    """exec/index.html"""

    status: Status
    period: Period | None
    lines: tuple[Line, ...]
    window: Period | None
    """Of judgements: issues and tiers."""
    issues: tuple[Issue, ...]
    more_issues: int
    change: TierChange | None
    flows: Flows | None
    window_end: date | None
    attrition: Attrition | None
    """The newest twelve months."""
    months: tuple[Attrition, ...]
    """The newest months, oldest first."""
    teams: tuple[tuple[Link, Attrition], ...]
    """Teams that enough people have left to be told, in order of name."""
    teams_untold: int
    ramp: tuple[Ramp, ...]
    curve: Curve | None
    shares: tuple[EffectShare, ...]
    rules: Mapping[str, Rule]
    root: str


@dataclass(frozen=True)
class OverviewPart:
    """Movement between tiers on the overview."""

    flows: Flows
    change: TierChange | None
    window_end: date | None
    tiers_href: str
    href: str


# ---------- the page and the section
def executive(finder: Finder) -> ExecutivePage:
    """The centre on one sheet."""
    book = _book(finder)
    period = finder.site.headline(CENTRE, CENTRE)
    issues = tuple(_issues(finder))
    rules = finder.book("tiers").rules
    years = [row for row in book.attrition if row.period_kind == "year"]
    return ExecutivePage(
        status=finder.status(),
        period=period,
        lines=tuple(finder.line(kpi_id, CENTRE, CENTRE, period) for kpi_id in finder.main(CENTRE, MEASURES)),
        window=_systemic_parts.book(finder).window,
        issues=issues[:ISSUES],
        more_issues=len(issues[ISSUES:]),
        change=_change(finder),
        flows=_flows(finder),
        window_end=_window_end(finder),
        attrition=years[-1] if years else None,
        months=tuple(row for row in book.attrition if row.period_kind == "month")[-MONTHS_SHOWN:],
        teams=_teams(finder),
        teams_untold=_untold(finder),
        ramp=book.ramp,
        curve=request_curve(book.ramp, rules.get("ramp_usual_share")),
        shares=tuple(share for share in finder.book("effects").shares if share.programme_kind == "course"),
        rules={rule_id: rules[rule_id] for rule_id in _executive_staffing.RULES if rule_id in rules},
        root=finder.root,
    )


def on_overview(finder: Finder) -> OverviewPart | None:
    """Who moved between tiers; None before there are two quarters."""
    flows = _flows(finder)
    if flows is None:
        return None
    root = finder.root
    return OverviewPart(
        flows, _change(finder), _window_end(finder), f"{root}tiers/index.html", f"{root}exec/index.html"
    )


def _book(finder: Finder) -> Book:
    book: Book = finder.book("executive")
    return book


def _flows(finder: Finder) -> Flows | None:
    return request_flows(finder.book("tiers").counts, _book(finder).transitions)


def _change(finder: Finder) -> TierChange | None:
    return next((change for change in finder.book("tiers").changes if change.is_current), None)


def _window_end(finder: Finder) -> date | None:
    mixes: tuple[TierMix, ...] = finder.book("tiers").mixes
    return next((mix.window_end for mix in mixes if mix.grain == CENTRE and mix.is_current), None)


def _teams(finder: Finder) -> tuple[tuple[Link, Attrition], ...]:
    told = [(finder.link("team", row.entity_id), row) for row in _book(finder).teams]
    return tuple(sorted(told, key=lambda each: (each[0].name_en, each[1].entity_id)))


def _untold(finder: Finder) -> int:
    """Teams with people now of which nothing is told."""
    here = {agent.team_id for agent in finder.site.agents if agent.is_current and agent.team_id}
    return len(here - {row.entity_id for row in _book(finder).teams})


def _issues(finder: Finder) -> list[Issue]:
    """Shortfalls of the whole centre: those that cost most hours first, the others in the catalogue's order."""
    hours = _book(finder).hours
    found = [
        Issue(verdict, hours.get((verdict.kpi_id, verdict.row.window_kind, verdict.row.window_start)))
        for verdict in _systemic_parts.verdicts(finder)
        if verdict.row.is_centre_wide
    ]
    return sorted(found, key=lambda issue: -(issue.hours.hours if issue.hours else 0.0))


PAGES = {"executive": executive}
SUMMARIES = {"executive": _executive_words.summary}
CAPTIONS = {Flows: _executive_captions.flows_caption, Curve: _executive_captions.curve_caption}
words = _executive_words
staffing = _executive_staffing
