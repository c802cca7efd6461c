"""Shopzilla: contacts, surveys, agents and teams from one file; a clock fault refuses the contact, never the survey."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.ingest_centre import build, raw

HEADER = (
    "Unique id,channel_name,category,Sub-category,Customer Remarks,Issue_reported at,issue_responded,"
    "Survey_response_Date,Agent_name,Supervisor,Manager,Tenure Bucket,Agent Shift,CSAT Score\n"
)
CLOCK_FAULT = HEADER + (
    "u1,Inbound,Returns,Pickup,secret words,01/08/2023 10:00,01/08/2023 09:58,01-Aug-23,Ann,Bo,Cy,>90,Morning,5\n"
    "u2,Email,Returns,Pickup,,01/08/2023 10:00,01/08/2023 10:05,02-Aug-23,Ann,Bo,Di,>90,Morning,1\n"
)


def test_a_reply_before_the_question_refuses_the_contact_and_keeps_the_survey(project: Path, tmp_path: Path) -> None:
    drop, lake = tmp_path / "drop", tmp_path / "lake"
    drop.mkdir()
    (drop / "calls.csv").write_text(CLOCK_FAULT, encoding="utf-8")
    intake = build(drop, lake, project / "dbt_project", tmp_path / "scratch")
    assert intake.tables["contacts"] == {"accepted": 1, "refused": 1, "held": 1}
    assert intake.tables["surveys"] == {"accepted": 2, "refused": 0, "held": 2}
    with raw(lake, project / "dbt_project", intake) as connection:
        refused = connection.execute("select table_name, column_name, reason, first_lines from raw.refusals").fetchall()
        teams = connection.execute("select team_id, manager, valid_from::varchar from raw.teams").fetchall()
    assert refused == [("contacts", "first_response_seconds", "negative_duration", "2")]
    assert teams == [("Bo", "Di", "2023-08-01")]
    parquet = b"".join(file.read_bytes() for file in lake.rglob("*.parquet"))
    assert b"secret words" not in parquet


@pytest.mark.oracle
def test_the_published_file_gives_its_agents_teams_and_surveys(
    shared_data: Path, project: Path, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    intake = build(shared_data / "shopzilla_csat", lake, project / "dbt_project", tmp_path / "scratch")
    assert all(
        d.file_rows == 8007 == d.accepted_rows + d.refused_rows + d.not_applicable_rows for d in intake.deliveries
    )
    with raw(lake, project / "dbt_project", intake) as connection:
        counts = connection.execute(
            "select (select count(*) from raw.contacts), (select count(*) from raw.surveys), "
            "(select count(distinct agent_id) from raw.agents), (select count(distinct team_id) from raw.teams), "
            "(select count(*) from (select team_id from raw.teams group by team_id having count(distinct manager) > 1))"
        ).fetchone()
        repeated = connection.execute(
            "select count(*) from (select agent_id, valid_from from raw.agents group by all having count(*) > 1)"
        ).fetchone()
        scores = connection.execute("select min(score), max(score), count(distinct score) from raw.surveys").fetchone()
    assert counts is not None
    assert counts[:4] == (8007, 8007, 1257, 40)
    assert repeated == (0,)
    assert scores == (1.0, 5.0, 5)
    assert counts[4] > 0
