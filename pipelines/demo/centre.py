"""The whole centre: everything that is known before the first contact, and each month as it goes.

Belongs here: putting the subjects together in the order in which one depends on another. Does not belong here: files
(`exports_*`), the truth folder (`truth`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from pipelines.demo.attendance import Attendance, make_attendance
from pipelines.demo.callbacks import Callbacks, month_callbacks
from pipelines.demo.complaint_reviews import month_reviews
from pipelines.demo.contacts import Contacts, join, month_contacts
from pipelines.demo.feedback import Complaints, Surveys, month_complaints, month_surveys, next_contacts
from pipelines.demo.floor import Rules
from pipelines.demo.mix import Mix, empty_mix
from pipelines.demo.monitored import Monitored, monitored_of
from pipelines.demo.people import People, make_people
from pipelines.demo.plan import Floats, Ints, Month, Plan
from pipelines.demo.quality import Scores, month_scores
from pipelines.demo.reports import Reports, empty_reports
from pipelines.demo.skills import Skills, make_skills
from pipelines.demo.stories import SELECTION_QUARTER_END, Cast, choose_cast, select_for_coaching
from pipelines.demo.training import Training, make_training
from pipelines.demo.worked_case import WorkedCase, find_worked_case, with_worked_case


@dataclass(frozen=True)
class Centre:
    """What is known before the first contact. `rules.coached` fills up once the selection month has passed."""

    plan: Plan
    people: People
    cast: Cast
    skills: Skills
    attendance: Attendance
    training: Training
    rules: Rules


@dataclass(frozen=True)
class MonthOfWork:
    """A month as it went. `contacts` began in the month; the other parts may lie a few days after its end."""

    month: Month
    contacts: Contacts
    surveys: Surveys
    complaints: Complaints
    callbacks: Callbacks
    scores: Scores
    reviews: Scores
    """Contacts behind justified complaints, scored again."""


@dataclass
class Tally:
    """What adds up over the months.

    Handled contacts, recorded solutions and handle seconds per month and agent, handle seconds per day and agent; what
    reports say; the monitored contacts, complaints and the worked case that talks and responses refer to.
    """

    handled: Ints
    resolved: Ints
    handle_seconds: Ints
    day_seconds: Floats
    mix: Mix
    reports: Reports
    monitored: list[Monitored] = field(default_factory=list)
    complaints: list[Complaints] = field(default_factory=list)
    worked_case: WorkedCase | None = None


def make_centre(plan: Plan) -> Centre:
    """The plan's centre. Same plan, same centre."""
    people = make_people(plan)
    cast = choose_cast(plan, people)
    skills = make_skills(plan, people, cast)
    attendance = make_attendance(plan, people, skills)
    training = make_training(plan, people, skills)
    return Centre(plan, people, cast, skills, attendance, training, Rules(plan, people, skills, attendance, cast))


def empty_tally(plan: Plan) -> Tally:
    """A tally of nothing, for the months and days of the plan and the month after."""
    by_month = (len(plan.months), plan.agents)
    zeros = [np.zeros(by_month, dtype=np.int64) for _ in range(3)]
    by_day = np.zeros((plan.horizon, plan.agents))
    return Tally(zeros[0], zeros[1], zeros[2], by_day, empty_mix(plan), empty_reports(plan))


def months_of_work(centre: Centre, months: tuple[Month, ...], tally: Tally) -> Iterator[MonthOfWork]:
    """Each month in turn, follow-ups of the month before included; counts them into `tally`.

    Contacts of the first month lack follow-ups of an earlier one unless it is the plan's first. Selects for coaching
    when the selection month has passed.
    """
    carried: Contacts | None = None
    for month in months:
        drawn = month_contacts(centre.rules, month)
        following = next_contacts(drawn)
        surveys = month_surveys(centre.rules, month, drawn)
        complaints, complained = month_complaints(centre.rules, month, drawn, following)
        drawn = replace(drawn, complained=complained)
        case = find_worked_case(centre.rules, month, drawn, complaints, following)
        if case is not None:
            complaints = with_worked_case(complaints, case)
            tally.worked_case = case
        callbacks = month_callbacks(centre.rules, month, drawn)
        scores = month_scores(centre.rules, month, drawn, centre.training)
        reviews = month_reviews(centre.rules, month, drawn, complaints, centre.training, case)
        tally.reports.add(month, drawn, following, surveys, scores)
        tally.monitored.append(monitored_of(drawn, scores))
        tally.complaints.append(complaints)
        inside = drawn.day < month.end_day
        contacts = drawn.take(inside) if carried is None else join([carried, drawn.take(inside)])
        carried = drawn.take(~inside)
        contacts = contacts.take(np.lexsort((contacts.number, contacts.second, contacts.day)))
        _count(tally, month, contacts)
        tally.mix.add(month.index // 3, contacts)
        if month.end_day == centre.plan.day(SELECTION_QUARTER_END) + 1:
            counts = tally.handled[month.index], tally.resolved[month.index]
            centre.rules.coached = select_for_coaching(centre.plan, centre.people, centre.cast, *counts)
        yield MonthOfWork(month, contacts, surveys, complaints, callbacks, scores, reviews)


def _count(tally: Tally, month: Month, contacts: Contacts) -> None:
    done = contacts.take(contacts.answered)
    agents = tally.handled.shape[1]
    seconds = done.talk + np.maximum(done.hold, 0) + done.acw
    tally.handled[month.index] += np.bincount(done.agent, minlength=agents)
    tally.resolved[month.index] += np.bincount(done.agent[done.recorded_solved], minlength=agents)
    tally.handle_seconds[month.index] += np.bincount(done.agent, weights=seconds, minlength=agents).astype(np.int64)
    cell = done.day * agents + done.agent
    tally.day_seconds += np.bincount(cell, weights=seconds, minlength=tally.day_seconds.size).reshape(
        tally.day_seconds.shape
    )
