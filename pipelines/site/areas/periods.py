"""Periods: the centre's board in every complete month and quarter, their list, and one team through its periods.

Belongs here: which rows, periods and links stand on these pages. Does not belong here: shapes (`_periods_contexts`),
sentences (`_periods_words`), what a difference is worth (dbt_project, models/marts/compare), choosing two periods with
scripts (`compare`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.marts import Difference, KpiValue, Period, Team, rows
from pipelines.site import timeline
from pipelines.site.areas import _periods_words as words
from pipelines.site.areas._periods_contexts import (
    Against,
    Board,
    HistoryPage,
    Listed,
    Measure,
    PeriodPage,
    PeriodsPage,
    Step,
    Switch,
    Trend,
)
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import CENTRE
from pipelines.site.parts import Column

__all__ = ["PAGES", "SUMMARIES", "load", "words"]

ORDER = 15
MONTHS_SHOWN = 13
"""Months of a team's table: a year and the same month of the year before."""
QUARTERS_SHOWN = 8
Entity = tuple[str, str]


@dataclass(frozen=True)
class Book:
    """Differences of an entity's periods: (grain, entity) -> (comparison, kind, start) -> KPI -> difference."""

    since: Mapping[Entity, Mapping[tuple[str, str, date], Mapping[str, Difference]]]


