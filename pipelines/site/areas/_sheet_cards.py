"""A moment of a contact as a four-step card: the fact, what it meant, the standard, what to do next time.

Belongs here: choosing and putting cards into words, on sheets and guides alike. Does not belong here: how a complaint
is traced to a contact (fct_coaching_evidence), techniques (site_templates/advice), the look (partials/evidence_card).
A card that lacks words, time or technique is never drawn; `missing` says what it lacks and who could add it. Impact is
computed from rows; a standard or consequence is only ever quoted from the policy file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.marts import CoachingEvidence, ErrorType, Policy
from pipelines.settings import LANGUAGES
from pipelines.site.advice import library
from pipelines.site.areas._sheet_book import Book, on_paper, shortened
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link

QUOTE, QUOTE_ROOM = 140, 160
"""Most characters of a quote on paper, and most room for them."""
ABOUT, CONTACT, WORDING, SOURCE = 60, 40, 230, 56
"""Room on paper for what a moment is about, its contact, a wording of the policy file and where that stands."""
ON_PAPER = 2


@dataclass(frozen=True)
class Card:
    """One moment with what it is about."""

    row: CoachingEvidence
    error: ErrorType | None
    reason: Link | None
    standard: Policy | None
    consequence: Policy | None
    lacks: tuple[str, ...]
    """contact, words, setting, time, technique: what keeps it from being drawn."""

    @property
    def is_drawn(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacks


# ---------- choosing
def cards_of(finder: Finder, agent_id: str, sign: str = "improve") -> tuple[Card, ...]:
    """A person's recent moments, in the mart's order."""
    book: Book = finder.book("sheets")
    return tuple(_card(finder, book, row) for row in book.evidence.get(agent_id, ()) if row.sign == sign)


def chosen(finder: Finder, agent_id: str, errors: Sequence[str | None]) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """What to improve, as cards that can be drawn and cards that cannot: upheld complaints first, then critical errors,
    then what has to do with the errors given. No kind of error comes twice before another came once."""
    mattering = {error for error in errors if error}
    found = sorted(
        cards_of(finder, agent_id),
        key=lambda card: (*_urgency(card), card.row.error_type not in mattering, card.row.position),
    )
    kinds = [card.row.error_type for card in found]
    repeats = [kinds[:place].count(kind) for place, kind in enumerate(kinds)]
    pairs = sorted(zip(found, repeats, strict=True), key=lambda pair: (*_urgency(pair[0]), pair[1]))
    drawn = tuple(card for card, _ in pairs if card.is_drawn)
    return drawn, tuple(card for card, _ in pairs if not card.is_drawn)


def _urgency(card: Card) -> tuple[bool, bool]:
    return card.row.verdict != "justified", not card.row.is_critical


def _card(finder: Finder, book: Book, row: CoachingEvidence) -> Card:
    return Card(
        row=row,
        error=book.errors.get(row.error_type or ""),
        reason=_reason(finder, row.reason),
        standard=_policy(book, row, row.standard_policy_id),
        consequence=_policy(book, row, row.consequence_policy_id),
        lacks=_lacks(row, takes_words=finder.site.takes_words),
    )


def _lacks(row: CoachingEvidence, *, takes_words: bool) -> tuple[str, ...]:
    """What is missing; without the contact itself its words and second cannot be there."""
    if row.contact_id is None:
        return ("contact",)
    lacking = {
        "words" if takes_words else "setting": row.lacks_quote or not row.quote,
        "time": row.lacks_time or row.said_at is None,
        "technique": row.sign == "improve" and not library(LANGUAGES[0]).has("techniques", row.error_type),
    }
    return tuple(what for what, is_lacking in lacking.items() if is_lacking)


def _reason(finder: Finder, reason: str | None) -> Link | None:
    return finder.link("reason", reason) if reason and ("reason", reason) in finder.site.entities else None


def _policy(book: Book, row: CoachingEvidence, policy_id: str | None) -> Policy | None:
    """The wording that was in force at the moment."""
    wordings = book.policies.get(policy_id or "", ())
    moment = row.said_at or row.call_started_at
    held = [policy for policy in wordings if moment is None or policy.valid_from <= moment.date()]
    return next(iter(held), None)


# ---------- the steps in words
def title(say: Voice, card: Card) -> str:
    """What the moment is about, in a few words."""
    error = card.error
    if error is None:
        return on_paper(card.row.item or "", ABOUT)
    return on_paper(say.label(error.label_en, error.label_zh), ABOUT)


def source(say: Voice, card: Card) -> str:
    """How the moment came to be known; for complaints, what the match with the contact rests on."""
    _ = say.words
    if card.row.source != "complaint":
        return _("from a monitored contact")
    return {
        "contact": _("the complaint names this contact"),
        "customer": _("traced through the customer"),
        "agent": _("matched by agent only: check it first"),
        "none": _("no contact could be found for this complaint"),
        None: _("no contact could be found for this complaint"),
    }[card.row.match_quality]


def contact(card: Card, *, is_short: bool) -> str:
    """The contact's number; empty where it is not known."""
    number = card.row.contact_id or ""
    return on_paper(number, CONTACT) if is_short else number


