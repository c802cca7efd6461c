"""One site in three languages: the same pages, each in its own script, found in each, and a root that knows readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from pipelines.loopback import serving
from pipelines.marts import Entity
from pipelines.progress import Silent
from pipelines.settings import OFFERED_LANGUAGES, Settings
from pipelines.site import build, verify
from pipelines.site.search import BREAK
from tests.browser.test_finding import first_hit
from tests.unit import fake_marts
from tests.unit.visible import Visible, delivered, without

HANT, NAME = "zh-hant", "钟离子墨"
"""A name in Simplified characters, which stays as it was delivered."""
GALLERY = "method/gallery.html"
"""Its pictures show invented names, as an example of delivered ones."""
SWITCH = "fw-languages"
"""What a page with a frame has; the digest, which is mailed, has none."""

SEARCHES = {
    "平均通話時長": "kpis/average_talk_time", "通話時長": "kpis/average_talk_time", "放棄率": "kpis/abandon_rate",
    "放弃率": "kpis/abandon_rate", "滿意度": "kpis/csat_mean", "過度離散": "method/glossary",
    "向均值迴歸": "method/glossary", "公平": "method/fairness", "輔導指南": "coaching/index", "團隊": "teams/index",
}  # fmt: skip
"""What is typed into the search box in Traditional Chinese → the page that must come first."""


def rows() -> fake_marts.Rows:
    """The invented centre with one name that would look different in Traditional characters."""
    found = fake_marts.centre()
    entity = Entity("agent", "A0", NAME, NAME)
    found[Entity] = [entity if row.entity_id == "A0" else row for row in found[Entity]]
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("three")
    settings = Settings(drop=folder, work=folder / "work", languages=OFFERED_LANGUAGES)
    (folder / "run").mkdir()
    made = build.render_site(settings, fake_marts.write(folder, rows()), folder / "run", None, Silent())
    return made.site


def pages(site: Path, language: str) -> dict[str, str]:
    """Path below the language → HTML."""
    root = site / language
    return {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in sorted(root.rglob("*.html"))
    }


def texts_of_scripts(site: Path) -> Iterator[tuple[str, str]]:
    """(file, text) of every text that scripts of the Traditional pages read; keys of the quick jump are not shown."""
    for file in sorted((site / HANT / "assets" / "data").glob("*.js")):
        if found := re.fullmatch(r'floorwalk\.give\("[\w-]+",(.*)\);\n', file.read_text(encoding="utf-8"), re.DOTALL):
            given = json.loads(found[1])
            if file.name == "jump.js":
                given = [entry[:2] for group in given for entry in group["entries"]]
            yield from ((file.name, text) for text in texts(given))


def texts(given: Any) -> Iterator[str]:
    """Every text in a value of JSON, names of fields too."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, dict):
        for name, part in given.items():
            yield from (name, *texts(part))
    elif isinstance(given, list):
        for part in given:
            yield from texts(part)


