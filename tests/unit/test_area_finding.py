"""Finding: forms of names, the quick jump's data, meanings of terms, the way to a page and past it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.cli import catalogue
from pipelines.settings import LANGUAGES, PROJECT
from pipelines.site import glossary, han, pages, templates
from pipelines.site.areas import _finding_jump, _finding_names, finding
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.site_pages import Build, by_path, content


@pytest.fixture(scope="module")
def site(build_site: Build) -> Site:
    return build_site(fake_marts.centre())


def data(site: Site, language: str, name: str) -> object:
    (file,) = [file for file in pages.files(site, language) if file.path == f"assets/data/{name}.js"]
    return json.loads(re.fullmatch(r'floorwalk\.give\("\w+",(.*)\);\n', file.content().decode())[1])  # type: ignore[index]


# ---------- forms of names
def test_chinese_names_are_spelt_in_pinyin_with_every_likely_reading_of_the_surname() -> None:
    assert han.pinyin("Murong Yueling 慕容月泠") == "mu rong yue ling"
    assert han.pinyin("Lena Amberholm") == ""
    assert "shan xiong xin" in han.readings_of_name("单雄信")
    assert han.readings_of_name("朱明桂")[0] == "zhu ming gui"
    assert han.readings_of_name("Vera") == ()


def test_both_chinese_scripts_are_made_from_each_other() -> None:
    assert "話務量" in han.other_scripts("话务量")
    assert "话务量" in han.other_scripts("話務量")
    assert han.other_scripts("Vera") == ()
    assert han.other_scripts("中心") == (), "the same in both"


def test_each_form_of_a_name_is_kept_once() -> None:
    known = _finding_jump.keys("Helian Danqing 赫连丹青", ("A0002", "Helian Danqing 赫连丹青"), is_person=True).split(
        "|"
    )
    assert len(known) == len(set(known))
    assert {"A0002", "he lian dan qing"} <= set(known)
    assert any("赫連" in form for form in known)


def test_a_name_cannot_end_its_entry() -> None:
    assert _finding_jump.keys("A", ("b|c",)) == "b c"


# ---------- quick jump
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quick_jump_leads_to_pages_that_exist(site: Site, language: str) -> None:
    paths = set(by_path(site, language))
    groups = data(site, language, "jump")
    assert isinstance(groups, list)
    by_kind = {group["kind"]: group for group in groups}
    assert list(by_kind) == ["team", "agent", "measure", "page", "guide", "document", "term"]
    for kind in ("team", "agent", "measure", "page", "guide"):
        group = by_kind[kind]
        assert group["entries"]
        assert {f"{group['from']}{entry[1]}{group['to']}" for entry in group["entries"]} <= paths
    for _, path, _ in by_kind["document"]["entries"]:
        assert (PROJECT / "docs" / language / f"{path}.md").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_and_every_measure_can_be_jumped_to(site: Site, language: str) -> None:
    groups = data(site, language, "jump")
    assert isinstance(groups, list)
    counts = {group["kind"]: len(group["entries"]) for group in groups}
    assert (counts["agent"], counts["measure"]) == (len(site.of_grain("agent")), len(site.kpis))


def test_other_names_belong_to_measures_and_pages_that_exist() -> None:
    known = _finding_names.read()
    assert set(known["measures"]) <= {entry.kpi_id for entry in catalogue.entries(PROJECT / "dbt_project")}
    assert set(known["pages"]) <= {kind.name for kind in templates.kinds() if kind.each == "once"} | {"plan"}
    for other in (*known["measures"].values(), *known["pages"].values()):
        assert set(other) == set(LANGUAGES)


# ---------- terms
def test_the_glossaries_have_the_same_places_in_both_languages() -> None:
    english, chinese = ({term.term_id: term for term in glossary.terms(language)} for language in LANGUAGES)
    assert list(english) == list(chinese)
    assert all(english[key].own == chinese[key].other for key in english)
    assert len(english) > 60
    rows = len(re.findall(r"(?m)^\| (?!English|---)", glossary.document("en").read_text(encoding="utf-8")))
    assert len(english) == rows, "every row has a place"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_and_every_term_has_a_meaning_for_its_tooltip(site: Site, language: str) -> None:
    known = data(site, language, "terms")
    assert isinstance(known, dict)
    assert set(known["kpis"]) == {kpi.kpi_id for kpi in site.kpis}
    assert set(known["terms"]) == {term.term_id for term in glossary.terms(language)}
    for texts in (*known["kpis"].values(), *known["terms"].values()):
        assert all(texts)


def test_headings_of_tables_that_are_terms_are_marked_and_others_are_not() -> None:
    told = glossary.marked(
        '<tr><th scope="col">Likely range (90%)</th><th scope="col">Team</th><td>likely range</td>', "en"
    )
    assert told.count("data-fw-term") == 1
    assert '<th scope="col" data-fw-term="likely-range">Likely range (90%)</th>' in told
    assert 'data-fw-term="likely-range"' in glossary.marked("<th>可能范围（90%）</th>", "zh")


# ---------- what search results say
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_described_by_what_it_answers(site: Site, language: str) -> None:
    found = by_path(site, language)
    agent, team = site.agents[0], site.teams[0]
    assert found[f"agents/{site.slugs['agent', agent.agent_id]}.html"].summary.startswith(agent.agent_id)
    assert team.team_id in found[f"teams/{site.slugs['team', team.team_id]}.html"].summary
    assert finding.BETWEEN in found["tiers/index.html"].summary
    assert all(page.summary for page in found.values())


# ---------- the way to a page
def crumbs(html: str) -> list[str]:
    nav = re.search(r'<nav class="fw-crumbs".*?</nav>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", item) for item in re.findall(r"<li>(.*?)</li>", nav[0])] if nav else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_breadcrumbs_lead_from_the_front_page_by_the_team_to_the_person(site: Site, language: str) -> None:
    found = by_path(site, language)
    agent = next(agent for agent in site.agents if agent.team_id and agent.is_current)
    slug, leaf = site.slugs["agent", agent.agent_id], 'aria-current="page"'
    names = [site.entities[key] for key in (("team", str(agent.team_id)), ("agent", agent.agent_id))]
    team, person = (entity.name_zh if language == "zh" else entity.name_en for entity in names)
    front = {"en": ["Overview", "Teams"], "zh": ["总览", "班组"]}[language]
    assert crumbs(content(found[f"agents/{slug}.html"])) == [*front, team, person]
    sheet = content(found[f"sheets/{slug}.html"])
    assert crumbs(sheet)[:-1] == [*front, team, person]
    assert f'href="../agents/{slug}.html"' in sheet
    assert sheet.count(leaf) == 1
    assert crumbs(content(found[f"teams/{site.slugs['team', str(agent.team_id)]}.html"])) == [*front, team]


def test_pages_of_the_menus_first_level_have_no_breadcrumbs(site: Site) -> None:
    found = by_path(site, "en")
    for path in ("index.html", "teams/index.html", "kpis/index.html"):
        assert crumbs(content(found[path])) == []
    assert crumbs(content(found["kpis/answer_rate.html"])) == [
        "Overview",
        "Measures",
        found["kpis/answer_rate.html"].title,
    ]


def test_teams_and_measures_have_neighbours_and_people_have_none(site: Site) -> None:
    found = by_path(site, "en")
    team = content(found[f"teams/{site.slugs['team', 'T1']}.html"])
    assert re.search(rf'rel="next"[^>]*><span>[^<]+</span> {site.entities["team", "T2"].name_en}', team)
    assert 'rel="prev"' not in team
    measures = [path for path in found if path.startswith("kpis/") and path != "kpis/index.html"]
    assert f'href="{Path(measures[1]).name}" rel="next"' in content(found[measures[0]])
    assert all(
        'class="fw-neighbours"' not in content(page) for path, page in found.items() if path.startswith("agents/a-")
    )


def test_a_neighbours_new_name_makes_the_page_anew(site: Site) -> None:
    def fingerprint(of: Site) -> str:
        path = f"teams/{of.slugs['team', 'T1']}.html"
        return next(page.fingerprint for page in pages.pages(of, "en") if page.path == path)

    second = "team", "T2"
    renamed = replace(site, entities={**site.entities, second: replace(site.entities[second], name_en="Zelkova")})
    assert fingerprint(renamed) != fingerprint(site)
