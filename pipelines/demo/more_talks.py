"""Further talks beside the routine: long-term goals, talks with those not yet seen, group sessions; and the forgotten.

Belongs here: who gets those, when, and what is agreed. Does not belong here: the routine and the programmes
(`coaching`), the law of success (`goals`).
"""

from __future__ import annotations

import numpy as np

from pipelines.demo.centre import Centre, Tally
from pipelines.demo.coaching import COMMENTS, CoachingRow, by_day, near_programme
from pipelines.demo.goals import Figures, Goal, agreed, chosen_kpi, month_of, status_of
from pipelines.demo.people import VIP
from pipelines.demo.plan import NEVER, Subject
from pipelines.demo.topics import BY_KPI, FAULTS, GROUP, LONG, STEADY, Topic

_LONG_SHARE, _LONG_AFTER_DAYS, _LONG_DAYS, _LONG_STEPS = 0.40, 150, (90, 121), (1.5, 2.5, 3.5)
_FORGOTTEN_PER_TEAM, _LARGE_TEAM, _KNOWN_DAYS = (1, 2), 9, 120
_NEW_DAYS, _NEW_EVERY_DAYS, _NEW_FIRST_DAY = 120, 20, 8
_DUE_AFTER_DAYS, _STEPS = (14, 21, 30, 45, 60), (1.0, 1.5, 2.5)
_LEAST_HANDLED, _LEAST_IN_BAD_MONTH = 3, 15
_BAD_MONTH_STEPS, _BAD_MONTH_DUE_DAYS = 3.0, 42
_GROUP_SHARE, _GROUP_LEAST, _GROUP_MOST, _GROUP_MINUTES = 0.26, 4, 8, (45, 60)


def forgotten_agents(centre: Centre, rows: list[CoachingRow]) -> list[int]:
    """A few established agents per team whom nobody has talked to in the last quarter, of those it happened to."""
    plan, people = centre.plan, centre.people
    first, last = plan.quarter_starts[-2], plan.days - 1
    seen = {row.agent for row in rows if row.day >= first}
    everybody = np.arange(plan.agents)
    team = people.team_on(everybody, np.full(plan.agents, last))
    known = (people.hire_day <= last - _KNOWN_DAYS) & (people.left_day == NEVER)
    found: list[int] = []
    for index in range(plan.teams):
        members = np.flatnonzero(known & (team == index))
        unseen = [agent for agent in members.tolist() if agent not in seen]
        lot = plan.stream(Subject.COACHING, 4, index).permutation(len(unseen))
        wanted = _FORGOTTEN_PER_TEAM[len(members) >= _LARGE_TEAM]
        found += sorted(unseen[place] for place in lot[:wanted].tolist())
    return found


def more_rows(centre: Centre, tally: Tally, rows: list[CoachingRow], forgotten: list[int]) -> list[CoachingRow]:
    """The whole log: the rows so far and all further ones, by day."""
    after = _after_bad_months(centre, tally, forgotten)
    talks = [*rows, *after, *_catching_up(centre, tally, [*rows, *after], forgotten)]
    return by_day([*talks, *_long_goals(centre, tally, talks), *_group_talks(centre, tally, forgotten)])


def _long_goals(centre: Centre, tally: Tally, talks: list[CoachingRow]) -> list[CoachingRow]:
    """A second goal, three to four months ahead, in a third of the one-to-one talks with established agents."""
    draw, found = centre.plan.stream(Subject.COACHING, 5), []
    for row in by_day(talks):
        lots, luck = draw.integers(0, 420, 4), draw.random(2)
        tenure = row.day - int(centre.people.hire_day[row.agent])
        if row.form != "one_to_one" or row.programme or tenure < _LONG_AFTER_DAYS or luck[0] > _LONG_SHARE:
            continue
        topic, kpi_id = _long_topic(centre, row.agent, lots.tolist())
        due_day = row.day + int(_LONG_DAYS[0] + lots[1] % (_LONG_DAYS[1] - _LONG_DAYS[0]))
        figures = Figures()
        if kpi_id is not None:
            figures = agreed(tally, max(month_of(centre, row.day) - 1, 0), row.agent, kpi_id, _LONG_STEPS[lots[2] % 3])
        goal = Goal(row.agent, figures, row.day, due_day, month_of(centre, due_day))
        found.append(
            CoachingRow(
                coaching_id=row.coaching_id,
                goal_number=2,
                agent=row.agent,
                day=row.day,
                form=row.form,
                programme="",
                topic=topic,
                trigger=row.trigger,
                minutes=row.minutes,
                figures=figures,
                due_day=due_day,
                status=status_of(centre, tally, goal, float(luck[1])),
                comment=row.comment,
                acknowledged_day=row.acknowledged_day,
                horizon="long",
            )
        )
    return found


