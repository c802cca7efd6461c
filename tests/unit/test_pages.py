"""All pages of a site: links, languages, charts, fingerprints, templates. What single pages say: test_page_texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import dirname, join, normpath

import pytest
from jinja2 import UndefinedError, nodes

from pipelines.charts import ChartRequest
from pipelines.marts import Agent, Attention, Kpi, KpiSignal, KpiValue, Team
from pipelines.settings import PROJECT
from pipelines.site import pages, templates
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.site_pages import Build, by_path, content, read


def documents(language: str) -> set[str]:
    """Hand-written pages as they will be called."""
    folder = PROJECT / "docs" / language
    return {file.relative_to(folder).with_suffix(".html").as_posix() for file in folder.rglob("*.md")}


@pytest.mark.parametrize("which", ["centre", "without_teams", "empty"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_renders_and_its_links_lead_to_pages(
    which: str, language: str, request: pytest.FixtureRequest
) -> None:
    site = request.getfixturevalue(f"{which}_site")
    found = by_path(site, language)
    elsewhere = {file.path for file in pages.files(site, language)} | documents(language)
    read_pages = {path: read(page) for path, page in found.items()}
    for path, reader in read_pages.items():
        for link in reader.links:
            target, _, fragment = link.partition("#")
            at = normpath(join(dirname(path), target)) if target else path
            assert at in found.keys() | elsewhere, f"{path} links to {link}"
            assert not fragment or at not in found or fragment in read_pages[at].ids, f"{path} links to {link}"


def test_both_languages_have_the_same_pages_and_show_the_same_numbers(centre_site: Site) -> None:
    english, chinese = by_path(centre_site, "en"), by_path(centre_site, "zh")
    assert english.keys() == chinese.keys()
    for path, page in english.items():
        assert sorted(read(page).values) == sorted(read(chinese[path]).values), path


def test_every_value_on_a_page_is_the_marts_value_for_its_period(centre_site: Site) -> None:
    rows = fake_marts.centre()
    known = {(row.kpi_id, repr(row.value), f"{row.period_kind}:{row.period_start}") for row in rows[KpiValue]}
    known |= {(row.kpi_id, repr(row.value), f"week:{row.period_start}") for row in rows[KpiSignal]}
    for kind in ("week", "quarter"):
        known |= {(row.kpi_id, repr(row.value), f"{kind}:{row.period_start}") for row in rows[Attention]}
    shown = {value for page in pages.pages(centre_site, "en") for value in read(page).values}
    assert shown <= known
    assert len(shown) > 50


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_names_stay_text(centre_site: Site, language: str) -> None:
    seen = 0
    for page in pages.pages(centre_site, language):
        html = content(page)
        assert "<script" not in html
        assert "<release>" not in html
        seen += "&lt;script&gt;alert" in html and "{{ 7 * 7 }}" in html
    assert seen >= 3


def test_every_chart_has_its_picture_source_day_reading_and_table(centre_site: Site) -> None:
    for page in pages_of_data(centre_site):
        html = content(page)
        figures_found = re.findall(r'<figure class="fw-figure"[^>]*>.*?</figure>', html, re.DOTALL)
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


def pages_of_data(site: Site) -> Iterator[pages.Page]:
    """Every page but the gallery, whose pictures are examples."""
    return (page for page in pages.pages(site, "en") if page.kind != "gallery")


def test_what_a_fingerprint_is_made_of_reads_the_same_in_every_process(centre_site: Site) -> None:
    unordered = re.compile(r"(?:frozenset|\bset)\(\{[^}]*,| at 0x[0-9a-f]+")
    found = {
        page.path: match[0] for page in pages_of_data(centre_site) if (match := unordered.search(repr(page.context)))
    }
    assert found == {}, "sets and addresses differ from run to run: use a sorted tuple"


def test_charts_get_exactly_the_data_their_module_documents(centre_site: Site) -> None:
    asked: dict[str, ChartRequest] = {
        chart.chart: chart for page in pages_of_data(centre_site) for chart in page.charts
    }
    assert set(asked) == {"xmr", "funnel", "dot_interval", "distribution"}
    for request in asked.values():
        assert request.specification()


def test_pictures_are_shared_by_all_languages(centre_site: Site) -> None:
    asked = [
        {chart.digest for page in pages.pages(centre_site, lang) for chart in page.charts} for lang in ("en", "zh")
    ]
    assert asked[0] == asked[1]


_LATIN = re.compile(r"(?:[A-Za-z'’-]+ ){3,}[A-Za-z]+")


def test_chinese_pages_hold_no_english_sentence(centre_site: Site) -> None:
    for page in pages.pages(centre_site, "zh"):
        assert not _LATIN.findall(read(page).text.replace(fake_marts.HOSTILE, "")), page.path


def test_the_same_marts_give_the_same_fingerprints(build_site: Build) -> None:
    first, second = build_site(fake_marts.centre()), build_site(fake_marts.centre())
    assert [p.fingerprint for p in pages.pages(first, "en")] == [p.fingerprint for p in pages.pages(second, "en")]


def test_only_pages_that_show_a_changed_value_get_a_new_fingerprint(build_site: Build, centre_site: Site) -> None:
    rows = fake_marts.centre()
    rows[KpiValue] = [
        replace(row, value=row.value / 2)
        if (row.entity_id, row.kpi_id, row.period_kind) == ("A1", "csat_mean", "quarter")
        else row
        for row in rows[KpiValue]
    ]
    before, after = by_path(centre_site, "en"), by_path(build_site(rows), "en")
    changed = {path for path, page in after.items() if page.fingerprint != before[path].fingerprint}
    assert changed == {
        f"agents/{centre_site.slugs['agent', 'A1']}.html",
        f"teams/{centre_site.slugs['team', 'T1']}.html",
    }


def test_a_language_has_its_own_fingerprints(centre_site: Site) -> None:
    english, chinese = by_path(centre_site, "en"), by_path(centre_site, "zh")
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


def test_page_titles_are_the_names_of_what_they_show(centre_site: Site) -> None:
    titles = {page.path: page.title for page in pages.pages(centre_site, "zh")}
    assert titles["index.html"] == "总览"
    assert titles[f"teams/{centre_site.slugs['team', 'T1']}.html"] == "桦树组"
    assert titles["kpis/answer_rate.html"] == "接通率"


def test_pages_come_for_every_entity_in_the_marts(centre_site: Site) -> None:
    rows = fake_marts.centre()
    counted = {kind.name: 0 for kind in pages.kinds()}
    for page in pages.pages(centre_site, "en"):
        counted[page.kind] += 1
    once = {kind.name: 1 for kind in pages.kinds() if kind.each == "once"}
    here = [agent for agent in rows[Agent] if agent.is_current]
    led = {agent.team_id for agent in here if agent.team_id}
    people = {"agent": len(rows[Agent]), "sheet": len(here), "journal": len(here)}
    teams = {"team": len(rows[Team]), "history": len(rows[Team]), "team_pack": len(rows[Team]), "guide": len(led)}
    assert counted == once | people | teams | {"kpi": len(rows[Kpi]), "period": 5}
