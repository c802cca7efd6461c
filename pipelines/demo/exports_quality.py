"""Exports of the quality team: evaluation forms and test calls.

Belongs here: headers and spellings of these files. Does not belong here: scores (`quality`, `complaint_reviews`). The
layouts that read them are dbt_project/exports/demo_{quality,test_calls}.yml.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.centre import Centre
from pipelines.demo.contacts import contact_id
from pipelines.demo.files import Cell, write_delimited, write_workbook
from pipelines.demo.forms import DIMENSIONS, FORM, FORM_ZH, ITEMS
from pipelines.demo.plan import Month
from pipelines.demo.quality import KINDS, TEST_CALL, Scores

WORKBOOK_ROWS = 8_000
"""A month of scored items with more rows than this is delivered as text."""
FORM_CHANGE_MONTH_FROM_END = 3
"""Months before the last in which the form still has its first version."""
_HEADER = (
    "Evaluation",
    "Contact",
    "Agent",
    "Scored at",
    "Form",
    "Version",
    "Item",
    "Dimension",
    "Points",
    "Max points",
    "Applicable",
    "Critical",
    "Grader",
    "Kind",
    "Quote",
    "Offset (mm:ss)",
)
_TEST_HEADER = (
    "拨测单号",
    "工号",
    "拨测时间",
    "评分表",
    "版本",
    "评分项",
    "能力维度",
    "得分",
    "满分",
    "是否适用",
    "关键项",
    "评分人",
    "原话",
    "录音位置(秒)",
)
_DIMENSIONS_ZH = dict(
    zip(DIMENSIONS, ("人际沟通", "语言表达", "业务知识", "服务技巧", "应变能力", "通话控制", "责任心"), strict=True)
)


def write_scores(centre: Centre, drop: Path, month: Month, scores: Scores, reviews: Scores) -> None:
    """A month's monitored and calibration forms, then complaint reviews; in a quarter's middle month the test calls."""
    last = len(centre.plan.months) - 2
    version = "2" if month.index > last - FORM_CHANGE_MONTH_FROM_END else "1"
    rows = [*_item_rows(centre, scores, version), *_item_rows(centre, reviews, version)]
    as_workbook = version == "2" and len(rows) <= WORKBOOK_ROWS
    if as_workbook:
        write_workbook(drop / "quality" / f"quality_{month.label}.xlsx", "Evaluations", [_HEADER, *rows])
    else:
        write_delimited(drop / "quality" / f"quality_{month.label}.csv", _HEADER, rows)
    tests = list(_test_rows(centre, scores, version))
    if tests:
        write_workbook(drop / "quality" / f"拨测_{month.label}.xlsx", "拨测", [_TEST_HEADER, *tests])


def _item_rows(centre: Centre, scores: Scores, version: str) -> Iterator[tuple[Cell, ...]]:
    evaluations = scores.evaluations
    kinds = [kind.replace("_", " ").capitalize() for kind in KINDS]
    for place in np.flatnonzero((evaluations.kind != TEST_CALL) & (evaluations.day < centre.plan.days)).tolist():
        second, number = int(evaluations.second[place]), int(evaluations.number[place])
        fixed: tuple[Cell, ...] = (
            evaluations.label[place],
            contact_id(number),
            f"A{int(evaluations.agent[place]) + 1:04d}",
            f"{centre.plan.date(int(evaluations.day[place]))} {second // 3600:02d}:{second // 60 % 60:02d}",
        )
        grader = centre.people.graders[int(evaluations.grader[place])]
        kind = kinds[int(evaluations.kind[place])]
        for column, item in enumerate(ITEMS):
            applies, offset = bool(scores.applicable[place, column]), int(scores.offset_seconds[place, column])
            yield (
                *fixed,
                FORM,
                version,
                item.text,
                item.dimension.replace("_", " ").capitalize(),
                int(scores.points[place, column]) if applies else None,
                item.max_points,
                "Yes" if applies else "No",
                "Yes" if item.is_critical else "No",
                grader,
                kind,
                scores.quote[place][column] or None,
                None if offset == NOBODY else f"{offset // 60:02d}:{offset % 60:02d}",
            )


def _test_rows(centre: Centre, scores: Scores, version: str) -> Iterator[tuple[Cell, ...]]:
    evaluations = scores.evaluations
    for place in np.flatnonzero((evaluations.kind == TEST_CALL) & (evaluations.day < centre.plan.days)).tolist():
        second, day = int(evaluations.second[place]), centre.plan.date(int(evaluations.day[place]))
        moment = f"{day.year}年{day.month}月{day.day}日 {second // 3600}时{second // 60 % 60:02d}分"
        for column, item in enumerate(ITEMS):
            applies, offset = bool(scores.applicable[place, column]), int(scores.offset_seconds[place, column])
            yield (
                evaluations.label[place],
                f"A{int(evaluations.agent[place]) + 1:04d}",
                moment,
                FORM_ZH,
                version,
                item.text_zh,
                _DIMENSIONS_ZH[item.dimension],
                int(scores.points[place, column]) if applies else None,
                item.max_points,
                "是" if applies else "否",
                "是" if item.is_critical else "否",
                centre.people.graders[int(evaluations.grader[place])],
                scores.quote[place][column] or None,
                None if offset == NOBODY else offset,
            )
