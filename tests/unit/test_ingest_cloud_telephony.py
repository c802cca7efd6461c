"""Five9, Aircall and Zendesk: calls and tickets. Files are made up after the published column names.

Zendesk tickets of the shared files are read where they lie.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.unit.vendor_centre import VendorCentre, read_as

FIVE9 = (
    "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,DISPOSITION,ANI,DNIS,QUEUE WAIT TIME,TALK TIME,HOLD TIME,PARK TIME,"
    "AFTER CALL WORK TIME,TRANSFERS,ABANDONED"
)


def test_five9_calls_with_hold_taken_out_of_the_talk_time(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    rows = [
        '101,"Wed, 04 Mar 2026 09:00:00",Billing,Inbound,mei,Solved,1,2,00:00:25,00:07:30,00:00:30,0:00,00:00:15,0,0',
        '102,"Wed, 04 Mar 2026 09:05:00",Billing,Inbound,[None],Abandon,1,2,00:01:30,00:00:00,00:00:00,,00:00:00,,1',
        '103,"Wed, 04 Mar 2026 09:06:00",[Deleted],Autodial,[None],No Disposition,1,2,0:00,0:00:00,0:00:00,,0:00:00,,',
        '104,"Wed, 04 Mar 2026 09:07:00",Billing,Manual,mei,Reached,1,2,,00:02:00,,,00:00:10,1,',
        '105,"Wed, 04 Mar 2026 09:08:00",Billing,Internal,mei,,1,2,,00:02:00,,,,,',
        '106,"Wed, 04 Mar 2026 09:09:00",Billing,Test,mei,,1,2,,00:02:00,,,,,',
    ]
    centre.deliver("five9.csv", "\n".join([FIVE9, *rows, ""]))
    intake = centre.take_in()
    assert read_as(intake) == {("five9_call_log", "contacts", 4, 2, 0)}
    assert centre.reasons("contacts") == [("contact_id", "internal_record", 1), ("contact_id", "test_record", 1)]
    assert centre.select(
        intake,
        "select contact_id, agent_id, started_at::varchar, direction, queue, reason, is_offered, is_answered, "
        "wait_seconds, talk_seconds, hold_seconds, acw_seconds, is_transferred from raw.contacts order by 1",
    ) == [
        ("101", "mei", "2026-03-04 09:00:00", "inbound", "Billing", "Solved", True, True, 25, 420, 30, 15, False),
        ("102", None, "2026-03-04 09:05:00", "inbound", "Billing", "Abandon", True, False, 90, 0, 0, 0, None),
        ("103", None, "2026-03-04 09:06:00", "outbound", None, None, False, False, 0, 0, 0, 0, None),
        ("104", "mei", "2026-03-04 09:07:00", "outbound", "Billing", "Reached", True, True, None, 120, None, 10, True),
    ]


AIRCALL_WANTED = (
    "select agent_id, started_at::varchar, direction, queue, is_offered, is_answered, wait_seconds, talk_seconds "
    "from raw.contacts order by started_at"
)


def test_aircall_calls_of_the_newer_export(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    centre.deliver_sample("aircall_calls", "aircall.csv")
    intake = centre.take_in()
    assert read_as(intake) == {("aircall_calls", "contacts", 2, 0, 0)}
    assert centre.select(intake, AIRCALL_WANTED) == [
        ("Mei Lin", "2026-03-04 09:00:00", "inbound", "Billing", True, True, 29, 420),
        (None, "2026-03-04 09:10:00", "inbound", "Billing", True, False, 75, None),
    ]


def test_aircall_calls_of_the_older_export_without_ids(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    header = (
        "line,date (TZ offset incl.),time (TZ offset incl.),number timezone,datetime (UTC),country_code,direction,"
        "from,to,answered,missed_call_reason,user,duration (total),duration (in call),via,voicemail,tags"
    )
    rows = [
        "Billing,2026-03-04,09:00:00,Asia/Shanghai,2026-03-04 01:00:00,CN,inbound,1,2,Yes,,Mei Lin,464,420,,,Invoice",
        "Billing,2026-03-04,22:10:00,Asia/Shanghai,2026-03-04 14:10:00,CN,inbound,1,2,No,out_of_opening_hours,,26,,,,",
    ]
    centre.deliver("aircall.csv", "\n".join([header, *rows, ""]))
    intake = centre.take_in()
    assert read_as(intake) == {("aircall_calls", "contacts", 2, 0, 0)}
    assert centre.select(intake, AIRCALL_WANTED) == [
        ("Mei Lin", "2026-03-04 09:00:00", "inbound", "Billing", True, True, None, 420),
        (None, "2026-03-04 22:10:00", "inbound", "Billing", False, False, None, None),
    ]


def test_zendesk_talk_calls_as_the_interface_gives_them_and_as_a_table(tmp_path: Path) -> None:
    wanted = (
        "select contact_id, agent_id, started_at::varchar, direction, queue, is_offered, is_answered, wait_seconds, "
        "talk_seconds, hold_seconds, acw_seconds, customer_key from raw.contacts order by 1"
    )
    (tmp_path / "json").mkdir()
    (tmp_path / "csv").mkdir()
    document = VendorCentre(tmp_path / "json")
    text = document.sample("zendesk_talk_calls")
    document.deliver("calls.json", text)
    calls = json.loads(text)["calls"]
    table = VendorCentre(tmp_path / "csv")
    header = list(calls[0])
    rows = [
        ["" if value is None else str(value).rstrip("Z").replace("T", " ") for value in call.values()] for call in calls
    ]
    table.deliver("call_metric.csv", "\n".join([",".join(header), *(",".join(row) for row in rows), ""]))
    for centre in (document, table):
        intake = centre.take_in()
        assert read_as(intake) == {("zendesk_talk_calls", "contacts", 2, 0, 0)}
        assert centre.select(intake, wanted) == [
            ("call 501", "11", "2026-03-04 09:00:00", "inbound", "7", True, True, 25, 420, 30, 15, "9001"),
            ("call 502", None, "2026-03-04 09:05:00", "inbound", "7", True, False, 90, 0, 0, 0, "9002"),
        ]


@pytest.mark.oracle
def test_zendesk_tickets_of_a_real_export_are_all_taken_in(shared_data: Path, tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    shutil.copy(shared_data / "dbt_seeds" / "zendesk" / "ticket_data.csv", centre.drop)
    intake = centre.take_in()
    (told,) = read_as(intake)
    assert told[:2] == ("zendesk_tickets", "contacts")
    assert told[2] > 0
    assert told[3:] == (0, 0)
    first = centre.select(
        intake,
        "select started_at::varchar, channel, is_offered, is_answered from raw.contacts "
        "where contact_id = 'ticket 1595'",
    )
    assert first == [("2020-02-19 09:54:52", "web", False, False)]  # deleted


def test_a_ticket_that_came_in_by_telephone_is_left_to_the_calls(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    tickets = [
        {
            "id": number, "created_at": "2026-03-04T01:00:00Z", "updated_at": "2026-03-04T02:00:00Z", "assignee_id": 11,
            "group_id": 7, "requester_id": 9, "status": "solved", "via": {"channel": channel}, "type": "question",
        }
        for number, channel in enumerate(("email", "voice"), start=1)
    ]  # fmt: skip
    centre.deliver("tickets.json", json.dumps({"tickets": tickets, "count": 2}, indent=1))
    intake = centre.take_in()
    assert read_as(intake) == {("zendesk_tickets", "contacts", 1, 0, 1)}
    told = centre.select(intake, "select contact_id, channel, is_resolved from raw.contacts")
    assert told == [("ticket 1", "email", True)]
