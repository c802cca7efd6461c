"""Pictures about QA fairness: the rows they are made of, and the requests that draw them.

Belongs here: turning mart rows into a chart's data. Does not belong here: how pictures look (`pipelines/charts`), the
words around them (`_quality_captions`). Being strict or lenient is neither good nor bad, so graders wear no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.charts import ChartRequest, agreement, bullets, dot_interval, skill_profile
from pipelines.figures import figures
from pipelines.marts import Agreement, AgreementPoint, Grader, QaItem, SkillDimension, SkillProfile
from pipelines.site.drawings import Drawing

DISPUTED = "graders_disagree"
"""Stands in place of a skill's verdict where graders agree too little on that skill."""
AGAINST: Mapping[str, skill_profile.Against] = {
    "strength": "above_centre",
    "like_centre": "too_close_to_call",
    "not_enough_evidence": "too_few",
    DISPUTED: "too_few",
    "to_develop": "below_centre",
}
"""Verdicts of a skill in the order in which they are shown: strengths first."""
MARKS = {
    "strength": "improvement",
    "like_centre": "common",
    "not_enough_evidence": "unknown",
    DISPUTED: "unknown",
    "to_develop": "concern",
}
MOST_ITEMS = 10
"""Bars in a picture of what is missed most; the table has the rest."""


@dataclass(frozen=True)
class Severity(Drawing):
    """Points that graders give beyond the average form, each with its likely range."""

    graders: tuple[Grader, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        shown = {"interval", "target"}
        shown |= {"unknown" if is_unknown(grader) else "common" for grader in self.graders if is_judged(grader)}
        return tuple(name for name in dot_interval.KEY if name in shown)


@dataclass(frozen=True)
class Agreed(Drawing):
    """Two ways of scoring one person: difference against mean."""

    found: Agreement
    points: tuple[AgreementPoint, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return agreement.KEY


@dataclass(frozen=True)
class Problems(Drawing):
    """What is missed most, with the whole centre's row beside a team's."""

    rows: tuple[tuple[SkillDimension, QaItem, QaItem | None], ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return ("bar",)

    @property
    def is_by_item(self) -> bool:
        """Whether the bars are items of the form and not skills."""
        return self.rows[0][1].level == "item"


@dataclass(frozen=True)
class Skills(Drawing):
    """The skills of a person or a team against the whole centre, strengths first."""

    rows: tuple[tuple[SkillDimension, SkillProfile], ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        shown = {"centre_tick"} | {MARKS[skill.verdict] for _, skill in self.rows}
        shown |= {"interval"} if any(skill.interval_low is not None for _, skill in self.rows) else set()
        return tuple(name for name in skill_profile.KEY if name in shown)


def is_judged(grader: Grader) -> bool:
    """Whether anything can be said about a grader's strictness."""
    return grader.verdict == "judged"


def is_unknown(grader: Grader) -> bool:
    """Whether a difference would hardly be seen again."""
    return grader.standing == "not_enough_evidence"


def in_picture(dimension: SkillDimension) -> str:
    """A skill's name as it stands in a picture that all languages share."""
    names = dict.fromkeys((dimension.label_en, dimension.label_zh))
    return " ".join(names)


def request_severity(graders: Sequence[Grader]) -> Severity | None:
    """Graders in order of name; None where nothing can be compared."""
    if sum(map(is_judged, graders)) < 2:
        return None
    write = figures("en")
    data: dot_interval.Data = {
        "unit": "points",
        "rows": [
            {
                "label": f"Grader {grader.grader} 评分人 {grader.grader}",
                "text": write.signed(grader.leniency_points) if is_judged(grader) else "",
                "value": grader.leniency_points if is_judged(grader) else None,
                "low": grader.leniency_low,
                "high": grader.leniency_high,
                "verdict": "too_few" if is_unknown(grader) else "no_target",
            }
            for grader in graders
        ],
        "target": 0.0,
        "target_text": "0",
    }
    return Severity("", ChartRequest("dot_interval", data), tuple(graders))


def request_agreed(found: Agreement, points: Sequence[AgreementPoint]) -> Agreed | None:
    """Two ways of scoring; None where there are too few pairs to say anything."""
    if found.verdict == "too_few" or not points:
        return None
    write = figures("en")
    data: agreement.Data = {
        "unit": "points",
        "pairs": [{"mean": point.mean_points, "difference": point.difference_points} for point in points],
        "bias": found.bias_points,
        "bias_low": found.bias_low,
        "bias_high": found.bias_high,
        "limit_low": found.limit_low,
        "limit_high": found.limit_high,
        "texts": {
            "bias": write.signed(found.bias_points),
            "limit_low": write.signed(found.limit_low),
            "limit_high": write.signed(found.limit_high),
        },
    }
    return Agreed("", ChartRequest("agreement", data), found, tuple(points))


def request_problems(rows: Sequence[tuple[SkillDimension, QaItem, QaItem | None]]) -> Problems | None:
    """What is missed most, in the mart's order; None where nothing was missed."""
    missed = [row for row in rows if row[1].misses]
    if not missed:
        return None
    write = figures("en")
    data: bullets.Data = {
        "unit": "contacts",
        "rows": [
            {
                "label": found.item if found.level == "item" else in_picture(dimension),
                "text": f"{write.count(found.misses)} · Σ {write.share(found.cumulative_share, 0)}",
                "value": found.misses,
                "low": None,
                "high": None,
                "target": None,
                "previous": None,
            }
            for dimension, found, _ in missed[:MOST_ITEMS]
        ],
    }
    return Problems("", ChartRequest("bullets", data), tuple(rows))


def request_skills(rows: Sequence[tuple[SkillDimension, SkillProfile]]) -> Skills | None:
    """The skills in the order given; None without any."""
    if not rows:
        return None
    write = figures("en")
    data: skill_profile.Data = {
        "unit": "points",
        "rows": [
            {
                "label": in_picture(dimension),
                "text": write.number(skill.fair_points, 0),
                "value": skill.fair_points,
                "low": skill.interval_low,
                "high": skill.interval_high,
                "centre": skill.centre_points,
                "against": AGAINST[skill.verdict],
            }
            for dimension, skill in rows
        ],
    }
    return Skills("", ChartRequest("skill_profile", data), tuple(rows))
