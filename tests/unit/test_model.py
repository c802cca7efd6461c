from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.marts import Agent, Entity, Kpi, KpiValue, Period
from pipelines.site import model
from pipelines.site.selection import Selection
from tests.unit import fake_marts


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> model.Site:
    return model.load(fake_marts.write(tmp_path_factory.mktemp("marts"), fake_marts.centre()))


def test_a_value_is_found_by_kpi_entity_and_period(site: model.Site) -> None:
    quarter = site.latest("quarter")
    found = site.value("answer_rate", "agent", "A1", quarter)
    assert found in fake_marts.centre()[KpiValue]
    assert found is not None and (found.entity_id, found.period_kind) == ("A1", "quarter")


def test_what_was_not_observed_is_none(site: model.Site) -> None:
    assert site.value("abandon_rate", "agent", "A1", site.whole) is None
    assert site.value("answer_rate", "centre", "centre", None) is None
    assert site.series("answer_rate", "queue", "Q1") == ()


def test_only_an_agents_latest_complete_periods_are_held(site: model.Site) -> None:
    months = {start for of_kpi in site.values["agent", "A1"].values() for kind, start in of_kpi if kind == "month"}
    assert months == {date(2024, 3, 1)}
    assert len([kind for kind, _ in site.values["team", "T1"]["answer_rate"] if kind == "month"]) == 3


def test_a_person_is_led_with_a_quarter_and_the_centre_with_a_month(site: model.Site) -> None:
    agent, centre = site.headline("agent", "A1"), site.headline("centre", "centre")
    assert agent is not None and agent.period_kind == "quarter"
    assert centre is not None and centre.period_kind == "month"


def test_without_a_complete_month_or_quarter_the_whole_period_leads(tmp_path: Path) -> None:
    rows = fake_marts.centre()
    rows[Period] = [row for row in rows[Period] if row.period_kind == "all"]
    site = model.load(fake_marts.write(tmp_path, rows))
    for grain, entity_id in (("agent", "A1"), ("team", "T1"), ("centre", "centre")):
        period = site.headline(grain, entity_id)
        assert period is not None and period.period_kind == "all"


def test_the_pages_date_is_the_last_day_of_the_data(site: model.Site) -> None:
    assert site.as_of == fake_marts.LAST


def test_names_lose_what_nobody_can_see(tmp_path: Path) -> None:
    rows = fake_marts.centre()
    rows[Entity] = [
        replace(row, name_en="Bad\u202ename\x00 here", name_zh="") if row.entity_id == "A0" else row
        for row in rows[Entity]
    ]
    named = model.load(fake_marts.write(tmp_path, rows)).entities["agent", "A0"]
    assert (named.name_en, named.name_zh) == ("Badname here", "Badname here")


def test_teams_and_agents_have_different_slugs_that_do_not_show_the_id(site: model.Site) -> None:
    assert len(set(site.slugs.values())) == len(site.slugs) == len(fake_marts.TEAMS) + len(fake_marts.AGENTS)
    assert not [stem for (_, entity_id), stem in site.slugs.items() if entity_id in stem]


def test_a_missing_mart_is_named(tmp_path: Path) -> None:
    folder = fake_marts.write(tmp_path, fake_marts.centre())
    (folder / "dim_agent.parquet").unlink()
    with pytest.raises(FileNotFoundError, match="dim_agent"):
        model.load(folder)


def test_a_page_leads_with_one_kpi_of_every_source_and_never_with_a_volume(site: model.Site) -> None:
    assert Selection(site, "").main("team") == ("answer_rate", "average_talk_time", "speed_of_answer", "csat_mean")


def test_a_page_leads_with_at_most_five_kpis_and_the_catalogues_headlines_first(tmp_path: Path) -> None:
    rows = fake_marts.centre()
    more = [replace(fake_marts.KPIS[1], kpi_id=f"k{n}", position=10 + n) for n in range(9)]
    more[8] = replace(more[8], headline_grains="team, centre")
    values = [value for value in rows[KpiValue] if value.kpi_id == "answer_rate"]
    rows[Kpi] += more
    rows[KpiValue] += [replace(value, kpi_id=kpi.kpi_id) for kpi in more for value in values]
    main = Selection(model.load(fake_marts.write(tmp_path, rows)), "").main("centre")
    assert len(main) == 5
    assert main[-1] == "k8"


def test_a_kpi_without_a_value_at_a_grain_leads_no_page_there(tmp_path: Path) -> None:
    rows = fake_marts.centre()
    rows[KpiValue] = [value for value in rows[KpiValue] if (value.grain, value.kpi_id) != ("team", "answer_rate")]
    selection = Selection(model.load(fake_marts.write(tmp_path, rows)), "")
    assert "answer_rate" in selection.main("centre")
    assert "answer_rate" not in selection.main("team")


def test_an_agent_without_a_team_has_no_team_link(tmp_path: Path) -> None:
    site = model.load(fake_marts.write(tmp_path, fake_marts.without_teams()))
    finder = Selection(site, "../")
    assert all(finder.agent(agent).team is None for agent in fake_marts.without_teams()[Agent])