def _long_topic(centre: Centre, agent: int, lots: list[int]) -> tuple[Topic, str | None]:
    """In three of five a KPI shows the goal; otherwise words say how success is seen."""
    if lots[0] % 5 < 3:
        if lots[2] % 4 == 0:
            return FAULTS, "resolution_rate"
        return STEADY, chosen_kpi(centre, agent, lots[3] % 100)
    place = lots[2] % len(LONG)
    is_vip_already = centre.people.role[agent] == VIP
    return LONG[0 if is_vip_already and place == 1 else place], None


def _after_bad_months(centre: Centre, tally: Tally, forgotten: list[int]) -> list[CoachingRow]:
    """Talks in the last month with whoever fell furthest in the month before it, one of each team.

    The goal starts from that bad month, so most come nearer to it by themselves.
    """
    plan, people, found = centre.plan, centre.people, []
    month, bad = plan.months[-2], len(plan.months) - 3
    rate = tally.resolved / np.maximum(tally.handled, 1)
    everybody = np.arange(plan.agents)
    team = people.team_on(everybody, np.full(plan.agents, month.first_day))
    could = (people.hire_day < month.first_day - _KNOWN_DAYS) & (people.left_day == NEVER)
    could &= (tally.handled[bad - 1 : bad + 1] >= _LEAST_IN_BAD_MONTH).all(axis=0)
    could[forgotten] = could[list(centre.cast.planted)] = False
    for index in range(plan.teams):
        members = np.flatnonzero(could & (team == index))
        if len(members) < _GROUP_LEAST:
            continue
        agent = int(members[np.argmax((rate[bad - 1] - rate[bad])[members])])
        draw = plan.stream(Subject.COACHING, 9, agent)
        day, lots, luck = month.first_day + int(draw.integers(0, 7)), draw.integers(0, 420, 5), float(draw.random())
        figures = agreed(tally, bad, agent, "resolution_rate", _BAD_MONTH_STEPS)
        goal = Goal(agent, figures, day, day + _BAD_MONTH_DUE_DAYS, bad + 1)
        found.append(
            CoachingRow(
                coaching_id=f"CB{month.label.replace('-', '')}-{agent + 1:04d}",
                goal_number=1,
                agent=agent,
                day=day,
                form="one_to_one",
                programme="",
                topic=BY_KPI["resolution_rate"][lots[0] % 3],
                trigger="reactive",
                minutes=int(25 + 5 * (lots[1] % 4)),
                figures=figures,
                due_day=goal.due_day,
                status=status_of(centre, tally, goal, luck),
                comment=int(lots[2] % COMMENTS),
                acknowledged_day=day + int(lots[3] % 4) if lots[3] % 6 else None,
            )
        )
    return found


def _catching_up(centre: Centre, tally: Tally, rows: list[CoachingRow], forgotten: list[int]) -> list[CoachingRow]:
    """Talks of the last quarter with everybody who would have had none, and with new starters every three weeks."""
    plan, people = centre.plan, centre.people
    first, found = plan.quarter_starts[-2], []
    seen = {row.agent for row in rows if row.day >= first}
    for agent in range(plan.agents):
        draw = plan.stream(Subject.COACHING, 6, agent)
        hired = int(people.hire_day[agent])
        if people.left_day[agent] != NEVER or hired > plan.days - _NEW_FIRST_DAY or agent in forgotten:
            continue
        start = max(first, hired + _NEW_FIRST_DAY)
        if hired > first - _NEW_DAYS:
            days = list(range(start + int(draw.integers(0, 5)), plan.days, _NEW_EVERY_DAYS))
        else:
            days = [] if agent in seen else [int(draw.integers(start, plan.days))]
        found += [_talk(centre, tally, agent, day, draw, is_new=hired > first - _NEW_DAYS) for day in days]
    return found


