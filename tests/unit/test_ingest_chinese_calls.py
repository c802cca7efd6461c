"""Call lists and hot-line tables of Chinese platforms: invented files with the headers and codes of such systems."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.model_sql import Project
from tests.unit.layout_centre import LayoutCentre
from tests.unit.vendor_centre import read_as

HEADER = "主叫号码,客户号码,坐席姓名,坐席工号,开始时间,通话时长,项目名称,任务名称,客户姓名,客户状态,录音地址"
CALLS = (
    "02100000001,19900000001,示例甲,30010001,2026-03-02 09:00:05,22,续保,三月,客户一,有意向,https://example.invalid/1",
    "02100000001,+86 199-0000-0002,示例甲,30010001,2026/3/2 9:04:07,22.0,续保,三月,客户二,失败客户,",
    "19900000003,19900000003,示例乙,30010002,2026/3/2 9:10,0,续保,三月,客户三,,",
)


def crm(*rows: str) -> str:
    return "\ufeff" + "\r\n".join((HEADER, *rows)) + "\r\n"


@pytest.fixture
def centre(tmp_path: Path) -> LayoutCentre:
    return LayoutCentre(tmp_path, "cn_crm_calls", "cn_hotline_calls", "cn_hotline_sign_in", "cn_hotline_states")


def test_a_call_list_is_read_with_either_way_of_writing_times_and_lengths(centre: LayoutCentre) -> None:
    centre.deliver("通话记录.csv", crm(*CALLS))
    intake = centre.take_in()
    assert read_as(intake) == {("cn_crm_calls", "contacts", 3, 0, 0)}
    assert centre.select(
        intake,
        "select agent_id, started_at::varchar, direction, queue, is_answered, talk_seconds from raw.contacts "
        "order by all",
    ) == [
        ("30010001", "2026-03-02 09:00:05", "outbound", "续保", True, 22.0),
        ("30010001", "2026-03-02 09:04:07", "outbound", "续保", True, 22.0),
        ("30010002", "2026-03-02 09:10:00", "inbound", "续保", False, None),
    ]


def test_other_spellings_of_the_headers_give_the_same_calls(centre: LayoutCentre) -> None:
    other = {
        "客户号码": "被叫号码",
        "坐席姓名": "客服姓名",
        "坐席工号": "工号",
        "开始时间": "通话开始时间",
        "通话时长": "通话时长(秒)",
    }
    text = crm(*CALLS)
    for usual, spelt in other.items():
        text = text.replace(usual, spelt, 1)
    centre.deliver("导出.csv", text)
    assert read_as(centre.take_in()) == {("cn_crm_calls", "contacts", 3, 0, 0)}


def test_a_workbook_sent_again_with_corrections_brings_calls_up_to_date_and_adds_none(centre: LayoutCentre) -> None:
    centre.deliver("一.csv", crm(*CALLS))
    centre.take_in()
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in crm(*CALLS).lstrip("\ufeff").split("\r\n")[:-1]:
        sheet.append(line.replace(",22,", ",95,").split(","))
    book.save(centre.drop / "二.xlsx")
    intake = centre.take_in()
    assert intake.tables["contacts"] == {"accepted": 6, "refused": 0, "held": 3}
    assert centre.select(intake, "select sum(talk_seconds) from raw.contacts") == [(95.0 + 22.0,)]


def test_no_number_and_no_name_of_a_customer_is_kept_among_the_accepted_rows(centre: LayoutCentre) -> None:
    centre.deliver("通话记录.csv", crm(*CALLS))
    centre.take_in()
    kept = centre.kept("contacts")
    assert "1990000000" not in kept.replace("-", "")
    assert "客户" not in kept
    assert "example" not in kept


def test_one_customer_has_one_key_however_the_number_is_written(centre: LayoutCentre) -> None:
    ways = ("13900000001", "+86 139 0000 0001", "013900000001", "0086-139-0000-0001")
    rows = [f",{way},甲,3001,2026-03-02 09:0{number}:00,5,,,,," for number, way in enumerate(ways)]
    centre.deliver("通话记录.csv", crm(*rows, ",13900000002,甲,3001,2026-03-02 10:00:00,5,,,,,"))
    intake = centre.take_in()
    keys = centre.select(intake, "select customer_key, count(*) from raw.contacts group by all order by 2")
    assert [count for _, count in keys] == [1, 4]


def test_a_number_with_hidden_or_lost_digits_is_no_customer(centre: LayoutCentre) -> None:
    rows = (",139****0001,甲,3001,2026-03-02 09:00:00,5,,,,,", ",1.39E+10,甲,3001,2026-03-02 09:00:00,5,,,,,")
    centre.deliver("通话记录.csv", crm(*rows))
    intake = centre.take_in()
    assert centre.select(intake, "select count(*), count(customer_key) from raw.contacts") == [(2, 0)]


def test_a_call_without_an_agent_or_a_customer_is_refused_by_line(centre: LayoutCentre) -> None:
    centre.deliver(
        "通话记录.csv", crm(CALLS[0], ",19900000001,甲,,2026-03-02 09:00:05,5,,,,,", ",,甲,3001,昨天,5,,,,,")
    )
    centre.take_in()
    assert centre.refused_lines("contacts") == {3: "required_missing", 4: "not_a_time"}


# ---------- the hot-line station

RECORD = (
    "id,call_time,call_type,call_status,agent_from_queue,agent_number,customer_number,first_queue_start_time,"
    "request_agent_wait_time,billing_seconds,comment,hangup\n"
)


def record(number: int, pressed: str, kind: str = "in", status: int = 1) -> str:
    agent = "8001" if status else ""
    moment = f"2026-03-02 09:{number:02}:00"
    return (
        f"{number},{moment},{kind},{status},4000,{agent},1990000{number:04},{moment},{number},60,{pressed},customer\n"
    )


def test_a_low_code_is_a_good_answer_and_the_share_of_the_best_two_is_the_station_s_own(centre: LayoutCentre) -> None:
    pressed = ["1"] * 5 + ["2"] * 2 + ["3", "4", "5", "-1", "", "9"]
    centre.deliver("record.csv", RECORD + "".join(record(number, code) for number, code in enumerate(pressed, 1)))
    intake = centre.take_in()
    assert read_as(intake) == {
        ("cn_hotline_calls", "contacts", 13, 0, 0),
        ("cn_hotline_calls", "surveys", 10, 0, 3),
    }
    assert centre.select(
        intake,
        "select count(*) filter (where score >= scale_max - 1) / count(*), max(score), min(score) from raw.surveys",
    ) == [(7 / 10, 3.0, 1.0)]


def test_only_the_answer_about_the_agent_s_manner_stands_beside_the_agent(centre: LayoutCentre) -> None:
    centre.deliver("record.csv", RECORD + "".join(record(number, code) for number, code in enumerate("12345", 1)))
    intake = centre.take_in()
    assert centre.select(intake, "select survey_id, agent_id, contact_id, score from raw.surveys order by 1") == [
        ("1", "8001", "1", 3.0),
        ("2", "8001", "2", 2.0),
        ("3", "8001", "3", 1.0),
        ("4", None, None, 1.0),
        ("5", None, None, 1.0),
    ]


def test_who_hangs_up_in_the_menu_was_not_offered_and_who_was_called_never_is(centre: LayoutCentre) -> None:
    in_menu = "7,2026-03-02 09:07:00,in,0,,,19900000007,,,0,-1,customer\n"
    centre.deliver("record.csv", RECORD + record(1, "1") + record(2, "-1", status=0) + record(3, "", "out") + in_menu)
    intake = centre.take_in()
    assert centre.select(
        intake,
        "select contact_id, direction, is_offered, is_answered, wait_seconds, talk_seconds, agent_id "
        "from raw.contacts order by 1",
    ) == [
        ("1", "inbound", True, True, 1.0, 60.0, "8001"),
        ("2", "inbound", True, False, 2.0, None, None),
        ("3", "outbound", False, True, None, 60.0, "8001"),
        ("7", "inbound", False, False, None, None, None),
    ]


def test_an_interval_without_an_end_waits_for_the_next_export(centre: LayoutCentre) -> None:
    header = "extension,real_name,queue,start_time,end_time,duration\n"
    morning = "8001,示例甲,4000,2026-03-02 08:58:00,2026-03-02 12:01:00,10980\n"
    centre.deliver("签入1.csv", header + morning + "8001,示例甲,4000,2026-03-02 13:00:00,,\n")
    first = centre.take_in()
    assert read_as(first) == {("cn_hotline_sign_in", "agent_states", 1, 0, 1)}
    centre.deliver("签入2.csv", header + morning + "8001,示例甲,4000,2026-03-02 13:00:00,2026-03-02 17:30:00,\n")
    second = centre.take_in()
    assert centre.select(second, "select state, is_planned, minutes from raw.agent_states order by started_at") == [
        ("签入", False, 183.0),
        ("签入", False, 270.0),
    ]


def test_sign_in_and_meals_of_the_station_become_the_time_a_person_worked(centre: LayoutCentre) -> None:
    """Signed in from 9 to 18 with 45 minutes of meal and 15 of rest, and one state that nobody has explained."""
    centre.deliver(
        "签入.csv",
        "extension,real_name,queue,start_time,end_time,duration\n"
        "8001,甲,4000,2026-03-02 09:00:00,2026-03-02 18:00:00,32400\n",
    )
    spans = (("-1", 3600), ("3", 900), ("4", 2700), ("7", 60))
    rows = (f"8001,甲,4000,{code},2026-03-02 1{n}:00:00,,{length}\n" for n, (code, length) in enumerate(spans))
    centre.deliver(
        "状态.csv", "extension,real_name,queue,operation_type,start_time,end_time,duration\n" + "".join(rows)
    )
    intake = centre.take_in()
    with centre.raw(intake) as connection:
        for table in ("agent_states", "deliveries"):
            connection.execute(f"create table raw_{table} as select * from raw.{table}")
        project = Project()
        project.build(connection, "int_state_day", "fct_agent_state")
        day = connection.execute(
            "select day, scheduled_minutes, worked_minutes, available_minutes, unknown_states from int_state_day"
        ).fetchall()
        unknown = connection.execute("select state, minutes from fct_agent_state where activity = ''").fetchall()
    # what waited for a call is not known while one state of the day has no meaning
    assert day == [(date(2026, 3, 2), None, 9 * 60.0 - 45, None, 1)]
    assert unknown == [("7", 1.0)]


def test_codes_of_states_become_words_and_an_unknown_code_stays_a_code(centre: LayoutCentre) -> None:
    header = "extension,real_name,queue,operation_type,start_time,end_time,duration\n"
    codes = ("-1", "0", "1", "2", "3", "4", "5", "6", "7")
    rows = [f"8001,甲,4000,{code},2026-03-02 1{n}:00:00,2026-03-02 1{n}:05:00,300\n" for n, code in enumerate(codes)]
    centre.deliver("状态.csv", header + "".join(rows))
    intake = centre.take_in()
    assert [state for (state,) in centre.select(intake, "select state from raw.agent_states order by started_at")] == [
        "空闲", "事后处理", "洗手间", "培训", "小休", "就餐", "值日", "忙碌", "7",
    ]  # fmt: skip
