"""How coaching goes in the whole centre: who is reached, how talks come about, whether they help. Nobody is named.

Belongs here: the marts of coverage and which rows the page shows. Does not belong here: shapes (`_coaching_contexts`),
counts of goals and answers (`_coaching_counts`), words (`_coaching_words`, `_coaching_goals`), one team's week
(`guides`), how an effect is measured (`effects`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.marts import CoachingCoverage, CoachingCoverageMix, CoachingSchedule, Rule, rows
from pipelines.site import templates
from pipelines.site.areas import _coaching_counts, _coaching_goals, _coaching_words, effects
from pipelines.site.areas._coaching_contexts import CoachingPage, OverviewPart, Service, Share, TeamRow
from pipelines.site.areas._effect_contexts import EffectsPage
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE
from pipelines.site.parts import Link

ORDER = 72
GROUPS: Mapping[str, tuple[str, ...]] = {
    "tier": ("high", "mid", "low", "not_enough_evidence", "new_starter"),
    "tenure": ("0-30", "31-90", "91-180", "180+", "unknown"),
}
PAGES_BESIDE = {
    "effects": "effects/index.html",
    "hovering": "systemic/hovering.html",
}
GAP = "coaching_gap_days"


@dataclass(frozen=True)
class Book:
    """Coverage of the last weeks by team, the centre under its own name; the centre by quarter; the order of talks."""

    recent: Mapping[str, CoachingCoverage]
    quarters: tuple[CoachingCoverage, ...]
    mix: tuple[CoachingCoverageMix, ...]
    """Of the centre."""
    schedule: Mapping[str, tuple[CoachingSchedule, ...]]


def load(folder: Path) -> Book:
    """The marts of one build."""
    schedule: dict[str, list[CoachingSchedule]] = defaultdict(list)
    for row in rows(folder, CoachingSchedule):
        schedule[row.team_id].append(row)
    coverage = rows(folder, CoachingCoverage, "grain <> 'agent'")
    newest = sorted(coverage, key=lambda row: row.window_start)
    return Book(
        recent={row.entity_id: row for row in newest if row.window_kind == "recent"},
        quarters=tuple(row for row in newest if (row.window_kind, row.grain) == ("quarter", CENTRE)),
        mix=tuple(rows(folder, CoachingCoverageMix, "window_kind = 'recent' and grain = 'centre'")),
        schedule={team: tuple(found) for team, found in schedule.items()},
    )


# ---------- the page and the section
def coaching(finder: Finder) -> CoachingPage:
    """Who is coached, how, and whether it helps."""
    book, held, rules = _book(finder), _is_delivered(finder), _rules(finder)
    centre = book.recent.get(CENTRE) if held else None
    return CoachingPage(
        status=finder.status(),
        centre=centre,
        teams=tuple(_teams(finder, held)),
        shares=tuple(_shares(book)) if held else (),
        quarters=book.quarters if held else (),
        service=tuple(_service(finder)) if held else (),
        goals=_coaching_counts.goals(finder, centre),
        answers=_coaching_counts.answers(finder),
        effects=_effects(finder),
        links=tuple(_links(finder)),
        rules={rule_id: rules[rule_id] for rule_id in _coaching_words.RULES if rule_id in rules},
    )


def on_overview(finder: Finder) -> OverviewPart | None:
    """Who waits for a talk and which goals slip; None without a coaching log."""
    centre = _book(finder).recent.get(CENTRE) if _is_delivered(finder) else None
    if centre is None:
        return None
    return OverviewPart(
        centre=centre,
        goals=_coaching_counts.goals(finder, centre),
        gap_days=_rules(finder)[GAP].value,
        href=f"{finder.root}coaching/index.html",
    )


# ---------- parts
def _teams(finder: Finder, held: bool) -> Iterator[TeamRow]:
    book, site = _book(finder), finder.site
    least = _rules(finder)["group_min_people"].value if book.recent or book.schedule else 0.0
    here = {agent.team_id for agent in site.agents if agent.is_current}
    teams = [(finder.link("team", team.team_id), team) for team in site.teams if team.team_id in here]
    for link, team in sorted(teams, key=lambda pair: (pair[0].name_en, pair[1].team_id)):
        coverage, order = book.recent.get(team.team_id), book.schedule.get(team.team_id, ())
        is_small = 0 < max(len(order), coverage.people if coverage else 0) < least
        last = order[-1] if order and not is_small else None
        yield TeamRow(
            link=Link("team", link.name_en, link.name_zh, finder.page_of("guides", "team", team.team_id)),
            coverage=coverage if held and not is_small else None,
            is_small=is_small,
            talks=len(order),
            fitting=sum(row.is_within_hours for row in order),
            minutes=last.minutes_cumulative if last else None,
            hours=last.hours_available if last else None,
        )


def _shares(book: Book) -> Iterator[Share]:
    for kind, names in GROUPS.items():
        found = {row.group_name: row for row in book.mix if row.group_kind == kind}
        ordered = [found[name] for name in names if name in found and found[name].people != 0]
        if ordered:
            yield Share(
                kind=kind,
                groups=tuple(row for row in ordered if not row.is_hidden),
                hidden=tuple(row.group_name for row in ordered if row.is_hidden),
            )


def _service(finder: Finder) -> Iterator[Service]:
    """The centre's main measures in the quarters that have coaching."""
    periods = [finder.site.periods.get(("quarter", row.window_start)) for row in _book(finder).quarters]
    for kpi_id in finder.main(CENTRE):
        values = tuple(finder.site.value(kpi_id, CENTRE, CENTRE, period) for period in periods)
        if any(values):
            yield Service(kpi_id, finder.kpi_href(kpi_id), values)


def _effects(finder: Finder) -> EffectsPage:
    """The page of effects, as far as it is about coaching; without its pictures."""
    page = effects.effects(finder)
    return replace(
        page,
        blocks=tuple((block, None, None) for block, _, _ in page.blocks if block.programme_kind == "coaching"),
        courses=(),
        shares=tuple(share for share in page.shares if share.programme_kind == "coaching"),
    )


def _links(finder: Finder) -> Iterator[tuple[str, str]]:
    known = {kind.path for kind in templates.kinds()}
    for name, path in PAGES_BESIDE.items():
        if path in known:
            yield name, f"{finder.root}{path}"


# ---------- looking up
def _book(finder: Finder) -> Book:
    book: Book = finder.book("coaching")
    return book


def _rules(finder: Finder) -> Mapping[str, Rule]:
    found: Mapping[str, Rule] = finder.book("tiers").rules
    return found


def _is_delivered(finder: Finder) -> bool:
    return any(table.table_name == "coaching_log" and table.is_delivered for table in finder.site.tables)


PAGES = {"coaching": coaching}
SUMMARIES = {"coaching": _coaching_words.summary}
words = _coaching_words
goals = _coaching_goals