def _talk(
    centre: Centre, tally: Tally, agent: int, day: int, draw: np.random.Generator, *, is_new: bool
) -> CoachingRow:
    lots, luck = draw.integers(0, 420, 8), float(draw.random())
    before = max(month_of(centre, day) - 1, 0)
    known = before if tally.handled[before, agent] >= _LEAST_HANDLED else month_of(centre, day)
    wish = "average_handle_time" if is_new and lots[0] % 2 else chosen_kpi(centre, agent, int(lots[1] % 100))
    figures = agreed(tally, known, agent, wish, _STEPS[lots[2] % 3])
    due_day = day + _DUE_AFTER_DAYS[lots[3] % 5]
    goal = Goal(agent, figures, day, due_day, month_of(centre, due_day))
    return CoachingRow(
        coaching_id=f"CU{centre.plan.date(day):%Y%m%d}-{agent + 1:04d}",
        goal_number=1,
        agent=agent,
        day=day,
        form="one_to_one",
        programme="",
        topic=BY_KPI[wish][lots[4] % 3],
        trigger="proactive",
        minutes=int(15 + 5 * (lots[5] % 5)),
        figures=figures,
        due_day=due_day,
        status=status_of(centre, tally, goal, luck),
        comment=int(lots[6] % COMMENTS),
        acknowledged_day=day + int(lots[7] % 4) if lots[7] % 6 else None,
    )


def _group_talks(centre: Centre, tally: Tally, forgotten: list[int]) -> list[CoachingRow]:
    """Now and then a leader takes half the team together; everybody goes home with an own goal of the one topic."""
    plan, people, found = centre.plan, centre.people, []
    everybody = np.arange(plan.agents)
    for month in plan.months[1:-1]:
        team = people.team_on(everybody, np.full(plan.agents, month.first_day))
        there = (people.hire_day < month.first_day - 31) & (people.left_day >= month.end_day)
        for index in range(plan.teams):
            draw = plan.stream(Subject.COACHING, 7, month.index, index)
            day, lots = month.first_day + int(draw.integers(2, 26)), draw.integers(0, 420, 3)
            members = [
                agent
                for agent in np.flatnonzero(there & (team == index)).tolist()
                if agent not in forgotten
                and tally.handled[month.index - 1, agent] >= _LEAST_HANDLED
                and not near_programme(centre, agent, day)
            ]
            order = draw.permutation(len(members)).tolist()
            chosen = sorted(members[place] for place in order[: _GROUP_MOST - lots[0] % 3])
            if draw.random() > _GROUP_SHARE or len(chosen) < _GROUP_LEAST:
                continue
            name = f"CG{month.label.replace('-', '')}-{people.teams[index].team_id}"
            topic, has_kpi = GROUP[lots[1] % len(GROUP)], bool(lots[2] % 2)
            minutes = _GROUP_MINUTES[lots[1] % 2]
            found += [
                _group_row(centre, tally, (name, number, agent, day, minutes), topic, draw, has_kpi=has_kpi)
                for number, agent in enumerate(chosen, start=1)
            ]
    return found


def _group_row(
    centre: Centre,
    tally: Tally,
    place: tuple[str, int, int, int, int],
    topic: Topic,
    draw: np.random.Generator,
    *,
    has_kpi: bool,
) -> CoachingRow:
    (name, number, agent, day, minutes), luck, lots = place, float(draw.random()), draw.integers(0, 420, 2)
    month = max(month_of(centre, day) - 1, 0)
    figures = agreed(tally, month, agent, "qa_score", 1) if has_kpi else Figures()
    goal = Goal(agent, figures, day, day + 28, month_of(centre, day + 28))
    return CoachingRow(
        coaching_id=name,
        goal_number=number,
        agent=agent,
        day=day,
        form="group",
        programme="",
        topic=topic,
        trigger="proactive",
        minutes=minutes,
        figures=figures,
        due_day=goal.due_day,
        status=status_of(centre, tally, goal, luck),
        comment=int(lots[0] % COMMENTS),
        acknowledged_day=day + int(lots[1] % 4) if lots[1] % 5 else None,
    )
