"""One change as one line: a signal, a rule, a table, a corrected figure and why.

Belongs here: words for single changes. Does not belong here: the answer of the page (`_changes_words`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from markupsafe import Markup

from pipelines.figures import NOTHING
from pipelines.marts import Change, Rule
from pipelines.site.areas import (
    _coaching_words,
    _effect_shares,
    _guards_words,
    _people_rules,
    _quality_rules,
    _recognition_words,
    _systemic_words,
    _talent_rising,
    _talent_words,
    _tier_rules,
    _tier_words,
    _training_words,
)
from pipelines.site.areas._changes_parts import IMPROVEMENT, Corrected, EditionPart, Told
from pipelines.site.escape import visible_text
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link

FIRST_YEAR = 1900
"""A rule that holds since then holds since always."""
UNDECIDED = ("default", "derived")
"""Owners of rules that nobody decided yet."""
FILES_LENGTH = 240
RULE_WORDS: tuple[Callable[[Voice, Rule], str], ...] = (
    _tier_rules.rule,
    _people_rules.rule,
    _quality_rules.rule,
    _systemic_words.rule,
    _guards_words.rule,
    _effect_shares.rule,
    _talent_words.rule,
    _talent_rising.rule,
    _training_words.rule,
    _recognition_words.rule,
    _coaching_words.rule,
)
"""Every subject knows its own rules."""


def groups(say: Voice, part: EditionPart) -> Iterator[tuple[str, str, list[str]]]:
    """Every group that has something to say: code, heading and lines, what is good first."""
    _ = say.words
    yield from (
        (code, title, said)
        for code, title, said in (
            ("signals", _("New signals"), [signal(say, told) for told in part.signals]),
            ("ended", _("Signals that ended"), [ended(say, told) for told in part.ended]),
            ("system", _("The whole system"), [*_opened(say, part), *_closed(say, part)]),
            ("periods", _("New periods"), [_complete(say, kind, start) for kind, start in part.periods]),
            ("tiers", _("Tiers"), [tier(say, told) for told in part.tiers]),
            ("rules", _("Rules"), [rule(say, told) for told in part.rules]),
            ("data", _("Data"), [table(say, told) for told in (*part.tables, *part.deliveries)]),
            ("corrections", _("Data corrections"), [*corrections(say, part)]),
        )
        if said
    )


# ---------- signals
def signal(say: Voice, told: Told) -> str:
    """One new signal."""
    _, change = say.words, told.change
    values = {"who": _who(say, told.about), "kpi": _kpi(say, told), "value": _value(say, change)}
    if change.period_kind == "quarter":
        quarter = say.figures.period("quarter", change.period_start) if change.period_start else NOTHING
        if change.part == IMPROVEMENT:
            return _("{who}: {kpi} was {value} in {quarter}, ahead of the other teams.", quarter=quarter, **values)
        return _("{who}: {kpi} was {value} in {quarter}, behind the other teams.", quarter=quarter, **values)
    week = say.figures.period("week", change.period_start) if change.period_start else NOTHING
    if change.part == IMPROVEMENT:
        return _("{who}: {kpi} is better than usual: {value} in the {week}.", week=week, **values)
    return _("{who}: {kpi} is worse than usual: {value} in the {week}.", week=week, **values)


def ended(say: Voice, told: Told) -> str:
    """One signal of the site before that this one no longer has."""
    _, values = say.words, {"who": _who(say, told.about), "kpi": _kpi(say, told)}
    if told.change.period_kind == "quarter":
        return _("{who}: {kpi} no longer lies apart from the other teams.", **values)
    if told.change.part == IMPROVEMENT:
        return _("{who}: {kpi} is no longer better than usual.", **values)
    return _("{who}: {kpi} is no longer worse than usual.", **values)


def _opened(say: Voice, part: EditionPart) -> list[str]:
    _ = say.words
    return [
        _("{kpi}: falls short in the whole centre; look at the system first.", kpi=_kpi(say, t)) for t in part.opened
    ]


def _closed(say: Voice, part: EditionPart) -> list[str]:
    _ = say.words
    return [_("{kpi}: no longer falls short in the whole centre.", kpi=_kpi(say, told)) for told in part.closed]


def _complete(say: Voice, kind: str, start: date) -> str:
    _ = say.words
    return _("{period} is complete and has figures now.", period=say.figures.period(kind, start))


# ---------- tiers and rules
def tier(say: Voice, told: Told) -> str:
    """How many people a tier has; numbers too small to tell stay untold."""
    _ = say.words
    return _(
        "Tier {tier}: {now} people, {before} before",
        tier=_tier_words.tier(say, told.change.item),
        now=_people(say, told.change.n),
        before=_people(say, told.change.n_before),
    )


def rule(say: Voice, told: Told) -> str:
    """A rule, standard or weight: old, new, who decided it, since when."""
    _, change = say.words, told.change
    if change.subject == "definition":
        return _("{kpi} is counted in another way now.", kpi=_kpi(say, told))
    name, now = _rule_name(say, told), _amount(say, change, change.value)
    before = _amount(say, change, change.value_before)
    if change.value is None:
        return _("{rule}: no longer in force; it was {before}.", rule=name, before=before)
    owner = _tier_rules.owner(say, visible_text(change.owner or ""))
    if change.owner in UNDECIDED:
        since = owner
    elif change.period_start is None or change.period_start.year <= FIRST_YEAR:
        since = _("decided by {owner}", owner=owner)
    else:
        since = _("decided by {owner}, in force since {day}", owner=owner, day=say.day(change.period_start))
    if change.value_before is None:
        return _("{rule}: {now}, new; {since}.", rule=name, now=now, since=since)
    return _("{rule}: {now} instead of {before}; {since}.", rule=name, now=now, before=before, since=since)


def _rule_name(say: Voice, told: Told) -> str:
    _, change = say.words, told.change
    if change.subject == "rule":
        asked = Rule(change.item, 0.0, change.part, date.min, "")
        for speak in RULE_WORDS:
            try:
                return speak(say, asked)
            except KeyError:
                continue
        return change.item
    if change.subject == "weight":
        return _("{kpi}, weight for {role}", kpi=_kpi(say, told), role=_role(say, told.about))
    values = {"kpi": _kpi(say, told), "role": _role(say, told.about)}
    return {
        "minimum": _("{kpi}, minimum for {role}", **values),
        "target": _("{kpi}, target for {role}", **values),
        "excellent": _("{kpi}, excellent for {role}", **values),
    }[change.part]


def _role(say: Voice, role: Link | None) -> str:
    _ = say.words
    return _("everybody") if role is None or role.name_en == "*" else say.name(role)


def _amount(say: Voice, change: Change, x: float | None) -> str:
    if x is None:
        return NOTHING
    if change.subject == "standard":
        return _tier_rules.anchor(say, change.item, change.verdict, x)
    unit = "share" if change.subject == "weight" else change.part
    return _tier_rules.amount(say, Rule(change.item, x, unit, date.min, ""))


# ---------- data
def table(say: Voice, told: Told) -> str:
    """What became of a contract table."""
    _, change, count = say.words, told.change, say.figures.count
    name = say.table(told.table) if told.table else change.item
    values = {"table": name, "rows": count(change.value), "files": count(change.n)}
    if change.kind == "delivered":
        return _("{table}: new rows {rows}, in new files {files}", **values)
    if change.kind == "refused":
        return _("{table}: rows refused {rows}, in new files {files}", **values)
    if change.kind == "table_new":
        if change.verdict_before == "late":
            return _("{table}: arrives again", table=name)
        return _("{table}: delivered for the first time", table=name)
    if change.verdict == "late":
        return _("{table}: has stopped arriving with the newest days", table=name)
    return _("{table}: no longer delivered", table=name)


# ---------- corrections
def corrections(say: Voice, part: EditionPart) -> Iterator[str]:
    """Figures with another verdict first, then the centre's figure by figure, other teams by how many."""
    _ = say.words
    yield from (correction(say, found) for found in part.flips)
    yield from (correction(say, found) for found in part.of_centre)
    for team, rows in part.of_teams:
        values = {"team": say.link(team), "count": say.figures.count(len(rows)), "periods": _periods(say, rows)}
        yield _("{team}: figures corrected {count}, of {periods}", **values)
    if part.settled:
        kpis = say.names(dict.fromkeys(found.row.kpi_id for found in part.settled))
        yield _("Settled as expected, because the newest days stay open for a while: {kpis}.", kpis=kpis)


