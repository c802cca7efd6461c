"""Comparing: every team beside all others, and with scripts any two teams or two periods of one team or the centre.

Belongs here: which rows stand on the page, and the data files its scripts read. Does not belong here: shapes
(`_compare_contexts`), sentences (`_compare_words`, `_periods_words`), how a difference is told from chance
(dbt_project, models/marts/compare).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.marts import Difference, Period, Team, rows
from pipelines.site import scripts, timeline
from pipelines.site.areas import _compare_words as words
from pipelines.site.areas import periods
from pipelines.site.areas._compare_contexts import Beside, Compared, ComparePage, Part
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import CENTRE, Site
from pipelines.site.source import File

__all__ = ["PAGES", "SUMMARIES", "files", "load", "on_team", "script_words", "words"]

ORDER = 16
CHANGES = ("previous", "year_ago")
Rows = list[list[object]]


@dataclass(frozen=True)
class Book:
    """Differences of teams in the comparison period, in the order of the mart."""

    others: Mapping[str, Mapping[str, Difference]]
    """Team -> KPI -> difference from all other teams together."""
    pairs: Mapping[tuple[str, str], tuple[Difference, ...]]
    """Two teams, the smaller id first, from which each difference is told."""


def load(folder: Path) -> Book:
    """The marts of one build."""
    others: dict[str, dict[str, Difference]] = defaultdict(dict)
    pairs: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for row in rows(folder, Difference, "comparison in ('team_others', 'team_pair')"):
        if row.comparison == "team_others":
            others[row.entity_id][row.kpi_id] = row
        else:
            pairs[row.entity_id, row.other_id].append(row)
    return Book(dict(others), {pair: tuple(found) for pair, found in pairs.items()})


# ---------- the page
def compare(finder: Finder) -> ComparePage:
    """All teams beside each other in the comparison period."""
    site, fewest = finder.site, periods.fewest_people(finder)
    columns = finder.columns(finder.main("team"))
    shown = _shown(finder)
    return ComparePage(
        status=finder.status(),
        period=site.comparison,
        columns=columns,
        teams=tuple(_compared(finder, team, [column.kpi_id for column in columns]) for team in shown),
        kept_back=len(site.teams) - len(shown),
        fewest=fewest,
        choices=tuple(
            (timeline.stem(period), period) for period in timeline.told(site) if timeline.before(site, period)
        ),
        periods_href=f"{finder.root}periods/index.html",
        method_href=f"{finder.root}method/fairness.html",
    )


def on_team(finder: Finder, team: Team) -> Part | None:
    """The newest period of a team beside the one before, with the way to all of them and to other teams."""
    told = periods.of_team(finder, team)
    if not told:
        return None
    slug = finder.site.slugs["team", team.team_id]
    return Part(
        board=periods.board(finder, "team", team.team_id, told[0]),
        history_href=finder.page_of("history", "team", team.team_id),
        compare_href=f"{finder.root}compare/index.html" + (f"#teams={slug}" if team in _shown(finder) else ""),
    )


def _shown(finder: Finder) -> list[Team]:
    """Teams of enough people that were at work in the comparison period, in order of name."""
    site, others = finder.site, _book(finder.site).others
    fewest = periods.fewest_people(finder)
    named = sorted(site.teams, key=lambda team: (site.entities["team", team.team_id].name_en, team.team_id))
    return [team for team in named if team.agents >= fewest and team.team_id in others]


def _compared(finder: Finder, team: Team, kpi_ids: Sequence[str]) -> Compared:
    site, found = finder.site, _book(finder.site).others.get(team.team_id, {})
    values = (site.value(kpi_id, "team", team.team_id, site.comparison) for kpi_id in kpi_ids)
    cells = tuple(Beside(value, found.get(kpi_id)) for kpi_id, value in zip(kpi_ids, values, strict=True))
    return Compared(finder.link("team", team.team_id), site.slugs["team", team.team_id], cells)


# ---------- what the scripts read; every figure is text of its language, so that scripts format nothing
def files(site: Site, say: Voice) -> Iterator[File]:
    """One file of names, and one per team and for the centre with what it is compared with."""
    finder = Finder(site, "")
    kpis = [kpi for kpi in site.kpis if kpi.is_delivered]
    yield scripts.data_file(
        "compare",
        {
            "kpis": {kpi.kpi_id: [say.kpi(kpi.kpi_id), finder.kpi_href(kpi.kpi_id)] for kpi in kpis},
            "periods": {timeline.stem(period): say.period(period) for period in timeline.told(site)},
            "now": timeline.stem(site.comparison) if site.comparison else "",
        },
    )
    yield scripts.data_file("compare-centre", _of_entity(site, say, CENTRE, CENTRE))
    place = {team.team_id: number for number, team in enumerate(_shown(finder))}
    for team in site.teams:
        pairs = _of_pairs(finder, say, team.team_id, place) if team.team_id in place else {}
        own = _of_entity(site, say, "team", team.team_id) | {"teams": pairs}
        yield scripts.data_file(f"compare-{site.slugs['team', team.team_id]}", own)


def _of_entity(site: Site, say: Voice, grain: str, entity_id: str) -> dict[str, object]:
    """Periods of an entity with what they are compared with, and its value and likely range per period and KPI."""
    since = site.books["periods"].since.get((grain, entity_id), {})  # type: ignore[attr-defined]
    who = say.name(Finder(site, "").link(grain, entity_id))
    periods_: dict[str, dict[str, object]] = {}
    values: dict[str, dict[str, list[str]]] = {}
    for period in timeline.told(site):
        stem = timeline.stem(period)
        if found := _values(site, say, grain, entity_id, period):
            values[stem] = found
        for comparison in CHANGES:
            if told := in_order(site, since.get((comparison, period.period_kind, period.period_start), {}).values()):
                earlier = site.periods[period.period_kind, told[0].other_start]
                periods_.setdefault(stem, {})[comparison] = {
                    "with": timeline.stem(earlier),
                    "told": words.of_two_periods(say, period, earlier, who, told),
                    "rows": _rows(say, told),
                }
    return {"periods": periods_, "values": values}


def _values(site: Site, say: Voice, grain: str, entity_id: str, period: Period) -> dict[str, list[str]]:
    """Value and likely range per KPI."""
    compared = (kpi for kpi in site.delivered(grain) if not kpi.guards and kpi.family not in ("volume", "index"))
    found = (site.value(kpi.kpi_id, grain, entity_id, period) for kpi in compared)
    return {value.kpi_id: [say.plain(value.kpi_id, value.value), say.interval(value)] for value in found if value}


def _of_pairs(finder: Finder, say: Voice, team_id: str, place: Mapping[str, int]) -> dict[str, object]:
    """This team against each that comes after it by name: a pair stands in one file only."""
    site, book = finder.site, _book(finder.site)
    found: dict[str, object] = {}
    for other in place:
        pair = (team_id, other) if team_id < other else (other, team_id)
        if place[other] <= place[team_id] or pair not in book.pairs or site.comparison is None:
            continue
        told = in_order(site, [_turned(row) if pair[0] != team_id else row for row in book.pairs[pair]])
        names = [say.name(finder.link("team", entity)) for entity in (team_id, other)]
        found[site.slugs["team", other]] = {
            "told": words.of_two_teams(say, site.comparison, names[0], names[1], told),
            "rows": _rows(say, told),
        }
    return found


def _turned(row: Difference) -> Difference:
    """The same difference told of the other team."""
    verdict = {"better": "worse", "worse": "better"}.get(row.verdict, row.verdict)
    low, high = row.difference_high, row.difference_low
    return Difference(
        **vars(row)
        | {"entity_id": row.other_id, "other_id": row.entity_id, "value": row.other_value, "other_value": row.value,
           "n": row.other_n, "other_n": row.n, "difference": -row.difference, "verdict": verdict,
           "difference_low": None if low is None else -low, "difference_high": None if high is None else -high}
    )  # fmt: skip


def _rows(say: Voice, told: Sequence[Difference]) -> Rows:
    """KPI, difference, its likely range, verdict, whether it is the difference on the same work."""
    said = periods.words
    return [
        [row.kpi_id, said.change(say, row), said.range_of(say, row), row.verdict, int(row.is_adjusted)] for row in told
    ]


def in_order(site: Site, found: Iterable[Difference]) -> list[Difference]:
    """Differences in the order of the catalogue."""
    position = {kpi.kpi_id: kpi.position for kpi in site.kpis}
    return sorted(found, key=lambda row: position[row.kpi_id])


def _book(site: Site) -> Book:
    book = site.books["compare"]
    assert isinstance(book, Book)  # noqa: S101 - given by load
    return book


def script_words(say: Voice) -> dict[str, str]:
    """Sentences of the scripts, by key."""
    return words.for_scripts(say)


def _summary(say: Voice) -> str:
    _ = say.words
    return _("Two teams or two periods side by side, with what is more than chance.")


PAGES = {"compare": compare}
SUMMARIES = {"compare": _summary}
