"""Five questions about one course, answered in words: who, which, how, by whom, what came of it.

Belongs here: text about one course. Does not belong here: the verdict on an effect (`_effect_words`), skills and stages
(`_training_words`). What participants thought of a session is told as that and never as an effect.
"""

from __future__ import annotations

from pipelines.marts import CourseDelivery, Rule
from pipelines.site.areas import _effect_words, _quality_names
from pipelines.site.areas._effect_contexts import Course
from pipelines.site.areas._effect_drawings import Comparison
from pipelines.site.areas._training_contexts import Taught
from pipelines.site.escape import visible_text
from pipelines.site.fragments import Voice


def who(say: Voice, found: Taught, fewest: Rule) -> list[str]:
    """Who was invited and who came."""
    _, write, row = say.words, say.figures, found.delivery
    if row is None:
        return [_("not delivered")]
    if row.invited < fewest.value or found.is_hidden:
        return [_("too few to show")]
    said = [
        _(
            "People invited: {invited}, came: {attended}.",
            invited=write.count(row.invited),
            attended=came(say, row, fewest),
        ),
        _absences(say, row),
    ]
    if row.voluntary_share is not None:
        said.append(_("Seats that were offered, not ordered: {share}.", share=write.share(row.voluntary_share, 0)))
    if row.new_starter_share:
        said.append(_("New people among those who came: {share}.", share=write.share(row.new_starter_share, 0)))
    return said


def came(say: Voice, row: CourseDelivery, fewest: Rule) -> str:
    """How many attended; small numbers are not told."""
    return _effect_words.people(say, row.attended, fewest)


def _absences(say: Voice, row: CourseDelivery) -> str:
    _, count = say.words, say.figures.count
    if not row.approved_absences and not row.unexcused_absences:
        return _("No seat stayed empty.")
    return _(
        "Seats that stayed empty: {approved} with approval, {unexcused} without.",
        approved=count(row.approved_absences),
        unexcused=count(row.unexcused_absences),
    )


def which(say: Voice, found: Taught) -> str:
    """What kind of course, and which skill it teaches."""
    _ = say.words
    kind = _effect_words.about(say, None, found.programme.course_type, None)
    if found.skill and kind:
        return _("{kind}, teaches: {skill}", kind=kind, skill=_quality_names.skill(say, found.skill))
    if found.skill:
        return _("teaches: {skill}", skill=_quality_names.skill(say, found.skill))
    return _("{kind}; which skill it teaches is not noted", kind=kind) if kind else _("not noted")


def how(say: Voice, found: Taught) -> str:
    """By what method, how long, how often."""
    _, write, row = say.words, say.figures, found.delivery
    if row is None:
        return _("not delivered")
    values = {"sessions": write.count(row.sessions), "methods": _methods(say, row.methods)}
    if row.hours is None:
        return _("{methods}, sessions: {sessions}", **values)
    return _("{methods}, sessions: {sessions}, of {hours} h on average", hours=write.number(row.hours, 1), **values)


def _methods(say: Voice, codes: str | None) -> str:
    _ = say.words
    known = {
        "classroom": _("in a classroom"),
        "online": _("online"),
        "on_the_job": _("on the job"),
        "blended": _("partly online"),
    }
    if not codes:
        return _("method not noted")
    named = [code.strip() for code in codes.split(",")]
    return say.listing([known.get(code) or visible_text(code) for code in named])


def by_whom(say: Voice, found: Taught) -> str:
    """By trainers of the house or from outside, and how many."""
    _, row = say.words, found.delivery
    source = _effect_words.about(say, None, None, found.programme.trainer_source)
    if row is None or not row.trainers:
        return source or _("not noted")
    trainers = say.figures.count(row.trainers)
    if source:
        return _("{source}; different trainers: {trainers}", source=source, trainers=trainers)
    return _("different trainers: {trainers}", trainers=trainers)


# ---------- what came of it
def learnt(say: Voice, found: Taught, fewest: Rule) -> str:
    """Learning: the test."""
    row = found.programme
    return _effect_words.mean_of(say, _as_course(found), row.mean_test_points, row.tests, fewest)


def liked(say: Voice, found: Taught, fewest: Rule) -> str:
    """What participants thought; empty without sheets."""
    _, row = say.words, found.programme
    if row.mean_reaction_points is None:
        return ""
    return _(
        "What participants thought of the session, 1 to 5: {mean}. It thanks the trainer for the effort and says "
        "nothing about the effect.",
        mean=_effect_words.mean_of(say, _as_course(found), row.mean_reaction_points, row.reactions, fewest),
    )


def _as_course(found: Taught) -> Course:
    return Course(found.programme, found.name, found.is_hidden, None, None)


def changed(say: Voice, found: Comparison) -> str:
    """Behaviour or result: the verdict, the estimates, and what could have been seen."""
    _, effect = say.words, found.effect
    verdict = _effect_words.verdict(say, effect)
    if not found.has_estimate:
        return _("{verdict}.", verdict=verdict)
    values = {
        "verdict": verdict,
        "range": _effect_words.between(say, found),
        "unit": _effect_words.unit(say, effect.kpi_id),
    }
    if effect.minimum_detectable_gain is None:
        return _("{verdict}. Gain between {range} {unit}.", **values)
    return _(
        "{verdict}. Gain between {range} {unit}; the smallest that could have been seen: {least}.",
        least=_effect_words.least(say, found, effect.minimum_detectable_gain),
        **values,
    )


def level(say: Voice, found: Comparison) -> str:
    """What is looked at."""
    _ = say.words
    kpi = say.kpi(found.effect.kpi_id)
    return {
        "behaviour": _("Behaviour at work ({kpi})", kpi=kpi),
        "result": _("Result for customers ({kpi})", kpi=kpi),
    }[found.effect.outcome_level]


def lasts(say: Voice, found: Comparison) -> str:
    """Whether a measured gain is still there; empty where there is none to follow."""
    if not found.effect.is_measurable_gain or not found.months or found.is_hidden:
        return ""
    return _effect_words.lasting(say, found)
