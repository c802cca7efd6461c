"""What a build prints and keeps about itself names nobody and quotes no cell; the lake's records neither."""

from __future__ import annotations

import json
import re

import duckdb

from tests.conftest import SmallCentre


def secrets(centre: SmallCentre) -> set[str]:
    """Names, ids and quotes of the demo centre, as the lake holds them. Everything here is invented."""
    lake, found = centre.built.work / "lake", set[str]()
    for table, column in (
        ("agents", "name"), ("agents", "agent_id"), ("teams", "leader"), ("teams", "manager"), ("qa_scores", "grader"),
        ("coaching_log", "coach"), ("coaching_log", "agent_comment"), ("surveys", "agent_id"),
    ):  # fmt: skip
        with duckdb.connect(":memory:") as connection:
            values = connection.execute(
                f'select distinct "{column}" from read_parquet(?)', [str(lake / table / "*.parquet")]
            ).fetchall()
        found |= {str(value) for (value,) in values if value and len(value) > 3}
    return found


def test_nobody_is_named_in_what_a_build_says_of_itself(small_centre: SmallCentre) -> None:
    work, told = small_centre.built.work, [json.dumps(small_centre.built.record, ensure_ascii=False)]
    logs = [work / "build.json", *(work / "lake" / "deliveries").glob("*.json"), *work.rglob("*.log")]
    assert len(logs) > 10
    told += [file.read_text(encoding="utf-8") for file in logs]
    wanted = secrets(small_centre)
    assert len(wanted) > 40
    pattern = re.compile("|".join(map(re.escape, sorted(wanted))))
    assert [text for text in told if pattern.search(text)] == []
