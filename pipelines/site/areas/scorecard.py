"""Scorecards of the three audiences, linked with each other: executives, team leaders, agents.

Belongs here: which measures of the sources' three families (volume, quality, management) stand on a scorecard, beside
the score. Does not belong here: tiers (`tiers`), the measures themselves. A card shows what its audience may see: teams
for the centre, people for their team, nobody else for a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.marts import Agent, KpiValue, Period, Team, Tier, TierMix, rows
from pipelines.site import answers
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import CENTRE
from pipelines.site.parts import Column, Link
from pipelines.site.status import Status

ORDER = 5
ASPECTS = ("quality", "management", "volume")
"""Quality first: value per contact is what productivity means here."""


@dataclass(frozen=True)
class Book:
    """Scores of teams and of the centre, and of people, in the current window."""

    mixes: dict[tuple[str, str], TierMix]
    tiers: dict[str, Tier]


def load(folder: Path) -> Book:
    """The marts of one build."""
    return Book(
        {(mix.grain, mix.entity_id): mix for mix in rows(folder, TierMix, "is_current")},
        {tier.agent_id: tier for tier in rows(folder, Tier, "is_current")},
    )


@dataclass(frozen=True)
class Line:
    """One measure on a card."""

    kpi_id: str
    href: str
    now: KpiValue


@dataclass(frozen=True)
class Card:
    """The scorecard of one centre, team or person."""

    link: Link
    period: Period | None
    aspects: tuple[tuple[str, tuple[Line, ...]], ...]
    mix: TierMix | None
    tier: Tier | None
    above: Link | None
    """The scorecard of the layer above."""


@dataclass(frozen=True)
class TeamRow:
    """One team on the executives' card."""

    link: Link
    mix: TierMix | None
    cells: tuple[KpiValue | None, ...]


@dataclass(frozen=True)
class ScorecardPage:
    """scorecard/index.html"""

    status: Status
    card: Card
    columns: tuple[Column, ...]
    teams: tuple[TeamRow, ...]
    fewest: float
    """A smaller team has no average score on a page that everybody reads."""


def scorecard(finder: Finder) -> ScorecardPage:
    """The executives' card: the centre, and each team with the way to its own card."""
    book: Book = finder.book("scorecard")
    columns = finder.main("team")
    period = finder.site.headline(CENTRE, CENTRE)
    fewest: float = finder.book("tiers").rules["group_min_people"].value if book.mixes else 0.0
    large = {key: mix for key, mix in book.mixes.items() if mix.people >= fewest}
    teams = [
        TeamRow(
            finder.link("team", team.team_id),
            large.get(("team", team.team_id)),
            tuple(finder.site.value(kpi_id, "team", team.team_id, period) for kpi_id in columns),
        )
        for team in finder.site.teams
    ]
    teams.sort(key=lambda row: row.link.name_en)
    return ScorecardPage(
        finder.status(), _card(finder, CENTRE, CENTRE, None), finder.columns(columns), tuple(teams), fewest
    )


def on_overview(finder: Finder) -> Card | None:
    """The way from the overview to the executives' card."""
    card = _card(finder, CENTRE, CENTRE, None)
    return card if card.aspects else None


def on_team(finder: Finder, team: Team) -> Card | None:
    """A team leader's card."""
    card = _card(finder, "team", team.team_id, Link(CENTRE, "", "", f"{finder.root}scorecard/index.html"))
    return card if card.aspects else None


def on_agent(finder: Finder, agent: Agent) -> Card | None:
    """A person's score, with the way to the team's card."""
    above = finder.link("team", agent.team_id) if agent.team_id else None
    card = _card(finder, "agent", agent.agent_id, above)
    return card if card.aspects else None


def _card(finder: Finder, grain: str, entity_id: str, above: Link | None) -> Card:
    book: Book = finder.book("scorecard")
    period = finder.site.headline(grain, entity_id)
    aspects = ((aspect, tuple(_lines(finder, aspect, (grain, entity_id), period))) for aspect in ASPECTS)
    return Card(
        link=finder.link(grain, entity_id),
        period=period,
        aspects=tuple((aspect, lines) for aspect, lines in aspects if lines),
        mix=book.mixes.get((grain, entity_id)),
        tier=book.tiers.get(entity_id) if grain == "agent" else None,
        above=above,
    )


def _lines(finder: Finder, aspect: str, entity: tuple[str, str], period: Period | None) -> Iterator[Line]:
    for kpi in finder.site.kpis:
        now = finder.site.value(kpi.kpi_id, *entity, period) if kpi.aspect == aspect else None
        if now is not None:
            yield Line(kpi.kpi_id, finder.kpi_href(kpi.kpi_id), now)


# ---------- words
def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("The centre's scorecard, with the way to every team's.")


def aspect(say: Voice, code: str) -> str:
    """One of the three families of measures."""
    _ = say.words
    return {"quality": _("Quality"), "management": _("Presence and training"), "volume": _("Volume and time")}[code]


def answer(say: Voice, card: Card) -> list[str]:
    """The average score, and which measures reach their targets."""
    standing = answers.standing(say, (line.now for _aspect, lines in card.aspects for line in lines))
    return [sentence for sentence in (score(say, card), standing) if sentence]


def score(say: Voice, card: Card) -> str:
    """The score of a card's owner in one sentence; empty without one."""
    _, write = say.words, say.figures
    if card.tier is not None and card.tier.no_tier_reason is None:
        return _(
            "Score {score} of 100, likely between {low} and {high}; 60 is the minimum standard, 80 the target.",
            score=write.number(card.tier.score, 1),
            low=write.number(card.tier.score_low, 1),
            high=write.number(card.tier.score_high, 1),
        )
    if card.mix is not None:
        return _(
            "Average score of {people} people: {score} of 100, likely between {low} and {high}.",
            people=write.count(card.mix.people),
            score=write.number(card.mix.mean_score, 1),
            low=write.number(card.mix.mean_score_low, 1),
            high=write.number(card.mix.mean_score_high, 1),
        )
    return ""


PAGES = {"scorecard": scorecard}
SUMMARIES = {"scorecard": summary}