def where(say: Voice, card: Card, *, is_short: bool) -> str:
    """Contact, reason, and the place in the recording; the reason only where there is room."""
    _, number, offset = say.words, contact(card, is_short=is_short), card.row.offset_seconds
    if not number:
        return ""
    said = _("contact {contact}", contact=number)
    if offset is not None:
        said = _("contact {contact} at {clock}", contact=number, clock=say.figures.clock(offset))
    return f"{said} · {say.name(card.reason)}" if card.reason and not is_short else said


def quote(card: Card, *, is_short: bool) -> str:
    """The words as they were said, cut where there is little room."""
    words = card.row.quote or ""
    return shortened(on_paper(words, QUOTE_ROOM), QUOTE) if is_short else words


def impact(say: Voice, card: Card) -> list[str]:
    """What followed, from the rows alone."""
    _, row, said = say.words, card.row, list[str]()
    if row.verdict == "justified":
        said.append(_complaint(say, card))
    elif row.verdict == "open":
        said.append(_("A complaint about it is still being looked into; nothing is decided."))
    if row.came_back:
        said.append(_("The customer had to come back about it."))
    if row.survey_score is not None:
        score, most = say.figures.decided(row.survey_score), say.figures.count(row.survey_max)
        said.append(_("The customer rated it {score} of {most}.", score=score, most=most))
    if row.is_critical:
        said.append(_("The form counts it as a critical error."))
    if not said and row.points is not None:
        said.append(
            _(
                "It brought {points} of {most} points on the form; nothing else is known to have followed.",
                points=say.figures.decided(row.points),
                most=say.figures.count(row.max_points),
            )
        )
    return said or [_("What it meant for the customer is not known; think about it together.")]


def _complaint(say: Voice, card: Card) -> str:
    _, own, centre = say.words, card.row.agent_complaints_in_month, card.row.centre_complaints_in_month
    if own == 1 and centre == 1:
        return _("It led to a justified complaint: your only one that month and the centre's only one.")
    if own == 1 and centre:
        return _(
            "It led to a justified complaint, your only one that month (centre: {centre}).",
            centre=say.figures.count(centre),
        )
    if own and centre:
        return _(
            "It led to a justified complaint, one of your {own} that month (centre: {centre}).",
            own=say.figures.count(own),
            centre=say.figures.count(centre),
        )
    return _("It led to a justified complaint.")


def standards(say: Voice, card: Card, *, is_short: bool) -> list[tuple[str, str, str]]:
    """Kind, wording and source of what the policy file says; where there is little room only the first of them."""
    held = [policy for policy in (card.standard, card.consequence) if policy]
    found = [
        (policy.kind, say.label(policy.text_en, policy.text_zh), say.label(policy.source_en, policy.source_zh))
        for policy in held
    ]
    if not is_short:
        return found
    return [(kind, on_paper(wording, WORDING), on_paper(source, SOURCE)) for kind, wording, source in found[:1]]


def next_time(say: Voice, card: Card) -> str:
    """The technique in one sentence."""
    return library(say.language)("techniques", card.row.error_type or "").line


# ---------- refused
def missing(say: Voice, card: Card) -> str:
    """Why a moment is not drawn as a card: what is missing, and who could add it."""
    _ = say.words
    added = {
        "contact": _("the contact it is about (whoever registers complaints can add it)"),
        "words": _("the words that were said (QA can write them down)"),
        "setting": _("the words that were said (this site takes in none; its setting free_text says so)"),
        "time": _("the time to the second (QA can add it)"),
        "technique": _("a technique for it (whoever keeps the library can write one)"),
    }
    listed = say.listing([added[what] for what in card.lacks])
    day = card.row.said_at or card.row.call_started_at or card.row.received_at or card.row.scored_at
    return _(
        "{about}, {day}: no card yet. Missing: {what}.",
        about=title(say, card) or _("A moment without a name"),
        day=say.day(day.date() if day else None),
        what=listed,
    )
