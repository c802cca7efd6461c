"""The coaching workbook's whole way: offered by the site, filled in, dropped back, read again on the sheet."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import SmallCentre
from tests.floorwalk_command import Built, build

SAID = "Two of three calls went well, and the third nearly"
WISH = "I would like to lead the huddle once"
REVIEW = {"Where it stands": "Plan changed", "What was said": SAID, "What we try instead": "Practise in pairs",
          "Response": "Confirms"}  # fmt: skip
TALK = {"Kind of talk": "One-to-one", "Why now": "Planned", "Minutes": 25, "Topic": "Holds",
        "Steps": "Ask first\nSay how long", "The agent's own view": WISH}  # fmt: skip


@dataclass(frozen=True)
class Returned:
    """The small centre after a workbook came back, and the rows of it that were filled in."""

    built: Built
    goal: dict[str, Any]
    talk: dict[str, Any]
    day: date


@pytest.fixture(scope="module")
def returned(small_centre: SmallCentre, tmp_path_factory: pytest.TempPathFactory) -> Returned:
    folder = tmp_path_factory.mktemp("returned")
    shutil.copytree(small_centre.folder / "drop", folder / "drop")
    shutil.copytree(small_centre.folder / "work", folder / "work", symlinks=True)
    ((newest,),) = small_centre.built.mart("select max(held_on) from {fct_coaching_plan}")
    day = newest + timedelta(days=1)
    back = folder / "drop" / "coaching" / "filled in by the leader.xlsx"
    for file in sorted((small_centre.built.work / "site" / "en" / "files" / "coaching").glob("*.xlsx")):
        book = openpyxl.load_workbook(file)
        headings, *rows = (list(row) for row in book.worksheets[0].iter_rows())
        names = [str(cell.value) for cell in headings]
        by_name = [dict(zip(names, row, strict=True)) for row in rows]
        goals = [row for row in by_name if row["Agreed so far"].value]
        if goals:
            goal, talk = goals[0], next(row for row in by_name if not row["Agreed so far"].value)
            _fill(goal, REVIEW | {"Review date": day, "Said on": day})
            _fill(talk, TALK | {"Talk held on": day, "Due on": day + timedelta(days=30)})
            book.save(back)
            return Returned(build(folder / "drop", folder / "work"), _values(goal), _values(talk), day)
    raise AssertionError("no workbook of the small centre has an open goal")


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: cell.value for name, cell in row.items()}


def _fill(row: dict[str, Any], answers: dict[str, Any]) -> None:
    for name, answer in answers.items():
        row[name].value = answer


def test_a_review_moves_the_goal_on_and_keeps_the_way_it_came(returned: Returned) -> None:
    where = f"coaching_id = '{returned.goal['Session no.']}' and goal_number = {returned.goal['Goal no.']}"
    steps = returned.built.mart(
        "select status, status_on, note, changed_method from {fct_goal_status} where " + where + " order by position"
    )
    assert steps[0][0] == "agreed"
    assert steps[-1] == ("revised", returned.day, SAID, "Practise in pairs")


def test_a_talk_becomes_the_plan_of_the_next_sheet(returned: Returned) -> None:
    where = f"coaching_id = '{returned.talk['Session no.']}'"
    (plan,) = returned.built.mart(
        "select agent_id, topic, trigger, minutes, is_latest_session from {fct_coaching_plan} where " + where
    )
    assert plan == (returned.talk["Agent ID"], "Holds", "proactive", 25, True)
    pages = [file.read_text(encoding="utf-8") for file in (returned.built.work / "site/en/sheets").glob("*.html")]
    (shown,) = [page for page in pages if WISH in page]
    assert "Say how long" in shown


def test_a_confirmation_is_kept_as_the_agents_response(returned: Returned) -> None:
    found = returned.built.mart(
        f"select kind, about, reference from {{fct_agent_response}} where agent_id = '{returned.goal['Agent ID']}'"
    )
    assert ("acknowledged", "coaching", returned.goal["Session no."]) in found


def test_whatever_was_left_blank_is_counted_as_such_and_refused_nowhere(returned: Returned) -> None:
    rows = returned.built.mart(
        "select table_name, accepted_rows, refused_rows from {fct_delivery} "
        "where layout = 'coaching_workbook' order by table_name"
    )
    assert rows == [("agent_responses", 1, 0), ("coaching_log", 1, 0), ("goal_reviews", 1, 0)]


def test_the_file_is_named_where_deliveries_are_listed(returned: Returned) -> None:
    shown = returned.built.page("en/data/index.html").replace("<wbr>", "")
    assert Path("coaching", "filled in by the leader.xlsx").as_posix() in shown