def texts_beside(site: Path) -> Iterator[tuple[str, str]]:
    """(file, text) of what is neither page nor script: the search index as it is shown, feeds and mails."""
    index = json.loads((site / HANT / "search" / "search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        yield from (("search_index.json", entry[name].replace(BREAK, "")) for name in ("title", "text"))
    for file in sorted(path for ending in ("xml", "txt") for path in (site / HANT).rglob(f"*.{ending}")):
        yield from ((file.name, line) for line in file.read_text(encoding="utf-8").splitlines())


def simplified(text: str) -> bool:
    """Whether a text holds a character that no encoding of Traditional Chinese has."""
    return any("\u4e00" <= sign <= "\u9fff" and not sign.encode("big5hkscs", "ignore") for sign in text)


def test_every_page_is_there_in_every_language_and_every_link_works(site: Path) -> None:
    assert verify.check(site, OFFERED_LANGUAGES) > 0
    assert len({tuple(pages(site, language)) for language in OFFERED_LANGUAGES}) == 1


def test_a_page_names_its_language_and_leads_to_itself_in_the_two_others(site: Path) -> None:
    for path, html in pages(site, HANT).items():
        assert html.lower().count('<html lang="zh-hant"') == 1
        if SWITCH not in html:
            continue
        back = "../" * (path.count("/") + 1)
        found = set(re.findall(r'<a class="fw-language" href="([^"]+)"', html))
        assert found == {f"{back}en/{path}", f"{back}zh/{path}"}, path


def test_no_page_in_traditional_chinese_holds_a_simplified_character_of_ours(site: Path) -> None:
    texts, spoiled = delivered(rows()), dict[str, str]()
    for path, html in pages(site, HANT).items():
        for piece in without(Visible(html, with_pictures=path != GALLERY).pieces, texts):
            if simplified(piece):
                spoiled[piece.strip()] = path
    assert spoiled == {}


def test_no_file_that_is_not_a_page_holds_a_simplified_character_of_ours(site: Path) -> None:
    told = [*texts_of_scripts(site), *texts_beside(site)]
    assert {"words.js", "terms.js", "jump.js", "search_index.json", "feed.xml", "digest.txt"} <= {
        file for file, _ in told
    }
    known = delivered(rows())
    assert {(file, text) for file, text in told if any(map(simplified, without([text], known)))} == set()


@pytest.mark.parametrize("language", OFFERED_LANGUAGES)
def test_every_page_with_a_frame_leads_a_feed_reader_to_the_feed_of_its_language(site: Path, language: str) -> None:
    feed = site / language / "changes" / "feed.xml"
    called = ElementTree.parse(feed).findtext("{http://www.w3.org/2005/Atom}title")  # noqa: S314 - made by this test
    framed = {path: html for path, html in pages(site, language).items() if SWITCH in html}
    assert len(framed) > 30
    for path, html in framed.items():
        head = html.partition("</head>")[0]
        ((title, href),) = re.findall(
            r'<link rel="feed alternate" type="application/atom\+xml" title="([^"]+)" href="([^"]+)">', head
        )
        assert title == called
        assert (site / language / path).parent.joinpath(href).resolve() == feed.resolve(), path


def test_the_search_box_finds_the_right_page_in_traditional_characters(site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page, wrong = context.new_page(), {}
    with serving(site) as address:
        page.goto(f"{address}/{HANT}/index.html")
        page.locator(".md-search__input").click()
        for typed, expected in SEARCHES.items():
            if (found := first_hit(page, typed)) != f"{HANT}/{expected}.html":
                wrong[typed] = found
    context.close()
    assert wrong == {}


def test_names_of_people_stay_as_they_were_delivered(site: Path) -> None:
    named = [path for path, html in pages(site, "zh").items() if NAME in html]
    assert len(named) >= 3
    assert [path for path, html in pages(site, HANT).items() if NAME in html] == named


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-TW", HANT), ("zh-HK", HANT), ("zh-Hant", HANT), ("zh-Hant-MO", HANT), ("zh-CN", "zh"), ("zh-Hans-HK", "zh"),
     ("zh", "zh"), ("en-GB", "en"), ("fr-FR", "en")],
)  # fmt: skip
def test_the_root_page_knows_both_scripts(site: Path, browser: Browser, locale: str, language: str) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto((site / "index.html").resolve().as_uri())
    page.wait_for_url(f"**/{language}/index.html")
    context.close()


def test_chinese_is_never_sloped_and_each_script_has_its_own_faces(site: Path, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    faces = {}
    for language in OFFERED_LANGUAGES:
        page.goto((site / language / "method" / "index.html").resolve().as_uri())
        faces[language] = page.evaluate("getComputedStyle(document.body).fontFamily")
        sloped = page.evaluate("[...document.querySelectorAll('.md-typeset :is(em, i, cite)')]"
                               ".filter(e => getComputedStyle(e).fontStyle === 'italic').length")  # fmt: skip
        assert language == "en" or sloped == 0
    context.close()
    assert "PingFang TC" in faces[HANT]
    assert "PingFang SC" not in faces[HANT]
    assert "PingFang SC" in faces["zh"]
