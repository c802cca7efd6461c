"""The marts that only the coaching guides read, indexed by team, person and role; free texts made fit to be shown.

Belongs here: reading them; of windows only the one that pages speak of. Does not belong here: focus, goals and moments
of people, which the sheets read too (`_sheet_book`), what a guide shows (`_guide_stages`), words (`_guide_words`), whom
to see first and why (dbt_project, models/marts/coaching).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipelines.marts import (
    Badge,
    CoachingCoverage,
    CoachingCoverageMix,
    CoachingSchedule,
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
QUOTE = 240
"""Longest quote shown, in characters."""


@dataclass(frozen=True)
class Book:
    """Rows by team, by agent or by role; each in the order of its mart."""

    schedule: Mapping[str, tuple[CoachingSchedule, ...]]
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

    def since(self, team_id: str) -> date | None:
        """First of the last weeks, which coverage looks back on."""
        found = self.coverage.get(team_id)
        return found.window_start if found else None


def load(folder: Path) -> Book:
    """The marts of one build."""
    recent = "window_kind = 'recent' and grain in ('team', 'centre')"
    return Book(
        schedule=_grouped((row.team_id, row) for row in rows(folder, CoachingSchedule)),
        topics=_grouped((row.team_id, row) for row in rows(folder, GroupTopic, "is_current")),
        scenes=_grouped((row.team_id, _scene(row)) for row in rows(folder, RolePlay, "is_current")),
        coverage={row.entity_id: row for row in rows(folder, CoachingCoverage, recent)},
        mix=_grouped((row.entity_id, row) for row in rows(folder, CoachingCoverageMix, recent)),
        expectations=_grouped((row.role, _expectation(row)) for row in rows(folder, Expectation, "is_in_force")),
        recognition=_grouped((row.agent_id, row) for row in rows(folder, Recognition, "is_current")),
        badges=_grouped((row.agent_id, row) for row in rows(folder, Badge, "is_current")),
        bests=_grouped((row.agent_id, row) for row in rows(folder, PersonalBest, "is_newest_month")),
        public=frozenset(row.agent_id for row in rows(folder, RecognitionChoice, "shows_name")),
    )


# ---------- free texts: nothing that nobody can see, nothing endless
def _scene(row: RolePlay) -> RolePlay:
    return replace(row, quote=visible_text(row.quote or "", QUOTE) or None)


def _expectation(row: Expectation) -> Expectation:
    return replace(row, owner=visible_text(row.owner))


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: tuple(of_key) for key, of_key in found.items()}
