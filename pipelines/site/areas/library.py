"""The coach's library: techniques by error, questions by figure, plans by tier, the nine stages, model cases.

Belongs here: what the two pages hold. Does not belong here: the advice itself (site_templates/advice), which of it fits
whom (`sheets`, `guides`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from pipelines.marts import ErrorType, ModelCase, Policy, SkillDimension, rows
from pipelines.site.advice import STAGES
from pipelines.site.escape import visible_text
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link
from pipelines.site.status import Status

ORDER = 78
QUOTE_LENGTH, TEXT_LENGTH = 240, 600
T = TypeVar("T", ErrorType, SkillDimension)
__all__ = ["STAGES"]


@dataclass(frozen=True)
class Book:
    """Error types, the policies in force, skills, and the cases people agreed to."""

    errors: tuple[ErrorType, ...]
    standards: Mapping[str, tuple[Policy, ...]]
    """In force now, by error type."""
    skills: Mapping[str, SkillDimension]
    cases: tuple[ModelCase, ...]


@dataclass(frozen=True)
class Shelf:
    """Techniques of one skill; None = those a figure shows, or nobody's."""

    skill: SkillDimension | None
    errors: tuple[tuple[ErrorType, tuple[Policy, ...]], ...]


@dataclass(frozen=True)
class LibraryPage:
    """coaching/library.html"""

    status: Status
    shelves: tuple[Shelf, ...]
    kpis: tuple[tuple[str, str], ...]
    """KPI and where its page is."""


@dataclass(frozen=True)
class Case:
    """One model case, with the person where they agreed to be named."""

    case: ModelCase
    who: Link | None


@dataclass(frozen=True)
class CasesPage:
    """coaching/cases.html"""

    status: Status
    shelves: tuple[tuple[SkillDimension | None, tuple[Case, ...]], ...]
    people: int
    library_href: str


def load(folder: Path) -> Book:
    """The marts of one build."""
    policies = sorted(rows(folder, Policy, "is_in_force and kind = 'standard'"), key=lambda policy: policy.error_type)
    return Book(
        errors=tuple(_labelled(error) for error in rows(folder, ErrorType)),
        standards={name: tuple(found) for name, found in groupby(policies, key=lambda policy: policy.error_type)},
        skills={skill.dimension: _labelled(skill) for skill in rows(folder, SkillDimension)},
        cases=tuple(_seen(case) for case in rows(folder, ModelCase)),
    )


def _labelled(named: T) -> T:
    """An error or a skill whose name is fit to be read, whoever wrote it."""
    return replace(named, label_en=visible_text(named.label_en), label_zh=visible_text(named.label_zh))


def _seen(case: ModelCase) -> ModelCase:
    """The same for the texts of a case; the skill it is about may be one that only this centre knows."""
    return replace(
        case,
        dimension=visible_text(case.dimension),
        title_en=visible_text(case.title_en, TEXT_LENGTH),
        title_zh=visible_text(case.title_zh, TEXT_LENGTH),
        situation_en=visible_text(case.situation_en, TEXT_LENGTH),
        situation_zh=visible_text(case.situation_zh, TEXT_LENGTH),
        what_helped_en=visible_text(case.what_helped_en, TEXT_LENGTH),
        what_helped_zh=visible_text(case.what_helped_zh, TEXT_LENGTH),
        quote=visible_text(case.quote, QUOTE_LENGTH) if case.quote else None,
    )


# ---------- pages
def library(finder: Finder) -> LibraryPage:
    """Everything a coach may want to look up."""
    book = _book(finder)
    shelves = []
    for dimension in (*book.skills, None):
        errors = [error for error in book.errors if error.dimension == dimension]
        if errors:
            found = tuple((error, book.standards.get(error.error_type, ())) for error in errors)
            shelves.append(Shelf(book.skills.get(dimension) if dimension else None, found))
    shown = [kpi.kpi_id for kpi in finder.site.kpis if "agent" in kpi.grains.split(", ")]
    return LibraryPage(
        status=finder.status(),
        shelves=tuple(shelves),
        kpis=tuple((kpi_id, finder.kpi_href(kpi_id)) for kpi_id in shown),
    )


def cases(finder: Finder) -> CasesPage:
    """The model cases, by skill; people only where they agreed to be named."""
    book = _book(finder)
    found = [Case(case, finder.link("agent", case.agent_id) if case.agent_id else None) for case in book.cases]
    dimensions = (*book.skills, *sorted({case.dimension for case in book.cases} - book.skills.keys()))
    shelves = (
        (book.skills.get(dimension), tuple(case for case in found if case.case.dimension == dimension))
        for dimension in dimensions
    )
    return CasesPage(
        status=finder.status(),
        shelves=tuple((skill, shelf) for skill, shelf in shelves if shelf),
        people=sum(case.who is not None for case in found),
        library_href=f"{finder.root}coaching/library.html",
    )


def _book(finder: Finder) -> Book:
    book: Book = finder.book("library")
    return book


# ---------- words
def skill(say: Voice, found: SkillDimension | None) -> str:
    """A skill's name, or what stands on the shelf without one."""
    _ = say.words
    if found is None:
        return _("What a figure shows")
    return say.label(found.label_en, found.label_zh)


def error(say: Voice, found: ErrorType) -> str:
    """What went wrong, by name."""
    return say.label(found.label_en, found.label_zh)


def standard(say: Voice, found: Policy) -> str:
    """A standard in the centre's own words."""
    return visible_text(say.label(found.text_en, found.text_zh), TEXT_LENGTH)


def source(say: Voice, found: Policy) -> str:
    """Where a standard stands and since when."""
    _ = say.words
    text = visible_text(say.label(found.source_en, found.source_zh), TEXT_LENGTH)
    if found.owner == "default":
        return _("{source}. An example that came with the product: replace it by your own wording.", source=text)
    return _("{source}, decided by {owner}, since {day}", source=text, owner=visible_text(found.owner),
             day=say.figures.day(found.valid_from))  # fmt: skip


def title(say: Voice, case: ModelCase) -> str:
    """A case's title."""
    return say.either(case.title_en, case.title_zh)


def situation(say: Voice, case: ModelCase) -> str:
    """What the customer needed."""
    return say.either(case.situation_en, case.situation_zh)


def what_helped(say: Voice, case: ModelCase) -> str:
    """What the agent did."""
    return say.either(case.what_helped_en, case.what_helped_zh)


def helps(say: Voice, tier: str) -> str:
    """Whom a case helps most."""
    _ = say.words
    return {
        "high": _("for people who want the next challenge"),
        "mid": _("for people who are building on what works"),
        "low": _("for people who need support here"),
    }[tier]


def place(say: Voice, case: ModelCase) -> str:
    """Where to listen to it."""
    _ = say.words
    if case.contact_id is None:
        return _("no recording named")
    contact = visible_text(case.contact_id, QUOTE_LENGTH)
    if case.offset_seconds is None:
        return _("contact {contact}", contact=contact)
    return _("contact {contact}, at {time}", contact=contact, time=say.figures.clock(case.offset_seconds))


def library_summary(say: Voice) -> str:
    """For search results."""
    _ = say.words
    return _("Techniques, questions to ask, plans and the nine stages of a coaching talk.")


def cases_summary(say: Voice) -> str:
    """For search results."""
    _ = say.words
    return _("Contacts worth learning from, by skill and by whom they help.")


PAGES = {"library": library, "cases": cases}
SUMMARIES = {"library": library_summary, "cases": cases_summary}
