"""What a guide says for the talks themselves: what to open with, what was heard, what to practise, what to praise.

Belongs here: sentences and clauses of stages 2, 3, 8 and 9. Does not belong here: codes (`_guide_terms`), other stages
(`_guide_words`, `_guide_goals`), the whole cards (the one-to-one sheets), techniques (site_templates/advice).
"""

from __future__ import annotations

from pipelines.marts import ErrorType, GroupTopic, PersonalBest, Recognition
from pipelines.site import advice
from pipelines.site.advice import Advice
from pipelines.site.areas import _guide_terms as terms
from pipelines.site.areas import _sheet_cards, _sheet_words
from pipelines.site.areas._guide_contexts import Guide
from pipelines.site.areas._guide_parts import Heard, Opening, Praise, Scene
from pipelines.site.areas._sheet_cards import Card
from pipelines.site.areas._systemic_gap import size
from pipelines.site.escape import visible_text
from pipelines.site.fragments import Voice

SHORT = 90
"""Longest quote in a line; the sheet has the whole."""
SAME = {"plan_achieved": "goal_reached", "model_case": "helper"}
"""Badges that say nothing more than a point beside them."""


# ---------- 2 relationship
def opening(say: Voice, found: Opening) -> str:
    """What to open a talk with: the strength that is surest, and the names of the others."""
    _ = say.words
    if not found.strengths:
        return _("No figure is surely above its standard yet: open with something you saw yourself.")
    first, *others = found.strengths
    said = _sheet_words.strength(say, first)
    if not others:
        return said
    names = say.figures.listing([_sheet_words.subject(say, focus) for focus in others])
    return say.sentences([said, _("Also: {things}.", things=names)])


# ---------- 3 feedback
def quoted(say: Voice, found: Heard) -> str:
    """The first card of somebody in one line."""
    _, card = say.words, found.first
    if card is None:
        return ""
    return _(
        "{moment}, “{quote}” ({what})",
        moment=say.figures.moment(card.row.said_at),
        quote=visible_text(card.row.quote or "", SHORT),
        what=matter(say, card),
    )


def matter(say: Voice, card: Card) -> str:
    """What a card is about."""
    _, title = say.words, _sheet_cards.title(say, card)
    if card.row.sign == "strength":
        return _("done well")
    return _("{what}, from a justified complaint", what=title) if card.row.verdict == "justified" else title


def cards(say: Voice, found: Heard) -> str:
    """How many cards somebody's sheet has to offer; empty when there is no other than the one quoted."""
    _, improve, strengths = say.words, len(found.improve), len(found.strengths)
    if improve and strengths:
        return _(
            "Cards: {improve} to talk about, {strengths} to praise.",
            improve=say.figures.count(improve),
            strengths=say.figures.count(strengths),
        )
    cards = improve or strengths
    return _("Cards in all: {cards}.", cards=say.figures.count(cards)) if cards > 1 else ""


def refused(say: Voice, page: Guide) -> list[str]:
    """What other moments lack before they may be used, and who can add it."""
    _, count = say.words, say.figures.count
    cards = [card for found in page.heard for card in found.refused]
    if not cards or not page.status.takes_words:
        return []
    lacking = {what: sum(what in card.lacks for card in cards) for what in ("words", "time", "technique", "contact")}
    said = [
        _(
            "Moments that are no cards yet: {cards}. Without words: {words}, without a time: {time}, without a "
            "technique: {technique}, without their contact: {contact}.",
            cards=count(len(cards)),
            **{what: count(number) for what, number in lacking.items()},
        )
    ]
    if lacking["words"] or lacking["time"]:
        said.append(_("Words and time: whoever monitors contacts can add them beside the item of the form."))
    if lacking["technique"]:
        said.append(_("Technique: whoever keeps the library can write one."))
    if lacking["contact"]:
        said.append(_("Contact: whoever records complaints can note which contact each is about."))
    return said


# ---------- 8 practice
def topic(say: Voice, page: Guide, row: GroupTopic) -> str:
    """How many of the team miss something, beside the rest of the centre."""
    _, write, error = say.words, say.figures, page.error(row.error_type)
    values = {
        "what": terms.error(say, error) if error else row.error_type,
        "missing": write.count(row.people_missing),
        "people": write.count(row.people),
        "share": write.share(row.miss_share),
        "items": write.count(row.items),
    }
    if row.centre_miss_share is None:
        return _("{what}: missed by {missing} of {people} people; {share} of {items} items.", **values)
    return _(
        "{what}: missed by {missing} of {people} people; {share} of {items} items, elsewhere {others}.",
        **values,
        others=write.share(row.centre_miss_share),
    )


def kit(say: Voice, page: Guide) -> list[tuple[Scene, ErrorType, Advice]]:
    """Scenarios that can be played: those whose kind of error has a technique."""
    library = advice.library(say.language)
    found = ((scene, page.error(scene.error_type)) for scene in page.scenes)
    return [
        (scene, error, library("techniques", scene.error_type))
        for scene, error in found
        if error and library.has("techniques", scene.error_type)
    ]


def quotes(say: Voice, scene: Scene) -> str:
    """Words that were heard in the team; empty without any."""
    _ = say.words
    return say.figures.listing([_("“{quote}”", quote=quote) for quote in scene.quotes])


# ---------- 9 recognition
def praise(say: Voice, found: Praise) -> list[str]:
    """What to praise somebody for, clause by clause."""
    _, library = say.words, advice.library(say.language)
    named = [row for row in found.points if row.source != "plan_achieved" or row.kpi_id in say.kpis]
    unnamed = [row for row in found.points if row not in named]
    said = [_point(say, row) for row in named]
    if unnamed:
        is_one_more = any(row.source == "plan_achieved" for row in named)
        said.append(_("another goal reached") if is_one_more else _("a goal reached"))
    said += [_best(say, row) for row in found.bests if row.kpi_id in say.kpis]
    told = {SAME[row.source] for row in found.points if row.source in SAME} | {"personal_best"}
    earned = [row.badge for row in found.badges if library.has("badges", row.badge) and row.badge not in told]
    if earned:
        titles = [library("badges", badge).title for badge in dict.fromkeys(earned)]
        said.append(_("badge: {names}", names=say.figures.listing(titles)))
    return list(dict.fromkeys(said))


def _point(say: Voice, row: Recognition) -> str:
    """What points were given for."""
    _, kpi = say.words, say.kpis.get(row.kpi_id or "")
    if row.source == "improvement" and kpi and row.amount is not None:
        return _("{kpi} better by {size}, chance taken out", kpi=say.kpi(kpi.kpi_id), size=size(say, kpi, row.amount))
    if row.source == "plan_achieved" and kpi:
        return _("goal on {kpi} reached", kpi=say.kpi(kpi.kpi_id))
    return {
        "improvement": _("an improvement beyond chance"),
        "model_case": _("a case others learn from"),
    }[row.source]


def _best(say: Voice, row: PersonalBest) -> str:
    """A month better than any of one's own before."""
    _ = say.words
    return _(
        "own record in {month}: {kpi} {value}",
        month=say.figures.period("month", row.month_start),
        kpi=say.kpi(row.kpi_id),
        value=say.plain(row.kpi_id, row.value),
    )
