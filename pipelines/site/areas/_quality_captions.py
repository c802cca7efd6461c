"""What stands around the pictures about QA fairness."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from pipelines.charts import small
from pipelines.marts import QaItem, SkillDimension
from pipelines.site.areas import _quality_names as names
from pipelines.site.areas import _quality_people_words as words
from pipelines.site.areas._quality_drawings import Agreed, Problems, Severity, Skills, is_judged
from pipelines.site.captions import Caption
from pipelines.site.drawings import Drawing
from pipelines.site.fragments import Voice

HALF = 0.5


def severity_caption(say: Voice, drawing: Severity, whose: str) -> Caption:
    """How strict or lenient each grader is."""
    _, signed = say.words, say.figures.signed
    return Caption(
        headline=_(
            "Graders who differ from the average form by more than chance: {apart} of {total}",
            apart=say.figures.count(sum(found.standing in ("more_lenient", "stricter") for found in drawing.graders)),
            total=say.figures.count(len(drawing.graders)),
        ),
        subtitle=_("Points that a grader gives beyond the average form, {whose}", whose=whose),
        source=_qa(say),
        reading=_(
            "Compared only where others scored the same people or the same contacts. Strict is not better than "
            "lenient; what matters is that it is taken out before people are compared."
        ),
        key=_key(
            drawing,
            {
                "interval": _("likely range (90%)"),
                "target": _("average form"),
                "common": _("points beyond the average form"),
                "unknown": _("not enough evidence"),
            },
        ),
        headers=(_("Grader"), _("Points beyond the average form"), _("Likely range (90%)"), _("Would be seen again")),
        rows=tuple(
            (
                names.grader(say, found.grader),
                signed(found.leniency_points if is_judged(found) else None),
                names.signed_range(say, found.leniency_low, found.leniency_high),
                say.figures.share(found.reliability if is_judged(found) else None, 0),
            )
            for found in drawing.graders
        ),
    )


def agreed_caption(say: Voice, drawing: Agreed, whose: str) -> Caption:
    """Two ways of scoring the same people."""
    _, found, number = say.words, drawing.found, say.figures.number
    by_test_call = found.comparison == "test_call"
    if by_test_call:
        headline = {
            "no_clear_difference": _("Monitored contacts and test calls tell the same on average"),
            "higher": _("Monitored contacts score higher than test calls"),
            "lower": _("Monitored contacts score lower than test calls"),
        }[found.verdict]
    else:
        headline = {
            "no_clear_difference": _("Monitoring and a third party tell the same on average"),
            "higher": _("Monitoring scores higher than a third party"),
            "lower": _("Monitoring scores lower than a third party"),
        }[found.verdict]
    return Caption(
        headline=headline,
        subtitle=_(
            "Each circle is one of {pairs} people: the monitored score minus the other one (upwards) against the mean "
            "of both (across), {whose}",
            pairs=say.figures.count(found.pairs),
            whose=whose,
        ),
        source=_qa(say),
        reading=_(
            "The mean difference is {bias} points. For 19 of 20 people the difference lies between {low} and {high} "
            "points, much of it because few contacts were scored.",
            bias=say.figures.signed(found.bias_points),
            low=say.figures.signed(found.limit_low),
            high=say.figures.signed(found.limit_high),
        ),
        key=_key(
            drawing,
            {
                "pair": _("one person, not named"),
                "centre": _("mean difference"),
                "interval_box": _("its likely range (90%)"),
                "limit": _("limits that hold about 95% of the differences"),
            },
        ),
        headers=(_("Mean of both scores"), _("Difference")),
        rows=tuple((number(p.mean_points, 1), say.figures.signed(p.difference_points)) for p in drawing.points),
    )


def problems_caption(say: Voice, drawing: Problems, whose: str) -> Caption:
    """What is missed most."""
    _, count, share = say.words, say.figures.count, say.figures.share
    first = next(place for place, row in enumerate(drawing.rows, start=1) if (row[1].cumulative_share or 0) >= HALF)
    values = {
        "first": count(first),
        "total": count(len(drawing.rows)),
        "share": share(drawing.rows[first - 1][1].cumulative_share, 0),
    }
    if drawing.is_by_item:
        headline = _("{share} of all misses come from {first} of {total} items", **values)
        subtitle = _("Items missed and their running share of all misses, {whose}", whose=whose)
        reading = _(
            "What every team misses is a matter of process, knowledge base or training; no single person can mend it. "
            "An item that is asked more often is also missed more often: the table has the shares."
        )
    else:
        headline = _("{share} of all misses come from {first} of {total} skills", **values)
        subtitle = _("Items missed per skill and their running share of all misses, {whose}", whose=whose)
        reading = _("A skill with many items on the form collects more misses; the table has the shares.")
    is_team = any(whole for _, _, whole in drawing.rows)
    return Caption(
        headline=headline,
        subtitle=subtitle,
        source=_qa(say),
        reading=reading,
        key=_key(drawing, {"bar": _("items missed")}),
        headers=(
            _("Item") if drawing.is_by_item else _("Skill"),
            _("Missed"),
            _("Of all that applied"),
            _("Likely range (90%)"),
            *((_("Whole centre"),) if is_team else ()),
            _("Points lost"),
            _("Running share"),
        ),
        rows=tuple(
            (
                _problem(say, dimension, found),
                count(found.misses),
                share(found.miss_share),
                names.shares(say, (found.interval_low, found.interval_high)),
                *((share(whole.miss_share if whole else None),) if is_team else ()),
                share(found.lost_share),
                share(found.cumulative_share, 0),
            )
            for dimension, found, whole in drawing.rows
        ),
    )


def skills_caption(say: Voice, drawing: Skills, whose: str) -> Caption:
    """The skills against the whole centre."""
    _, number = say.words, say.figures.number
    return Caption(
        headline=_("Skills of {whose} against the whole centre", whose=whose),
        subtitle=_("Share of points per skill, 0 to 100, with graders' leniency taken out; strengths first"),
        source=_qa(say),
        reading=_(
            "A word is given only from enough forms on, and only where the likely range leaves the centre's mark out. "
            "Among several skills one may still stand out by chance."
        ),
        key=_key(
            drawing,
            {
                "interval": _("likely range (90%)"),
                "centre_tick": _("whole centre"),
                "improvement": _("a strength"),
                "concern": _("worth practising"),
                "common": _("like the whole centre"),
                "unknown": _("not enough evidence, or graders agree too little"),
            },
        ),
        headers=(
            _("Skill"),
            _("Leniency taken out"),
            _("Likely range (90%)"),
            _("Whole centre"),
            _("Finding"),
            _("As graded"),
            _("Forms"),
            _("Would be seen again"),
        ),
        rows=tuple(
            (
                names.skill(say, dimension),
                number(found.fair_points, 1),
                words.skill_interval(say, found),
                number(found.centre_points, 1),
                words.verdict(say, found.verdict),
                number(found.raw_points, 1),
                say.figures.count(found.forms),
                say.figures.share(found.reliability, 0),
            )
            for dimension, found in drawing.rows
        ),
    )


def _problem(say: Voice, dimension: SkillDimension, found: QaItem) -> str:
    _, name = say.words, names.skill(say, dimension)
    if found.level != "item":
        return name
    if found.is_critical:
        return _("{item} ({skill}, critical)", item=found.item, skill=name)
    return _("{item} ({skill})", item=found.item, skill=name)


def _qa(say: Voice) -> str:
    _ = say.words
    return _("Source: {tables}", tables=say.rows_of("evaluations"))


def _key(drawing: Drawing, meanings: Mapping[str, str]) -> tuple[tuple[Markup, str], ...]:
    """A mark means something else in each of these pictures, so each brings its own words."""
    return tuple((small.key_mark(name), meanings[name]) for name in drawing.key)
