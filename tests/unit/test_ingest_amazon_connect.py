"""Amazon Connect: contact records, agent events and evaluations. Files are made up after the published field names.

The evaluation of the vendor's guide is read where it lies among the shared files.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.unit.vendor_centre import VendorCentre, read_as

ARN = "arn:aws:connect:eu-west-1:000000000000:instance/i-1/agent/a-1"


def _contact(number: int, **fields: Any) -> dict[str, Any]:
    agent = {
        "ARN": ARN,
        "ConnectedToAgentTimestamp": "2026-03-04T01:00:30Z",
        "AgentInteractionDuration": 400,
        "CustomerHoldDuration": 30,
        "AfterContactWorkDuration": 15,
    }
    return {
        "ContactId": f"c-{number}",
        "Channel": "VOICE",
        "InitiationMethod": "INBOUND",
        "InitiationTimestamp": "2026-03-04T01:00:00Z",
        "DisconnectReason": "CUSTOMER_DISCONNECT",
        "Queue": {"Name": "Billing", "Duration": 25},
        "Agent": agent,
        "CustomerEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": "+15550000001"},
    } | fields


def _lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_contact_records_become_contacts_in_local_time(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    records = (
        _contact(1),
        _contact(2, Agent=None, DisconnectReason="CUSTOMER_DISCONNECT"),
        _contact(3, Agent=None, Queue=None, DisconnectReason="CONTACT_FLOW_DISCONNECT"),
        _contact(4, InitiationMethod="OUTBOUND", Queue=None, Channel="CHAT"),
        _contact(5, InitiationMethod="MONITOR"),
    )
    centre.deliver("records.json", _lines(*records))
    intake = centre.take_in()
    assert read_as(intake) == {("amazon_connect_contacts", "contacts", 4, 1, 0)}
    assert centre.reasons("contacts") == [("contact_id", "internal_record", 1)]
    assert centre.select(
        intake,
        "select contact_id, agent_id, hour(started_at), channel, direction, queue, is_offered, is_answered, "
        "wait_seconds, talk_seconds, hold_seconds, acw_seconds, released_by from raw.contacts order by 1",
    ) == [
        ("c-1", "a-1", 9, "phone", "inbound", "Billing", True, True, 25, 400, 30, 15, "customer"),
        ("c-2", None, 9, "phone", "inbound", "Billing", True, False, 25, None, None, None, "customer"),
        ("c-3", None, 9, "phone", "inbound", None, False, False, None, None, None, None, "system"),
        ("c-4", "a-1", 9, "chat", "outbound", None, True, True, None, 400, 30, 15, "customer"),
    ]


def test_the_customers_number_is_never_taken_in(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    centre.deliver("records.json", _lines(_contact(1)))
    with centre.raw(centre.take_in()) as connection:
        held = str(connection.execute("select * from raw.contacts").fetchall())
    assert "5550000001" not in held


def test_a_record_that_is_delivered_again_counts_once_as_last_written(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    later = _contact(1, Queue={"Name": "Billing", "Duration": 26}, LastUpdateTimestamp="2026-03-05T01:00:00Z")
    centre.deliver("records.json", _lines(_contact(1), later))
    intake = centre.take_in()
    assert intake.tables["contacts"] == {"accepted": 2, "refused": 0, "held": 1}
    assert centre.select(intake, "select wait_seconds from raw.contacts") == [(26,)]


def _snapshot(name: str, kind: str, since: str) -> dict[str, Any]:
    return {"AgentStatus": {"Name": name, "Type": kind, "StartTimestamp": since}, "Contacts": []}


def test_a_change_of_status_makes_the_status_before_it_one_state(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    offline = _snapshot("Offline", "OFFLINE", "2026-03-03T10:00:00.000Z")
    ready = _snapshot("Available", "ROUTABLE", "2026-03-04T01:00:00.000Z")
    pause = _snapshot("Break", "CUSTOM", "2026-03-04T02:30:00.000Z")
    gone = _snapshot("Offline", "OFFLINE", "2026-03-04T02:45:00.000Z")
    events = [
        ("LOGIN", "2026-03-04T01:00:00.000Z", offline, ready),
        ("HEART_BEAT", "2026-03-04T01:02:00.000Z", ready, ready),
        ("STATE_CHANGE", "2026-03-04T02:30:00.000Z", ready, pause),
        ("LOGOUT", "2026-03-04T02:45:00.000Z", pause, gone),
    ]
    lines = [
        {
            "AgentARN": ARN,
            "EventId": f"e-{number}",
            "EventType": event,
            "EventTimestamp": at,
            "PreviousAgentSnapshot": before,
            "CurrentAgentSnapshot": now,
            "Version": "2017-10-01",
        }
        for number, (event, at, before, now) in enumerate(events)
    ]
    centre.deliver("events.json", _lines(*lines))
    intake = centre.take_in()
    assert read_as(intake) == {("amazon_connect_agent_events", "agent_states", 2, 0, 2)}
    assert centre.select(
        intake, "select agent_id, state, started_at::varchar, minutes, is_planned from raw.agent_states order by 3"
    ) == [
        ("a-1", "Available", "2026-03-04 09:00:00", 90, False),
        ("a-1", "Break", "2026-03-04 10:30:00", 15, False),
    ]


@pytest.mark.oracle
def test_the_evaluation_of_the_guide_keeps_what_is_not_applicable_apart(shared_data: Path, tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    shutil.copy(shared_data / "aws_connect_eval" / "evaluation_example.json", centre.drop)
    intake = centre.take_in()
    assert read_as(intake) == {("amazon_connect_evaluations", "qa_scores", 3, 0, 0)}
    assert centre.select(intake, "select item, points, max_points, is_applicable from raw.qa_scores order by item") == [
        ("Describe the outcome.", None, None, False),
        ("Did the agent introduce themselves?", 100, 100, True),
        ("How do you rate the contact between 1 and 10?", None, None, False),
    ]
    told = "select distinct dimension, form_version, grader, scored_at::varchar from raw.qa_scores"
    assert centre.select(intake, told) == [("The title of the subsection", "2", "jane", "2022-11-15 01:59:29.052")]


def test_the_second_output_of_the_same_evaluation_counts_nothing_twice(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    text = centre.sample("amazon_connect_evaluations")
    centre.deliver("Evaluations/2026/03/04/e-1.json", text)
    centre.deliver("Evaluations/contact_c-1/evaluation_e-1/2026-03-04.json", " " + text)
    intake = centre.take_in()
    assert intake.tables["qa_scores"] == {"accepted": 4, "refused": 0, "held": 2}


def test_a_section_list_that_is_no_list_takes_no_other_row_down(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    whole = json.loads(centre.sample("amazon_connect_evaluations"))
    centre.deliver("e.json", _lines(whole, whole | {"evaluationId": "e-2", "sections": "none of your business"}))
    intake = centre.take_in()
    assert intake.tables["qa_scores"] == {"accepted": 4, "refused": 0, "held": 4}
