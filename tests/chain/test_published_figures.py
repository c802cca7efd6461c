"""Published figures, from files nobody on this project wrote to the pages a manager reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.floorwalk_command import Built, build, run

ONE_QUARTER = {
    "answer_rate": (5000, 4054, 0.8108, "81.08%"),
    "abandon_rate": (5000, 946, 0.1892, "18.92%"),
    "speed_of_answer": (4054, 273729, 67.52, "67.52"),
    "average_talk_time": (4054, 911837, 224.92, "224.92"),
    "csat_mean": (4054, 13798, 3.4036, "3.4036"),
    "resolution_rate": (4054, 3646, 0.8994, "89.94%"),
    "resolution_rate_offered": (5000, 3646, 0.7292, "72.92%"),
}
"""KPI → observations, sum, value and its text, as published for the call-centre file of one quarter of 2021."""


@pytest.fixture(scope="module")
def one_quarter(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(shared_data / "pwc_forage", tmp_path_factory.mktemp("one_quarter"))


@pytest.mark.parametrize("kpi_id", ONE_QUARTER)
def test_the_published_figure_stands_in_the_mart_and_on_the_pages(one_quarter: Built, kpi_id: str) -> None:
    n, o, value, text = ONE_QUARTER[kpi_id]
    where = f"kpi_id = '{kpi_id}' and grain = 'centre' and period_kind = 'all'"
    ((found_n, found_o, found),) = one_quarter.mart(f"select n, o, value from {{fct_kpi_value}} where {where}")
    assert (found_n, found_o) == (n, o)
    assert round(found, 4 if value < 10 else 2) == value
    for language in ("en", "zh"):
        assert text in one_quarter.page(f"{language}/kpis/{kpi_id}.html")
        assert f'data-kpi="{kpi_id}" data-value="{found!r}"' in one_quarter.page(f"{language}/index.html")


def test_the_same_calls_delivered_three_times_count_once(one_quarter: Built) -> None:
    assert one_quarter.record["tables"]["contacts"] == {"accepted": 15000, "refused": 0, "held": 5000}
    assert one_quarter.record["tables"]["surveys"]["held"] == 4054


def test_without_teams_the_site_says_so_and_lists_the_agents(one_quarter: Built) -> None:
    assert "no team" in one_quarter.page("en/teams/index.html").lower()
    assert "班组" in one_quarter.page("zh/teams/index.html")
    agents = one_quarter.page("en/agents/index.html")
    assert len(set(re.findall(r"a-[0-9a-f]{8}\.html", agents))) == 8
    assert not list((one_quarter.work / "site" / "en" / "teams").glob("t-*.html"))


def test_every_call_of_the_bank_is_accepted_or_refused_with_a_reason(bank: Built) -> None:
    contacts = bank.record["tables"]["contacts"]
    assert contacts["accepted"] + contacts["refused"] == 64943
    reasons = dict(bank.mart("select reason, cast(sum(refused_rows) as integer) from {fct_refusal} group by reason"))
    assert reasons == {"phantom_call": 518, "negative_duration": 58}
    ((total,),) = bank.mart(
        "select o from {fct_kpi_value} where kpi_id = 'contacts_handled' and grain = 'centre' and period_kind = 'all'"
    )
    assert total <= contacts["accepted"]
    data = bank.page("en/data/index.html")
    assert all(f">{rows}<" in data for rows in (278, 25, 240, 33))


def test_supervisors_become_teams(shop: Built) -> None:
    for language in ("en", "zh"):
        assert len(list((shop.work / "site" / language / "teams").glob("t-*.html"))) == 40
    ((surveys,),) = shop.mart(
        "select n from {fct_kpi_value} where kpi_id = 'csat_mean' and grain = 'centre' and period_kind = 'all'"
    )
    assert surveys == 8007
    ((delivered,),) = shop.mart("select is_delivered from {dim_kpi} where kpi_id = 'answer_rate'")
    assert not delivered, "an export of handled contacts says nothing about answering"
    subtitles = re.findall(r'fw-subtitle">([^<]*)', shop.page("en/kpis/csat_mean.html"))
    assert any("number of observations" in text for text in subtitles)
    assert not any("Q3 2023" in text for text in subtitles), "people are not compared over a quarter that still runs"


def test_two_centres_in_one_drop_are_refused_and_nothing_is_built(shared_data: Path, tmp_path: Path) -> None:
    done = run("build", "--drop", shared_data, "--work", tmp_path / "work")
    assert done.returncode == 3
    assert all(name in done.stderr for name in ("pwc_forage", "anonymous_bank", "shopzilla_csat"))
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "work" / "site").exists()
