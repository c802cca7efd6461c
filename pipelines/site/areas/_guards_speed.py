"""What the pages say about speed and what it costs: repeats, handle time per solved matter, short contacts.

Belongs here: text. Does not belong here: guards (`_guards_words`), which rows a page shows (`guards`).
"""

from __future__ import annotations

from pipelines.marts import NetHandleTime, ShortContact, TradeOff
from pipelines.site.areas._guards_contexts import TeamPart
from pipelines.site.fragments import Voice

SLOPE = 3
"""Decimals of a slope."""


def trade_off(say: Voice, found: TradeOff) -> str:
    """Whether weeks with shorter contacts solve fewer matters at once."""
    _ = say.words
    if found.verdict == "too_few":
        return _("Too few people or weeks to say whether speed is bought with repeats.")
    change = points(say, found.change_when_tenth_faster)
    if found.verdict == "faster_costs_resolution":
        return _(
            "Speed seems to be bought with repeats: a tenth less handle time went with {change} percentage points of "
            "matters solved at once. Weigh both before asking for more speed.",
            change=change,
        )
    if found.verdict == "slower_costs_resolution":
        return _(
            "Weeks with shorter contacts solved more at once: a tenth less handle time went with {change} percentage "
            "points. Harder weeks take longer and solve less, so this is no proof that speed helps.",
            change=change,
        )
    return _(
        "No visible link between speed and matters solved at once: a tenth less handle time went with {change} "
        "percentage points, which chance can explain.",
        change=change,
    )


def tenth(say: Voice, found: TradeOff) -> str:
    """By how much the share solved at once changes with a tenth less handle time."""
    _ = say.words
    if found.change_when_tenth_faster is None:
        return say.figures.count(None)
    return _("{points} percentage points", points=points(say, found.change_when_tenth_faster))


def points(say: Voice, x: float | None) -> str:
    """A difference of two shares in percentage points, without the unit."""
    return say.figures.signed(None if x is None else 100 * x)


def trade_off_verdict(say: Voice, code: str) -> str:
    """The same as a clause."""
    _ = say.words
    return {
        "faster_costs_resolution": _("quicker weeks solve less"),
        "slower_costs_resolution": _("quicker weeks solve more"),
        "no_link": _("no visible link"),
        "too_few": _("too few people or weeks to say"),
    }[code]


def slope(say: Voice, found: TradeOff) -> str:
    """The slope with its interval."""
    _ = say.words
    if found.slope is None:
        return say.figures.count(None)
    return _(
        "{slope}, likely {interval}",
        slope=say.figures.number(found.slope, SLOPE),
        interval=say.figures.range(found.interval_low, found.interval_high, SLOPE),
    )


def net(say: Voice, found: NetHandleTime) -> str:
    """What it takes to solve a matter."""
    _, seconds = say.words, say.figures.seconds
    if found.handle_seconds_per_resolved_issue is None:
        return _("None of the matters that ended in this period was solved.")
    return _(
        "A solved matter took {net} of handle time over all its contacts; a single contact took {gross}. A matter had "
        "{contacts} contacts on average.",
        net=seconds(found.handle_seconds_per_resolved_issue),
        gross=seconds(found.handle_seconds_per_contact),
        contacts=say.figures.number(found.contacts_per_issue, 2),
    )


def net_of_team(say: Voice, part: TeamPart) -> str:
    """The same for a team, beside the whole centre."""
    _, seconds = say.words, say.figures.seconds
    if part.net is None or part.net.handle_seconds_per_resolved_issue is None:
        return ""
    return _(
        "Handle time per solved matter, over all its contacts: {net}; the whole centre {centre}. Teams with other work "
        "are not to be compared by it.",
        net=seconds(part.net.handle_seconds_per_resolved_issue),
        centre=seconds(part.net_centre.handle_seconds_per_resolved_issue if part.net_centre else None),
    )


def short(say: Voice, found: ShortContact) -> str:
    """Short contacts, and handle time without them."""
    _ = say.words
    return _(
        "{count} of {contacts} contacts ({share}) were over within seconds. Without them the handle time is {without} "
        "instead of {plain}.",
        count=say.figures.count(found.short_contacts),
        contacts=say.figures.count(found.contacts),
        share=say.figures.share(found.short_share),
        without=say.figures.seconds(found.handle_seconds_without_short),
        plain=say.figures.seconds(found.handle_seconds),
    )
