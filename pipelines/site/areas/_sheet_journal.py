"""The journal's own words: each skill as a sentence somebody can say of their own week.

Belongs here: skills in plain words. Does not belong here: names of skills (dim_skill_dimension), figures of any kind.
"""

from __future__ import annotations

from pipelines.marts import SkillDimension
from pipelines.site.fragments import Voice


def skill(say: Voice, found: SkillDimension) -> str:
    """A skill in plain words; one that this page does not know by its name."""
    _ = say.words
    known = {
        "interpersonal": _("I greet warmly and answer to how the customer feels."),
        "language": _("I speak clearly and in plain words."),
        "knowledge": _("What I say is right, and I know where to look things up."),
        "service_skill": _("I ask until I know what the customer needs, and offer what fits."),
        "adaptability": _("When something unexpected happens I find a way."),
        "call_control": _("I lead the conversation and explain every wait."),
        "responsibility": _("I see a matter through to its end."),
    }.get(found.dimension)
    return known or say.label(found.label_en, found.label_zh)
