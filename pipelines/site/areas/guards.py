"""Guards and hovering: what a figure is bought with, and whether a minimum acts as a ceiling.

Belongs here: which rows these pages and sections show. Does not belong here: reading marts (`_guards_book`), shapes of
contexts (`_guards_contexts`), words (`_guards_words`), where a shortfall lies (`systemic`). A guard starts a
conversation; it is never an accusation: pages of the centre name nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pipelines.charts import ChartRequest, hovering
from pipelines.figures import figures
from pipelines.marts import Agent, Guard, Hovering, HoveringBin, ReasonDrift, Team
from pipelines.site.areas import _guards_book, _guards_captions, _guards_near, _guards_speed, _guards_words
from pipelines.site.areas import _systemic_parts as parts
from pipelines.site.areas._guards_book import Book
from pipelines.site.areas._guards_contexts import (
    AgentPart,
    Drift,
    GuardsPage,
    HoveringPage,
    Near,
    Question,
    TeamPart,
    Watched,
)
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE
from pipelines.site.parts import Column, Link

ORDER = 25
MONTHS = 12
T = TypeVar("T")


# ---------- pages
def overview_of_guards(finder: Finder) -> GuardsPage:
    """Every guard with what it protects and how often it stands out."""
    book, rules = _book(finder), parts.rules(finder)
    is_known = bool(book.by_guard or book.net or book.short or book.trade_offs)
    fewest = int(rules["group_min_people"].value) if is_known else 0
    drifts = list(book.drifts.values())
    judged = {key: row for key, row in book.trade_offs.items() if row.verdict != "too_few" or key[0] == CENTRE}
    return GuardsPage(
        status=finder.status(),
        window=book.window,
        watched=tuple(_watched(finder, fewest)),
        people_out=sum(grain == "agent" for grain, _ in book.red),
        teams_out=sum(grain == "team" for grain, _ in book.red),
        drift_people=len(drifts),
        drift_out=sum(drift.is_red for drift in drifts),
        short=tuple(_shown(finder, book.short, fewest)),
        net=tuple(_shown(finder, book.net, fewest)),
        months=book.net_months.get((CENTRE, CENTRE), ())[-MONTHS:],
        trade_offs=tuple(_shown(finder, judged, fewest)),
        teams_with_too_few=len(book.trade_offs) - len(judged),
        rules=tuple(rules[rule_id] for rule_id in _guards_words.RULES) if is_known else (),
    )


def near_the_line(finder: Finder) -> HoveringPage:
    """Whether more days stop just above a minimum than a smooth spread would give."""
    book, rules, window = _book(finder), parts.rules(finder), _book(finder).window
    now = [row for row in book.hovering if window and _is_of(row, window.period_kind, window.period_start)]
    shown = [(finder.link(row.grain, row.entity_id), row) for row in now if row.grain == CENTRE or _is_judged(row)]
    shown.sort(key=lambda pair: (pair[1].grain != CENTRE, pair[0].name_en, pair[1].entity_id, pair[1].kpi_id))
    history = [
        (finder.site.periods[row.window_kind, row.window_start], row)
        for row in book.hovering
        if row.grain == CENTRE and (row.window_kind, row.window_start) in finder.site.periods
    ]
    return HoveringPage(
        status=finder.status(),
        window=window,
        centre=tuple(row for row in now if row.grain == CENTRE),
        pictures=tuple(picture for link, row in shown if (picture := _near(finder, link, row))),
        shown=tuple(shown),
        too_small=len(now) - len(shown),
        history=tuple(history),
        rules=tuple(rules[rule_id] for rule_id in _guards_words.HOVERING_RULES) if now else (),
    )


# ---------- sections
def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """Guards that stand out, and what quick weeks cost."""
    book, key = _book(finder), ("team", team.team_id)
    known = (book.trade_offs.get(key), book.net.get(key), book.short.get(key))
    people = tuple(_people(finder, team))
    if book.window is None or not (any(known) or key in book.red or people):
        return None
    short = book.short.get(key)
    return TeamPart(
        window=book.window,
        own=_questions(book.red.get(key, ())),
        people=people,
        trade_off=book.trade_offs.get(key),
        net=book.net.get(key),
        net_centre=book.net.get((CENTRE, CENTRE)),
        short=short if short and short.is_shown else None,
        cap=parts.rules(finder)["guard_cap"].value,
        href=_href(finder),
    )


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """What stands out for one person, as a question."""
    book = _book(finder)
    red, drift = book.red.get(("agent", agent.agent_id), ()), _drift(finder, agent.agent_id)
    if book.window is None or not (red or drift):
        return None
    return AgentPart(book.window, _questions(red), drift, parts.rules(finder)["guard_cap"].value, _href(finder))


# ---------- parts
def _watched(finder: Finder, fewest: int) -> Iterable[Watched]:
    """Guards in the catalogue's order."""
    for kpi in finder.site.kpis:
        found = _book(finder).by_guard.get(kpi.kpi_id, ())
        if not found:
            continue
        once = {(row.grain, row.entity_id): row for row in found}.values()
        people = [row for row in once if row.grain == "agent" and row.is_comparable]
        teams = [row for row in once if row.grain == "team" and row.is_comparable]
        yield Watched(
            column=parts.column(finder, kpi.kpi_id),
            protects=_protected(finder, found),
            people=len(people),
            people_out=sum(row.is_red for row in people) if len(people) >= fewest else None,
            teams=len(teams),
            teams_out=sum(row.is_red for row in teams),
        )


