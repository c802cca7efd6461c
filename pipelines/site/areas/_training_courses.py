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
        said.append(_offered(say, row.voluntary_share))
    return said


def came(say: Voice, row: CourseDelivery, fewest: Rule) -> str:
    """How many attended; small numbers are not told."""
    return _effect_words.people(say, row.attended, fewest)


def _offered(say: Voice, share: float) -> str:
    _ = say.words
    if share == 0:
        return _("Everybody was sent.")
    if share == 1:
        return _("Everybody had put themselves forward.")
    return _("Seats that people had asked for: {share}.", share=say.figures.share(share, 0))


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
    """For whom, what kind of course, and which skill it teaches."""
    _ = say.words
    kind = _effect_words.about(say, found.programme.stage, found.programme.course_type, None)
    if found.skill and kind:
        return _("{kind}, teaches: {skill}", kind=kind, skill=_quality_names.skill(say, found.skill))
    if found.skill:
        return _("teaches: {skill}", skill=_quality_names.skill(say, found.skill))
    return kind or _("not noted")


def how(say: Voice, found: Taught) -> str:
    """By what method, how long, how often."""
    _, write, row = say.words, say.figures, found.delivery
    if row is None:
        return _("not delivered")
    said = [_methods(say, row.methods)] if row.methods else []
    said.append(_("sessions: {sessions}", sessions=write.count(row.sessions)))
    if row.hours is not None:
        said.append(_("{hours} h each on average", hours=write.number(row.hours, 1)))
    return " · ".join(said)


def _methods(say: Voice, codes: str) -> str:
    _ = say.words
    known = {
        "classroom": _("in a classroom"),
        "online": _("online"),
        "on_the_job": _("on the job"),
        "blended": _("partly online"),
    }
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
        return _("{source} · different trainers: {trainers}", source=source, trainers=trainers)
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
        "What participants thought of the session, 1 to 5: {mean}; it says nothing about the effect.",
        mean=_effect_words.mean_of(say, _as_course(found), row.mean_reaction_points, row.reactions, fewest),
    )


def _as_course(found: Taught) -> Course:
    return Course(found.programme, found.name, found.is_hidden, None, None)


def in_short(say: Voice, found: Taught) -> str:
    """The verdicts of a course side by side; empty where nothing of it could be measured."""
    _ = say.words
    said = [
        {
            "behaviour": _("Behaviour at work: {text}", text=text),
            "result": _("Result for customers: {text}", text=text),
        }[row.effect.outcome_level]
        for row in found.effects
        for text in (_effect_words.in_short(say, row.effect),)
    ]
    return " · ".join(said)


def changed(say: Voice, found: Comparison) -> str:
    """Behaviour or result: the verdict, the gain where there is one, and what could have been seen."""
    _, effect = say.words, found.effect
    kpi, unit = say.kpi(effect.kpi_id), _effect_words.unit(say, effect.kpi_id)
    verdict = _effect_words.verdict(say, effect)
    said = [
        {
            "behaviour": _("Behaviour at work, by {kpi}: {verdict}.", kpi=kpi, verdict=verdict),
            "result": _("Result for customers, by {kpi}: {verdict}.", kpi=kpi, verdict=verdict),
        }[effect.outcome_level]
    ]
    if found.has_estimate and effect.is_measurable_gain:
        said.append(_("Gain between {range} {unit}.", range=_effect_words.between(say, found), unit=unit))
    if found.has_estimate and effect.minimum_detectable_gain is not None:
        least = _effect_words.least(say, found, effect.minimum_detectable_gain)
        said.append(_("Smallest gain that could have been seen: {least} {unit}.", least=least, unit=unit))
    return say.sentences(said)


def lasts(say: Voice, found: Comparison) -> str:
    """Whether a measured gain is still there; empty where there is none to follow."""
    if not found.effect.is_measurable_gain or not found.months or found.is_hidden:
        return ""
    return _effect_words.lasting(say, found)
