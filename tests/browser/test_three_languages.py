"""One site in three languages: the same pages, each in its own script, and a root page that knows its readers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipelines.marts import Entity
from pipelines.progress import Silent
from pipelines.settings import OFFERED_LANGUAGES, Settings
from pipelines.site import build, verify
from tests.unit import fake_marts
from tests.unit.visible import Visible, delivered, without

HANT, NAME = "zh-hant", "钟离子墨"
"""A name in Simplified characters, which stays as it was delivered."""
GALLERY = "method/gallery.html"
"""Its pictures show invented names, as an example of delivered ones."""
SWITCH = "fw-languages"
"""What a page with a frame has; the digest, which is mailed, has none."""


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
            if any("\u4e00" <= sign <= "\u9fff" and not sign.encode("big5hkscs", "ignore") for sign in piece):
                spoiled[piece.strip()] = path
    assert spoiled == {}


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
