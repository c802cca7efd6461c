"""QA forms with one column per item, and lists of complaints: invented files, no real sample was at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.layout_centre import LayoutCentre
from tests.unit.vendor_centre import read_as

FORM = "质检单号,录音编号,坐席工号,质检时间,质检员,质检表,表单版本,开场白(10),需求挖掘（20分）,核实身份[致命](10)\n"


@pytest.fixture
def centre(tmp_path: Path) -> LayoutCentre:
    return LayoutCentre(tmp_path, "qa_form_wide", "complaint_list", "cn_crm_calls")


def scores(centre: LayoutCentre, text: str, columns: str) -> list[tuple[object, ...]]:
    centre.deliver("质检.csv", text)
    return centre.select(centre.take_in(), f"select {columns} from raw.qa_scores order by all")


def test_each_item_of_a_form_becomes_a_row_with_the_points_its_header_says(centre: LayoutCentre) -> None:
    text = FORM + "Q1,R1,3001,2026-03-02 15:00:00,质检甲,热线表,2,8,15,合格\n"
    assert scores(centre, text, "item, points, max_points, is_critical, is_applicable") == [
        ("开场白", 8.0, 10.0, False, True),
        ("核实身份[致命]", 10.0, 10.0, True, True),
        ("需求挖掘", 15.0, 20.0, False, True),
    ]


@pytest.mark.parametrize("nothing", ["N/A", "不适用", "-"])
def test_an_item_that_does_not_apply_leaves_numerator_and_denominator(centre: LayoutCentre, nothing: str) -> None:
    text = FORM + f"Q1,R1,3001,2026-03-02 15:00:00,质检甲,热线表,2,{nothing},15,不合格\n"
    assert scores(centre, text, "item, points, is_applicable") == [
        ("开场白", None, False),
        ("核实身份[致命]", 0.0, True),
        ("需求挖掘", 15.0, True),
    ]


def test_a_recording_scored_again_by_the_same_grader_counts_once_as_last_scored(centre: LayoutCentre) -> None:
    text = FORM + (
        "Q1,R1,3001,2026-03-02 15:00:00,质检甲,热线表,2,8,15,合格\n"
        "Q9,R1,3001,2026-03-05 10:00:00,质检甲,热线表,2,6,20,合格\n"
        "Q7,R1,3001,2026-03-05 11:00:00,质检乙,热线表,2,9,18,合格\n"
    )
    assert scores(centre, text, "grader, sum(points) over (partition by grader), item") == [
        ("质检乙", 37.0, "开场白"),
        ("质检乙", 37.0, "核实身份[致命]"),
        ("质检乙", 37.0, "需求挖掘"),
        ("质检甲", 36.0, "开场白"),
        ("质检甲", 36.0, "核实身份[致命]"),
        ("质检甲", 36.0, "需求挖掘"),
    ]


def test_more_points_than_the_item_has_and_words_that_are_no_points_are_refused(centre: LayoutCentre) -> None:
    centre.deliver("质检.csv", FORM + "Q1,R1,3001,2026-03-02 15:00:00,质检甲,热线表,2,11,很好,合格\n")
    assert read_as(centre.take_in()) == {("qa_form_wide", "qa_scores", 1, 2, 0)}
    assert centre.reasons("qa_scores") == [("points", "above_maximum", 1), ("points", "not_a_number", 1)]


def test_an_english_form_is_read_with_its_kind(centre: LayoutCentre) -> None:
    text = (
        "Evaluation ID,Recording ID,Agent ID,Evaluated At,Evaluator,Form,Version,Evaluation Type,Greeting (10 pts),"
        "Critical: verification (1)\n"
        "E1,R1,A7,2026-03-02 15:00:00,Q1,Phone,3,Calibration,10,Pass\n"
    )
    assert scores(centre, text, "item, points, max_points, is_critical, kind, form_version") == [
        ("Critical: verification", 1.0, 1.0, True, "calibration", "3"),
        ("Greeting", 10.0, 10.0, False, "calibration", "3"),
    ]


COMPLAINTS = "投诉编号,投诉时间,客户号码,被投诉工号,投诉类型,核实结果\n"


def test_findings_of_either_language_are_understood_and_another_word_is_refused(centre: LayoutCentre) -> None:
    findings = ("有责", "不属实", "处理中", "", "Upheld", "not upheld", "部分有责")
    rows = (f"T{n},2026-03-02 10:0{n}:00,1990000000{n},3001,态度,{word}\n" for n, word in enumerate(findings))
    centre.deliver("投诉.csv", COMPLAINTS + "".join(rows))
    intake = centre.take_in()
    verdicts = centre.select(intake, "select verdict from raw.complaints order by complaint_id")
    assert [verdict for (verdict,) in verdicts] == [
        "justified",
        "unjustified",
        "open",
        "open",
        "justified",
        "unjustified",
    ]
    assert centre.reasons("complaints") == [("verdict", "value_not_allowed", 1)]


def test_a_complaint_and_a_call_of_one_customer_share_a_key_and_no_number(centre: LayoutCentre) -> None:
    centre.deliver("投诉.csv", COMPLAINTS + "T1,2026-03-02 10:00:00,+86 13900000001,,等待时间,有责\n")
    centre.deliver(
        "通话.csv", "客户号码,坐席姓名,坐席工号,开始时间,通话时长\n13900000001,甲,3001,2026-03-02 09:00:00,60\n"
    )
    intake = centre.take_in()
    sql = "select c.customer_key = k.customer_key, k.customer_key from raw.complaints as c cross join raw.contacts as k"
    ((same, key),) = centre.select(intake, sql)
    assert same
    assert "139" not in str(key)[:4]


def test_an_english_list_is_read(centre: LayoutCentre) -> None:
    centre.deliver(
        "complaints.csv",
        "Complaint ID,Date Received,Customer ID,Agent ID,Complaint Type,Finding,Date Closed\n"
        "C1,2026-03-02,K-17,A7,Waiting,Justified,2026-03-04\n",
    )
    assert read_as(centre.take_in()) == {("complaint_list", "complaints", 1, 0, 0)}
