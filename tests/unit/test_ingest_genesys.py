"""Genesys Cloud: figures of the anonymous sample exports, both generations, and what is refused.

The shared sample files are read where they lie. Everything else here is made up after the published column names.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.unit.vendor_centre import VendorCentre, read_as

HEADER = (
    "Media Type,Users - Interacted,Date,Direction,Queue,Wrap-up,Conversation ID,Transferred,Disconnect Type,"
    "Total Queue,Total Talk,Total Hold,Total ACW,Total Handle"
)
MILLISECONDS = """\
voice,Mei Lin,3/4/26 9:00 AM,Inbound,Billing,Solved,c-1,NO,Agent,25000,420000,30000,15000,465000
voice,,3/4/26 12:05 PM,Inbound,Billing,,c-2,NO,Customer,90000,,,,
callback,Mei Lin; Tom Berg,3/4/26 1:00 PM,Inbound/Outbound,Billing,ININ-WRAP-UP-TIMEOUT,c-3,YES,Agent,5000,60000,,15000,75000
"""  # noqa: E501
CLOCK = """\
voice,Mei Lin,3/4/26 9:00 AM,Inbound,Billing,Solved,c-1,NO,Agent,00:00:25.000,00:07:00.000,00:00:30.000,00:00:15.000,00:07:45.000
voice,,3/4/26 12:05 PM,Inbound,Billing,,c-2,NO,Customer,00:01:30.000,,,,
callback,Mei Lin; Tom Berg,3/4/26 1:00 PM,Inbound/Outbound,Billing,ININ-WRAP-UP-TIMEOUT,c-3,YES,Agent,5000,0:01:00,,15000,75000
"""  # noqa: E501


def _expected(shared_data: Path, source: str) -> dict[str, float]:
    told = json.loads((shared_data / "genesys_samples_anon" / "expected_kpi.json").read_text(encoding="utf-8"))
    found: dict[str, float] = next(entry["metrics"] for entry in told if entry["source"] == source)
    return found


def _with(centre: VendorCentre, shared_data: Path, name: str) -> VendorCentre:
    shutil.copy(shared_data / "genesys_samples_anon" / name, centre.drop)
    return centre


@pytest.mark.oracle
def test_interactions_give_the_figures_of_the_source(shared_data: Path, tmp_path: Path) -> None:
    centre = _with(VendorCentre(tmp_path), shared_data, "sample_interactions.csv")
    intake = centre.take_in()
    expected = _expected(shared_data, "genesys_interactions")
    assert read_as(intake) == {("genesys_interactions", "contacts", 10, 0, 0)}
    inbound = "from raw.contacts where direction = 'inbound' and is_offered"
    told = centre.select(
        intake,
        "select avg(talk_seconds + coalesce(hold_seconds, 0) + acw_seconds) / 60, avg(talk_seconds) / 60, "
        f"avg(acw_seconds), avg(wait_seconds), count(*) {inbound} and is_answered",
    )
    keys = ("avg_handle_time_min", "avg_talk_time_min", "avg_acw_time_sec", "avg_wait_time_sec", "answer_count")
    assert told[0] == pytest.approx([expected[key] for key in keys])
    assert (round(expected["avg_handle_time_min"], 2), round(expected["avg_wait_time_sec"], 2)) == (8.75, 25.83)
    abandoned = centre.select(
        intake, f"select count(*) filter (not is_answered), 100 * avg((not is_answered)::int) {inbound}"
    )
    assert abandoned == [(expected["abandon_count"], expected["abandon_rate"])] == [(2, 25.0)]


def test_both_generations_of_the_interactions_export_give_the_same_contacts(tmp_path: Path) -> None:
    held = []
    for name, rows in (("milliseconds", MILLISECONDS), ("clock", CLOCK)):
        (tmp_path / name).mkdir()
        centre = VendorCentre(tmp_path / name)
        centre.deliver("interactions.csv", f"{HEADER}\n{rows}")
        intake = centre.take_in()
        assert read_as(intake) == {("genesys_interactions", "contacts", 3, 0, 0)}
        held.append(
            centre.select(
                intake,
                "select contact_id, agent_id, started_at::varchar, channel, reason, is_offered, is_answered, "
                "wait_seconds, talk_seconds, hold_seconds, acw_seconds, is_transferred, released_by "
                "from raw.contacts order by contact_id",
            )
        )
    assert held[0] == held[1]
    assert held[0] == [
        ("c-1", "Mei Lin", "2026-03-04 09:00:00", "phone", "Solved", True, True, 25, 420, 30, 15, False, "agent"),
        ("c-2", None, "2026-03-04 12:05:00", "phone", None, True, False, 90, None, None, None, False, "customer"),
        # two agents in one row: the contact counts for the centre, and for neither of them
        ("c-3", None, "2026-03-04 13:00:00", "phone", None, True, True, 5, 60, None, 15, True, "agent"),
    ]


def test_a_european_date_and_a_note_in_a_duration_are_refused(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    row = "voice,Mei Lin,{date},Inbound,Billing,Solved,{id},NO,Agent,25000,{talk},30000,15000,465000\n"
    rows = row.format(date="25/3/26 9:00 AM", id="c-1", talk="1")
    rows += row.format(date="3/4/26 9:00 AM", id="c-2", talk="~7 min")
    centre.deliver("interactions.csv", f"{HEADER}\n{rows}")
    assert read_as(centre.take_in()) == {("genesys_interactions", "contacts", 0, 2, 0)}
    assert centre.reasons("contacts") == [("started_at", "not_a_time", 1), ("talk_seconds", "not_a_duration", 1)]


@pytest.mark.oracle
def test_agent_performance_becomes_totals_to_check_contacts_with(shared_data: Path, tmp_path: Path) -> None:
    centre = _with(VendorCentre(tmp_path), shared_data, "sample_agent_performance.csv")
    intake = centre.take_in()
    expected = _expected(shared_data, "genesys_agent_performance")
    assert read_as(intake) == {("genesys_agent_performance", "contact_totals", 5, 0, 0)}
    told = centre.select(
        intake,
        "select sum(answered), sum(handle_seconds) / 3600, sum(handle_seconds) / sum(answered) / 60, "
        "sum(talk_seconds) / sum(answered) / 60 from raw.contact_totals",
    )
    keys = ("total_calls", "total_handle_hours", "avg_handle_min", "avg_talk_min")
    assert told[0] == pytest.approx([expected[key] for key in keys])
    days = "select distinct scope, channel, direction, first_day::varchar, last_day::varchar from raw.contact_totals"
    assert centre.select(intake, days) == [("agent", "phone", "all", "2025-12-01", "2025-12-31")]


@pytest.mark.oracle
def test_agent_status_over_a_month_is_refused_since_nothing_says_which_day(shared_data: Path, tmp_path: Path) -> None:
    centre = _with(VendorCentre(tmp_path), shared_data, "sample_agent_status.csv")
    intake = centre.take_in()
    # five agents with eight states each: logged in, idle, available, away, break, meal, not responding, interacting
    assert read_as(intake) == {("genesys_agent_status", "agent_states", 0, 40, 0)}
    assert ("started_at", "covers_several_days", 40) in centre.reasons("agent_states")


def test_agent_status_of_one_day_becomes_states(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    header = (
        "Interval Start,Interval End,Agent Id,Agent Name,Logged In,On Queue,Off Queue,Idle,Break,Interacting,Idle %"
    )
    rows = [
        "3/4/26 12:00 AM,3/5/26 12:00 AM,a-1,Mei Lin,28800000,27000000,1800000,9000000,1800000,18000000,0.33",
        "3/4/26 12:00 AM,3/5/26 12:00 AM,a-2,Tom Berg,8:00:00.000,7:30:00.000,0:30:00,2:30:00,,5:00:00,0.33",
    ]
    centre.deliver("status.csv", "\n".join([header, *rows, ""]))
    intake = centre.take_in()
    assert read_as(intake) == {("genesys_agent_status", "agent_states", 7, 0, 0)}
    assert centre.select(
        intake,
        "select agent_id, state, minutes, started_at::varchar, is_planned from raw.agent_states order by 1, 2",
    ) == [
        (agent, state, minutes, "2026-03-04 00:00:00", False)
        for agent, state, minutes in [
            ("a-1", "Break", 30), ("a-1", "Idle", 150), ("a-1", "Interacting", 300), ("a-1", "Logged In", 480),
            ("a-2", "Idle", 150), ("a-2", "Interacting", 300), ("a-2", "Logged In", 480),
        ]
    ]  # fmt: skip


@pytest.mark.oracle
def test_adherence_over_a_month_without_a_day_is_refused(shared_data: Path, tmp_path: Path) -> None:
    centre = _with(VendorCentre(tmp_path), shared_data, "sample_adherence.csv")
    intake = centre.take_in()
    assert read_as(intake) == {("genesys_adherence", "attendance", 0, 5, 0)}
    assert ("work_date", "covers_several_days", 5) in centre.reasons("attendance")


@pytest.mark.oracle
def test_adherence_of_one_day_gives_the_mean_of_the_source(shared_data: Path, tmp_path: Path) -> None:
    """The anonymous sample with a day added and its minutes scaled to one day: shares stay as they were."""
    centre = VendorCentre(tmp_path)
    source = (shared_data / "genesys_samples_anon" / "sample_adherence.csv").read_text(encoding="utf-8").splitlines()
    lines = ['"Date",' + source[0], *('"12/1/2025",' + line.replace("10380", "480") for line in source[1:] if line)]
    lines = [line.replace('"10800"', '"500"').replace('"10560"', '"490"').replace('"10680"', '"495"') for line in lines]
    lines = [line.replace('"10200"', '"470"').replace('"10440"', '"485"') for line in lines]
    centre.deliver("adherence.csv", "\n".join([*lines, ""]))
    intake = centre.take_in()
    assert read_as(intake) == {("genesys_adherence", "attendance", 5, 0, 0)}
    mean = centre.select(intake, "select avg(100 * adherent_minutes / scheduled_minutes) from raw.attendance")
    assert mean[0][0] == pytest.approx(_expected(shared_data, "genesys_adherence")["avg_adherence_pct"]) == 88.08


def test_an_infinite_share_is_refused_and_never_a_number(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    header = "Date,Agent,Management Unit,Adherence (%),Conformance (%),Scheduled,Actual Time,Scheduled (Adherence)"
    centre.deliver("adherence.csv", f"{header}\n3/4/2026,Mei Lin,Service,Infinity%,Infinity%,0,120,0\n")
    assert read_as(centre.take_in()) == {("genesys_adherence", "attendance", 0, 1, 0)}
    assert centre.reasons("attendance") == [("adherent_minutes", "not_a_number", 1)]


def test_evaluations_of_the_view_give_one_total_score_each(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    text = centre.sample("genesys_evaluations")
    mixed = (
        '"c-3","3/4/26 9:00 AM","voice","Mei Lin; Tom Berg","3/6/26 2:30 PM","S","80","100","Finished","Ana Silva"\n'
    )
    centre.deliver("evaluations.csv", text + mixed)
    intake = centre.take_in()
    assert read_as(intake) == {("genesys_evaluations", "qa_scores", 2, 1, 0)}
    assert centre.reasons("qa_scores") == [("evaluation_id", "several_in_one", 1)]
    assert centre.select(
        intake, "select agent_id, grader, item, points, max_points, scored_at::varchar from raw.qa_scores order by 1"
    ) == [
        ("Mei Lin", "Ana Silva", "Total score", 92.5, 100, "2026-03-06 14:30:00"),
        ("Tom Berg", "Ana Silva", "Total score", 78, 100, "2026-03-06 15:10:00"),
    ]


def test_evaluations_of_the_interface_give_one_row_per_question(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    centre.deliver_sample("genesys_evaluations_json", "evaluations.json")
    intake = centre.take_in()
    assert read_as(intake) == {("genesys_evaluations_json", "qa_scores", 2, 0, 0)}
    assert centre.select(
        intake,
        "select item, dimension, points, max_points, is_applicable, is_critical, scored_at::varchar "
        "from raw.qa_scores order by 1",
    ) == [
        ("Asks for consent", "Opening", 0, 5, True, True, "2026-03-06 14:31:00"),
        ("Says the name", "Opening", 10, 10, True, False, "2026-03-06 14:31:00"),
    ]
