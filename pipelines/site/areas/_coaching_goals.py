"""What the centre's page about coaching says of goals, of people's own part in them, and of disputes.

Belongs here: sentences over many goals. Does not belong here: who is reached (`_coaching_words`), counting
(`_coaching_counts`), codes of where a goal stands (`_guide_terms`).
"""

from __future__ import annotations

from pipelines.site.areas._coaching_contexts import Answers, Goals
from pipelines.site.fragments import Voice


def plans(say: Voice, goals: Goals) -> str:
    """What the open goals ask for."""
    _, count = say.words, say.figures.count
    slipping, overdue = goals.number("slipping"), goals.number("overdue")
    every = count(goals.number(*(code for code, _count in goals.open)))
    if not slipping and not overdue:
        return _("Open goals: {all}. None slips and none is past its day.", all=every)
    return _(
        "Open goals: {all}, of these slipping: {slipping}, past their day and not closed: {overdue}.",
        all=every,
        slipping=count(slipping),
        overdue=count(overdue),
    )


def due(say: Voice, code: str) -> str:
    """What the figures say of a goal past its day."""
    _ = say.words
    return {
        "reached": _("reached"),
        "not_reached": _("not reached"),
        "cannot_tell": _("cannot tell: too few contacts, or chance alone is wider than the way to the target"),
    }[code]


def anyway(say: Voice, code: str) -> str:
    """What came of a goal beside what was to be expected without coaching."""
    _ = say.words
    return {
        "beyond": _("better than was to be expected without coaching"),
        "as_predicted": _("about what was to be expected without coaching"),
        "below": _("less than was to be expected; ask what has made the work harder"),
        "cannot_tell": _("cannot tell"),
    }[code]


def own_view(say: Voice, goals: Goals) -> str:
    """How far people speak for themselves in their plans."""
    _, count = say.words, say.figures.count
    if not goals.agreed:
        return _("No goal was agreed in these weeks, so nothing can be said about people's own part in it.")
    if goals.with_own_view is None:
        return _(
            "Goals agreed in these weeks: {all}; confirmed by the person: {confirmed}. Nothing is known of their own "
            "views: this site takes in no words of people.",
            all=count(goals.agreed),
            confirmed=count(goals.confirmed),
        )
    return _(
        "Goals agreed in these weeks: {all}; with the person's own view: {own}; confirmed by the person: {confirmed}.",
        all=count(goals.agreed),
        own=count(goals.with_own_view),
        confirmed=count(goals.confirmed),
    )


def disputes(say: Voice, found: Answers | None) -> list[str]:
    """How disputes are answered."""
    _, count = say.words, say.figures.count
    if found is None:
        return [_("No answers of people were delivered, so it is not known whether anybody disputes a figure.")]
    said = []
    if found.longest_open is not None:
        said.append(
            _(
                "Disputes without an answer: {open}; the oldest has waited for {days} days.",
                open=count(found.open),
                days=count(found.longest_open),
            )
        )
    else:
        said.append(_("No dispute is waiting for an answer."))
    if found.longest_answered is not None:
        said.append(
            _(
                "Answered: {answered}, each within {days} days; in {changed} of them something was corrected.",
                answered=count(found.answered),
                days=count(found.longest_answered),
                changed=count(found.changed),
            )
        )
    return said
