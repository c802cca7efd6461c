"""What changed, in whole sentences: the answer of the page, and one sentence for the overview.

Belongs here: sentences about an edition as a whole. Does not belong here: one change in a line (`_changes_lines`).
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipelines.site.answers import SENTENCES
from pipelines.site.areas import _changes_lines
from pipelines.site.areas._changes_parts import Corrected, EditionPart, Told
from pipelines.site.fragments import Voice

NAMED = 3


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("What this site says that the one before did not: signals, tiers, rules, data, corrected figures.")


def compared(say: Voice, part: EditionPart | None) -> str:
    """What is compared with what."""
    _ = say.words
    if part is None:
        return ""
    if part.edition.is_first or part.edition.previous_as_of is None:
        return _("Data to {day}", day=say.day(part.edition.as_of))
    return _(
        "Data to {day}, compared with the site before (data to {before})",
        day=say.day(part.edition.as_of),
        before=say.day(part.edition.previous_as_of),
    )


def answer(say: Voice, part: EditionPart | None) -> list[str]:
    """Up to three sentences: what changed, is it real, who is needed."""
    _ = say.words
    if part is None:
        return [_("No dated rows were delivered yet, so there is nothing to compare.")]
    if part.edition.is_first:
        return [_("This is the first site made from these data. From the next one on, this page says what changed.")]
    said = []
    if part.good:
        said.append(_("Better than before, and more than chance: {what}.", what=_named(say, part.good)))
    if part.concerns:
        concerns = _named(say, part.concerns)
        said.append(_("Worse than before, and more than chance: {what}. Ask there what changed.", what=concerns))
    if not said:
        said.append(_("No new signal: what moved since the site before is ordinary variation and needs no reaction."))
    return [*said, *_flipped(say, part), *_system(say, part), *_corrected(say, part)][:SENTENCES]


def sentence(say: Voice, part: EditionPart) -> str:
    """The overview's one sentence: how much of each kind changed."""
    _ = say.words
    count = say.figures.count
    kinds = [
        (_("new signals: {count}", count=count(len(part.signals))), len(part.signals)),
        (_("signals that ended: {count}", count=count(len(part.ended))), len(part.ended)),
        (_("rules changed: {count}", count=count(len(part.rules))), len(part.rules)),
        (_("figures corrected: {count}", count=count(len(part.corrections))), len(part.corrections)),
    ]
    told, day = [text for text, found in kinds if found], say.day(part.edition.previous_as_of)
    if not told:
        return _("Since the site before (data to {day}): no new signal, no rule changed, no figure corrected.", day=day)
    return _("Since the site before (data to {day}): {what}.", day=day, what=say.listing(told))


def _system(say: Voice, part: EditionPart) -> list[str]:
    _ = say.words
    if not part.opened:
        return []
    kpis = [_linked(told.href, say.kpi(told.change.item)) for told in part.opened]
    return [_("New for the whole system, not for any one team or person: {kpis}.", kpis=say.listing(kpis))]


def _flipped(say: Voice, part: EditionPart) -> list[str]:
    _ = say.words
    if not part.flips:
        return []
    return [
        _(
            "Data corrections changed what is said about {what}. Look again at what was decided on those figures.",
            what=_figures(say, part.flips),
        )
    ]


def _corrected(say: Voice, part: EditionPart) -> list[str]:
    _ = say.words
    if part.flips or not part.corrections:
        return []
    count = say.figures.count(len(part.corrections))
    return [_("Past figures corrected: {count}. No verdict changed.", count=count)]


def _named(say: Voice, found: Sequence[Told]) -> str:
    """The first few signals as "measure (who)", and how many more."""
    _ = say.words
    names = [
        _("{kpi} ({who})", kpi=_linked(told.href, say.kpi(told.change.item)), who=say.name(told.about))
        for told in found[:NAMED]
        if told.about
    ]
    more = len(found) - NAMED
    return say.listing([*names, _("{count} more", count=say.figures.count(more))] if more > 0 else names)


def _figures(say: Voice, found: Sequence[Corrected]) -> str:
    _ = say.words
    names = [
        _(
            "{kpi} in {period} ({who})",
            kpi=_linked(one.href, say.kpi(one.row.kpi_id)),
            period=_changes_lines.period(say, one),
            who=say.name(one.about),
        )
        for one in found[:NAMED]
    ]
    more = len(found) - NAMED
    return say.listing([*names, _("{count} more", count=say.figures.count(more))] if more > 0 else names)


def _linked(href: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, text)
