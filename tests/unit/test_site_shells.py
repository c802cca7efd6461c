from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import jieba
import pytest
from markupsafe import Markup

from pipelines.errors import FloorwalkError
from pipelines.site import cache, search, shells, stamp
from tests.unit.site_fakes import MENU, OVERVIEW, TEAM, TEAMS, FakeKind, make_project, write_document

LANGUAGES = ("en", "zh")


def stubs(language: str) -> list[shells.Stub]:
    return [shells.stub(kind, MENU[kind.name, language]) for kind in (OVERVIEW, TEAMS, TEAM)]


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> shells.Look:
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def chinese(look: shells.Look, tmp_path_factory: pytest.TempPathFactory) -> stamp.Shells:
    return cache.shells_of(stubs("zh"), "zh", LANGUAGES, look, tmp_path_factory.mktemp("cache"))


@pytest.fixture
def page(chinese: stamp.Shells) -> str:
    return chinese.fill("team", "teams/t-1.html", 'A <b> & "C"', "One < two", Markup("<h1>Content</h1>"))


def test_title_is_escaped_wherever_the_theme_prints_it(page: str) -> None:
    assert page.count("A &lt;b&gt; &amp; &#34;C&#34;") >= 2
    assert "A <b>" not in page
    assert '<meta name="description" content="One &lt; two">' in page


def test_a_filled_page_has_its_content_and_no_placeholder(page: str) -> None:
    assert f"{stamp.CONTENT_BEGINS}<h1>Content</h1>{stamp.CONTENT_ENDS}" in page
    assert stamp.TOKEN_PREFIX not in page


def test_every_page_links_to_itself_in_the_other_language_without_scripts(page: str) -> None:
    assert re.search(r'<a class="fw-language" href="../../en/teams/t-1.html" hreflang="en" lang="en">English</a>', page)


def test_a_repeated_page_marks_the_tab_of_its_section_and_stands_in_no_menu(page: str) -> None:
    active = re.findall(r'md-tabs__item--active">\s*<a href="([^"]*)"', page)
    assert active == ["index.html"]
    assert set(re.findall(r'href="([^"]*t-1[^"]*)"', page)) == {"../../en/teams/t-1.html"}


def test_the_frame_speaks_the_language_of_the_page(page: str) -> None:
    assert '<html lang="zh-Hans"' in page
    assert "涉及人的决定由人来做" in page


def test_nothing_of_the_builder_points_outside_or_holds_a_clock(chinese: stamp.Shells, page: str) -> None:
    assert not re.findall(r'(?:href|src)="(?:https?:)?//', page)
    assert "generator" not in page
    names = {path.name for path in chinese.files.rglob("*") if path.is_file()}
    assert not {"sitemap.xml", "sitemap.xml.gz", "404.html"} & names
    assert not [name for name in names if name.endswith(".map") or stamp.TOKEN_PREFIX in name]


def test_a_page_at_another_depth_or_outside_the_site_is_refused(chinese: stamp.Shells) -> None:
    for path in ("t-1.html", "teams/deep/t-1.html", "teams/../x.html", "/teams/t.html", "teams/t-1", "teams/.html"):
        with pytest.raises(FloorwalkError, match="does not fit"):
            chinese.fill("team", path, "T", "S", Markup(""))


def test_a_kind_whose_path_does_not_fit_what_it_is_repeated_for_is_refused() -> None:
    for kind in (
        FakeKind("team", "team", "teams/one.html", "teams", 1),
        FakeKind("team", "team", "{slug}/index.html", "teams", 1),
        FakeKind("teams", "once", "teams/{slug}.html", "teams", 1),
        FakeKind("teams", "once", "teams/", "teams", 1),
    ):
        with pytest.raises(FloorwalkError, match="does not fit"):
            shells.stub(kind, "T")


