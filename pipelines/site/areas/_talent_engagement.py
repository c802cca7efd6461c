"""What the pages say about engagement: whether it may be shown, and the items it is made of.

Belongs here: text about the axis and its items. Does not belong here: places (`_talent_words`), which rows a page shows
(`talent`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import EngagementAxis, EngagementItem
from pipelines.site.areas._talent_book import ITEMS, ItemScale
from pipelines.site.fragments import Voice

CODES = ITEMS
WHOLE = 100.0


# ---------- the axis
def axis(say: Voice, found: EngagementAxis) -> str:
    """Whether engagement is shown, and why not."""
    _, write = say.words, say.figures
    return {
        "shown": _(
            "The items of engagement measure one thing in this centre (alpha {alpha}, needed {least}), so it is shown.",
            alpha=write.number(found.alpha, 2),
            least=write.number(found.least_alpha, 2),
        ),
        "items_disagree": _(
            "The items do not measure one thing in this centre (alpha {alpha}, needed {least}), so nobody is placed. "
            "That is a finding about the items, not about anybody.",
            alpha=write.number(found.alpha, 2),
            least=write.number(found.least_alpha, 2),
        ),
        "too_few_items": _(
            "Too little can honestly be observed of engagement: {items} items count, {least} are needed. So nobody is "
            "placed.",
            items=write.count(found.items),
            least=write.count(found.least_items),
        ),
        "too_few_people": _(
            "Too few people have every item, so it cannot be checked whether the items measure one thing. So nobody is "
            "placed."
        ),
    }[found.state]


def state(say: Voice, found: EngagementAxis) -> str:
    """The same in a table."""
    _ = say.words
    return {
        "shown": _("shown"),
        "items_disagree": _("not shown: the items do not measure one thing"),
        "too_few_items": _("not shown: too few items"),
        "too_few_people": _("not shown: too few people to check"),
    }[found.state]


# ---------- items
def item(say: Voice, code: str) -> str:
    """An item of engagement."""
    _ = say.words
    return {
        "voluntary_training": _("voluntary training"),
        "coaching_actions": _("coaching goals achieved"),
        "attitude": _("attitude in quality forms"),
        "leader_rating": _("the leader's rating"),
        "peer_rating": _("colleagues' ratings"),
    }[code]


def what(say: Voice, code: str) -> str:
    """What is counted."""
    _ = say.words
    return {
        "voluntary_training": _(
            "Seats taken, of those offered in paid time; an offer on a day of leave, illness or absence is no offer"
        ),
        "coaching_actions": _("Agreed goals due in the period that were achieved; goals without a date are left out"),
        "attitude": _(
            "Points of the responsibility and interpersonal items, without critical ones, less the grader's leniency; "
            "only where graders agree"
        ),
        "leader_rating": _("The rating, less what this rater gives more or less than raters do on average"),
        "peer_rating": _("The same, from as many colleagues as the rule below asks for"),
    }[code]


def status(say: Voice, code: str) -> str:
    """Whether an item counts in this centre."""
    _ = say.words
    return {
        "counts": _("counts"),
        "graders_not_agreed": _("not counted: the graders do not agree well enough"),
        "too_few_people": _("not counted: too few of the people have it"),
        "no_spread": _("not counted: four in five people have the same"),
        "": _("nothing observed in this period"),
    }[code]


def scale(scales: Sequence[ItemScale], code: str) -> ItemScale:
    """An item's scale; without a status where nothing was observed."""
    return next((found for found in scales if found.item == code), ItemScale(code, "", (None, None, None)))


def percent(say: Voice, x: float | None) -> str:
    """An amount out of 100; a scale that mirrors its other side may end beyond what is possible."""
    _ = say.words
    if x is not None and not 0 <= x <= WHOLE:
        return _("out of reach")
    return say.figures.number(x, 0)


def observed(say: Voice, found: EngagementItem) -> str:
    """How many observations an item of one person rests on."""
    _, n = say.words, say.figures.count(found.n)
    return {
        "voluntary_training": _("seats offered: {n}", n=n),
        "coaching_actions": _("goals due: {n}", n=n),
        "attitude": _("forms: {n}", n=n),
        "leader_rating": _("raters: {n}", n=n),
        "peer_rating": _("raters: {n}", n=n),
    }[found.item]


def strongest(say: Voice, items: Sequence[EngagementItem]) -> str:
    """The item in which somebody stands out most; empty where none is above the middle of the centre."""
    _ = say.words
    above = [
        found
        for found in items
        if found.score is not None
        and found.fair_percent is not None
        and found.target_percent is not None
        and found.fair_percent > found.target_percent
    ]
    if not above:
        return ""
    best = max(above, key=lambda found: (found.score or 0.0, found.item))
    return _(
        "What shows most: {item} ({observed}), {amount} of 100; the middle of the centre is {middle}.",
        item=item(say, best.item),
        observed=observed(say, best),
        amount=percent(say, best.fair_percent),
        middle=percent(say, best.target_percent),
    )
