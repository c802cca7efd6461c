"""What single pages say: overview, KPIs, data, teams and people. What holds for all pages alike: test_pages."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.figures import figures
from pipelines.marts import Attention, Kpi, KpiFunnel, KpiSignal, KpiValue, Period
from pipelines.site import pages
from pipelines.site.model import Site
from pipelines.site.pages import Page
from tests.unit import fake_marts
from tests.unit.site_pages import Build, by_path, content, read

NEVER_SAID = ("辞退", "解雇", "勿留", "开除", "dismiss", "terminate", "rank 1", "第1名")


def one(site: Site, language: str, kind: str) -> Page:
    return next(page for page in pages.pages(site, language) if page.kind == kind)


def test_a_kpi_page_shows_every_period_of_the_centre_precisely(centre_site: Site) -> None:
    reader = read(by_path(centre_site, "en")["kpis/average_talk_time.html"])
    rate = next(kpi for kpi in fake_marts.KPIS if kpi.kpi_id == "average_talk_time")
    for row in fake_marts.centre()[KpiValue]:
        if (row.kpi_id, row.grain) == (rate.kpi_id, "centre"):
            assert figures("en").value(rate, row.value, precise=True) in reader.text


def test_the_formula_says_where_people_are_counted_otherwise_and_what_is_still_open(build_site: Build) -> None:
    rows = fake_marts.centre()
    rows[Kpi] = [replace(kpi, counts_people_sql="is_mine", settles_after_days=7) for kpi in rows[Kpi]]
    html = content(by_path(build_site(rows), "en")["kpis/answer_rate.html"])
    for expected in ("<code>is_offered</code>", "<code>is_mine</code>", "Rows of the last 7 days do not count yet"):
        assert expected in html


def test_the_overview_shows_every_delivered_kpi_over_the_whole_period_and_what_it_rests_on(centre_site: Site) -> None:
    reader = read(by_path(centre_site, "en")["index.html"])
    shown = {kpi_id for kpi_id, _, period in reader.values if period.startswith("all:")}
    assert shown == {kpi.kpi_id for kpi in fake_marts.KPIS if kpi.is_delivered}
    assert "of 900 contacts" in reader.text
    assert "700 surveys" in reader.text


def test_the_overview_answers_first_with_the_signal_and_the_team_that_needs_somebody(centre_site: Site) -> None:
    text = read(by_path(centre_site, "en")["index.html"]).text
    assert text.index("Answer rate is worse than usual: 71.0% in the week of 25 Mar 2024") < text.index("Main measures")
    assert "Look first at Birch" in text
    assert "请先看桦树组" in read(by_path(centre_site, "zh")["index.html"]).text


def test_pages_that_list_everything_open_with_counts_of_what_they_list(centre_site: Site) -> None:
    found = by_path(centre_site, "en")
    status = read(found["data/index.html"]).text
    refused, values = sum(row.refused_rows for row in centre_site.tables), fake_marts.centre()[KpiValue]
    assert f"Rows refused: {refused}. They count in no figure" in status
    period = centre_site.headline("centre", "centre")
    verdicts = [
        row.verdict
        for row in values
        if row.grain == "centre"
        and period
        and (row.period_kind, row.period_start) == (period.period_kind, period.period_start)
    ]
    counts = [verdicts.count(kind) for kind in ("better_than_target", "worse_than_target", "too_close_to_call")]
    told = "Measures with a target: {}. Better than target: {}; not yet at target: {}; too close to call: {}."
    assert told.format(sum(counts), *counts) in read(found["kpis/index.html"]).text
    assert "Look first at Birch" in read(found["teams/index.html"]).text


def test_no_signal_is_said_plainly(build_site: Build) -> None:
    rows = fake_marts.centre()
    rows[Attention] = []
    site = build_site(rows)
    assert "needs no reaction" in read(by_path(site, "en")["index.html"]).text
    assert "无需采取行动" in read(by_path(site, "zh")["index.html"]).text


def test_too_few_weeks_are_said_and_a_team_apart_from_the_others_is_still_named(build_site: Build) -> None:
    rows = fake_marts.centre()
    rows[KpiSignal] = []
    rows[Attention] = [row for row in rows[Attention] if row.rule == "outside_funnel"]
    text = read(by_path(build_site(rows), "en")["index.html"]).text
    assert "too few weeks yet" in text
    assert "Worth a thank-you: Cedar" in text
    assert "was 90.0% in Q1 2024, ahead of the other teams" in text


def test_a_period_that_is_not_complete_says_so(build_site: Build) -> None:
    rows = fake_marts.centre()
    rows[Period] = [replace(row, is_complete=False) for row in rows[Period]]
    site = build_site(rows)
    assert "March 2024 (not complete)" in read(by_path(site, "en")["index.html"]).text
    assert "2024年3月（尚未结束）" in read(by_path(site, "zh")["index.html"]).text


def test_no_picture_is_drawn_where_everybody_is_the_same(build_site: Build) -> None:
    rows = fake_marts.centre()
    rows[KpiFunnel] = [replace(row, value=1.0) for row in rows[KpiFunnel]]
    rows[KpiValue] = [replace(row, value=1.0) if row.grain == "agent" else row for row in rows[KpiValue]]
    team = one(build_site(rows), "en", "team")
    assert {chart.chart for chart in team.charts} == {"xmr"}


def test_without_teams_the_site_says_so_and_leads_to_the_agents(without_teams_site: Site) -> None:
    found = by_path(without_teams_site, "en")
    assert not [path for path in found if path.startswith("teams/t-")]
    assert "No team was named in the data delivered" in read(found["teams/index.html"]).text
    assert "agents/index.html" in read(found["index.html"]).links
    assert len([path for path in found if path.startswith("agents/a-")]) == len(fake_marts.AGENTS)


def test_a_kpi_that_was_not_delivered_says_what_is_missing(centre_site: Site) -> None:
    page = by_path(centre_site, "en")["kpis/first_contact_resolution.html"]
    assert "cannot be shown: the data it needs were not delivered" in read(page).text
    assert "<code>contacts.customer_key</code>" in content(page)
    assert "contacts.customer_key" in content(by_path(centre_site, "en")["data/index.html"])


def test_a_drop_without_usable_data_still_gives_a_site_that_explains_itself(empty_site: Site) -> None:
    assert "nothing to report" in read(by_path(empty_site, "en")["index.html"]).text
    assert "This is not a data file" in read(by_path(empty_site, "en")["data/index.html"]).text
    assert "不是数据文件" in read(by_path(empty_site, "zh")["data/index.html"]).text


def test_the_data_page_gives_file_column_reason_and_lines(centre_site: Site) -> None:
    text = read(by_path(centre_site, "en")["data/index.html"]).text
    for expected in ("calls<1>.csv", "The text is not a number", "12, 40, 41, 77, 90", "notes.csv", "5,007"):
        assert expected in text
    assert "内容不是数字" in read(by_path(centre_site, "zh")["data/index.html"]).text


def test_a_page_about_a_person_names_nobody_else_and_gives_no_rank(centre_site: Site) -> None:
    for page in pages.pages(centre_site, "en"):
        if page.kind != "agent":
            continue
        text = read(page).text
        others = {name for name, _ in fake_marts.AGENTS.values()} - {page.title}
        assert not [name for name in others if re.search(rf"\b{name}\b", text)]


CARRY_IT = ("team", "agent", "agents", "tiers", "guide", "sheet")


def test_pages_about_people_carry_the_fixed_text_and_no_employment_word(centre_site: Site) -> None:
    for language, fixed in (
        ("en", "Decisions about someone's employment are made by people"),
        ("zh", "听取员工本人意见之后"),
    ):
        for page in pages.pages(centre_site, language):
            text = read(page).text
            assert not [word for word in NEVER_SAID if word in text]
            assert (fixed in text) == (page.kind in CARRY_IT)


def test_strengths_stand_before_everything_else_about_a_person(centre_site: Site) -> None:
    for page in pages.pages(centre_site, "en"):
        if page.kind == "agent":
            text = read(page).text
            assert (
                text.index("What goes well")
                < text.index("Worth talking about")
                < text.index("Figures and expectations")
            )


def test_a_shortfall_of_the_whole_centre_is_not_laid_on_the_person(build_site: Build) -> None:
    rows = fake_marts.centre()
    rows[KpiValue] = [
        replace(row, verdict="worse_than_target") if row.kpi_id == "answer_rate" else row for row in rows[KpiValue]
    ]
    text = read(one(build_site(rows), "en", "agent")).text
    assert "Not yet at target, like the whole centre:" in text


def test_too_few_contacts_are_said_to_be_too_few(build_site: Build) -> None:
    rows = fake_marts.centre()
    rows[KpiValue] = [replace(row, verdict="too_few", judged=False) for row in rows[KpiValue]]
    text = read(one(build_site(rows), "en", "agent")).text
    assert "Too few contacts to say anything about:" in text
    assert "Nothing here differs" in text
