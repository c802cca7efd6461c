"""What stands around a calendar of attendance. Being away has reasons that no figure knows; no word here judges it.

Belongs here: captions of the team's and the person's calendar. Does not belong here: which days they show
(`attendance`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines.charts import small
from pipelines.marts import AttendanceDay
from pipelines.site.caption import Caption
from pipelines.site.fragments import Voice

if TYPE_CHECKING:
    from pipelines.site.areas.attendance import Days, OwnDays


def caption(say: Voice, drawing: Days | OwnDays, whose: str) -> Caption:
    """The words for a calendar of a team or of a person."""
    _ = say.words
    is_team = drawing.days[0].grain == "team"
    meanings = _meanings(say, drawing)
    return Caption(
        headline=_team_headline(say, drawing) if is_team else _person_headline(say, drawing),
        subtitle=_(
            "Planned time that was worked, {whose}, {weeks} weeks from {first}; empty: nothing planned",
            whose=whose,
            weeks=say.figures.count(len(drawing.weeks)),
            first=say.day(drawing.weeks[0]),
        ),
        source=_("Source: {tables}", tables=say.rows_of("workdays")),
        reading=_team_reading(say, drawing) if is_team else _person_reading(say),
        key=tuple((small.key_mark(name), meanings[name]) for name in drawing.key),
        headers=(_("Week from"), *weekdays(say)),
        rows=_table(say, drawing),
        about=_about(drawing),
        is_time=is_team,
    )


def weekdays(say: Voice) -> tuple[str, ...]:
    """Monday to Sunday, short."""
    _ = say.words
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def _team_headline(say: Voice, drawing: Days | OwnDays) -> str:
    _, days = say.words, drawing.days
    short = [day for day in days if day.attendance_class in ("some", "fewer")]
    if not short:
        return _("The planned time was worked, day after day")
    return _(
        "On {short} of {days} planned days clearly less than the planned time was worked",
        short=say.figures.count(len(short)),
        days=say.figures.count(len(days)),
    )


def _person_headline(say: Voice, drawing: Days | OwnDays) -> str:
    _ = say.words
    planned = [day for day in drawing.days if day.attendance_class != "leave"]
    if not planned:
        return _("Every planned day was approved leave")
    return _(
        "{whole} of {planned} planned days worked in full, or all but a little",
        whole=say.figures.count(sum(day.attendance_class == "whole" for day in planned)),
        planned=say.figures.count(len(planned)),
    )


def _team_reading(say: Voice, drawing: Days | OwnDays) -> str:
    _ = say.words
    held = [day for day in drawing.days if day.share is not None and day.attendance_class != "whole"]
    lowest = min(held, key=lambda day: (day.share or 0.0, day.day), default=None)
    if lowest is None:
        return _("A figure in a cell is the share of the planned time in per cent, where it was less than whole.")
    return _(
        "The lowest share was {share} on {day}. Days that are low again and again, such as every Monday, point to the "
        "plan; a single one has a reason of its own. Approved leave does not count.",
        share=say.figures.share_down(lowest.share),
        day=say.day(lowest.day),
    )


def _person_reading(say: Voice) -> str:
    _ = say.words
    return _(
        "A picture of days, not of effort: it has no part in any score. A day without work has a reason that no figure "
        "knows; whoever sees one asks before thinking anything of it."
    )


def _meanings(say: Voice, drawing: Days | OwnDays) -> dict[str, str]:
    """What each look means on this page, with its limits as the rules have them."""
    _ = say.words
    share = {rule.rule_id: say.figures.decided_share(rule.value) for rule in drawing.rules}
    whole, most, some = (share.get(f"attendance_day_{name}", "") for name in ("whole", "most", "some"))
    if drawing.days[0].grain == "team":
        return {
            "day_whole": _("{whole} of the planned time or more", whole=whole),
            "day_most": _("{most} to {whole}", most=most, whole=whole),
            "day_some": _("{some} to {most}", some=some, most=most),
            "day_out": _("below {some}", some=some),
        }
    return {
        "day_whole": _("worked in full, or all but a little ({whole} or more)", whole=whole),
        "day_part": _("part of it worked"),
        "day_leave": _("approved leave"),
        "day_out": _("planned, not worked"),
    }


def _table(say: Voice, drawing: Days | OwnDays) -> tuple[tuple[str, ...], ...]:
    days = {day.day: day for day in drawing.days}
    return tuple(
        (say.day(week), *(_cell(say, days.get(week + timedelta(days=number))) for number in range(7)))
        for week in drawing.weeks
    )


def _cell(say: Voice, day: AttendanceDay | None) -> str:
    _ = say.words
    if day is None:
        return say.figures.count(None)
    if day.grain == "agent" and day.attendance_class in ("leave", "not_worked"):
        return {"leave": _("leave"), "not_worked": _("not worked")}[day.attendance_class]
    return say.figures.share_down(day.share)


def _about(drawing: Days | OwnDays) -> tuple[tuple[int, ...], ...]:
    """For every week the numbers of its days in the data."""
    return tuple(
        tuple(number for number, day in enumerate(drawing.days, start=1) if week <= day.day < week + timedelta(days=7))
        for week in drawing.weeks
    )
