"""Comparing: every team beside all others, and with scripts any two teams or any two periods of one team or the centre.

Belongs here: which rows stand on the page, and the data files its scripts read. Does not belong here: shapes
(`_compare_contexts`), sentences (`_compare_words`, `_periods_words`), data of two periods (`_compare_periods`), how a
difference is told from chance (dbt_project, models/marts/compare).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.marts import Difference, Team, rows
from pipelines.site import scripts, timeline
from pipelines.site.areas import _compare_periods as two_periods
from pipelines.site.areas import _compare_words as words
from pipelines.site.areas import periods
from pipelines.site.areas._compare_contexts import Beside, Compared, ComparePage, Part
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import CENTRE, Site
from pipelines.site.source import File

__all__ = ["PAGES", "SUMMARIES", "files", "load", "on_team", "script_words", "words"]

ORDER = 16
Entity = tuple[str, str]
WHOLE: Entity = (CENTRE, CENTRE)


@dataclass(frozen=True)
class Book:
    """Differences of teams in the comparison period, and of periods, in the order of the mart."""

    others: Mapping[str, Mapping[str, Difference]]
    """Team -> KPI -> difference from all other teams together."""
    pairs: Mapping[tuple[str, str], tuple[Difference, ...]]
    """Two teams, the smaller id first, from which each difference is told."""
    periods: Mapping[Entity, two_periods.Pairs]
    """Grain and entity -> its pairs of periods."""


def load(folder: Path) -> Book:
    """The marts of one build."""
    others: dict[str, dict[str, Difference]] = defaultdict(dict)
    pairs: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    of_periods: dict[Entity, dict[tuple[str, date, date], list[Difference]]] = defaultdict(dict)
    for row in rows(folder, Difference):
        if row.comparison == "team_others":
            others[row.entity_id][row.kpi_id] = row
        elif row.comparison == "team_pair":
            pairs[row.entity_id, row.other_id].append(row)
        else:
            pair = row.period_kind, row.period_start, row.other_start
            of_periods[row.grain, row.entity_id].setdefault(pair, []).append(row)
    return Book(dict(others), {pair: tuple(found) for pair, found in pairs.items()}, dict(of_periods))


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
        choices=periods.choices(timeline.told(site)),
        newest={kind: len(found) for kind, found in two_periods.newest(site, _of_periods(site, WHOLE)).items()},
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
            "now": timeline.stem(site.comparison) if site.comparison else "",
        }
        | two_periods.of_all(site, say, _of_periods(site, WHOLE)),
    )
    yield _of_entity(finder, say, WHOLE, CENTRE, {})
    place = {team.team_id: number for number, team in enumerate(_shown(finder))}
    for team in site.teams:
        pairs = dict(_of_pairs(site, team.team_id, place)) if team.team_id in place else {}
        yield _of_entity(finder, say, ("team", team.team_id), site.slugs["team", team.team_id], pairs)


def _of_entity(finder: Finder, say: Voice, entity: Entity, slug: str, pairs: Mapping[str, list[Difference]]) -> File:
    """Periods of an entity, of a team also its pairs with other teams; every text of the file once."""
    site, texts = finder.site, two_periods.Texts()
    own = two_periods.of_entity(site, say, entity, _of_periods(site, entity), texts)
    kpis = two_periods.compared(site, entity[0])
    teams: dict[str, object] = {}
    for other, found in pairs.items():
        assert site.comparison is not None  # noqa: S101 - teams are compared in it
        names = [say.name(finder.link("team", team_id)) for team_id in (entity[1], other)]
        teams[site.slugs["team", other]] = {
            "told": words.of_two_teams(say, site.comparison, names[0], names[1], two_periods.in_order(kpis, found)),
            "rows": two_periods.rows(say, kpis, found, texts),
            "fair": any(row.is_adjusted for row in found),
        }
    return scripts.data_file(f"compare-{slug}", own | {"teams": teams, "texts": texts.all()})


def _of_periods(site: Site, entity: Entity) -> two_periods.Pairs:
    return _book(site).periods.get(entity, {})


def _of_pairs(site: Site, team_id: str, place: Mapping[str, int]) -> Iterator[tuple[str, list[Difference]]]:
    """This team against each that comes after it by name, told of this one: a pair stands in one file only."""
    pairs = _book(site).pairs
    for other in place:
        pair = (team_id, other) if team_id < other else (other, team_id)
        if place[other] > place[team_id] and pair in pairs:
            yield other, [_turned(row) if pair[0] != team_id else row for row in pairs[pair]]


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
