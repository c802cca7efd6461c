"""Export of the workforce system: planned and worked time of every agent and day.

Belongs here: headers, spellings and faults of this file. Does not belong here: who was there (`attendance`). The layout
that reads it is dbt_project/exports/demo_attendance.yml.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipelines.demo.attendance import LATE, OFF
from pipelines.demo.centre import Centre, Tally
from pipelines.demo.dirt import DIRTY_ATTENDANCE_MONTH, UNREADABLE_MINUTES, Ledger
from pipelines.demo.files import Cell, write_delimited
from pipelines.demo.people import PLANNED_MINUTES
from pipelines.demo.plan import Floats, Month, Subject
from pipelines.demo.work import day_demand

_STATUS_ZH = ("正常", "迟到", "旷工", "请假", "休息")


def attendance_lines(centre: Centre, tally: Tally, first_day: int, end_day: int) -> list[tuple[Cell, ...]]:
    """One line per agent and planned day; free days are not planned. Leave is said without its kind."""
    attendance, ids = centre.attendance, centre.people.agent_ids
    available = _available_minutes(centre, tally, first_day, end_day)
    lines: list[tuple[Cell, ...]] = []
    for day in range(first_day, end_day):
        text = centre.plan.date(day).isoformat()
        for agent in np.flatnonzero(attendance.status[day] != OFF).tolist():
            status = int(attendance.status[day, agent])
            leave = PLANNED_MINUTES if _STATUS_ZH[status] == "请假" else 0
            lines.append(
                (
                    ids[agent],
                    text,
                    PLANNED_MINUTES,
                    int(attendance.worked_minutes[day, agent]),
                    int(attendance.adherent_minutes[day, agent]),
                    int(available[day - first_day, agent]),
                    leave,
                    _STATUS_ZH[status],
                )
            )
    return lines


def _available_minutes(centre: Centre, tally: Tally, first_day: int, end_day: int) -> Floats:
    """Waiting time that makes occupancy 60 to 93 %, higher on busy days; the rest of a shift is written case work."""
    draw = centre.plan.stream(Subject.ATTENDANCE, 1, first_day)
    present = centre.attendance.status <= LATE
    pressure = day_demand(centre.plan) / np.maximum(present.sum(axis=1), 1)
    pressure = pressure / np.median(pressure[: centre.plan.days])
    noise = draw.normal(size=(end_day - first_day, centre.plan.agents)) * 0.035
    occupancy = np.clip(0.78 + 0.12 * (pressure[first_day:end_day, None] - 1) + noise, 0.60, 0.93)
    waiting = tally.day_seconds[first_day:end_day] / 60 * (1 / occupancy - 1)
    return np.where(present[first_day:end_day], np.minimum(np.rint(waiting), 300), 0.0)


_ATTENDANCE_HEADER = ("工号", "日期", "排班分钟", "出勤分钟", "遵时分钟", "等待分钟", "批准请假分钟", "考勤结果")


def write_attendance(centre: Centre, drop: Path, tally: Tally, month: Month, ledger: Ledger) -> None:
    """One GB18030 file per month with a title above the header; one month has two lines without readable minutes."""
    lines = attendance_lines(centre, tally, month.first_day, month.end_day)
    name = f"考勤_{month.label}.csv"
    if month.index == DIRTY_ATTENDANCE_MONTH:
        lines += [(*line[:3], "待补", *line[4:]) for line in lines[:UNREADABLE_MINUTES]]
        ledger.refused[f"workforce/{name}"] = UNREADABLE_MINUTES
    write_attendance_file(drop / "workforce" / name, f"考勤月报 {month.label}", lines)


def write_attendance_file(file: Path, title: str, lines: list[tuple[Cell, ...]]) -> None:
    """Lines of `attendance_lines` under their title."""
    write_delimited(file, _ATTENDANCE_HEADER, lines, encoding="gb18030", preamble=[title])
