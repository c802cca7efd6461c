from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest
from jinja2 import UndefinedError, nodes

from pipelines.charts import ChartRequest
from pipelines.figures import figures
from pipelines.marts import Agent, Attention, Kpi, KpiFunnel, KpiSignal, KpiValue, Period, Team
from pipelines.site import areas, model, pages, templates
from pipelines.site.model import Site
from pipelines.site.pages import Page
from tests.unit import fake_marts

Build = Callable[[fake_marts.Rows], Site]
NEVER_SAID = ("辞退", "解雇", "勿留", "开除", "dismiss", "terminate", "rank 1", "第1名")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    def from_rows(rows: fake_marts.Rows) -> Site:
        folder = fake_marts.write(tmp_path_factory.mktemp("marts"), rows)
        return areas.with_books(model.load(folder), folder)

    return from_rows


@pytest.fixture(scope="module")
def centre(build: Build) -> Site:
    return build(fake_marts.centre())


@pytest.fixture(scope="module")
def without_teams(build: Build) -> Site:
    return build(fake_marts.without_teams())


@pytest.fixture(scope="module")
def empty(build: Build) -> Site:
    return build(fake_marts.empty())


def content(page: Page) -> str:
    return str(page.content({chart.digest: f'<svg data-chart="{chart.chart}"></svg>' for chart in page.charts}))


def by_path(site: Site, language: str) -> dict[str, Page]:
    return {page.path: page for page in pages.pages(site, language)}


def one(site: Site, language: str, kind: str) -> Page:
    return next(page for page in pages.pages(site, language) if page.kind == kind)


