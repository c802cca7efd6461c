"""Workbooks: what Excel may and may not make of their cells, and the coaching workbook on its way out and back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines.downloads import workbook
from pipelines.downloads.workbook import Column, Sheet
from pipelines.ingest import Intake
from pipelines.marts import CoachingFocus, CoachingPlan, Kpi, columns
from pipelines.privacy import Privacy
from pipelines.settings import LANGUAGES, PROJECT
from pipelines.site import pages
from pipelines.site.model import Site
from pipelines.site.source import File
from tests.unit import fake_marts, ingest_centre
from tests.unit.site_pages import Build

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")', "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "-2+3", "\t=1+1", "=1+1",
    "{=1+1}", "http://evil.example", "mailto:a@b", "internal:Plan!A1", "<b>x</b>",
)  # fmt: skip
ANSWERS = {
    "en": {"status": "Plan changed", "form": "Role-play", "trigger": "Planned", "term": "Long term",
           "response": "Disputes", "about": "A figure", "outcome": "Corrected"},
    "zh": {"status": "计划已调整", "form": "情景演练", "trigger": "计划内", "term": "长期", "response": "申诉",
           "about": "某项数据", "outcome": "已更正"},
}  # fmt: skip


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_text_stays_text_whatever_it_begins_with() -> None:
    content = workbook.write((Sheet("Plan", (Column("Words"),), tuple((text,) for text in HOSTILE)),), "T")
    cells = [row[0] for row in opened(content)["Plan"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(HOSTILE)
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()
        assert not any("external" in name.lower() or "vba" in name.lower() for name in archive.namelist())


def test_numbers_and_dates_are_numbers_and_dates() -> None:
    columns = (Column("Number"), Column("Day", is_date=True))
    sheet = opened(workbook.write((Sheet("S", columns, ((0.25, date(2026, 11, 2)), (None, None))),), "T"))["S"]
    assert (sheet["A2"].value, sheet["B2"].value) == (0.25, datetime(2026, 11, 2))  # noqa: DTZ001 - a calendar day
    assert (sheet["A3"].value, sheet["B3"].value) == (None, None)
    assert sheet.freeze_panes == "A2"


def test_choices_are_offered_only_where_something_is_to_be_filled_in() -> None:
    columns = (Column("Name"), Column("Kind", choices=("One", "Two")))
    rows, inputs = (("a", None), ("b", None)), ((False, True), (False, False))
    book = opened(workbook.write((Sheet("S", columns, rows, inputs),), "T"))
    (rule,) = book["S"].data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("B2", "Lists!$A$1:$A$2")
    assert [cell.value for cell in book[workbook.LISTS]["A"]] == ["One", "Two"]
    assert book[workbook.LISTS].sheet_state == "hidden"
    assert book["S"].protection.sheet
    assert [book["S"][place].protection.locked for place in ("A2", "B2", "B3")] == [True, False, True]


def test_the_same_sheets_give_the_same_bytes() -> None:
    sheets = (Sheet("S", (Column("A", choices=("x",)),), ((None,),), ((True,),)),)
    assert workbook.write(sheets, "T") == workbook.write(sheets, "T")


# ---------- the coaching workbook


def goal(agent: str, number: int, **more: Any) -> CoachingPlan:
    values: dict[str, Any] = dict.fromkeys(columns(CoachingPlan))
    values |= {
        "coaching_id": "CL1", "goal_number": number, "agent_id": agent, "held_on": date(2024, 3, 1), "horizon": "short",
        "status": "agreed", "status_on": date(2024, 3, 1), "is_open": True, "is_overdue": False,
        "is_latest_session": True, "topic": "=1+1 Ask first", "due_on": date(2024, 4, 1),
        "steps": "Listen to two calls\nTry it on Monday",
    } | more  # fmt: skip
    return CoachingPlan(**values)


def priority(agent: str, kpi_id: str) -> CoachingFocus:
    values: dict[str, Any] = dict.fromkeys(columns(CoachingFocus))
    values |= {
        "window_kind": "quarter", "window_start": date(2024, 1, 1), "is_current": True, "agent_id": agent,
        "role": "priority", "position": 1, "subject": "kpi", "kpi_id": kpi_id, "n": 100, "value": 0.7, "target": 0.8,
    }  # fmt: skip
    return CoachingFocus(**values)


@pytest.fixture(scope="module")
def site(build_site: Build) -> Site:
    rows = fake_marts.centre()
    kpi_id = next(kpi.kpi_id for kpi in rows[Kpi] if kpi.better == "higher")
    achieved = goal("A1", 1, status="achieved", is_open=False)
    rows |= {
        CoachingPlan: [
            goal("A0", 1, kpi_id=kpi_id, baseline_value=0.7, target_value=0.8),
            goal("A0", 2, horizon="long", measure="Leads a huddle"),
            achieved,
        ],
        CoachingFocus: [priority("A0", kpi_id)],
    }
    return build_site(rows)


def offered(site: Site, language: str) -> list[File]:
    return [file for file in pages.files(site, language) if file.path.startswith("files/coaching/")]


def plan_of(file: File) -> tuple[Any, Any, dict[str, int]]:
    """The book, its plan and the column of each heading."""
    book = opened(file.content())
    sheet = book.worksheets[0]
    return book, sheet, {cell.value: cell.column for cell in sheet[1]}


@contextmanager
def taken_in(folder: Path) -> Iterator[tuple[Intake, Any]]:
    """What the product reads from `folder`/drop, with its rows as tables of schema raw."""
    project = PROJECT / "dbt_project"
    intake = ingest_centre.build(folder / "drop", folder / "lake", project, folder / "scratch")
    with ingest_centre.raw(folder / "lake", project, intake, Privacy("redacted")) as connection:
        yield intake, connection


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_team_gets_a_workbook_with_its_open_goals_and_rows_for_the_next_talks(site: Site, language: str) -> None:
    files = offered(site, language)
    assert len(files) == len(site.teams)
    assert len({file.path for file in files}) == len(files)
    people = [agent for agent in site.agents if agent.is_current and agent.team_id]
    rows = [row for file in files for row in list(plan_of(file)[1].values)[1:]]
    assert len(rows) == 2 * len(people) + 2
    agreed = [row[4] for row in rows if row[4]]
    assert any("Leads a huddle" in text for text in agreed)
    assert all("Listen to two calls\nTry it on Monday" in text for text in agreed)


def test_nobody_of_another_team_is_in_a_workbook(site: Site) -> None:
    for team, file in zip(site.teams, offered(site, "en"), strict=True):
        text = " ".join(str(cell) for row in plan_of(file)[1].values for cell in row)
        others = [agent.agent_id for agent in site.agents if agent.team_id != team.team_id]
        assert not [agent_id for agent_id in others if agent_id in text.split()]


def test_an_unchanged_plan_has_the_same_fingerprint_and_another_goal_another(site: Site, build_site: Build) -> None:
    assert [file.fingerprint for file in offered(site, "en")] == [file.fingerprint for file in offered(site, "en")]
    assert {file.fingerprint for file in offered(site, "en")}.isdisjoint(
        file.fingerprint for file in offered(site, "zh")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_leader_fills_in_comes_back(site: Site, language: str, tmp_path: Path) -> None:
    answers = ANSWERS[language]
    file = next(file for file in offered(site, language) if plan_of(file)[1]["E2"].value)
    book, sheet, column = plan_of(file)
    headings = list(column)

    def fill(row: int, name: str, value: object) -> None:
        from pipelines.site.areas._workbook_words import ORDER_OF_COLUMNS

        sheet.cell(row, column[headings[ORDER_OF_COLUMNS.index(name)]]).value = value
        if isinstance(value, str):
            sheet.cell(row, column[headings[ORDER_OF_COLUMNS.index(name)]]).data_type = "s"  # as a person types it

    fill(2, "reviewed_on", date(2024, 3, 20))
    fill(2, "status", answers["status"])
    fill(2, "note", "Two of three calls went well")
    fill(2, "method", "Practise with a colleague")
    fill(2, "response", answers["response"])
    fill(2, "about", answers["about"])
    fill(2, "words", "=cmd|' /C calc'!A0 这周系统很慢")
    fill(2, "responded_on", date(2024, 3, 20))
    fill(2, "outcome", answers["outcome"])
    for name, value in {"held_on": date(2024, 3, 21), "form": answers["form"], "trigger": answers["trigger"],
                        "minutes": 30, "topic": "Holds", "term": answers["term"], "steps": "One\nTwo", "owner": "A",
                        "due_on": date(2024, 4, 20), "view": "I would like to try it"}.items():  # fmt: skip
        fill(4, name, value)
    (tmp_path / "drop").mkdir()
    book.save(tmp_path / "drop" / "back.xlsx")
    with taken_in(tmp_path) as (intake, connection):
        assert {delivery.layout for delivery in intake.deliveries} == {"coaching_workbook"}
        assert sum(delivery.refused_rows for delivery in intake.deliveries) == 0
        review = connection.execute(
            "select coaching_id, goal_number, reviewed_on, status, note, changed_method from raw.goal_reviews"
        ).fetchall()
        talk = connection.execute(
            "select goal_number, held_on, form, trigger, minutes, topic, horizon, kpi_id, baseline_value, "
            "target_value, due_on, steps, status, agent_comment from raw.coaching_log"
        ).fetchall()
        response = connection.execute(
            "select agent_id, responded_on, about, reference, kind, text, outcome from raw.agent_responses"
        ).fetchall()
    kpi_id = next(kpi.kpi_id for kpi in site.kpis if kpi.better == "higher")
    assert review == [
        ("CL1", 1, date(2024, 3, 20), "revised", "Two of three calls went well", "Practise with a colleague")
    ]
    assert talk == [
        (1, date(2024, 3, 21), "simulation", "proactive", 30.0, "Holds", "long", kpi_id, 0.7, 0.8, date(2024, 4, 20),
         "One\nTwo", "agreed", "I would like to try it")
    ]  # fmt: skip
    assert response == [
        ("A0", date(2024, 3, 20), "figures", "CL1", "disputed", "=cmd|' /C calc'!A0 这周系统很慢", "changed")
    ]


def test_a_workbook_dropped_back_untouched_changes_nothing(site: Site, tmp_path: Path) -> None:
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "untouched.xlsx").write_bytes(offered(site, "zh")[0].content())
    with taken_in(tmp_path) as (intake, _):
        assert all(delivery.accepted_rows == delivery.refused_rows == 0 for delivery in intake.deliveries)
        assert all(delivery.not_applicable_rows == delivery.file_rows > 0 for delivery in intake.deliveries)


def test_a_review_without_a_date_is_refused_with_its_row(site: Site, tmp_path: Path) -> None:
    file = next(file for file in offered(site, "en") if plan_of(file)[1]["E2"].value)
    book, sheet, column = plan_of(file)
    sheet.cell(2, column["Where it stands"]).value = "Achieved"
    (tmp_path / "drop").mkdir()
    book.save(tmp_path / "drop" / "half.xlsx")
    with taken_in(tmp_path) as (intake, _):
        refused = [refusal for found in intake.refusals.values() for refusal in found]
    assert [(refusal.column, refusal.first_lines) for refusal in refused] == [("reviewed_on", "2")]
