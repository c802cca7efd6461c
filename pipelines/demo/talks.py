"""Everything around talks: the log and its words, looks at goals, responses, choices, model cases; and their account.

Belongs here: putting those together, and what of them was planted, for the truth folder. Does not belong here: each of
them (the module of that name), the files (`exports_coaching`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.centre import Centre, Tally
from pipelines.demo.choices import Choice, agent_choices
from pipelines.demo.coaching import CoachingRow, coaching_rows
from pipelines.demo.contacts import complaint_id, contact_id
from pipelines.demo.goal_reviews import GoalReview, goal_reviews
from pipelines.demo.model_cases import ModelCase, model_cases
from pipelines.demo.more_talks import forgotten_agents, more_rows
from pipelines.demo.quotes import WORKED_CASE_WORDS
from pipelines.demo.responses import DISPUTED, Response, agent_responses
from pipelines.demo.talk_words import Words, words_of
from pipelines.demo.worked_case import MOMENT


@dataclass(frozen=True)
class Talks:
    """What the exports of talks hold. `words` go with `rows`, one by one."""

    rows: list[CoachingRow]
    words: list[Words]
    reviews: list[GoalReview]
    responses: list[Response]
    choices: list[Choice]
    cases: list[ModelCase]
    forgotten: list[int]


def make_talks(centre: Centre, tally: Tally) -> Talks:
    """Talks of all delivered months, once those are counted."""
    routine = coaching_rows(centre, tally)
    forgotten = forgotten_agents(centre, routine)
    rows = more_rows(centre, tally, routine, forgotten)
    cases = model_cases(centre, tally.monitored)
    return Talks(
        rows=rows,
        words=words_of(centre, rows, cases),
        reviews=goal_reviews(centre, rows),
        responses=agent_responses(centre, tally, rows),
        choices=agent_choices(centre),
        cases=cases,
        forgotten=forgotten,
    )


def account_of_talks(centre: Centre, tally: Tally, talks: Talks) -> list[dict[str, object]]:
    """The stories around talks as plain data: what, who, how many."""
    plan, ids = centre.plan, centre.people.agent_ids
    groups = {row.coaching_id for row in talks.rows if row.form == "group"}
    after_the_end = [row for row in talks.rows if row.due_day >= plan.days]
    mentors = {choice.agent for choice in talks.choices if choice.choice == "mentor"}
    unnamed = {choice.agent for choice in talks.choices if choice.choice == "recognition" and not choice.is_agreed}
    waiting = [one for one in talks.responses if one.text and one.answered_day is None]
    return [
        {
            "story": "forgotten_agents",
            "agents": [ids[agent] for agent in talks.forgotten],
            "note": "nobody has talked to them in the last quarter; everybody else who was there a week has had a talk",
        },
        {
            "story": "bad_month",
            "agents": [ids[row.agent] for row in talks.rows if row.coaching_id[:2] == "CB" and row.goal_number == 1],
            "note": "their goals start from a month that was bad by chance; most come nearer without any coaching",
        },
        {
            "story": "goals",
            "sessions": len({(row.coaching_id, row.agent) for row in talks.rows}),
            "goals": len(talks.rows),
            "long_term_goals": sum(row.horizon == "long" for row in talks.rows),
            "group_sessions": len(groups),
            "due_after_the_last_day": len(after_the_end),
            "reviews": len(talks.reviews),
            "revised_with_another_method": sum(bool(review.changed_method) for review in talks.reviews),
        },
        {
            "story": "responses",
            "responses": len(talks.responses),
            "disputes": sum(one.kind == DISPUTED for one in talks.responses),
            "waiting_for_an_answer": [{"agent_id": ids[one.agent], "about": one.about} for one in waiting],
        },
        {
            "story": "choices",
            "no_name_beside_recognition": [ids[agent] for agent in sorted(unnamed)],
            "mentors": [ids[agent] for agent in sorted(mentors)],
        },
        {
            "story": "model_cases",
            "cases": len(talks.cases),
            "without_consent": [case.case_id for case in talks.cases if not case.is_agreed],
            "note": "a case without consent is never shown",
        },
        *_worked_case(centre, tally),
    ]


def _worked_case(centre: Centre, tally: Tally) -> list[dict[str, object]]:
    """Nothing in a centre where no call spans the moment."""
    case = tally.worked_case
    if case is None:
        return []
    moment = f"{centre.plan.date(case.day)} {MOMENT // 3600:02d}:{MOMENT // 60 % 60:02d}:{MOMENT % 60:02d}"
    return [
        {
            "story": "worked_case",
            "agent_id": centre.people.agent_ids[case.agent],
            "part_of": case.story,
            "complaint_id": complaint_id(case.number),
            "contact_id": contact_id(case.number),
            "instead_of": "" if case.instead_of == NOBODY else complaint_id(case.instead_of),
            "said_at": moment,
            "offset_seconds": case.offset_seconds,
            "words": WORKED_CASE_WORDS,
            "note": "the complaint names the customer only; its call is the customer's newest before it",
        }
    ]
