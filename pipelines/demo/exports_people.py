"""Exports of the personnel and training systems, the rating form and the centre's diary.

Belongs here: headers, spellings and faults of these files. Does not belong here: their content. The layouts that read
them are dbt_project/exports/demo_{staff,teams,training,ratings,events}.yml.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from pipelines.demo.centre import Centre
from pipelines.demo.dirt import BLANK_LINES, Ledger
from pipelines.demo.files import Cell, write_delimited
from pipelines.demo.people import SHIFTS
from pipelines.demo.plan import NEVER, OUTAGE_DAY, PUBLIC_HOLIDAYS, RELEASE_DAY
from pipelines.demo.ratings import ITEMS, SCALE_MAX, ratings_rows
from pipelines.demo.stories import PROGRAMMES, SELECTION_QUARTER_END
from pipelines.demo.training import ABSENCES, COURSES

_ROLES_ZH = ("普通坐席", "技术坐席", "贵宾坐席")
_PROGRAMMES = ("Online shop", "Devices", "Premium care")


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def write_staff(centre: Centre, drop: Path) -> None:
    """The staff file (Chinese and English headings, one row per agent and start of validity) and the team list."""
    people, plan = centre.people, centre.plan
    header = (
        "工号 Employee ID",
        "姓名",
        "Name",
        "班组 Team",
        "岗位",
        "呼叫方向",
        "入职日期",
        "离职日期",
        "班组长",
        "项目 Programme",
        "班次",
        "生效日期",
    )
    rows: list[tuple[Cell, ...]] = []
    for agent, agent_id in enumerate(people.agent_ids):
        latin, chinese = people.names[agent]
        hired = plan.date(int(people.hire_day[agent]))
        stays = [(int(people.team[agent]), hired)]
        if people.move_day[agent] != NEVER:
            stays.append((int(people.moved_to[agent]), plan.date(int(people.move_day[agent]))))
        left = int(people.left_day[agent])
        for team, since in stays:
            rows.append(
                (
                    agent_id,
                    chinese,
                    latin,
                    people.teams[team].team_id,
                    _ROLES_ZH[people.role[agent]],
                    "呼出" if people.outbound[agent] else "呼入",
                    _chinese_day(hired),
                    "" if left == NEVER else _chinese_day(plan.date(left)),
                    people.teams[team].leader,
                    _PROGRAMMES[people.role[agent]],
                    SHIFTS[people.shift[agent]][1],
                    _chinese_day(since),
                )
            )
    write_delimited(drop / "people" / "花名册.csv", header, rows, encoding="utf-8-sig")
    teams = [(t.team_id, t.name, t.name_zh, t.leader, t.manager, "2015-01-01") for t in people.teams]
    write_delimited(
        drop / "people" / "teams.tsv",
        ("team_id", "team", "班组名称", "team leader", "manager", "since"),
        teams,
        delimiter="\t",
    )


def write_training(centre: Centre, drop: Path, ledger: Ledger) -> None:
    """All training as UTF-16 text with tabs, the way a spreadsheet saves it, with blank lines at the end."""
    header = (
        "Session",
        "Course",
        "Course name 课程名称",
        "Stage",
        "Type",
        "Skill",
        "Method",
        "Trainer",
        "Trainer from",
        "Agent",
        "Held on",
        "Hours",
        "Test score",
        "Absence",
        "Reaction 1-5",
        "Voluntary 自愿参加",
    )
    training, plan = centre.training, centre.plan
    rows: list[tuple[Cell, ...]] = []
    for place in np.lexsort((training.agent, training.day)).tolist():
        course, absent = COURSES[int(training.course[place])], int(training.absence[place])
        rows.append(
            (
                training.session[place],
                course.course_id,
                f"{course.name} {course.name_zh}",
                course.stage,
                course.course_type,
                course.dimension.replace("_", " ").capitalize(),
                course.method.replace("_", " ").capitalize(),
                centre.people.trainers[int(training.trainer[place])],
                "external" if course.external else "internal",
                f"A{int(training.agent[place]) + 1:04d}",
                plan.date(int(training.day[place])).strftime("%d.%m.%Y"),
                course.hours,
                "" if absent else int(training.score[place]),
                ABSENCES[absent],
                "" if absent else int(training.reaction[place]),
                "Yes" if course.voluntary else "No",
            )
        )
    ledger.blank_lines["training/training.txt"] = BLANK_LINES
    write_delimited(
        drop / "training" / "training.txt", header, rows, delimiter="\t", encoding="utf-16", blank_lines=BLANK_LINES
    )


def write_ratings(centre: Centre, drop: Path) -> None:
    """One file per quarter, item texts in both languages."""
    ids = centre.people.agent_ids
    rows = ratings_rows(centre)
    for label, first in zip(centre.plan.quarter_labels, centre.plan.quarter_starts[:-1], strict=True):
        lines = [
            (
                label,
                centre.plan.date(first).isoformat(),
                ids[agent],
                source,
                rater,
                " ".join(ITEMS[item]),
                score,
                SCALE_MAX,
            )
            for day, agent, source, rater, item, score in rows
            if day == first
        ]
        header = ("Quarter", "Quarter begins", "Agent", "View", "Rated by", "Item", "Score", "Out of")
        write_delimited(drop / "ratings" / f"ratings_{label}.csv", header, lines, delimiter=";")


def write_events(centre: Centre, drop: Path) -> None:
    """The centre's diary: holidays, the outage, a rule, the release, the coaching programmes, the adherence minimum."""
    plan, teams = centre.plan, centre.people.teams
    hovering = teams[centre.people.hovering_team].team_id
    coaching = plan.date(plan.day(SELECTION_QUARTER_END) + 2)
    entries: list[tuple[date, date | None, str, str, str, str, str]] = [
        (first, last, "centre", "", "holiday", english, chinese) for first, last, english, chinese in PUBLIC_HOLIDAYS
    ]
    entries += [
        (
            OUTAGE_DAY,
            OUTAGE_DAY,
            "centre",
            "",
            "outage",
            "Order system down from 9:00 to 16:00",
            "订单系统 9:00 至 16:00 中断",
        ),
        (
            date(2026, 5, 11),
            None,
            "queue",
            "billing",
            "rule",
            "Refunds up to 50 without a second approval",
            "50 元以内退款无需二次审批",
        ),
        (RELEASE_DAY, None, "centre", "", "release", "New customer system, release 4.0", "客户系统 4.0 版本上线"),
        (
            date(2026, 2, 2),
            None,
            "team",
            hovering,
            "rule",
            "Adherence minimum of 90 % announced",
            "公布遵时率 90% 的最低要求",
        ),
    ]
    entries += [
        (coaching, None, "centre", "", "coaching", f"Coaching programme “{name}” begins", f"辅导项目“{name_zh}”启动")
        for name, name_zh, _ in PROGRAMMES
    ]
    delivered = [entry for entry in entries if 0 <= plan.day(entry[0]) < plan.days]
    delivered.sort(key=lambda entry: (entry[0], entry[5]))
    rows = [(f"E{number:02d}", first, last, *rest) for number, (first, last, *rest) in enumerate(delivered, start=1)]
    header = ("event", "from", "to", "scope", "scope id", "kind", "text", "说明")
    write_delimited(drop / "diary" / "events.csv", header, rows)