def _protected(finder: Finder, found: Iterable[Guard]) -> tuple[Column, ...]:
    ids = {row.kpi_id for row in found}
    return tuple(parts.column(finder, kpi.kpi_id) for kpi in finder.site.kpis if kpi.kpi_id in ids)


def _shown(finder: Finder, found: Mapping[tuple[str, str], T], fewest: int) -> Iterable[tuple[Link, T]]:
    """The centre, then teams large enough to be shown to everybody, in order of name."""
    sizes = {team.team_id: team.agents for team in finder.site.teams}
    keys = [key for key in found if key[0] == CENTRE or sizes.get(key[1], 0) >= fewest]
    pairs = [(finder.link(*key), key) for key in keys]
    pairs.sort(key=lambda pair: (pair[1][0] != CENTRE, pair[0].name_en, pair[1]))
    return ((link, found[key]) for link, key in pairs)


def _questions(red: Iterable[Guard]) -> tuple[Question, ...]:
    """One per guard, with everything it protects."""
    found = list(red)
    once = {row.guard_kpi_id: row for row in found}
    return tuple(
        Question(row, tuple(other.kpi_id for other in found if other.guard_kpi_id == guard))
        for guard, row in once.items()
    )


def _people(finder: Finder, team: Team) -> Iterable[tuple[Link, tuple[Question, ...], Drift | None]]:
    """Members for whom something stands out, in order of name."""
    book = _book(finder)
    for link, agent_id in parts.in_team(finder, team):
        red, drift = book.red.get(("agent", agent_id), ()), _drift(finder, agent_id)
        if red or drift:
            yield link, _questions(red), drift


def _drift(finder: Finder, agent_id: str) -> Drift | None:
    row: ReasonDrift | None = _book(finder).drifts.get(agent_id)
    if row is None or not row.is_red:
        return None
    more, less = (parts.named(finder, "reason", code) if code else None for code in (row.more_often, row.less_often))
    return Drift(row, more, less)


def _near(finder: Finder, of: Link, row: Hovering) -> Near | None:
    """The picture of one line; None where too few days lie near it."""
    bins = _book(finder).bins.get((row.grain, row.entity_id, row.kpi_id), ())
    if not bins or not _is_judged(row):
        return None
    kpi = finder.site.kpi(row.kpi_id)
    line = row.minimum or 0.0  # without a common minimum the picture counts from it
    within = [found for found in bins if found.is_within_reach]
    data: hovering.Data = {
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "bins": [_bin(found, line) for found in bins],
        "minimum": line,
        "minimum_text": figures("en").picture(kpi, row.minimum) if row.minimum is not None else "0",
        "window_low": line + within[0].bin_low if within else None,
        "window_high": line + within[-1].bin_high if within else None,
    }
    return Near(row.kpi_id, ChartRequest("hovering", data), row, bins, of)


def _bin(found: HoveringBin, line: float) -> hovering.Bin:
    """A step as a place on the axis."""
    return {
        "bin_low": line + found.bin_low,
        "bin_high": line + found.bin_high,
        "days": found.days,
        "expected": found.expected_days,
    }


# ---------- looking up
def _book(finder: Finder) -> Book:
    book: Book = finder.book("guards")
    return book


def _is_judged(row: Hovering) -> bool:
    return row.verdict != "too_few"


def _is_of(row: Hovering, kind: str, start: object) -> bool:
    return (row.window_kind, row.window_start) == (kind, start)


def _href(finder: Finder) -> str:
    return f"{finder.root}systemic/guards.html"


load = _guards_book.load
PAGES = {"guards": overview_of_guards, "hovering": near_the_line}
SUMMARIES = {"guards": _guards_words.summary, "hovering": _guards_words.hovering_summary}
CAPTIONS = {Near: _guards_captions.near_caption}
marks = _guards_captions.marks
words = _guards_words
speed = _guards_speed
near = _guards_near
