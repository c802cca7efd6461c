"""Codes of the coaching marts in words, as the guide of a team leader says them.

Belongs here: one word or clause per code. Does not belong here: sentences (`_guide_words`, `_guide_goals`,
`_guide_talk`). Nobody is called low: whoever the figures see there needs support.
"""

from __future__ import annotations

from markupsafe import Markup

from pipelines.marts import ErrorType
from pipelines.site.areas import _sheet_goals, _sheet_words
from pipelines.site.escape import visible_text
from pipelines.site.fragments import Voice

STATES = (
    "slipping",
    "at_risk",
    "overdue",
    "not_reached",
    "cannot_tell",
    "not_started",
    "no_figure",
    "on_track",
    "reached",
    "achieved",
)
"""Of goals that are still looked at, most urgent first."""
SHAPES = {**_sheet_goals.SHAPES, "achieved": "◆", "overdue": "◇", "no_figure": "–"}
"""A shape of its own for every state, so that none is told by colour."""


def form(say: Voice, code: str) -> str:
    """In which form to talk."""
    _ = say.words
    return {
        "one_to_one": _("one-to-one"),
        "group": _("group session"),
        "simulation": _("role-play"),
    }[code]


def why_form(say: Voice, code: str | None) -> str:
    """Why this form is suggested; empty without a reason."""
    _ = say.words
    return {
        "own_matter": _("it is this person's own matter"),
        "personal_matter": _("it may be personal, so between two people"),
        "team_shares_it": _("many in the team share it"),
        "practise_it": _("it is learnt by doing"),
        None: "",
    }[code]


def cause(say: Voice, code: str | None) -> str:
    """What a shortfall may come from; never more than a question to begin with."""
    _ = say.words
    return {
        "skill": _("perhaps skill"),
        "workload": _("perhaps workload"),
        "personal": _("perhaps something personal"),
        "job_fit": _("perhaps the kind of work"),
        "unknown": _("cause open, so ask"),
        None: "",
    }[code]


def state(say: Voice, code: str) -> str:
    """Where a goal stands."""
    _ = say.words
    if code == "achieved":
        return _sheet_goals.status(say, code)
    own = {"overdue": _("past its day and still open"), "no_figure": _("followed by no figure")}
    return own.get(code) or _sheet_goals.state(say, code)


def mark(say: Voice, code: str) -> Markup:
    """A state with a shape of its own."""
    return Markup('<span class="fw-state"><span aria-hidden="true">{}</span> {}</span>').format(
        SHAPES[code], state(say, code)
    )


def lack(say: Voice, code: str) -> str:
    """What a goal was agreed without."""
    _ = say.words
    return {
        "measure": _("a measure"),
        "steps": _("steps"),
        "owner": _("who does it"),
        "due": _("a day"),
    }[code]


def group(say: Voice, kind: str, name: str) -> str:
    """A group of people by tier or by length of service."""
    _ = say.words
    if kind == "tier":
        return _sheet_words.tier(say, name)
    return {
        "0-30": _("up to 30 days here"),
        "31-90": _("31 to 90 days here"),
        "91-180": _("91 to 180 days here"),
        "180+": _("more than 180 days here"),
        "unknown": _("length of service not known"),
    }[name]


def verdict(say: Voice, code: str) -> str:
    """What follows from how many of a team miss something."""
    _ = say.words
    return {
        "team": _("Practise together: more often here than elsewhere, and by many."),
        "everywhere": _("As frequent everywhere: process, knowledge base or a course first."),
        "few": _("Single people: a matter for one-to-one talks."),
        "too_few": _("Too few items to say."),
    }[code]


def error(say: Voice, found: ErrorType) -> str:
    """A kind of error."""
    return say.label(found.label_en, found.label_zh)


def name(text: str) -> str:
    """A name from the data as a person can see it."""
    return visible_text(text)