def test_unchanged_shells_are_not_built_again(
    look: shells.Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = cache.shells_of(stubs("en"), "en", LANGUAGES, look, tmp_path)
    monkeypatch.setattr(shells, "build", lambda *_: pytest.fail("built again"))
    assert cache.shells_of(stubs("en"), "en", LANGUAGES, look, tmp_path).kinds == first.kinds


@pytest.fixture
def own_look(tmp_path: Path) -> Iterator[shells.Look]:
    yield make_project(tmp_path / "own")


def test_a_changed_document_theme_or_menu_makes_other_shells(own_look: shells.Look) -> None:
    seen = {cache.fingerprint(stubs("en"), "en", LANGUAGES, own_look)}
    write_document(own_look.project, "en", "method/limits.md", "Limits", 91, "changed")
    seen.add(cache.fingerprint(stubs("en"), "en", LANGUAGES, own_look))
    (own_look.theme / "assets" / "site.css").write_text("body{}", encoding="utf-8")
    seen.add(cache.fingerprint(stubs("en"), "en", LANGUAGES, own_look))
    seen.add(cache.fingerprint(stubs("en")[:2], "en", LANGUAGES, own_look))
    seen.add(cache.fingerprint(stubs("en"), "en", ("en",), own_look))
    assert len(seen) == 5


def test_a_broken_link_in_a_document_stops_the_build_and_is_named(own_look: shells.Look, tmp_path: Path) -> None:
    write_document(own_look.project, "en", "method/limits.md", "Limits", 91, "[gone](nowhere.md) [bad](index.md#no)")
    with pytest.raises(FloorwalkError) as fault:
        cache.shells_of(stubs("en"), "en", LANGUAGES, own_look, tmp_path / "cache")
    assert "nowhere.md" in str(fault.value)
    assert "#no" in str(fault.value)
    assert not list((tmp_path / "cache" / "shells").iterdir())


def test_loggers_that_somebody_switched_off_do_not_blind_the_check(own_look: shells.Look, tmp_path: Path) -> None:
    """Logging set up from a file, as Dagster's storage does, switches off every logger there is."""
    write_document(own_look.project, "en", "method/limits.md", "Limits", 91, "[gone](nowhere.md)")
    names = ("mkdocs", "mkdocs.structure.pages", "mkdocs.structure.nav")
    loggers = [logging.getLogger(name) for name in names]
    try:
        for logger in loggers:
            logger.disabled = True
        with pytest.raises(FloorwalkError, match=r"nowhere\.md"):
            cache.shells_of(stubs("en"), "en", LANGUAGES, own_look, tmp_path / "cache")
        assert all(logger.disabled for logger in loggers)
    finally:
        for logger in loggers:
            logger.disabled = False


def test_a_document_in_the_place_of_a_generated_page_is_named(own_look: shells.Look, tmp_path: Path) -> None:
    write_document(own_look.project, "en", "teams/index.md", "Teams", 1, "mine")
    with pytest.raises(FloorwalkError, match="is also a generated page"):
        cache.shells_of(stubs("en"), "en", LANGUAGES, own_look, tmp_path / "cache")


def test_names_that_are_titles_stay_whole_in_the_search_index(tmp_path: Path) -> None:
    built = '{"config": {}, "docs": [{"location": "a.html", "title": "团", "text": "欧阳\u200b明桂\u200b的团队"}]}'
    entries = [search.Entry("teams/t-1.html", "欧阳明桂", "<b>团队</b>")]
    document, generated = json.loads(search.index(built, entries, tmp_path))["docs"]
    assert document["text"].split(search.BREAK) == ["欧阳明桂", "的", "团队"]
    assert generated["title"] == "欧阳明桂"
    assert generated["text"] == "&lt;b&gt;\u200b团队\u200b&lt;/b&gt;"
    assert jieba.dt.tmp_dir == str(tmp_path / "jieba")


def test_words_of_one_site_do_not_change_how_the_next_is_cut(tmp_path: Path) -> None:
    built = '{"config": {}, "docs": [{"location": "a.html", "title": "a", "text": "拨测评定结果"}]}'
    before = search.index(built, [], tmp_path)
    search.index(built, [search.Entry("b.html", "拨测评定结果", "")], tmp_path)
    assert search.index(built, [], tmp_path) == before
