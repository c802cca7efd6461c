"""What a guide says about coaching itself: who had a talk, how talks came about, who moved between tiers.

Belongs here: text about coverage and the quarter review. Does not belong here: other stages (`_guide_words`,
`_guide_goals`, `_guide_talk`), codes (`_guide_terms`).
"""

from __future__ import annotations

from pipelines.marts import CoachingCoverage, CoachingCoverageMix, Tier
from pipelines.site.areas import _guide_terms as terms
from pipelines.site.areas import _sheet_words
from pipelines.site.areas._guide_parts import Health
from pipelines.site.fragments import Voice


def health(say: Voice, part: Health) -> list[str]:
    """How coaching in the team goes, in sentences."""
    _, write, row = say.words, say.figures, part.team
    said = [
        _(
            "{days}: {coached} of {people} people had a talk; talks: {talks}, minutes per person: {minutes}.",
            days=write.days(row.window_start, row.window_end),
            coached=write.count(row.coached_people),
            people=write.count(row.people),
            talks=write.count(row.sessions),
            minutes=write.count(row.minutes_per_person),
        )
    ]
    if row.proactive_sessions or row.reactive_sessions:
        said.append(_occasion(say, row, part.centre))
    if row.people_overdue:
        said.append(
            _(
                "Waiting longer than {days} days (new people: sooner): {people}.",
                days=write.decided(part.gap_days),
                people=write.count(row.people_overdue),
            )
        )
    else:
        said.append(_("Nobody has been waiting longer than {days} days.", days=write.decided(part.gap_days)))
    if row.acknowledged_share is not None:
        said.append(_("Talks confirmed by the person: {share}.", share=write.share(row.acknowledged_share, 0)))
    if row.disputes:
        said.append(_("Disputes: {count}.", count=write.count(row.disputes)))
    return said


def _occasion(say: Voice, row: CoachingCoverage, centre: CoachingCoverage | None) -> str:
    _, write = say.words, say.figures
    counts = {"planned": write.count(row.proactive_sessions), "after": write.count(row.reactive_sessions)}
    if centre and centre.proactive_share is not None:
        return _(
            "Planned talks: {planned}; after something went wrong: {after}. Planned in the whole centre: {centre}.",
            **counts,
            centre=write.share(centre.proactive_share, 0),
        )
    return _("Planned talks: {planned}; after something went wrong: {after}.", **counts)


def mix(say: Voice, row: CoachingCoverageMix) -> str:
    """What one group of people got."""
    _, name = say.words, terms.group(say, row.group_kind, row.group_name)
    return _(
        "{group}: {minutes} min per person (people: {people})",
        group=name,
        minutes=say.figures.count(row.minutes_per_person),
        people=say.figures.count(row.people),
    )


def move(say: Voice, found: Tier) -> str:
    """From which tier to which."""
    _ = say.words
    return _(
        "{before} → {now}",
        before=_sheet_words.tier(say, found.previous_tier or found.tier),
        now=_sheet_words.tier(say, found.tier),
    )
