"""Names and figures of QA fairness in one language: skills, forms, graders by number, differences with their sign.

Belongs here: a name or a figure. Does not belong here: sentences (`_quality_words`, `_quality_people_words`).
"""

from __future__ import annotations

from pipelines.marts import Calibration, SkillDimension
from pipelines.site.fragments import Voice


def skill(say: Voice, dimension: SkillDimension) -> str:
    """A skill's name."""
    return say.label(dimension.label_en, dimension.label_zh)


def form(say: Voice, name: str) -> str:
    """A form's name."""
    _ = say.words
    return name or _("form without a name")


def grader(say: Voice, number: str) -> str:
    """A grader by place in the order of names."""
    _ = say.words
    return _("Grader {number}", number=number)


def measure(say: Voice, dimension: SkillDimension | None, found: Calibration) -> str:
    """What graders were compared on."""
    _ = say.words
    if dimension:
        return skill(say, dimension)
    return {"score": _("Whole score"), "critical_error": _("Critical error: yes or no")}[found.measure]


def kind(say: Voice, code: str) -> str:
    """What monitored contacts were compared with."""
    _ = say.words
    return {"test_call": _("Test calls"), "third_party": _("Scores by a third party")}[code]


def decimal(say: Voice, x: float | None) -> str:
    """An agreement, with enough decimals to be told from a cut line."""
    return say.figures.number(x, 3)


def signed_range(say: Voice, low: float | None, high: float | None) -> str:
    """From one difference to another, both signed."""
    _ = say.words
    if low is None or high is None:
        return say.figures.count(None)
    return _("{low} to {high}", low=say.figures.signed(low), high=say.figures.signed(high))


def shares(say: Voice, ends: tuple[float | None, float | None]) -> str:
    """From the smallest share to the largest."""
    return say.figures.share_range(*ends)