def load(folder: Path) -> Book:
    """The marts of one build."""
    since: dict[Entity, dict[tuple[str, str, date], dict[str, Difference]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows(folder, Difference, "comparison in ('previous', 'year_ago')"):
        since[row.grain, row.entity_id][row.comparison, row.period_kind, row.period_start][row.kpi_id] = row
    return Book({entity: dict(found) for entity, found in since.items()})


# ---------- pages
def periods(finder: Finder) -> PeriodsPage:
    """All periods, newest first."""
    told = timeline.told(finder.site)
    return PeriodsPage(
        status=finder.status(),
        tables=tuple(_listed(finder, [p for p in told if p.period_kind == kind]) for kind in ("quarter", "month")),
        whole=next((_step(finder, period) for period in told if period.period_kind == "all"), None),
        newest=_newest(finder, told),
        compare_href=f"{finder.root}compare/index.html",
    )


def period(finder: Finder, entity: Period) -> PeriodPage:
    """The centre in one period."""
    site, fewest = finder.site, fewest_people(finder)
    columns = finder.main("team")
    named = sorted(site.teams, key=lambda team: (site.entities["team", team.team_id].name_en, team.team_id))
    shown = [finder.row("team", team.team_id, columns, entity) for team in named if team.agents >= fewest]
    told = timeline.told(site)
    lines = [finder.line(kpi_id, CENTRE, CENTRE, entity) for kpi_id in finder.main(CENTRE)]
    earlier, later = timeline.before(site, entity), timeline.after(site, entity)
    return PeriodPage(
        board=board(finder, CENTRE, CENTRE, entity),
        cards=tuple(line for line in lines if line.now),
        earlier=_step(finder, earlier) if earlier else None,
        later=_step(finder, later) if later else None,
        switch=Switch(
            next((_step(finder, period) for period in told if period.period_kind == "all"), None),
            tuple((year, tuple(_step(finder, p) for p in of_year)) for year, of_year in timeline.by_year(told)),
        ),
        columns=finder.columns(columns),
        teams=tuple(row for row in shown if any(row.cells)),
        kept_back=sum(team.agents < fewest for team in named),
        fewest=fewest,
        compare_href=f"{finder.root}compare/index.html",
        list_href=f"{finder.root}periods/index.html",
        data_href=f"{finder.root}data/index.html",
    )


def history(finder: Finder, team: Team) -> HistoryPage | None:
    """A team's newest quarter and month beside earlier ones, and all of them; None without a complete period."""
    told = of_team(finder, team)
    tables = [
        [period for period in told if period.period_kind == kind][:most]
        for kind, most in (("quarter", QUARTERS_SHOWN), ("month", MONTHS_SHOWN))
    ]
    if not any(tables):
        return None
    return HistoryPage(
        link=finder.link("team", team.team_id),
        slug=finder.site.slugs["team", team.team_id],
        boards=tuple(board(finder, "team", team.team_id, of_kind[0]) for of_kind in tables if of_kind),
        tables=tuple((tuple(of_kind), _values(finder, team, of_kind)) for of_kind in tables if of_kind),
        choices=choices(told),
        data_href=f"{finder.root}data/index.html",
    )


# ---------- parts
def choices(told: Sequence[Period]) -> tuple[tuple[str, Period], ...]:
    """Periods of which two can be compared, by the stem of their names: those that are not alone of their kind."""
    kinds = [period.period_kind for period in told]
    return tuple((timeline.stem(period), period) for period in told if kinds.count(period.period_kind) > 1)


def fewest_people(finder: Finder) -> int:
    """Fewest people of a team that is shown on pages many read; 0 where no rule says."""
    rule = finder.book("tiers").rules.get("group_min_people")
    return int(rule.value) if rule else 0


def board(finder: Finder, grain: str, entity_id: str, shown: Period) -> Board:
    """An entity's measures in a period beside the period before and the same a year ago."""
    site = finder.site
    earlier = {"previous": timeline.before(site, shown), "year_ago": timeline.year_ago(site, shown)}
    since = _book(finder).since.get((grain, entity_id), {})

    def beside(kpi_id: str, which: str) -> Against:
        found = since.get((which, shown.period_kind, shown.period_start), {}).get(kpi_id)
        return Against(site.value(kpi_id, grain, entity_id, earlier[which]), found)

    kept = [kpi.kpi_id for kpi in site.delivered(grain) if not kpi.guards and kpi.family != "index"]
    measures = [
        Measure(kpi_id, finder.kpi_href(kpi_id), now, beside(kpi_id, "previous"), beside(kpi_id, "year_ago"))
        for kpi_id in kept
        if (now := site.value(kpi_id, grain, entity_id, shown))
    ]
    return Board(shown, earlier["previous"], earlier["year_ago"], tuple(measures))


def of_team(finder: Finder, team: Team) -> list[Period]:
    """Complete quarters, then months, in which the team has any value; newest first."""
    values = finder.site.values.get(("team", team.team_id), {})
    seen = {key for of_kpi in values.values() for key in of_kpi}
    dated = (period for period in timeline.told(finder.site) if period.period_kind != "all")
    return [period for period in dated if (period.period_kind, period.period_start) in seen]


def _values(
    finder: Finder, team: Team, shown: Sequence[Period]
) -> tuple[tuple[Column, tuple[KpiValue | None, ...]], ...]:
    kept = [kpi.kpi_id for kpi in finder.site.delivered("team") if not kpi.guards and kpi.family != "index"]
    found = [
        (column, tuple(finder.site.value(column.kpi_id, "team", team.team_id, period) for period in shown))
        for column in finder.columns(kept)
    ]
    return tuple(row for row in found if any(row[1]))


def _listed(finder: Finder, shown: Sequence[Period]) -> Listed:
    site, columns = finder.site, finder.columns(finder.main(CENTRE))
    since = _book(finder).since.get((CENTRE, CENTRE), {})

    def cells(period: Period) -> Iterator[Against]:
        found = since.get(("previous", period.period_kind, period.period_start), {})
        for column in columns:
            yield Against(site.value(column.kpi_id, CENTRE, CENTRE, period), found.get(column.kpi_id))

    table = tuple((_step(finder, period), tuple(cells(period))) for period in shown)
    trends = [
        Trend(column, tuple(_figure(row[place]) for _, row in reversed(table))) for place, column in enumerate(columns)
    ]
    return Listed(shown[0].period_kind if shown else "", tuple(trends), table)


def _figure(found: Against) -> float | None:
    return found.value.value if found.value else None


def _newest(finder: Finder, told: Sequence[Period]) -> Board | None:
    newest = next((period for period in told if period.period_kind != "all"), None)
    return board(finder, CENTRE, CENTRE, newest) if newest else None


def _step(finder: Finder, shown: Period) -> Step:
    return Step(shown, f"{finder.root}periods/{timeline.stem(shown)}.html")


def _book(finder: Finder) -> Book:
    book: Book = finder.book("periods")
    return book


def _summary_of_list(say: Voice) -> str:
    _ = say.words
    return _("Every complete month and quarter of the centre, newest first.")


def _summary_of_period(say: Voice) -> str:
    _ = say.words
    return _("The centre in this period, against the one before and against the same a year ago.")


def _summary_of_history(say: Voice) -> str:
    _ = say.words
    return _("One team month by month and quarter by quarter.")


PAGES = {"periods": periods, "period": period, "history": history}
SUMMARIES = {"periods": _summary_of_list, "period": _summary_of_period, "history": _summary_of_history}
