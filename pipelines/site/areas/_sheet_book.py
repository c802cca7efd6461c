"""The marts of coaching as the sheets of people need them, indexed by person; free texts cleaned as they are read.

Belongs here: reading them, the length at which a stranger's text is cut. Does not belong here: what a sheet shows
(`sheets`), words (`_sheet_words` and its neighbours), what is a priority or a strength (dbt_project,
models/marts/coaching).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import east_asian_width

from pipelines.marts import (
    AgentResponse,
    CoachingCause,
    CoachingEvidence,
    CoachingFocus,
    CoachingPlan,
    CoachingProgress,
    CoachingProgressWeek,
    ErrorType,
    GoalStatus,
    MentorMatch,
    ModelCase,
    Policy,
    SkillDimension,
    TrainingStage,
    rows,
)
from pipelines.site.escape import visible_text

NAME, LINE, TEXT = 64, 160, 400
"""Most characters of a name, of what stands in one line, and of somebody's own words."""
LENGTHS: Mapping[str, int] = {
    "quote": TEXT, "text": TEXT, "answer": TEXT, "agent_comment": TEXT, "note": TEXT, "changed_method": LINE,
    "steps": TEXT, "measure": LINE, "topic": LINE, "resources": LINE, "career_goal": LINE, "item": LINE,
    "detail": LINE, "coach": NAME, "owner": NAME, "reviewer": NAME, "programme": NAME, "contact_id": NAME,
    "complaint_id": NAME, "evaluation_id": NAME, "complaint_type": NAME, "reference": NAME, "text_en": TEXT,
    "text_zh": TEXT, "source_en": LINE, "source_zh": LINE, "label_en": NAME, "label_zh": NAME, "title_en": LINE,
    "title_zh": LINE, "missing_courses_en": TEXT, "missing_courses_zh": TEXT, "stage": NAME,
}  # fmt: skip
"""Columns of these marts that hold what people outside this project wrote."""

Goal = tuple[str, int]
"""Session and number of a goal within it."""
K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


@dataclass(frozen=True)
class Book:
    """Keys are people's ids, unless a goal's. Focus and causes are of the window pages speak of."""

    focus: Mapping[str, tuple[CoachingFocus, ...]]
    causes: Mapping[str, tuple[CoachingCause, ...]]
    evidence: Mapping[str, tuple[CoachingEvidence, ...]]
    """Recent moments only, in the mart's order."""
    plans: Mapping[str, tuple[CoachingPlan, ...]]
    """Newest session first."""
    steps: Mapping[Goal, tuple[GoalStatus, ...]]
    progress: Mapping[Goal, CoachingProgress]
    weeks: Mapping[Goal, tuple[CoachingProgressWeek, ...]]
    responses: Mapping[str, tuple[AgentResponse, ...]]
    """Newest first."""
    mentors: Mapping[str, tuple[MentorMatch, ...]]
    cases: tuple[ModelCase, ...]
    errors: Mapping[str, ErrorType]
    policies: Mapping[str, tuple[Policy, ...]]
    """By id, newest first."""
    skills: Mapping[str, SkillDimension]
    courses: Mapping[str, tuple[TrainingStage, ...]]
    """Stages of which something was not attended yet."""


def load(folder: Path) -> Book:
    """The marts of one build."""
    newest = sorted(_read(folder, CoachingPlan), key=lambda plan: plan.held_on, reverse=True)
    return Book(
        focus=_grouped((row.agent_id, row) for row in _read(folder, CoachingFocus, "is_current")),
        causes=_grouped((row.agent_id, row) for row in _read(folder, CoachingCause, "is_current")),
        evidence=_grouped((row.agent_id, row) for row in _read(folder, CoachingEvidence, "is_recent")),
        plans=_grouped((row.agent_id, row) for row in newest),
        steps=_grouped((goal(row), row) for row in _read(folder, GoalStatus)),
        progress={goal(row): row for row in _read(folder, CoachingProgress)},
        weeks=_grouped((goal(row), row) for row in _read(folder, CoachingProgressWeek)),
        responses=_grouped((row.agent_id, row) for row in reversed(_read(folder, AgentResponse))),
        mentors=_grouped((row.agent_id, row) for row in _read(folder, MentorMatch)),
        cases=tuple(_read(folder, ModelCase)),
        errors={row.error_type: row for row in _read(folder, ErrorType)},
        policies=_grouped((row.policy_id, row) for row in reversed(_read(folder, Policy))),
        skills={row.dimension: row for row in _read(folder, SkillDimension)},
        courses=_grouped(
            (row.entity_id, row)
            for row in _read(folder, TrainingStage, "grain = 'agent' and missing_courses_en is not null")
        ),
    )


def goal(row: CoachingPlan | CoachingProgress | CoachingProgressWeek | GoalStatus) -> Goal:
    """Which goal a row is about."""
    return row.coaching_id, row.goal_number


def shortened(text: str, limit: int) -> str:
    """A text as long as there is room, cut between words where it has any; still needs HTML escaping."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) > limit // 2 else cut).rstrip(" ,;:，；：、") + "…"


def on_paper(text: str, room: int) -> str:
    """A text as far as paper has room for it: most letters take one, wide ones and Chinese signs two."""
    taken = accumulate(2 if sign in "mw" or sign.isupper() or east_asian_width(sign) in "WF" else 1 for sign in text)
    return shortened(text, sum(place <= room for place in taken))


def _read(folder: Path, mart: type[R], where: str = "") -> list[R]:
    return [_cleaned(row) for row in rows(folder, mart, where)]  # type: ignore[type-var]


def _cleaned(row: R) -> R:
    """Control and direction marks dropped, endless texts cut, texts without anything to see made empty."""
    found: dict[str, Any] = {}
    for column in fields(row):  # type: ignore[arg-type]
        limit, text = LENGTHS.get(column.name), getattr(row, column.name)
        if limit and isinstance(text, str):
            found[column.name] = visible_text(" · ".join(text.strip().splitlines()), limit)
    return replace(row, **found)  # type: ignore[type-var]


def _grouped(pairs: Iterable[tuple[K, R]]) -> Mapping[K, tuple[R, ...]]:
    found: dict[K, list[R]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: tuple(held) for key, held in found.items()}
