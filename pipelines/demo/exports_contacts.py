"""Exports of the telephone system, the survey tool, the complaint desk and the call-back list, as those lay them out.

Belongs here: headers, spellings and faults of these files. Does not belong here: their content (`contacts`,
`feedback`, `callbacks`). They are read by dbt_project/exports/demo_{telephony,surveys,complaints,callbacks}.yml.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.demo.callbacks import Callbacks
from pipelines.demo.centre import Centre
from pipelines.demo.contacts import Contacts, complaint_id, contact_id
from pipelines.demo.dirt import (
    BLANK_LINES,
    BROKEN_COMPLAINT_LINES,
    DIRTY_CONTACT_MONTHS,
    NEGATIVE_DURATION,
    RESENT_MONTH,
    UNREADABLE_DATE,
    UNREADABLE_SURVEYS,
    Ledger,
    faulty_contacts,
)
from pipelines.demo.endings import RELEASED_BY
from pipelines.demo.feedback import COMPLAINT_TYPES, VERDICTS, Complaints, Surveys
from pipelines.demo.files import write_delimited, write_json_lines, write_table
from pipelines.demo.plan import NEVER, Month, Subject
from pipelines.demo.work import CHANNELS, QUEUES, REASONS, SEGMENTS

PARQUET_FROM_CONTACTS = 2_000_000
"""From this size on the telephone system delivers Parquet, for speed."""
_FAULT_NUMBERS = 9_000_000
_ANSWER_DAYS = 7
_RELEASED_BY = tuple(name.capitalize() for name in RELEASED_BY)
_FLAGS = ("offered", "answered", "transferred", "recorded_solved", "complained")


def _listed(texts: tuple[str, ...], column: str) -> str:
    return "(['" + "', '".join(texts) + f"'])[{column} + 1]"


def _clock(column: str, sign: str = "''") -> str:
    text = f"printf('%02d:%02d:%02d', {column} // 3600, {column} // 60 % 60, {column} % 60)"
    return f"case when {column} >= 0 then {sign} || {text} end"


def _select(first_day: str, *, parquet: bool, without_acw: bool) -> str:
    started = f"timestamp '{first_day}' + to_days(day::integer) + to_seconds(second)"
    negative = f"fault = {NEGATIVE_DURATION}"
    if parquet:
        times = {name: f"case when {name} >= 0 then {name} end" for name in ("wait", "hold", "acw", "dial")}
        times["talk"] = f"case when talk >= 0 then case when {negative} then -talk else talk end end"
        flags = {name: name for name in _FLAGS}
    else:
        times = {name: _clock(name) for name in ("wait", "hold", "acw", "dial")}
        times["talk"] = _clock("talk", f"case when {negative} then '-' else '' end")
        text = f"strftime({started}, '%Y-%m-%d %H:%M:%S')"
        started = f"case when fault = {UNREADABLE_DATE} then replace({text}, ' ', ' 2?:') else {text} end"
        flags = {name: f"case when {name} then 'Y' else 'N' end" for name in _FLAGS}
    if without_acw:
        times["acw"] = "null::bigint" if parquet else "null::varchar"
    return f"""
        select
            printf('FW-%04d-%07d', number // 10000000, number % 10000000) as "Call ID",
            case when agent >= 0 then printf('A%04d', agent + 1) end as "Agent ID",
            {started} as "Start Time",
            {_listed(CHANNELS, "channel")} as "Media",
            case when queue = {QUEUES.index("outbound")} then 'outbound' else 'inbound' end as "Direction",
            {_listed(QUEUES, "queue")} as "Skill Group",
            {_listed(tuple(reason.code for reason in REASONS), "reason")} as "Contact Reason",
            {_listed(SEGMENTS, "segment")} as "Customer Segment",
            {flags["offered"]} as "Offered",
            {flags["answered"]} as "Answered",
            {times["wait"]} as "Queue Time",
            {times["talk"]} as "Talk Time",
            {times["hold"]} as "Hold Time",
            {times["acw"]} as "Wrap-up Time",
            {times["dial"]} as "Dial Time",
            case when first_response >= 0 then first_response end as "First Response (s)",
            {flags["transferred"]} as "Transferred",
            case when answered then {flags["recorded_solved"]} end as "Case Solved",
            case when answered then {flags["complained"]} end as "Complaint",
            case when released_by >= 0 then {_listed(_RELEASED_BY, "released_by")} end as "Released By",
            case when customer >= 0 then printf('cu%08x', customer * 2654435761 % 4294967296) end as "Customer Ref"
        from rows
    """


def write_contacts(centre: Centre, drop: Path, month: Month, contacts: Contacts, ledger: Ledger) -> None:
    """One file per month; some months hold faulty rows, one is delivered again with what was missing."""
    parquet = centre.plan.contacts >= PARQUET_FROM_CONTACTS
    ending = "parquet" if parquet else "csv"
    file = drop / "telephony" / f"contacts_{month.label}.{ending}"
    columns = _columns(contacts)
    if month.index in DIRTY_CONTACT_MONTHS:
        columns = _with_faults(centre, month, columns, parquet=parquet)
        ledger.refused[f"telephony/{file.name}"] = int(np.count_nonzero(columns["fault"]))
    first_day = centre.plan.first_day.isoformat()
    select = _select(first_day, parquet=parquet, without_acw=month.index == RESENT_MONTH)
    write_table(file, columns, select)
    if month.index == RESENT_MONTH:
        ledger.superseded[f"telephony/{file.name}"] = len(contacts)
        again = file.with_name(f"contacts_{month.label}_resent.{ending}")
        write_table(again, columns, _select(first_day, parquet=parquet, without_acw=False))


def write_day_of_contacts(centre: Centre, drop: Path, contacts: Contacts) -> None:
    """One file of the day after the last one, on which all `contacts` began."""
    parquet = centre.plan.contacts >= PARQUET_FROM_CONTACTS
    day = centre.plan.date(centre.plan.days).isoformat()
    file = drop / "telephony" / f"contacts_{day}.{'parquet' if parquet else 'csv'}"
    write_table(
        file, _columns(contacts), _select(centre.plan.first_day.isoformat(), parquet=parquet, without_acw=False)
    )


def _columns(contacts: Contacts) -> dict[str, NDArray[np.generic]]:
    columns = {item.name: getattr(contacts, item.name) for item in fields(contacts) if item.name != "solved"}
    return {**columns, "fault": np.zeros(len(contacts), dtype=np.int64)}


def _with_faults(
    centre: Centre, month: Month, columns: dict[str, NDArray[np.generic]], *, parquet: bool
) -> dict[str, NDArray[np.generic]]:
    """Extra rows beside the true ones: copies under their own ids, so that refusing them loses nothing."""
    negative, unreadable = faulty_contacts(len(columns["day"]))
    if parquet:
        unreadable = 0
    draw = centre.plan.stream(Subject.DIRT, month.index)
    answered = np.flatnonzero(columns["answered"])
    copied = answered[draw.permutation(len(answered))[: negative + unreadable]]
    place = np.sort(np.concatenate([np.arange(len(columns["day"])), copied]), kind="stable")
    is_copy = np.concatenate([[False], place[1:] == place[:-1]])
    found = {name: values[place] for name, values in columns.items()}
    faults = np.zeros(len(place), dtype=np.int64)
    faults[is_copy] = np.where(np.arange(len(copied)) < negative, NEGATIVE_DURATION, UNREADABLE_DATE)
    number = found["number"].astype(np.int64)
    return {**found, "fault": faults, "number": np.where(is_copy, number + _FAULT_NUMBERS, number)}


_SURVEY_HEADER = ("Response Id", "Interaction", "Agent", "Answered On", "Rating (1-5)", "Was your matter solved?")


def write_surveys(centre: Centre, file: Path, surveys: Surveys, ledger: Ledger | None = None) -> None:
    """Answers of some days. With a ledger: some answers on days that do not exist, and blank lines at the end."""
    days = np.unique(surveys.day)
    dates = dict(zip(days.tolist(), (centre.plan.date(int(day)).strftime("%d/%m/%Y") for day in days), strict=True))
    rows = [
        (
            f"S{contact_id(number)[2:]}",
            contact_id(number),
            f"A{agent + 1:04d}",
            f"{dates[day]} {_hours_minutes(second)}",
            score,
            "yes" if solved else "no",
        )
        for number, agent, day, second, score, solved in zip(
            surveys.number.tolist(),
            surveys.agent.tolist(),
            surveys.day.tolist(),
            surveys.second.tolist(),
            surveys.score.tolist(),
            surveys.says_solved.tolist(),
            strict=True,
        )
    ]
    if ledger is not None:
        rows += [(f"S-x{i}", "", rows[i][2], "31/02/2026 10:00", 4, "yes") for i in range(UNREADABLE_SURVEYS)]
        ledger.refused[f"surveys/{file.name}"] = UNREADABLE_SURVEYS
        ledger.blank_lines[f"surveys/{file.name}"] = BLANK_LINES
    write_delimited(file, _SURVEY_HEADER, rows, blank_lines=BLANK_LINES if ledger is not None else 0)


def write_complaints(centre: Centre, file: Path, complaints: Complaints, ledger: Ledger | None = None) -> None:
    """Complaints as JSON lines; with a ledger, one line breaks off."""
    plan = centre.plan
    rows = []
    for place in range(len(complaints.number)):
        number, day = int(complaints.number[place]), int(complaints.day[place])
        traced, closed = bool(complaints.is_traced[place]), int(complaints.closed_day[place])
        rows.append(
            {
                "complaint": complaint_id(number),
                "customer": _customer_ref(int(complaints.customer[place])),
                "received": f"{plan.date(day)}T{_hours_minutes(int(complaints.second[place]))}:00",
                "call": contact_id(number) if traced else None,
                "agent": f"A{int(complaints.agent[place]) + 1:04d}" if traced else None,
                "finding": VERDICTS[int(complaints.verdict[place])],
                "type": COMPLAINT_TYPES[int(complaints.complaint_type[place])],
                "answer_promised": f"{plan.date(day + _ANSWER_DAYS)}T18:00:00",
                "answered": None if closed == NEVER else f"{plan.date(closed)}T16:00:00",
            }
        )
    if ledger is not None:
        ledger.refused[f"complaints/{file.name}"] = len(BROKEN_COMPLAINT_LINES)
    write_json_lines(file, rows, BROKEN_COMPLAINT_LINES if ledger is not None else ())


_CALLBACK_HEADER = (
    "回访编号 Promise",
    "工号 Agent",
    "原通话 Contact",
    "客户 Customer",
    "约定时间 Promised",
    "最迟时间 Due",
    "完成时间 Done",
)


def write_callbacks(centre: Centre, file: Path, callbacks: Callbacks) -> None:
    """Promises to call back; the last column is empty while one is open."""
    names = ("number", "agent", "customer", "promised_minute", "due_minute", "done_minute")
    rows = [
        (
            f"CB{contact_id(number)[2:]}",
            f"A{agent + 1:04d}",
            contact_id(number),
            _customer_ref(customer),
            _minute(centre, promised),
            _minute(centre, due),
            "" if done < 0 else _minute(centre, done),
        )
        for number, agent, customer, promised, due, done in zip(
            *(getattr(callbacks, name).tolist() for name in names), strict=True
        )
    ]
    write_delimited(file, _CALLBACK_HEADER, rows, delimiter=";")


def _minute(centre: Centre, minute: int) -> str:
    return f"{centre.plan.date(minute // 1440):%d/%m/%Y} {minute % 1440 // 60:02d}:{minute % 60:02d}"


def _customer_ref(customer: int) -> str:
    return f"cu{customer * 2654435761 % 4294967296:08x}"


def _hours_minutes(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}"
