"""Whom to ask about a file: seed file_owners.csv, one line per mapping.

Belongs here: reading that seed for the command line. Does not belong here: what the data page shows of it (the marts).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pipelines.errors import Problem
from pipelines.ingest.doubts import DOUBT, Doubt, told
from pipelines.ingest.records import Record

FILE = Path("seeds", "file_owners.csv")


def read_owners(dbt_project: Path) -> Mapping[str, str]:
    """English name of the owner by mapping; empty where there is no such file. Its faults are told by `rules`."""
    file = dbt_project / FILE
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return {row.get("layout") or "": row.get("owner_en") or "" for row in csv.DictReader(stream)}


def doubt_notes(doubts: Iterable[Doubt], records: Iterable[Record], dbt_project: Path) -> Iterator[Problem]:
    """What is in doubt and accepted by nobody, in words, with whom to ask about the file."""
    owners = read_owners(dbt_project)
    layouts = {record.delivery_id: record.layout for record in records}
    for doubt in doubts:
        if doubt.severity == DOUBT:
            problem, owner = told(doubt), owners.get(layouts.get(doubt.delivery_id, ""))
            yield replace(problem, fix=f"{problem.fix}; ask: {owner}") if owner else problem