class _Reader(HTMLParser):
    """Collects the KPI values a page shows, its links, its ids and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: list[tuple[str, str, str]] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.text = ""
        self._code = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._code += tag == "code"
        if "data-kpi" in found:
            self.values.append((found["data-kpi"], found["data-value"], found.get("data-period", "")))
        if tag == "a":
            self.links.append(found["href"])
        if "id" in found:
            self.ids.add(found["id"])

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"
        self.text += "\n" if tag in ("td", "th", "p", "li", "h1", "h2", "h3", "dd", "dt") else ""

    def handle_data(self, data: str) -> None:
        self.text += "" if self._code else data


def read(page: Page) -> _Reader:
    return _Reader(content(page))


@pytest.mark.parametrize("which", ["centre", "without_teams", "empty"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_renders_and_its_links_lead_to_pages(
    which: str, language: str, request: pytest.FixtureRequest
) -> None:
    found = by_path(request.getfixturevalue(which), language)
    read_pages = {path: read(page) for path, page in found.items()}
    for path, reader in read_pages.items():
        for link in reader.links:
            target, _, fragment = link.partition("#")
            at = normpath(join(dirname(path), target))
            assert at in found, f"{path} links to {link}"
            assert not fragment or fragment in read_pages[at].ids, f"{path} links to {link}"


def test_both_languages_have_the_same_pages_and_show_the_same_numbers(centre: Site) -> None:
    english, chinese = by_path(centre, "en"), by_path(centre, "zh")
    assert english.keys() == chinese.keys()
    for path, page in english.items():
        assert sorted(read(page).values) == sorted(read(chinese[path]).values), path


def test_every_value_on_a_page_is_the_marts_value_for_its_period(centre: Site) -> None:
    rows = fake_marts.centre()
    known = {(row.kpi_id, repr(row.value), f"{row.period_kind}:{row.period_start}") for row in rows[KpiValue]}
    known |= {(row.kpi_id, repr(row.value), f"week:{row.period_start}") for row in rows[KpiSignal]}
    for kind in ("week", "quarter"):
        known |= {(row.kpi_id, repr(row.value), f"{kind}:{row.period_start}") for row in rows[Attention]}
    shown = {value for page in pages.pages(centre, "en") for value in read(page).values}
    assert shown <= known
    assert len(shown) > 50


def test_a_kpi_page_shows_every_period_of_the_centre_precisely(centre: Site) -> None:
    reader = read(by_path(centre, "en")["kpis/average_talk_time.html"])
    rate = next(kpi for kpi in fake_marts.KPIS if kpi.kpi_id == "average_talk_time")
    for row in fake_marts.centre()[KpiValue]:
        if (row.kpi_id, row.grain) == (rate.kpi_id, "centre"):
            assert figures("en").value(rate, row.value, precise=True) in reader.text


def test_the_formula_says_where_people_are_counted_otherwise_and_what_is_still_open(build: Build) -> None:
    rows = fake_marts.centre()
    rows[Kpi] = [replace(kpi, counts_people_sql="is_mine", settles_after_days=7) for kpi in rows[Kpi]]
    html = content(by_path(build(rows), "en")["kpis/answer_rate.html"])
    for expected in ("<code>is_offered</code>", "<code>is_mine</code>", "Rows of the last 7 days do not count yet"):
        assert expected in html


def test_the_overview_shows_every_delivered_kpi_over_the_whole_period_and_what_it_rests_on(centre: Site) -> None:
    reader = read(by_path(centre, "en")["index.html"])
    shown = {kpi_id for kpi_id, _, period in reader.values if period.startswith("all:")}
    assert shown == {kpi.kpi_id for kpi in fake_marts.KPIS if kpi.is_delivered}
    assert "of 900 contacts" in reader.text
    assert "700 surveys" in reader.text


def test_the_overview_answers_first_with_the_signal_and_the_team_that_needs_somebody(centre: Site) -> None:
    text = read(by_path(centre, "en")["index.html"]).text
    assert text.index("Answer rate is worse than usual: 71.0% in the week of 25 Mar 2024") < text.index("Main measures")
    assert "Look first at Birch" in text
    assert "请先看桦树组" in read(by_path(centre, "zh")["index.html"]).text


def test_no_signal_is_said_plainly(build: Build) -> None:
    rows = fake_marts.centre()
    rows[Attention] = []
    site = build(rows)
    assert "needs no reaction" in read(by_path(site, "en")["index.html"]).text
    assert "无需采取行动" in read(by_path(site, "zh")["index.html"]).text


def test_too_few_weeks_are_said_and_a_team_apart_from_the_others_is_still_named(build: Build) -> None:
    rows = fake_marts.centre()
    rows[KpiSignal] = []
    rows[Attention] = [row for row in rows[Attention] if row.rule == "outside_funnel"]
    text = read(by_path(build(rows), "en")["index.html"]).text
    assert "too few weeks yet" in text
    assert "Worth a thank-you: Cedar" in text
    assert "was 90.0% in Q1 2024, ahead of the other teams" in text


def test_a_period_that_is_not_complete_says_so(build: Build) -> None:
    rows = fake_marts.centre()
    rows[Period] = [replace(row, is_complete=False) for row in rows[Period]]
    site = build(rows)
    assert "March 2024 (not complete)" in read(by_path(site, "en")["index.html"]).text
    assert "2024年3月（尚未结束）" in read(by_path(site, "zh")["index.html"]).text


def test_no_picture_is_drawn_where_everybody_is_the_same(build: Build) -> None:
    rows = fake_marts.centre()
    rows[KpiFunnel] = [replace(row, value=1.0) for row in rows[KpiFunnel]]
    rows[KpiValue] = [replace(row, value=1.0) if row.grain == "agent" else row for row in rows[KpiValue]]
    team = one(build(rows), "en", "team")
    assert {chart.chart for chart in team.charts} == {"xmr"}


def test_without_teams_the_site_says_so_and_leads_to_the_agents(without_teams: Site) -> None:
    found = by_path(without_teams, "en")
    assert not [path for path in found if path.startswith("teams/t-")]
    assert "No team was named in the data delivered" in read(found["teams/index.html"]).text
    assert "agents/index.html" in read(found["index.html"]).links
    assert len([path for path in found if path.startswith("agents/a-")]) == len(fake_marts.AGENTS)


def test_a_kpi_that_was_not_delivered_says_what_is_missing(centre: Site) -> None:
    page = by_path(centre, "en")["kpis/first_contact_resolution.html"]
    assert "cannot be shown: the data it needs were not delivered" in read(page).text
    assert "<code>contacts.customer_key</code>" in content(page)
    assert "contacts.customer_key" in content(by_path(centre, "en")["data/index.html"])


def test_a_drop_without_usable_data_still_gives_a_site_that_explains_itself(empty: Site) -> None:
    assert "nothing to report" in read(by_path(empty, "en")["index.html"]).text
    assert "This is not a data file" in read(by_path(empty, "en")["data/index.html"]).text
    assert "不是数据文件" in read(by_path(empty, "zh")["data/index.html"]).text


def test_the_data_page_gives_file_column_reason_and_lines(centre: Site) -> None:
    text = read(by_path(centre, "en")["data/index.html"]).text
    for expected in ("calls<1>.csv", "The text is not a number", "12, 40, 41, 77, 90", "notes.csv", "5,007"):
        assert expected in text
    assert "内容不是数字" in read(by_path(centre, "zh")["data/index.html"]).text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_names_stay_text(centre: Site, language: str) -> None:
    seen = 0
    for page in pages.pages(centre, language):
        html = content(page)
        assert "<script" not in html
        assert "<release>" not in html
        seen += "&lt;script&gt;alert" in html and "{{ 7 * 7 }}" in html
    assert seen >= 3


def test_a_page_about_a_person_names_nobody_else_and_gives_no_rank(centre: Site) -> None:
    for page in pages.pages(centre, "en"):
        if page.kind != "agent":
            continue
        text = read(page).text
        others = {name for name, _ in fake_marts.AGENTS.values()} - {page.title}
        assert not [name for name in others if re.search(rf"\b{name}\b", text)]


def test_pages_about_people_carry_the_fixed_text_and_no_employment_word(centre: Site) -> None:
    for language, fixed in (
        ("en", "Decisions about someone's employment are made by people"),
        ("zh", "听取员工本人意见之后"),
    ):
        for page in pages.pages(centre, language):
            text = read(page).text
            assert not [word for word in NEVER_SAID if word in text]
            assert (fixed in text) == (page.kind in ("team", "agent", "agents", "tiers"))


def test_strengths_stand_before_everything_else_about_a_person(centre: Site) -> None:
    for page in pages.pages(centre, "en"):
        if page.kind == "agent":
            text = read(page).text
            assert (
                text.index("What goes well")
                < text.index("Worth talking about")
                < text.index("Figures and expectations")
            )


def test_a_shortfall_of_the_whole_centre_is_not_laid_on_the_person(build: Build) -> None:
    rows = fake_marts.centre()
    rows[KpiValue] = [
        replace(row, verdict="worse_than_target") if row.kpi_id == "answer_rate" else row for row in rows[KpiValue]
    ]
    text = read(one(build(rows), "en", "agent")).text
    assert "Not yet at target, like the whole centre:" in text


def test_too_few_contacts_are_said_to_be_too_few(build: Build) -> None:
    rows = fake_marts.centre()
    rows[KpiValue] = [replace(row, verdict="too_few", judged=False) for row in rows[KpiValue]]
    text = read(one(build(rows), "en", "agent")).text
    assert "Too few contacts to say anything about:" in text
    assert "Nothing here differs" in text


def test_every_chart_has_its_picture_source_day_reading_and_table(centre: Site) -> None:
    for page in pages.pages(centre, "en"):
        html = content(page)
        figures_found = re.findall(r'<figure class="fw-figure">.*?</figure>', html, re.DOTALL)
        assert len(figures_found) == len(page.charts)
        for figure in figures_found:
            for needed in (
                "fw-headline",
                "fw-subtitle",
                "Source: ",
                "as of 31 Mar 2024",
                "fw-reading",
                "<details>",
                "<svg",
            ):
                assert needed in figure


def test_charts_get_exactly_the_data_their_module_documents(centre: Site) -> None:
    asked: dict[str, ChartRequest] = {chart.chart: chart for page in pages.pages(centre, "en") for chart in page.charts}
    assert set(asked) == {"xmr", "funnel", "dot_interval", "distribution"}
    for request in asked.values():
        assert request.specification()


def test_pictures_are_shared_by_all_languages(centre: Site) -> None:
    asked = [{chart.digest for page in pages.pages(centre, lang) for chart in page.charts} for lang in ("en", "zh")]
    assert asked[0] == asked[1]


_LATIN = re.compile(r"(?:[A-Za-z'’-]+ ){3,}[A-Za-z]+")


def test_chinese_pages_hold_no_english_sentence(centre: Site) -> None:
    for page in pages.pages(centre, "zh"):
        assert not _LATIN.findall(read(page).text.replace(fake_marts.HOSTILE, "")), page.path


def test_the_same_marts_give_the_same_fingerprints(build: Build) -> None:
    first, second = build(fake_marts.centre()), build(fake_marts.centre())
    assert [p.fingerprint for p in pages.pages(first, "en")] == [p.fingerprint for p in pages.pages(second, "en")]


def test_only_pages_that_show_a_changed_value_get_a_new_fingerprint(build: Build, centre: Site) -> None:
    rows = fake_marts.centre()
    rows[KpiValue] = [
        replace(row, value=row.value / 2)
        if (row.entity_id, row.kpi_id, row.period_kind) == ("A1", "csat_mean", "quarter")
        else row
        for row in rows[KpiValue]
    ]
    before, after = by_path(centre, "en"), by_path(build(rows), "en")
    changed = {path for path, page in after.items() if page.fingerprint != before[path].fingerprint}
    assert changed == {f"agents/{centre.slugs['agent', 'A1']}.html", f"teams/{centre.slugs['team', 'T1']}.html"}


def test_a_language_has_its_own_fingerprints(centre: Site) -> None:
    english, chinese = by_path(centre, "en"), by_path(centre, "zh")
    assert all(english[path].fingerprint != chinese[path].fingerprint for path in english)


def test_templates_do_no_arithmetic() -> None:
    sums = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg)
    shared = templates.environment()
    wrong = [
        f"{name}, line {node.lineno}"
        for name, source in templates.sources()
        for node in shared.parse(source).find_all(sums)
    ]
    assert wrong == []


def test_nothing_in_a_template_marks_text_as_safe() -> None:
    assert not [name for name, source in templates.sources() if re.search(r"\|\s*safe|autoescape", source)]


def test_an_undefined_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        templates.environment().from_string("{{ page.nothing }}").render()


def test_every_kind_has_a_title_in_both_languages_and_a_path_of_its_own() -> None:
    kinds = pages.kinds()
    assert len({kind.path for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert pages.menu_title(kind, "en") == kind.title
        assert pages.menu_title(kind, "zh") != kind.title


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"each": "person"}, "each is 'person'"),
        ({"path": "x/{slug}.html"}, "exactly when the page is repeated"),
        ({"extra": 1}, "front matter has"),
    ],
)
def test_wrong_front_matter_is_told_with_what_would_be_right(change: dict[str, object], said: str) -> None:
    right = {"each": "once", "path": "x.html", "title": "X", "section": "x", "order": 1, "needs": []}
    assert templates._wrong(right) == ""
    assert said in templates._wrong(right | change)


def test_page_titles_are_the_names_of_what_they_show(centre: Site) -> None:
    titles = {page.path: page.title for page in pages.pages(centre, "zh")}
    assert titles["index.html"] == "总览"
    assert titles[f"teams/{centre.slugs['team', 'T1']}.html"] == "桦树组"
    assert titles["kpis/answer_rate.html"] == "接通率"


def test_pages_come_for_every_entity_in_the_marts(centre: Site) -> None:
    rows = fake_marts.centre()
    counted = {kind.name: 0 for kind in pages.kinds()}
    for page in pages.pages(centre, "en"):
        counted[page.kind] += 1
    once = {kind.name: 1 for kind in pages.kinds() if kind.each == "once"}
    assert counted == once | {"team": len(rows[Team]), "agent": len(rows[Agent]), "kpi": len(rows[Kpi])}
