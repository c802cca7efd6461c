"""What the head, the strengths and the priorities of a sheet say, in whole sentences.

Belongs here: text about one person, strengths first; what the centre and the team share is never laid on anybody. Does
not belong here: cards (`_sheet_cards`), causes (`_sheet_causes`), goals (`_sheet_goals`), questions and suggestions
(`_sheet_talk`).
"""

from __future__ import annotations

from pipelines.marts import CoachingFocus, Tier
from pipelines.site.advice import library
from pipelines.site.areas import _tier_words
from pipelines.site.areas._sheet_book import on_paper
from pipelines.site.areas._sheet_contexts import Priority, SheetPage
from pipelines.site.areas._systemic_gap import is_nothing, size
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link

NONE, ALL = 0.005, 0.995
"""Shares of a gap that are said as none and as all of it."""
ITEM, NAME = 64, 56
"""Room for the name of a form's item, and for that of a person or a team at the head of a page to print."""


def summary(say: Voice) -> str:
    """The sheet in one sentence."""
    _ = say.words
    return _("One page for the talk between two people: strengths, what matters, moments, questions, the plan.")


def journal_summary(say: Voice) -> str:
    """The journal in one sentence."""
    _ = say.words
    return _("One page for oneself: how the week went, what was tried, what to ask.")


# ---------- head
def name(say: Voice, link: Link) -> str:
    """Whose page it is, as long as a head has room."""
    return on_paper(say.name(link), NAME)


def tier(say: Voice, code: str) -> str:
    """A tier's name as people say it to each other."""
    _ = say.words
    return _("needs support") if code == "low" else _tier_words.tier(say, code)


def standing(say: Voice, found: Tier) -> str:
    """The tier with how sure it is."""
    _ = say.words
    if found.tier == "new_starter":
        return _("New starter: no tier yet.")
    if found.tier == "not_enough_evidence":
        return _("Not enough evidence for a tier yet.")
    strength = _tier_words.strength(say, found)
    if found.borderline == "low":
        strength = _("perhaps support is needed, but that is not sure")
    elif found.borderline == "high" and not found.is_gated:
        strength = _("perhaps high, but that is not sure")
    return _("Tier: {tier} ({strength}).", tier=tier(say, found.tier), strength=strength)


def purpose(say: Voice, page: SheetPage) -> list[str]:
    """What this talk is for: a line for the tier, and one for tier and place, else for tier and cause."""
    if page.tier is None:
        return []
    held, code = library(say.language), page.tier.tier
    causes = [priority.row.cause for priority in page.priorities if priority.row.cause]
    wanted = [f"{code}.{page.quadrant}", *(f"{code}.{cause}" for cause in causes)]
    said = [held("tiers", code).line] if held.has("tiers", code) else []
    combined = next((name for name in wanted if held.has("combinations", name)), None)
    return [*said, held("combinations", combined).line] if combined else said


# ---------- strengths
def item(say: Voice, row: CoachingFocus) -> str:
    """The name of a form's item; where it was delivered in another language, the name of its technique."""
    name, held = on_paper(row.item or "", ITEM), library(say.language)
    if say.is_chinese and name.isascii() and held.has("techniques", row.error_type):
        return held("techniques", row.error_type or "").title
    return name


def strength(say: Voice, row: CoachingFocus) -> str:
    """One thing that surely goes well."""
    _ = say.words
    if row.subject == "item":
        share = say.figures.share
        return _(
            "“{item}”: only {lost} of its points lost, colleagues {others}.",
            item=item(say, row),
            lost=share(row.value, 0),
            others=share(row.target, 0),
        )
    if row.compared_with == "colleagues":
        return _(
            "{kpi}: about {value}, comparable colleagues {others}.",
            kpi=say.kpi(row.kpi_id),
            value=say.plain(row.kpi_id, row.steadied_value),
            others=say.plain(row.kpi_id, row.target),
        )
    return _(
        "{kpi}: about {value}, expected {target}.",
        kpi=say.kpi(row.kpi_id),
        value=say.plain(row.kpi_id, row.steadied_value),
        target=say.expectation(row.kpi_id, row.target),
    )


