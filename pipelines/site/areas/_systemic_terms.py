"""Codes about shortfalls in words, and how their probabilities and shares of people are written.

Belongs here: one word or clause per code. Does not belong here: sentences (`_systemic_words`, `_systemic_gap`).
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipelines.marts import Systemic
from pipelines.site.fragments import Voice
from pipelines.site.parts import Column

NEARLY_ALL, NEARLY_SURE = 0.995, 0.999


# ---------- codes
def verdict(say: Voice, code: str) -> str:
    """Where a shortfall lies."""
    _ = say.words
    return {
        "centre_wide": _("in the whole centre"),
        "teams_differ": _("in single teams"),
        "team": _("in this team"),
        "individuals": _("with single people"),
        "common_cause": _("ordinary variation"),
        "too_few": _("too few people to say"),
    }[code]


def mark(say: Voice, code: str) -> Markup:
    """A verdict with a shape of its own, so that it is not told by colour."""
    shape = {
        "centre_wide": "▣",
        "teams_differ": "◫",
        "team": "◫",
        "individuals": "◌",
        "common_cause": "·",
        "too_few": "○",
    }[code]
    return Markup('<span class="fw-lies"><span aria-hidden="true">{}</span> {}</span>').format(
        shape, verdict(say, code)
    )


def who(say: Voice, code: str | None) -> str:
    """Who can change what a shortfall of the whole centre comes from."""
    _ = say.words
    return {
        "knowledge_base": _("those who keep the knowledge base"),
        "tooling": _("those who look after the tools"),
        "process": _("those who set up the process"),
        "staffing": _("those who plan staffing and routing"),
        "training": _("those who plan the training"),
        None: "",
    }[code]


def why(say: Voice, code: str | None) -> str:
    """Why one looks there first."""
    _ = say.words
    return {
        "few_reasons": _("A few reasons for contact carry it, and they are not as large a part of the work."),
        "after_release": _(
            "There was a release or an outage for the whole centre in this period, and the centre was not short before."
        ),
        "otherwise": _("No few reasons carry it, and it did not begin with a release or an outage."),
        None: "",
    }[code]


def owner(say: Voice, row: Systemic) -> str:
    """What to look at first, as the centre's own list names it."""
    return say.label(row.owner_en or "", row.owner_zh or "")


# ---------- figures
def sure(say: Voice, p: float | None) -> str:
    """A probability; nothing is ever quite certain."""
    _, share = say.words, say.figures.share
    if p is not None and p > NEARLY_SURE:
        return _("above {limit}", limit=share(NEARLY_SURE, 1))
    if p is not None and p < 1 - NEARLY_SURE:
        return _("below {limit}", limit=share(1 - NEARLY_SURE, 1))
    return share(p, 1)


def people(say: Voice, x: float | None) -> str:
    """A share of people, noise taken out; an estimate, so never quite all or none."""
    _ = say.words
    if x is not None and x >= NEARLY_ALL:
        return _("nearly all")
    if x is not None and x <= 1 - NEARLY_ALL:
        return _("hardly any")
    return say.figures.share(x, 0)


def interval(say: Voice, kpi_id: str, low: float | None, high: float | None) -> str:
    """From low to high, in the KPI's unit."""
    return say.figures.interval(say.kpis[kpi_id], low, high)


def linked(say: Voice, columns: Sequence[Column]) -> str:
    """KPIs with their pages in one sentence."""
    return say.listing([Markup('<a href="{}">{}</a>').format(c.href, say.kpi(c.kpi_id)) for c in columns])