def correction(say: Voice, found: Corrected) -> str:
    """One corrected figure: whose, which, before, now, why."""
    _, row = say.words, found.row
    values = {
        "who": _who(say, found.about),
        "kpi": Markup('<a href="{}">{}</a>').format(found.href, say.kpi(row.kpi_id)),
        "period": period(say, found),
        "now": say.plain(row.kpi_id, row.value),
        "before": say.plain(row.kpi_id, row.value_before),
        "why": why(say, found),
    }
    if row.is_verdict_flip:
        return _(
            "{who}: {kpi} in {period} is {now} instead of {before}; now {verdict}, before {verdict_before}. "
            "Reason: {why}.",
            verdict=verdict(say, row.verdict),
            verdict_before=verdict(say, row.verdict_before),
            **values,
        )
    return _("{who}: {kpi} in {period} is {now} instead of {before}. Reason: {why}.", **values)


def verdict(say: Voice, code: str | None) -> str:
    """A verdict, or that there is no figure any more."""
    _ = say.words
    return say.verdict(code) if code else _("no figure")


def period(say: Voice, found: Corrected) -> str:
    """The period of a corrected figure."""
    return say.figures.period(found.row.period_kind, found.row.period_start)


def why(say: Voice, found: Corrected) -> str:
    """What explains a correction."""
    _, row = say.words, found.row
    files = visible_text(row.files, FILES_LENGTH)
    if (more := row.file_count - 3) > 0:
        files = _("{files} and {count} more", files=files, count=say.figures.count(more))
    return {
        "delivery": _("new file about this period, {files}", files=files),
        "late_delivery": _("later files, {files}", files=files),
        "roster": _("who belongs to which team was delivered again, {files}", files=files),
        "settled": _("what was still open is settled now"),
        "definition": _("the measure is counted in another way now"),
        "standard": _("the standard changed, the figure did not"),
        "other": _("no new file explains it; files are read or figures computed in another way now"),
    }[row.reason]


def _periods(say: Voice, rows: Sequence[Corrected]) -> str:
    return say.listing(list(dict.fromkeys(period(say, found) for found in rows)))


# ---------- parts of sentences
def _who(say: Voice, about: Link | None) -> Markup:
    return Markup("<strong>{}</strong>").format(say.name(about) if about else NOTHING)


def _kpi(say: Voice, told: Told) -> Markup:
    return Markup('<a href="{}">{}</a>').format(told.href, say.kpi(told.change.item))


def _value(say: Voice, change: Change) -> Markup:
    return say.shown(change.item, change.value, period=f"{change.period_kind}:{change.period_start}")


def _people(say: Voice, n: int | None) -> str:
    _ = say.words
    return _("a few") if n is None else say.figures.count(n)
