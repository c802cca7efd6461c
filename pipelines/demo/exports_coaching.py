"""Exports around talks: coaching log, looks at goals, responses and choices of agents, library of model cases.

Belongs here: headers and spellings of these files. Does not belong here: their content (`talks` and what it puts
together). The layouts that read them are dbt_project/exports/demo_{coaching,goal_reviews,agent_responses,agent_choices,
model_cases}.yml.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.demo.centre import Centre
from pipelines.demo.coaching import CoachingRow
from pipelines.demo.contacts import contact_id
from pipelines.demo.files import Cell, write_delimited, write_json_lines, write_workbook
from pipelines.demo.model_cases import ModelCase
from pipelines.demo.talk_words import Words
from pipelines.demo.talks import Talks

_COACHING_HEADER = (
    "辅导编号",
    "目标序号",
    "工号",
    "教练",
    "辅导日期",
    "形式",
    "辅导项目",
    "主题",
    "触发原因",
    "时长(分钟)",
    "目标类型",
    "指标",
    "衡量方式",
    "基线值",
    "目标值",
    "完成期限",
    "行动步骤",
    "负责人",
    "资源支持",
    "职业目标",
    "状态",
    "坐席意见",
    "确认日期",
)
_FORMS_ZH = {"one_to_one": "一对一", "group": "小组", "simulation": "情景模拟"}
_TRIGGERS_ZH = {"reactive": "问题触发", "proactive": "计划内"}
_HORIZONS_ZH = {"short": "短期", "long": "长期"}
_STATUS_ZH = {"agreed": "已约定", "in_progress": "进行中", "achieved": "已达成", "revised": "已调整"}
_REVIEW_HEADER = ("辅导编号", "目标序号", "跟进日期", "进展", "跟进记录", "调整后的做法", "跟进人")
_CHOICE_HEADER = ("Agent", "Choice", "Agreed", "From")
_CASE_HEADER = (
    "案例编号 Case",
    "工号 Agent",
    "通话编号 Contact",
    "收录日期 Marked",
    "能力维度 Skill",
    "评分项 Item",
    "适合 For",
    "标题",
    "Title",
    "情境",
    "Situation",
    "有效做法",
    "What helped",
    "原话 Words",
    "录音位置 Offset",
    "本人同意 Agreed",
)
_TIERS_ZH = {"high": "优秀", "mid": "达标", "low": "需支持"}


def write_talks(centre: Centre, drop: Path, talks: Talks) -> None:
    """All files around talks: the log and the looks at goals by quarter, the others as one file each."""
    plan = centre.plan
    for label, first, following in zip(
        plan.quarter_labels, plan.quarter_starts[:-1], plan.quarter_starts[1:], strict=True
    ):
        lines = [
            _coaching_line(centre, row, words)
            for row, words in zip(talks.rows, talks.words, strict=True)
            if first <= row.day < following
        ]
        write_workbook(drop / "coaching" / f"辅导记录_{label}.xlsx", "辅导记录", [_COACHING_HEADER, *lines])
        looks = [_review_line(centre, talks, place) for place in _reviews_between(talks, first, following)]
        if looks:
            file = drop / "coaching" / f"目标跟进_{label}.csv"
            write_delimited(file, _REVIEW_HEADER, looks, encoding="utf-8-sig")
    _write_responses(centre, drop / "coaching" / "agent_responses.jsonl", talks)
    _write_choices(centre, drop / "people" / "agent_choices.csv", talks)
    cases = [_case_line(centre, case) for case in talks.cases]
    write_delimited(drop / "coaching" / "典型案例.csv", _CASE_HEADER, cases, encoding="utf-8-sig")


def _coaching_line(centre: Centre, row: CoachingRow, words: Words) -> tuple[Cell, ...]:
    plan, acknowledged = centre.plan, row.acknowledged_day
    known = acknowledged is not None and acknowledged < plan.days
    return (
        row.coaching_id,
        row.goal_number,
        centre.people.agent_ids[row.agent],
        words.coach,
        plan.date(row.day),
        _FORMS_ZH[row.form],
        row.programme or None,
        words.topic,
        _TRIGGERS_ZH[row.trigger],
        row.minutes,
        _HORIZONS_ZH[row.horizon],
        words.kpi or None,
        words.measure or None,
        row.figures.baseline,
        row.figures.target,
        plan.date(row.due_day),
        words.steps,
        words.owner,
        words.resources or None,
        words.career_goal or None,
        _STATUS_ZH[row.status],
        words.comment or None,
        plan.date(acknowledged) if known and acknowledged is not None else None,
    )


def _reviews_between(talks: Talks, first: int, following: int) -> list[int]:
    return [place for place, review in enumerate(talks.reviews) if first <= review.day < following]


def _review_line(centre: Centre, talks: Talks, place: int) -> tuple[Cell, ...]:
    review = talks.reviews[place]
    day = centre.plan.date(review.day)
    return (
        review.coaching_id,
        review.goal_number,
        f"{day.year}年{day.month}月{day.day}日",
        _STATUS_ZH[review.status],
        review.note,
        review.changed_method,
        review.reviewer,
    )


def _write_responses(centre: Centre, file: Path, talks: Talks) -> None:
    plan, ids = centre.plan, centre.people.agent_ids
    rows = [
        {
            "response": f"AR{number:05d}",
            "agent": ids[one.agent],
            "date": plan.date(one.day).isoformat(),
            "about": one.about,
            "reference": one.reference,
            "kind": one.kind,
            "words": one.text or None,
            "answered": None if one.answered_day is None else plan.date(one.answered_day).isoformat(),
            "answer": one.answer or None,
            "outcome": one.outcome or None,
        }
        for number, one in enumerate(talks.responses, start=1)
    ]
    write_json_lines(file, rows)


def _write_choices(centre: Centre, file: Path, talks: Talks) -> None:
    rows = [
        (
            centre.people.agent_ids[choice.agent],
            choice.choice.replace("_", " ").capitalize(),
            "Yes" if choice.is_agreed else "No",
            centre.plan.date(choice.day).isoformat(),
        )
        for choice in talks.choices
    ]
    write_delimited(file, _CHOICE_HEADER, rows)


def _case_line(centre: Centre, case: ModelCase) -> tuple[Cell, ...]:
    text, seconds = case.text, case.offset_seconds
    return (
        case.case_id,
        centre.people.agent_ids[case.agent],
        "" if case.number is None else contact_id(case.number),
        centre.plan.date(case.marked_day).isoformat(),
        case.dimension.replace("_", " ").capitalize(),
        text.item,
        _TIERS_ZH[text.for_tier],
        text.title[1],
        text.title[0],
        text.situation[1],
        text.situation[0],
        text.what_helped[1],
        text.what_helped[0],
        text.quote[bool(centre.people.in_chinese[case.agent])],
        "" if seconds is None else f"{seconds // 60:02d}:{seconds % 60:02d}",
        "是" if case.is_agreed else "否",
    )
