"""What to ask, to practise and to write into a new plan: drawn from the advice library by what matters most.

Belongs here: choosing advice for one talk, none of it twice, and suggestions for empty rows. Does not belong here: the
advice itself (site_templates/advice), priorities and causes in words (`_sheet_words`, `_sheet_causes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.site.advice import Advice, Library, library
from pipelines.site.areas import _sheet_words as sheet
from pipelines.site.areas._sheet_book import on_paper, shortened
from pipelines.site.areas._sheet_contexts import Priority, SheetPage
from pipelines.site.fragments import Voice

QUESTIONS = 4
LONGEST_QUESTION, LONGEST_PRACTICE, LONGEST_STEP = 130, 170, 90
"""Most characters on paper."""
GOAL, HELP = 60, 50
"""Room in narrow columns: for what a goal could be about, for the title of a course or a case."""


# ---------- questions
def questions(say: Voice, page: SheetPage) -> list[str]:
    """Three or four open questions: into the first priority, its cause, the second, and towards a next step."""
    held = library(say.language)
    wished = [*_by_priority(held, page.priorities), *_by_person(held, page)]
    unique = list(dict.fromkeys(text for text in wished if len(text) <= LONGEST_QUESTION))
    return unique[:QUESTIONS]


def _by_priority(held: Library, priorities: tuple[Priority, ...]) -> Iterator[str]:
    for place, priority in enumerate(priorities):
        yield from _first(*_into(held, priority))
        if place == 0:
            yield from _first(_part(held, "causes", priority.row.cause or "unknown", "ask"))
    for priority in priorities:
        yield from _first(_part(held, "kpis", priority.row.kpi_id, "will"))


def _into(held: Library, priority: Priority) -> tuple[list[str], ...]:
    row = priority.row
    return _part(held, "techniques", row.error_type, "questions"), _part(held, "kpis", row.kpi_id, "reality")


def _by_person(held: Library, page: SheetPage) -> Iterator[str]:
    """Questions that fit the person, for a talk without priorities or with few words about them."""
    asked = _part(held, "tiers", _tier(page), "questions")
    placed = _part(held, "quadrants", page.quadrant, "questions")
    yield from asked[:2]
    yield from placed[:1]
    yield from asked[2:]
    yield from placed[1:]


def _tier(page: SheetPage) -> str:
    """The tier to ask by; nobody observed yet is asked like somebody of whom too little is known."""
    return page.tier.tier if page.tier else "not_enough_evidence"


def _first(*lists: list[str]) -> list[str]:
    """The first text of the first list that has any."""
    return next((found[:1] for found in lists if found), [])


def _part(held: Library, kind: str, name: str | None, part: str) -> list[str]:
    """A part of some advice as a list of texts; empty when nobody wrote it."""
    if not held.has(kind, name):
        return []
    found = held(kind, name or "")[part]
    return [str(text) for text in found] if isinstance(found, list) else [str(found)]


# ---------- practice
def technique(say: Voice, page: SheetPage) -> Advice | None:
    """The technique to practise: of the first priority that has one, else of the first card."""
    held = library(say.language)
    errors = [priority.row.error_type for priority in page.priorities] + [card.row.error_type for card in page.cards]
    return next((held("techniques", error or "") for error in errors if held.has("techniques", error)), None)


def practice(say: Voice, page: SheetPage) -> str:
    """A role-play where one is suggested, else how to practise alone, or a first small step without a technique."""
    _, found, held = say.words, technique(say, page), library(say.language)
    played = [priority.row.error_type for priority in page.priorities if priority.row.form == "simulation"]
    if found and found.name in played:
        line = shortened(str(found["scenario"]["customer"]), LONGEST_PRACTICE)
        return _("Role-play, one of you is the customer: “{line}”", line=line)
    if found:
        return shortened(str(found["practise"]), LONGEST_PRACTICE)
    step = _part(held, "tiers", _tier(page), "first_step")
    return shortened(step[0], LONGEST_PRACTICE) if step else ""


# ---------- suggestions for a new plan
@dataclass(frozen=True)
class Suggestion:
    """What could stand in an empty row; empty where nothing is known."""

    goal: str = ""
    step: str = ""
    due: str = ""
    measure: str = ""
    help: str = ""


def suggestions(say: Voice, page: SheetPage) -> tuple[Suggestion, Suggestion]:
    """The short-term and the long-term row: the first and the second priority, else a technique to practise."""
    _ = say.words
    due = _("look again within {days} days", days=say.figures.count(page.review_days))
    known = [_of_priority(say, priority) for priority in page.priorities]
    found = technique(say, page)
    practised = [Suggestion(found.title, shortened(found["steps"][0], LONGEST_STEP))] if found else []
    short = next(iter(known or practised), Suggestion())
    long = known[1] if len(known) > 1 else Suggestion()
    return replace(short, due=due, help=say.listing(resources(say, page))), long


def _of_priority(say: Voice, priority: Priority) -> Suggestion:
    row = priority.row
    steps = _part(library(say.language), "techniques", row.error_type, "steps")
    return Suggestion(
        goal=on_paper(sheet.title(say, row), GOAL),
        step=shortened(steps[0], LONGEST_STEP) if steps else "",
        measure=measure(say, priority),
    )


def measure(say: Voice, priority: Priority) -> str:
    """How success would be seen: the expectation that is in force."""
    _, row = say.words, priority.row
    if row.subject == "item":
        return _("at most {share} missed", share=say.figures.share(row.target, 0))
    return say.expectation(row.kpi_id, row.target)


def resources(say: Voice, page: SheetPage) -> list[str]:
    """What may help: a course not taken yet, a case to listen to."""
    _, found = say.words, list[str]()
    if page.help.course:
        found.append(_("course “{course}”", course=on_paper(page.help.course, HELP)))
    if page.help.case:
        case = say.either(page.help.case.title_en, page.help.case.title_zh)
        found.append(_("case “{case}”", case=on_paper(case, HELP)))
    return found


def mentor(say: Voice, page: SheetPage) -> str:
    """A colleague who agreed to be asked; empty when nobody fits."""
    _, found = say.words, page.help
    if found.mentor is None:
        return ""
    name = sheet.name(say, found.mentor)
    if found.is_same_team:
        return _("{name} (same team) agreed to be asked.", name=name)
    return _("{name} (another team) agreed to be asked.", name=name)
