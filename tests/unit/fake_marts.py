"""Invented marts for tests of pages: a small bilingual centre, and the ways it can be incomplete."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from pipelines import marts
from pipelines.marts import (
    Agent,
    Attention,
    DeliveredTable,
    Delivery,
    Distribution,
    Entity,
    Event,
    FunnelLimit,
    Kpi,
    KpiFormula,
    KpiFunnel,
    KpiSignal,
    KpiValue,
    Mart,
    Period,
    Refusal,
    Rule,
    Team,
    Unrecognised,
)  # fmt: skip
from pipelines.settings import PROJECT

Rows = dict[type[Mart], list[Any]]
HOSTILE = '<script>alert("x")</script>{{ 7 * 7 }}'
WEEKS = [date(2024, 1, 1) + timedelta(weeks=number) for number in range(13)]
MONTHS = [date(2024, month, 1) for month in (1, 2, 3)]
FIRST, LAST = date(2024, 1, 1), date(2024, 3, 31)
ALL_GRAINS = "centre, team, agent, queue, channel, reason"
TEAMS = {"T1": ("Birch", "桦树组"), "T2": ("Cedar", "雪松组")}
AGENTS = {f"A{number}": ("Agent " + "ABCDEF"[number], f"坐席{'甲乙丙丁戊己'[number]}") for number in range(6)}


def _kpi(position: int, kpi_id: str, label: tuple[str, str], unit: str, family: str, better: str, **more: Any) -> Kpi:
    decimals = {"share": 2, "seconds": 2, "points": 4, "contacts": 0, "per_thousand": 2, "ratio": 2}[unit]
    base = Kpi(
        kpi_id=kpi_id, position=position, label_en=label[0], label_zh=label[1], meaning_en=f"What {label[0]} means.",
        meaning_zh=f"{label[1]}的含义。", unit=unit, family=family, better=better, decimals=decimals,
        source_table="contacts", counts_sql="is_offered",
        counts_people_sql="is_offered",
        settles_after_days=0, measure_sql="is_answered and wait < 20", grains=ALL_GRAINS,
        headline_grains="", aspect="", guards="", needs="contacts.is_answered", missing="", is_delivered=True,
    )  # fmt: skip
    return replace(base, **more)


KPIS = [
    _kpi(1, "contacts_handled", ("Contacts handled", "处理量"), "contacts", "volume", "neutral"),
    _kpi(2, "answer_rate", ("Answer rate", "接通率"), "share", "prop", "higher"),
    _kpi(3, "abandon_rate", ("Abandon rate", "放弃率"), "share", "prop", "lower", grains="centre, queue"),
    _kpi(4, "average_talk_time", ("Average talk time", "平均通话时长"), "seconds", "logmean", "neutral",
         needs="contacts.talk_seconds"),
    _kpi(5, "speed_of_answer", ("Speed of answer", "平均应答速度"), "seconds", "logmean", "lower",
         needs="contacts.wait_seconds"),
    _kpi(6, "csat_mean", ("Customer satisfaction (mean)", "满意度均分"), "points", "mean", "higher",
         needs="surveys.score", source_table="surveys"),
    _kpi(7, "first_contact_resolution", ("First-contact resolution (FCR)", "首次解决率（FCR）"), "share", "prop",
         "higher", needs="contacts.customer_key", missing="contacts.customer_key", is_delivered=False),
]  # fmt: skip
TARGETS = {"answer_rate": 0.8, "abandon_rate": 0.1, "speed_of_answer": 60.0, "csat_mean": 4.2}
BASE = {
    "contacts_handled": 1234.0, "answer_rate": 0.81234, "abandon_rate": 0.18766, "average_talk_time": 224.9217,
    "speed_of_answer": 67.5231, "csat_mean": 3.40363,
}  # fmt: skip
VERDICTS = ("better_than_target", "worse_than_target", "too_close_to_call", "too_few")
FINDINGS = ("common_cause", "special_cause_improvement", "special_cause_concern", "special_cause_neutral")


def rules() -> list[Rule]:
    """Every rule as the seed has it."""
    with (PROJECT / "dbt_project" / "seeds" / "rules.csv").open(encoding="utf-8", newline="") as stream:
        found = csv.DictReader(stream)
        return [
            Rule(row["rule_id"], float(row["value"]), row["unit"], date.fromisoformat(row["valid_from"]), row["owner"])
            for row in found
        ]


def formulas() -> list[KpiFormula]:
    """Formulas of the invented catalogue."""
    return [KpiFormula(kpi.kpi_id, "sum(x)", "sum(x)", "", "int_contact_period", "int_contact", 10) for kpi in KPIS]


def centre() -> Rows:
    """Two teams of three agents, a quarter of weeks, one KPI that was not delivered, one hostile name."""
    entities = [
        Entity("centre", "centre", "The centre", "全中心"),
        *(Entity("team", key, *names) for key, names in TEAMS.items()),
        *(Entity("agent", key, *names) for key, names in AGENTS.items() if key != "A5"),
        Entity("agent", "A5", HOSTILE, HOSTILE),
        Entity("role", "general", "General enquiries", "综合咨询"),
        Entity("queue", "Q1", "Billing", "账单"),
        Entity("channel", "phone", "Phone", "电话"),
        Entity("reason", "r<1>", "Broken & late", "损坏或迟到"),
    ]
    rows: Rows = {mart: [] for mart in marts.MARTS}
    rows[Rule] = rules()
    rows[Kpi], rows[KpiFormula], rows[Entity] = list(KPIS), formulas(), entities
    rows[Team] = [Team("T1", "Leader One", None, 3, FIRST, LAST), Team("T2", None, None, 3, FIRST, LAST)]
    rows[Agent] = [
        Agent(key, "T1" if number < 3 else "T2", "general", date(2023, 5, 2), 700, None, None, None, FIRST, LAST, True)
        for number, key in enumerate(AGENTS)
    ]
    rows[Period] = [
        Period("all", FIRST, LAST, 1, True, True, False),
        Period("quarter", FIRST, LAST, 1, True, True, True),
        *(
            Period("month", start, date(2024, start.month, 28), start.month, True, start.month == 3, False)
            for start in MONTHS
        ),
        *(
            Period("week", w, w + timedelta(days=6), n, True, w == WEEKS[-1], False)
            for n, w in enumerate(WEEKS, start=1)
        ),
    ]
    for number, entity in enumerate(entities):
        rows[KpiValue] += _values(entity, number)
        if entity.grain in ("centre", "team", "agent"):
            rows[KpiSignal] += _signals(entity, number)
    rows[Attention] = [
        Attention(1, "answer_rate", "centre", "centre", WEEKS[-1], 0.71, 0.81234, 0.8, FINDINGS[2], "outside_limits",
                  "inconsistent"),
        Attention(2, "csat_mean", "team", "T1", WEEKS[-1], 3.1, 3.4, 4.2, FINDINGS[2], "run", "consistent_fail"),
        Attention(3, "answer_rate", "team", "T2", FIRST, 0.9, 0.81, None, FINDINGS[1], "outside_funnel", "no_target"),
    ]  # fmt: skip
    rows[KpiFunnel] = [
        KpiFunnel(
            "answer_rate", "agent", key, 100 + 10 * n, 0.75 + n / 50, False, ("inside", "below_998", "above_95")[n % 3]
        )
        for n, key in enumerate(AGENTS)
    ]
    rows[FunnelLimit] = [FunnelLimit("answer_rate", "agent", n, 0.8, 0.7, 0.9, 0.65, 0.95) for n in (50, 100, 150, 200)]
    rows[Distribution] = [Distribution("answer_rate", "agent", 0.7 + n / 20, 0.75 + n / 20, n + 1) for n in range(4)]
    rows[Event] = [Event("E1", WEEKS[5], None, "centre", None, "release", "New <release>", "新版本发布")]
    rows[DeliveredTable] = [
        DeliveredTable("contacts", 1, "Contacts", "联络记录", True, 5000, 7, 4990, FIRST, LAST, 0),
        DeliveredTable("surveys", 2, "Surveys", "满意度调查", True, 900, 0, 900, FIRST, date(2024, 3, 20), 11),
        DeliveredTable("teams", 3, "Teams", "班组", True, 2, 0, 2, FIRST, FIRST, None),
        DeliveredTable("training", 4, "Training", "培训", False, 0, 0, 0, None, None, None),
    ]
    rows[Delivery] = [
        Delivery(
            "d1",
            1,
            "calls<1>.csv",
            "invented",
            "contacts",
            5007,
            0,
            5000,
            7,
            10,
            "not_a_number",
            FIRST,
            LAST,
            0,
        )
    ]
    rows[Refusal] = [Refusal("d1", "calls<1>.csv", "contacts", "talk_seconds", "not_a_number", 7, "12, 40, 41, 77, 90")]
    rows[Unrecognised] = [Unrecognised("notes.csv", "invented", "call_id, started", "no_layout")]
    return rows


def without_teams() -> Rows:
    """The same centre when no team was delivered."""
    rows = centre()
    rows[Team] = []
    rows[Agent] = [replace(agent, team_id=None) for agent in rows[Agent]]
    for mart in (Entity, KpiValue, KpiSignal, Attention):
        rows[mart] = [row for row in rows[mart] if row.grain != "team"]
    return rows


def empty() -> Rows:
    """A drop of which nothing could be used."""
    rows: Rows = {mart: [] for mart in marts.MARTS}
    rows[Kpi] = [replace(kpi, is_delivered=False, missing=kpi.needs) for kpi in KPIS]
    rows[KpiFormula] = formulas()
    rows[Entity] = [Entity("centre", "centre", "The centre", "全中心")]
    rows[DeliveredTable] = [DeliveredTable("contacts", 1, "Contacts", "联络记录", False, 0, 0, 0, None, None, None)]
    rows[Unrecognised] = [Unrecognised("odd.bin", "", "", "not_a_data_file")]
    return rows


def _values(entity: Entity, number: int) -> Iterable[KpiValue]:
    spans = [("all", FIRST), ("quarter", FIRST), *(("month", start) for start in MONTHS)]
    for kpi in KPIS:
        if not kpi.is_delivered or entity.grain not in kpi.grains.split(", "):
            continue
        target = TARGETS.get(kpi.kpi_id)
        for kind, start in spans:
            value = BASE[kpi.kpi_id] * (1 + number / 200 + start.month / 500)
            spread = value / 40
            change = value / 100 if kind == "month" and start.month > 1 else None
            verdict = "no_target" if target is None else VERDICTS[(number + kpi.position) % 4]
            n = 900 if kpi.family == "prop" else 700
            yield KpiValue(
                kpi.kpi_id, entity.grain, entity.entity_id, kind, start, n, float(n), value * n, value * n, value,
                None if kpi.family == "volume" else value - spread, None if kpi.family == "volume" else value + spread,
                target, None, verdict not in ("no_target", "too_few"), verdict,
                None if change is None else value - change, change,
            )  # fmt: skip


def _signals(entity: Entity, number: int) -> Iterable[KpiSignal]:
    for kpi in KPIS:
        if not kpi.is_delivered or entity.grain not in kpi.grains.split(", "):
            continue
        middle, target = BASE[kpi.kpi_id], TARGETS.get(kpi.kpi_id)
        for place, week in enumerate(WEEKS):
            value = middle * (1 + ((place * 7 + number) % 5 - 2) / 50)
            is_latest = week == WEEKS[-1]
            finding = FINDINGS[(number + kpi.position) % 4] if is_latest else "common_cause"
            yield KpiSignal(
                kpi.kpi_id, entity.grain, entity.entity_id, "week", week, 1, 60, value, middle, middle * 0.9,
                middle * 1.1, target, place < 12, finding, "outside_limits" if finding != "common_cause" else "none",
                "no_target" if target is None else "inconsistent", 13, False, is_latest,
            )  # fmt: skip


def write(folder: Path, rows: Mapping[type[Mart], Sequence[Any]]) -> Path:
    """Write marts as the build does: one Parquet file each."""
    types = {"str": "varchar", "int": "bigint", "float": "double", "bool": "boolean", "date": "date",
             "datetime": "timestamp"}  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("begin")
        for mart in marts.MARTS:
            annotations = {name: str(kind).removesuffix(" | None") for name, kind in mart.__annotations__.items()}
            names = marts.columns(mart)
            spec = ", ".join(f"{name} {types[annotations[name]]}" for name in names)
            connection.execute(f"create table {mart.name} ({spec})")
            values = [tuple(getattr(row, name) for name in names) for row in rows.get(mart, ())]
            if values:
                marks = ", ".join("?" for _ in names)
                connection.executemany(f"insert into {mart.name} values ({marks})", values)
            connection.execute(f"copy {mart.name} to '{folder / mart.name}.parquet' (format parquet)")
    return folder
