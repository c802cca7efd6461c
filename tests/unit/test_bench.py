"""The parts of the benchmark that could lie: what belongs to which stage, and what the floor computes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import warehouse
from pipelines.bench import builds, watching
from pipelines.bench.__main__ import main


def test_a_peak_belongs_to_the_stage_in_which_it_was_seen() -> None:
    samples = [(0.5, 100.0), (0.9, 300.0), (1.5, 200.0)]
    assert watching.peaks({"take in": 1.0, "compute": 1.0}, samples) == {"take in": 300.0, "compute": 200.0}


def test_a_stage_too_short_for_a_sample_has_the_one_before_its_end() -> None:
    assert watching.peaks({"verify": 1.0, "switch": 0.01}, [(0.9, 120.0)]) == {"verify": 120.0, "switch": 120.0}


def test_memory_is_that_of_the_process_and_all_its_descendants(tmp_path: Path) -> None:
    for process, pages, children in ((1, 100, "2 3"), (2, 10, ""), (3, 1, "4"), (4, 1000, "")):
        task = tmp_path / str(process) / "task" / str(process)
        task.mkdir(parents=True)
        (task / "children").write_text(children)
        (tmp_path / str(process) / "statm").write_text(f"9999 {pages} 0 0 0 0 0")
    one_page = watching.tree_megabytes(3, tmp_path) - watching.tree_megabytes(4, tmp_path)
    assert watching.tree_megabytes(1, tmp_path) == pytest.approx(1111 * one_page)


def test_a_process_that_has_ended_counts_nothing(tmp_path: Path) -> None:
    assert watching.tree_megabytes(7, tmp_path) == 0.0


def test_an_unknown_size_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["huge"]) == 2
    assert "tiny, medium, large, files-tiny, files-medium, files" in capsys.readouterr().out


def test_the_floor_sums_the_same_day_four_ways(tmp_path: Path) -> None:
    file = tmp_path / "contacts.parquet"
    with warehouse.writing(tmp_path / "made.duckdb") as connection:
        connection.execute(
            """
            copy (
                select
                    'c' || i as contact_id, 'agent' || i % 2 as agent_id, timestamp '2026-01-05 09:00:00' as started_at,
                    'phone' as channel, 'inbound' as direction, 'queue' as queue, 'reason' as reason,
                    true as is_offered,
                    i < 4 as is_answered, 10.0 as wait_seconds, 60.0 as talk_seconds, 0.0 as hold_seconds,
                    5.0 as acw_seconds, null::double as first_response_seconds, false as is_transferred,
                    true as is_resolved, 'customer' as customer_key
                from range(5) as numbers(i)
            ) to '"""
            + f"{file}' (format parquet)"
        )
    statement = builds.FLOOR_SQL.read_text(encoding="utf-8").replace("$contacts", "?")
    rows = warehouse.read(
        f"select agent_id, queue, handled_n, offered_n, talk_o from ({statement}) as sums", [[str(file)]]
    )
    assert sorted(rows, key=str) == sorted(
        [("agent0", None, 2, 3, 120.0), ("agent1", None, 2, 2, 120.0), (None, "queue", 4, 5, 240.0)]
        + [(None, None, 4, 5, 240.0)] * 2,
        key=str,
    )
