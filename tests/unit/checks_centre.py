"""Invented deliveries of a centre for the tests of checks; helper of the test_ingest_checks… files."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from pipelines.ingest.contract import Table, load_contract
from pipelines.settings import PROJECT
from tests.unit.ingest_centre import Centre

CALLS = """\
name: calls
title: {en: Calls, zh: 通话}
read: {kinds: [csv, jsonl]}
columns:
  call: [Call]
  agent: [Agent]
  start: [Start]
  answered: [Answered]
  wait: [Wait]
  talk: [Talk]
tables:
  contacts:
    columns:
      contact_id: call
      agent_id: agent
      started_at: as_timestamp(start)
      queue: "'service'"
      is_offered: "true"
      is_answered: as_yes_no(answered)
      wait_seconds: as_seconds(wait)
      talk_seconds: as_seconds(talk)
"""
EVENTS = """\
name: diary
title: {en: Diary, zh: 大事记}
read: {kinds: [csv]}
columns: {event: [Event], day: [Day], kind: [Kind]}
tables:
  events:
    columns: {event_id: event, started_on: as_date(day), scope: "'centre'", kind: kind, text_en: kind}
"""
TOTALS = """\
name: totals
title: {en: Totals, zh: 合计}
read: {kinds: [csv]}
columns: {scope: [Scope], which: [Which], first: [First], last: [Last], answered: [Answered], talk: [Talk time]}
tables:
  contact_totals:
    columns:
      scope: scope
      scope_id: which
      first_day: as_date(first)
      last_day: as_date(last)
      channel: "'all'"
      direction: "'all'"
      answered: as_number(answered)
      talk_seconds: as_seconds(talk)
"""
MONDAY = date(2024, 1, 1)
NOON = datetime.fromisoformat("2024-12-24 12:00")
Row = tuple[object, ...]


def centre(folder: Path) -> Centre:
    made = Centre(folder, CALLS)
    made.layout(EVENTS, "diary")
    made.layout(TOTALS, "totals")
    return made


def calls(day: date, count: int, *, seed: int = 0, prefix: str = "C", factor: float = 1) -> list[Row]:
    """Calls of one day between 8 and 18 o'clock, of ten agents; about four minutes each, times `factor`."""
    luck = random.Random(f"{day}{seed}")  # noqa: S311
    rows: list[Row] = []
    for number in range(count):
        start = datetime.fromisoformat(f"{day} 08:00") + timedelta(seconds=36000 * number // max(count, 1))
        talk, wait = luck.lognormvariate(5.48, 0.6) * factor, luck.lognormvariate(2.3, 0.8) * factor
        rows.append((f"{prefix}{day}-{number}", f"A{number % 10}", start, "Y", f"{wait:.3f}", f"{talk:.3f}"))
    return rows


def file(rows: Iterable[Sequence[object]], header: str = "Call,Agent,Start,Answered,Wait,Talk") -> str:
    return "".join(",".join(map(str, row)) + "\n" for row in ([header], *rows))


def table(name: str) -> Table:
    return load_contract(PROJECT / "dbt_project").delivered[name]
