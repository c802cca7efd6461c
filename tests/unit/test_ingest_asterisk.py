"""Asterisk and FreePBX: queue log and call records. Files are made up after the published events and fields."""

from __future__ import annotations

from pathlib import Path

from tests.unit.vendor_centre import VendorCentre, read_as

# 1772586000 is 2026-03-04 09:00:00 in Shanghai
LOG = """\
1772586000|1772586000.101|billing|NONE|ENTERQUEUE||13800000000|1
1772586025|1772586000.101|billing|SIP/8007|CONNECT|25|1772586005.102|4
1772586445|1772586000.101|billing|SIP/8007|COMPLETECALLER|25|420|1
1772586500|1772586410.107|billing|NONE|ABANDON|1|2|90
1772586600|1772586500.108|billing|SIP/8008|RINGNOANSWER|1000
1772586700|1772586500.108|billing|NONE|EXITWITHTIMEOUT|1|1|200
1772586900|1772586500.108|overflow|PJSIP/8009|BLINDTRANSFER|600|from-internal|50|150|1
1772587000|1772586960.109|billing|NONE|EXITWITHKEY|1|2|3|40
1772587000|NONE|NONE|SIP/8007|PAUSE|lunch
1772600000|NONE|NONE|Agent/8007|AGENTLOGOFF|SIP/8007-00000001|14000
"""


def test_each_end_of_a_stay_in_a_queue_becomes_a_contact_that_began_earlier(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    centre.deliver("queue_log.txt", LOG)
    intake = centre.take_in()
    assert read_as(intake) == {
        ("asterisk_queue_log", "contacts", 5, 0, 5),
        ("asterisk_queue_log", "agent_states", 1, 0, 9),
    }
    assert centre.select(
        intake,
        "select split_part(contact_id, '/', 1), agent_id, started_at::varchar, queue, is_answered, wait_seconds, "
        "talk_seconds, is_transferred, released_by from raw.contacts order by started_at, queue",
    ) == [
        ("1772586000.101", "SIP/8007", "2026-03-04 09:00:00", "billing", True, 25, 420, False, "customer"),
        ("1772586410.107", None, "2026-03-04 09:06:50", "billing", False, 90, None, False, "customer"),
        ("1772586500.108", None, "2026-03-04 09:08:20", "billing", False, 200, None, False, "system"),
        ("1772586500.108", "PJSIP/8009", "2026-03-04 09:11:40", "overflow", True, 50, 150, True, None),
        ("1772586960.109", None, "2026-03-04 09:16:00", "billing", False, 40, None, False, None),
    ]
    assert centre.select(intake, "select agent_id, state, minutes from raw.agent_states") == [
        ("Agent/8007", "Logged in", 14000 / 60)
    ]


def test_a_broken_time_and_a_broken_duration_are_refused_and_the_log_goes_on(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    broken = "17725864x5|1772586000.201|billing|SIP/8007|COMPLETEAGENT|25|420|1\n"
    broken += "1772586445|1772586000.202|billing|SIP/8007|COMPLETEAGENT|25|a while|1\n"
    centre.deliver("queue_log.txt", LOG * 2 + broken)
    intake = centre.take_in()
    assert intake.tables["contacts"] == {"accepted": 10, "refused": 2, "held": 5}
    assert ("talk_seconds", "not_a_duration", 1) in centre.reasons("contacts")


MASTER = '''\
"","13800000000","600","ext-queues","""Caller"" <13800000000>","SIP/trunk-00000001","SIP/8007-00000002","Queue","billing,t,,,300","2026-03-04 09:00:00","2026-03-04 09:00:25","2026-03-04 09:07:25",445,420,"ANSWERED","DOCUMENTATION","1772586000.1",""
"","13800000001","8007","from-trunk","""Caller"" <13800000001>","SIP/trunk-00000003","SIP/8007-00000004","Dial","SIP/8007,30","2026-03-04 09:10:00","","2026-03-04 09:10:30",30,0,"NO ANSWER","DOCUMENTATION","1772586600.3",""
"","8007","013800000002","from-internal","""8007"" <8007>","SIP/8007-00000005","SIP/trunk-00000006","Dial","SIP/trunk/013800000002","2026-03-04 09:20:00","2026-03-04 09:20:10","2026-03-04 09:21:10",70,60,"ANSWERED","DOCUMENTATION","1772587200.5",""
"","8007","8008","from-internal","""8007"" <8007>","SIP/8007-00000007","SIP/8008-00000008","Dial","SIP/8008","2026-03-04 09:30:00","2026-03-04 09:30:05","2026-03-04 09:30:25",25,20,"ANSWERED","DOCUMENTATION","1772587800.7",""
"","13800000004","600","ext-queues","""Caller"" <13800000004>","SIP/trunk-00000011","","Queue","billing,t,,,300","2026-03-04 09:35:00","2026-03-04 09:35:00","2026-03-04 09:35:45",45,45,"ANSWERED","DOCUMENTATION","1772588100.11",""
"","13800000003","s","ivr-1","""Caller"" <13800000003>","SIP/trunk-00000009","","BackGround","welcome","2026-03-04 09:40:00","2026-03-04 09:40:00","2026-03-04 09:40:12",12,12,"ANSWERED","DOCUMENTATION"
'''  # noqa: E501
WANTED = (
    "select agent_id, started_at::varchar, direction, queue, is_offered, is_answered, wait_seconds, talk_seconds "
    "from raw.contacts order by started_at"
)


def test_master_csv_tells_calls_from_menus_and_colleagues_although_it_has_no_header(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    centre.deliver("Master.csv", MASTER)
    intake = centre.take_in()
    assert read_as(intake) == {("asterisk_cdr", "contacts", 5, 1, 0)}
    assert centre.reasons("contacts") == [("contact_id", "internal_record", 1)]
    assert centre.select(intake, WANTED) == [
        ("8007", "2026-03-04 09:00:00", "inbound", "billing", True, True, 25, 420),
        ("8007", "2026-03-04 09:10:00", "inbound", None, True, False, 30, 0),
        ("8007", "2026-03-04 09:20:00", "outbound", None, True, True, 10, 60),
        (None, "2026-03-04 09:35:00", "inbound", "billing", True, False, 45, None),
        (None, "2026-03-04 09:40:00", None, None, False, False, None, None),
    ]


def test_the_report_of_freepbx_reads_the_same_with_its_header(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path)
    header = (
        "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,"
        "accountcode,uniqueid,userfield,did"
    )
    rows = [
        '2026-03-04 09:00:00,,138000000,600,q,PJSIP/t-01,Local/8007@q-02;1,Queue,"600,t",445,420,ANSWERED,3,,1.1,,400',
        "2026-03-04 09:10:00,8007,8007,0138000,i,PJSIP/8007-03,PJSIP/trunk-04,Dial,x,70,60,ANSWERED,3,,2.3,,",
        "2026-03-04 09:20:00,8007,8007,8008,i,PJSIP/8007-05,PJSIP/8008-06,Dial,x,25,0,BUSY,3,,3.5,,",
    ]
    centre.deliver("cdr.csv", "\n".join([header, *rows, ""]))
    intake = centre.take_in()
    assert read_as(intake) == {("freepbx_cdr", "contacts", 2, 1, 0)}
    assert centre.select(intake, WANTED) == [
        ("8007", "2026-03-04 09:00:00", "inbound", "600", True, True, 25, 420),
        ("8007", "2026-03-04 09:10:00", "outbound", None, True, True, 10, 60),
    ]
