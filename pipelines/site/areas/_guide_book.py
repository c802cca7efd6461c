"""The marts behind the coaching guides, indexed by person, team and role, free texts made fit to be shown.

Belongs here: reading them; of windows only the one that pages speak of. Does not belong here: what a guide shows
(`_guide_stages`), words (`_guide_words`), whom to see first and why (dbt_project, models/marts/coaching).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pipelines.marts import (
    Badge,
    CoachingCoverage,
    CoachingCoverageMix,
    CoachingEvidence,
    CoachingFocus,
    CoachingPlan,
    CoachingProgress,
    CoachingSchedule,
    ErrorType,
    Expectation,
    GroupTopic,
    PersonalBest,
    Recognition,
    RecognitionChoice,
    RolePlay,
    rows,
)
from pipelines.site.escape import visible_text

T = TypeVar("T")
QUOTE, NOTE = 240, 160
"""Longest quote and longest note shown, in characters."""


@dataclass(frozen=True)
class Book:
    """Rows by team, by agent or by role; each in the order of its mart."""

    schedule: Mapping[str, tuple[CoachingSchedule, ...]]
    focus: Mapping[str, tuple[CoachingFocus, ...]]
    cards: Mapping[str, tuple[CoachingEvidence, ...]]
    """Recent ones."""
    plans: Mapping[str, tuple[CoachingPlan, ...]]
    """Open goals, and those of everybody's newest talk."""
    progress: Mapping[tuple[str, int], CoachingProgress]
    """By talk and number of the goal."""
    topics: Mapping[str, tuple[GroupTopic, ...]]
    scenes: Mapping[str, tuple[RolePlay, ...]]
    coverage: Mapping[str, CoachingCoverage]
    """Of the last weeks, by team; the centre under its own name."""
    mix: Mapping[str, tuple[CoachingCoverageMix, ...]]
    expectations: Mapping[str, tuple[Expectation, ...]]
    """In force, by role."""
    recognition: Mapping[str, tuple[Recognition, ...]]
    badges: Mapping[str, tuple[Badge, ...]]
    bests: Mapping[str, tuple[PersonalBest, ...]]
    """Of the newest month."""
    public: frozenset[str]
    """People whose name may be told to colleagues."""
    errors: Mapping[str, ErrorType]


def load(folder: Path) -> Book:
    """The marts of one build."""
    recent = "window_kind = 'recent' and grain in ('team', 'centre')"
    plans = rows(folder, CoachingPlan, "is_open or is_latest_session")
    return Book(
        schedule=_grouped((row.team_id, row) for row in rows(folder, CoachingSchedule)),
        focus=_grouped((row.agent_id, _focus(row)) for row in rows(folder, CoachingFocus, "is_current")),
        cards=_grouped((row.agent_id, _card(row)) for row in rows(folder, CoachingEvidence, "is_recent")),
        plans=_grouped((row.agent_id, _plan(row)) for row in plans),
        progress={(row.coaching_id, row.goal_number): row for row in rows(folder, CoachingProgress)},
        topics=_grouped((row.team_id, row) for row in rows(folder, GroupTopic, "is_current")),
        scenes=_grouped((row.team_id, _scene(row)) for row in rows(folder, RolePlay, "is_current")),
        coverage={row.entity_id: row for row in rows(folder, CoachingCoverage, recent)},
        mix=_grouped((row.entity_id, row) for row in rows(folder, CoachingCoverageMix, recent)),
        expectations=_grouped((row.role, _expectation(row)) for row in rows(folder, Expectation, "is_in_force")),
        recognition=_grouped((row.agent_id, row) for row in rows(folder, Recognition, "is_current")),
        badges=_grouped((row.agent_id, row) for row in rows(folder, Badge, "is_current")),
        bests=_grouped((row.agent_id, row) for row in rows(folder, PersonalBest, "is_newest_month")),
        public=frozenset(row.agent_id for row in rows(folder, RecognitionChoice, "shows_name")),
        errors={row.error_type: row for row in rows(folder, ErrorType)},
    )


# ---------- free texts: nothing that nobody can see, nothing endless
def _focus(row: CoachingFocus) -> CoachingFocus:
    return replace(row, item=_text(row.item, NOTE))


def _card(row: CoachingEvidence) -> CoachingEvidence:
    return replace(row, item=_text(row.item, NOTE), quote=_text(row.quote, QUOTE))


def _scene(row: RolePlay) -> RolePlay:
    return replace(row, quote=_text(row.quote, QUOTE))


def _expectation(row: Expectation) -> Expectation:
    return replace(row, owner=_text(row.owner, NOTE) or row.owner)


def _plan(row: CoachingPlan) -> CoachingPlan:
    return replace(
        row,
        topic=_text(row.topic, NOTE),
        measure=_text(row.measure, NOTE),
        steps=_text(row.steps, NOTE),
        owner=_text(row.owner, NOTE),
        resources=_text(row.resources, NOTE),
        career_goal=_text(row.career_goal, NOTE),
    )


def _text(value: str | None, length: int) -> str | None:
    """As a person can see it; None for nothing."""
    return (visible_text(value, length) or None) if value else None


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: tuple(of_key) for key, of_key in found.items()}