# ---------- priorities
def title(say: Voice, row: CoachingFocus) -> str:
    """What a priority is about."""
    return item(say, row) if row.subject == "item" else say.kpi(row.kpi_id)


def subject(say: Voice, row: CoachingFocus) -> str:
    """The same among others in a sentence: the name of an item may be half a sentence, so it stands in quotes."""
    _ = say.words
    return _("“{item}”", item=item(say, row)) if row.subject == "item" else say.kpi(row.kpi_id)


def figures(say: Voice, row: CoachingFocus) -> str:
    """Where it stands: the figure, what is expected, how far chance alone could move it."""
    _, write = say.words, say.figures
    if row.subject == "item":
        return _(
            "{misses} of {n} missed ({value}), colleagues {target}; without chance likely {low} to {high}.",
            misses=write.count(row.misses),
            n=write.count(row.n),
            value=write.share(row.value, 0),
            target=write.share(row.target, 0),
            low=write.share(row.steadied_low, 0),
            high=write.share(row.steadied_high, 0),
        )
    return _(
        "About {value} (likely {low} to {high}), expected {target}.",
        value=say.plain(row.kpi_id, row.steadied_value),
        low=say.plain(row.kpi_id, row.steadied_low),
        high=say.plain(row.kpi_id, row.steadied_high),
        target=say.expectation(row.kpi_id, row.target),
    )


def stands(say: Voice, row: CoachingFocus, *, has_team: bool) -> list[str]:
    """Where a priority stands, and what of the gap is not the person's."""
    return [said for said in (figures(say, row), shared(say, row, has_team=has_team)) if said]


def shared(say: Voice, row: CoachingFocus, *, has_team: bool) -> str:
    """How much of a gap is not the person's; empty for an item, which stands beside its colleagues' already."""
    _, kpi = say.words, say.kpis[row.kpi_id]
    if row.subject == "item" or row.shared_share is None:
        return ""
    if is_nothing(say, kpi, row.gap) or row.shared_share <= NONE:
        return (
            _("The centre and the team do reach it, so none of this gap is shared.")
            if has_team
            else _("The centre does reach it, so none of this gap is shared.")
        )
    words = {"gap": size(say, kpi, row.gap), "share": say.figures.share(row.shared_share, 0)}
    if not has_team:
        return _("Of the gap of {gap}, {share} is shared by the whole centre and not yours.", **words)
    if is_nothing(say, kpi, row.gap_team):
        return _("Of the gap of {gap}, {share} is shared by the whole centre and not yours.", **words)
    if is_nothing(say, kpi, row.gap_centre):
        return _("Of the gap of {gap}, {share} is shared by the team and not yours.", **words)
    return _("Of the gap of {gap}, {share} is shared by the centre and the team and not yours.", **words)


def form(say: Voice, row: CoachingFocus) -> str:
    """How to work on it, and why so."""
    _ = say.words
    suggested = {
        "one_to_one": _("Suggested: one-to-one"),
        "group": _("Suggested: group session"),
        "simulation": _("Suggested: role-play"),
    }.get(row.form or "")
    why = {
        "own_matter": _("as it is yours alone."),
        "personal_matter": _("as it may be personal."),
        "team_shares_it": _("as the team shares it."),
        "practise_it": _("as doing helps more than hearing."),
    }.get(row.form_reason or "")
    if not suggested:
        return ""
    return _("{suggested}, {why}", suggested=suggested, why=why) if why else _("{suggested}.", suggested=suggested)


def in_one_line(say: Voice, priorities: tuple[Priority, ...]) -> str:
    """The names of the priorities."""
    _ = say.words
    rows = [priority.row for priority in priorities]
    return say.listing([subject(say, row) for row in rows])
