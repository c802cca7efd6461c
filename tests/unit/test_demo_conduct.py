"""Conduct in the demo's files: dropped calls, ends of conversations, complaints made in contacts, promises, courses."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.demo import write_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, agents=72, teams=6, contacts=120_000)
    return folder


@pytest.fixture(scope="module")
def centre(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Views of the drop: contacts, complaints, callbacks."""
    drop, first_sent = demo / "drop", "contacts_2025-09.csv"
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            """create table contacts as
            select "Call ID" as contact_id, "Agent ID" as agent_id, "Customer Ref" as customer,
                "Answered" = 'Y' as answered,
                try_cast("Start Time" as timestamp) as started, epoch(try_cast("Talk Time" as time)) as talk,
                epoch(try_cast("Wrap-up Time" as time)) as after, "Media" as media, "Skill Group" as queue,
                "Contact Reason" as reason, "Complaint" = 'Y' as complained, "Released By" as released_by
            from read_csv(?, all_varchar = true)""",
            [sorted(str(file) for file in drop.glob("telephony/contacts_*.csv") if file.name != first_sent)],
        )
        connection.execute(
            """create table complaints as
            select complaint, customer, received::timestamp as received, call, finding
            from read_json(?, format = 'newline_delimited', ignore_errors = true) where customer is not null""",
            [str(drop / "complaints" / "complaints.jsonl")],
        )
        connection.execute(
            """create table callbacks as
            select "工号 Agent" as agent_id, "原通话 Contact" as contact_id,
                strptime("约定时间 Promised", '%d/%m/%Y %H:%M') as promised,
                strptime("最迟时间 Due", '%d/%m/%Y %H:%M') as due, strptime("完成时间 Done", '%d/%m/%Y %H:%M') as done
            from read_csv(?, delim = ';', all_varchar = true)""",
            [sorted(str(file) for file in drop.glob("callbacks/*.csv"))],
        )
        yield connection


def _story(demo: Path, kind: str) -> dict[str, Any]:
    stories: list[dict[str, Any]] = json.loads((demo / "truth" / "stories.json").read_text(encoding="utf-8"))
    (found,) = [story for story in stories if story["story"] == kind]
    return found


def _skills(demo: Path, measure: str) -> dict[str, float]:
    """Mean true difference of each agent over the quarters."""
    with (demo / "truth" / "skills.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == measure]
    values: dict[str, list[float]] = {}
    for row in rows:
        values.setdefault(row["agent_id"], []).append(float(row["true_difference"]))
    return {agent: sum(found) / len(found) for agent, found in values.items()}


def _one(centre: duckdb.DuckDBPyConnection, query: str, *values: object) -> tuple[Any, ...]:
    row = centre.execute(query, list(values)).fetchone()
    assert row is not None
    return row


def test_two_agents_drop_many_calls_within_ten_seconds_and_nobody_else_does(
    demo: Path, centre: duckdb.DuckDBPyConnection
) -> None:
    dropping = {entry["agent_id"]: entry["share_of_calls"] for entry in _story(demo, "short_calls")["agents"]}
    assert sorted(dropping.values()) == [0.12, 0.20]
    shares = dict(
        centre.execute(
            """select agent_id, avg((talk < 10)::int) from contacts
            where answered and media = 'phone' and queue <> 'outbound' group by 1 having count(*) > 100"""
        ).fetchall()
    )
    for agent, share in dropping.items():
        assert shares.pop(agent) == pytest.approx(share, abs=0.03)
    assert max(shares.values()) < 0.05


def test_whoever_drops_calls_ends_them_and_looks_fast_on_the_same_work(
    demo: Path, centre: duckdb.DuckDBPyConnection
) -> None:
    dropping = [entry["agent_id"] for entry in _story(demo, "early_release")["agents"]]
    early = """select avg((released_by = 'Agent' and talk < 30)::int) from contacts
        where answered and released_by is not null and list_contains(?, agent_id) = ?"""
    theirs, others = (_one(centre, early, dropping, mine)[0] for mine in (True, False))
    assert theirs > 0.08
    assert others < 0.01
    (ratio,) = _one(
        centre,
        """with usual as (
            select queue, reason, media, avg(talk + after) as seconds from contacts
            where answered and not list_contains($1, agent_id) group by all
        )
        select sum(talk + after) / sum(seconds) from contacts join usual using (queue, reason, media)
        where answered and list_contains($1, agent_id)""",
        dropping,
    )
    assert ratio < 0.88


def test_customers_end_most_conversations_and_an_email_has_no_end(centre: duckdb.DuckDBPyConnection) -> None:
    share, without, emails = _one(
        centre,
        """select avg((released_by = 'Customer')::int) filter (where media <> 'email'),
            count(*) filter (where media <> 'email' and released_by is null),
            count(*) filter (where media = 'email' and released_by is not null)
        from contacts where answered""",
    )
    assert share > 0.65
    assert (without, emails) == (0, 0)


def test_a_customer_who_complained_in_a_contact_has_a_complaint_of_that_minute(
    centre: duckdb.DuckDBPyConnection,
) -> None:
    flagged, matched, complaints = _one(
        centre,
        """select count(distinct contact_id), count(distinct contact_id) filter (where complaint is not null),
            (select count(*) from complaints)
        from contacts left join complaints on contacts.customer = complaints.customer
            and received between started and started + to_seconds(coalesce(talk, 0) + 120)
        where complained""",
    )
    assert flagged == matched
    assert 0.3 < flagged / complaints < 0.8


def test_promises_are_kept_more_often_by_those_who_are_truly_reliable(
    demo: Path, centre: duckdb.DuckDBPyConnection
) -> None:
    kept = dict(
        centre.execute(
            """select agent_id, avg(coalesce(done <= due, false)::int) from callbacks
            where due < timestamp '2026-10-01' group by 1 having count(*) >= 30"""
        ).fetchall()
    )
    skill = _skills(demo, "callbacks")
    ordered = sorted(kept, key=lambda agent: skill[agent])
    third = len(ordered) // 3
    low, high = (sum(kept[agent] for agent in part) / third for part in (ordered[:third], ordered[-third:]))
    assert high - low > 0.05


def test_some_promises_are_overdue_some_still_open_and_none_is_kept_before_it_is_made(
    centre: duckdb.DuckDBPyConnection,
) -> None:
    late, overdue, not_yet_due, impossible, share = _one(
        centre,
        """select count(*) filter (where done > due),
            count(*) filter (where done is null and due < timestamp '2026-09-30'),
            count(*) filter (where due >= timestamp '2026-10-01'),
            count(*) filter (where done < promised or due <= promised),
            avg((contact_id in (select contact_id from contacts))::int)
        from callbacks""",
    )
    assert min(late, overdue, not_yet_due) > 0
    assert (impossible, share) == (0, 1)


def test_the_engaged_take_more_voluntary_courses_and_declining_is_never_held_against_anybody(demo: Path) -> None:
    text = (demo / "drop" / "training" / "training.txt").read_text(encoding="utf-16")
    rows = [row for row in csv.DictReader(text.splitlines(), delimiter="\t") if row["Voluntary 自愿参加"] == "Yes"]
    assert len(rows) > 100
    assert {row["Absence"] for row in rows} == {"", "approved"}
    engagement = _skills(demo, "engagement")
    came = {
        present: [engagement[row["Agent"]] for row in rows if (not row["Absence"]) is present]
        for present in (True, False)
    }
    means = {present: sum(values) / len(values) for present, values in came.items()}
    assert means[True] - means[False] > 0.3
