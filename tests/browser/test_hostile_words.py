"""Hostile words in every free text of coaching: nothing runs, nothing is lost, nothing leaves its place.

The centre is `hostile_words`. What only a browser can tell is asked in Chromium, where there is one; bytes and
workbooks are read everywhere.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from datetime import date
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.escape import unescape
from playwright.sync_api import Browser

from pipelines.downloads import workbook
from pipelines.ingest.readers import BLANKS
from pipelines.settings import LANGUAGES, PROJECT
from pipelines.site import stamp, verify
from pipelines.site.areas import _workbook_words
from tests.browser.hostile_site import OWN, HostileCentre, Visit
from tests.unit import fake_marts, hostile_words, ingest_centre
from tests.unit.hostile_words import LABEL_SEEN, PLAIN, SKILLS, TECHNIQUES, WORDS, Word

HARMLESS, *HOSTILE = WORDS
DAY = date(2024, 3, 20)
LONG = tuple(word for word in HOSTILE if len(word.text) > 1000)

SHARED = ("agents/index", "teams/index", *(f"coaching/{name}" for name in
          ("index", "training", "recognition", "library", "cases")))  # fmt: skip
NOT_SHOWN = {
    "manager", "cohort", "shift", "coach", "programme of a talk", "owner of a goal", "resources",
    "reviewer", "reference of a response", "reference of points", "number of a complaint", "type of a complaint",
    "number of an evaluation", "item with a name", "owner of a consequence",
    "topic of a KPI", "error of a priority",
}  # fmt: skip
"""Fields that no page of coaching prints today."""
ACTIVE = {"script", "iframe", "object", "embed", "base", "form", "meta", "link", "style", "img", "image"}
ON_PAPER = 18
"""Characters of a word that stand even in the narrowest place of a page to print."""
LONGEST_RUN = 700
"""Characters of one text; what is longer was not cut."""


# ---------- bytes
class Content(HTMLParser):
    """What stands between the marks of generated content: texts, elements, attributes."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        html = file.read_text(encoding="utf-8")
        assert html.count(stamp.CONTENT_BEGINS) == html.count(stamp.CONTENT_ENDS) == 1
        self.feed(html.partition(stamp.CONTENT_BEGINS)[2].partition(stamp.CONTENT_ENDS)[0])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def count(self, seen: str) -> int:
        return sum(text.count(seen) for text in self.texts)


@pytest.fixture(scope="module")
def own(hostile_centre: HostileCentre) -> dict[tuple[str, str, Word], Content]:
    """Pages by language, folder and word."""
    return {
        (language, folder, word): Content(hostile_centre.page(language, folder, word))
        for language in LANGUAGES
        for folder in OWN
        for word in WORDS
    }


@pytest.fixture(scope="module")
def shared(hostile_centre: HostileCentre) -> dict[tuple[str, str], Content]:
    """Pages on which everybody stands, by language and path."""
    return {(lang, path): Content(hostile_centre.site / lang / f"{path}.html") for lang in LANGUAGES for path in SHARED}


def test_there_are_words_of_every_kind_and_no_two_are_mistaken_for_each_other() -> None:
    assert len(HOSTILE) >= 40
    texts = [word.seen for word in WORDS]
    assert [text for text in texts if sum(text in other for other in texts) > 1] == []


def test_a_site_full_of_hostile_words_passes_its_own_checks(hostile_centre: HostileCentre) -> None:
    assert verify.check(hostile_centre.site, LANGUAGES) > 10 * len(WORDS)


def test_every_field_is_told_somewhere_or_known_not_to_be(
    own: dict[tuple[str, str, Word], Content], shared: dict[tuple[str, str], Content]
) -> None:
    rows = [vars(row).values() for found in hostile_words.centre().values() for row in found]
    written = {str(value)[len(PLAIN) + 1 :] for row in rows for value in row if str(value).startswith(f"{PLAIN} ")}
    for language in LANGUAGES:
        pages = [*(own[language, folder, HARMLESS] for folder in OWN), *(shared[language, path] for path in SHARED)]
        told = "\n".join(text for page in pages for text in page.texts)
        assert {field for field in written if f"{PLAIN} {field}" not in told} == NOT_SHOWN
    assert len(written) > 50


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", OWN)
def test_hostile_words_are_told_as_often_as_harmless_ones_and_literally(
    own: dict[tuple[str, str, Word], Content], folder: str, language: str
) -> None:
    wanted = own[language, folder, HARMLESS].count(HARMLESS.seen)
    assert wanted >= 5
    for word in HOSTILE:
        page = own[language, folder, word]
        assert page.count(word.seen[:ON_PAPER]) == wanted, word.seen
        assert page.count(word.seen) > wanted / 2, word.seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SHARED)
def test_pages_of_everybody_tell_every_word_literally(
    shared: dict[tuple[str, str], Content], path: str, language: str
) -> None:
    page = shared[language, path]
    wanted = page.count(HARMLESS.seen)
    assert wanted >= 2
    assert {word.seen: page.count(word.seen) for word in HOSTILE if page.count(word.seen) < wanted} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_of_errors_and_skills_are_called_what_they_were_called(
    shared: dict[tuple[str, str], Content], language: str
) -> None:
    for path, codes in {"coaching/library": (*TECHNIQUES, *SKILLS), "coaching/training": SKILLS}.items():
        page = shared[language, path]
        assert [code for code in codes if not page.count(LABEL_SEEN.format(code))] == []


def test_no_word_becomes_an_element_an_attribute_or_something_nobody_can_see(
    own: dict[tuple[str, str, Word], Content], shared: dict[tuple[str, str], Content]
) -> None:
    plain = {tag for (_, _, word), page in own.items() if word is HARMLESS for tag in page.tags}
    for page in own.values():
        assert page.tags <= plain
    for page in (*own.values(), *shared.values()):
        assert not page.tags & ACTIVE
        assert not [
            name
            for name, _ in page.attributes
            if name.startswith("on") or name in ("style", "src", "srcdoc", "formaction")
        ]
        assert not [value for name, value in page.attributes if name == "href" and re.match(r"[a-z]+:|//", value)]
        text = "".join(page.texts)
        assert {sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn")} <= {"\n"}
        assert max(map(len, page.texts)) <= LONGEST_RUN


def test_search_finds_people_by_hostile_names_and_prints_no_markup(hostile_centre: HostileCentre) -> None:
    for language in LANGUAGES:
        index = json.loads(
            (hostile_centre.site / language / "search" / "search_index.json").read_text(encoding="utf-8")
        )
        people = [entry for entry in index["docs"] if entry["location"].startswith("agents/a-")]
        assert len(people) == len(WORDS) + len(fake_marts.AGENTS)
        assert not [entry for entry in people if "<" in entry["title"] + entry["text"]]


# ---------- in Chromium
@pytest.mark.parametrize("folder", OWN)
def test_nothing_fires_on_anybodys_page_and_readers_see_the_words(
    hostile_centre: HostileCentre, visit: Visit, folder: str
) -> None:
    """Each word on its sheet, every second one on its guide, every fourth on other pages; languages take turns."""
    words = {"sheets": HOSTILE, "guides": HOSTILE[::2]}.get(folder, HOSTILE[list(OWN).index(folder) :: 4])
    wanted = {
        language: visit.open(hostile_centre.page(language, folder, HARMLESS)).count(HARMLESS.seen)
        for language in LANGUAGES
    }
    for language, word in zip(cycle(LANGUAGES), words, strict=False):
        text = visit.open(hostile_centre.page(language, folder, word))
        assert text.count(word.seen[:ON_PAPER]) == wanted[language] > 0 < text.count(word.seen), word.seen
        assert word.seen[:20] in visit.page.title()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_fires_where_everybody_stands_and_readers_see_the_words(
    hostile_centre: HostileCentre, visit: Visit, language: str
) -> None:
    for path in (*SHARED, "index", "effects/index", "kpis/answer_rate"):
        text = visit.open(hostile_centre.site / language / f"{path}.html")
        assert [word.seen for word in WORDS if path in SHARED and word.seen not in text] == [], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_endless_words_neither_push_a_page_off_a_phone_nor_a_sheet_onto_a_second_page(
    hostile_centre: HostileCentre, browser: Browser, language: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    files = [hostile_centre.page(language, folder, word) for folder in OWN for word in LONG]
    for file in (*files, *(hostile_centre.site / language / f"{path}.html" for path in SHARED)):
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, file
    for folder in ("sheets", "journals"):
        for word in (*LONG, HARMLESS):
            page.goto(hostile_centre.page(language, folder, word).as_uri())
            pdf = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, (folder, word.seen)
    context.close()


# ---------- workbooks
def rows_of(sheet: Any) -> list[list[Any]]:
    """Cells with something in them, row by row below the headings."""
    return [[cell for cell in row if cell.value is not None] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_workbooks_every_word_is_a_text_and_nothing_else(hostile_centre: HostileCentre, language: str) -> None:
    for word in WORDS:
        file = hostile_centre.workbook(language, word)
        with zipfile.ZipFile(file) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        assert not [name for name in parts if re.search(r"external|vba|activex|ctrl|query|connection", name, re.I)]
        assert not any(mark in part for part in parts.values() for mark in (b"TargetMode", b"<hyperlink", b"<f>"))
        book = openpyxl.load_workbook(file)
        assert book.sheetnames[2:] == [workbook.LISTS]
        assert all(re.fullmatch(r"[^][:*?/\\']{1,31}", name) for name in book.sheetnames)
        assert not list(book.defined_names)
        for sheet in book:
            assert {cell.data_type for row in rows_of(sheet) for cell in row} <= {"s", "n"}
            rules = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
            assert all(re.fullmatch(r"Lists!\$[A-Z]\$1:\$[A-Z]\$\d+", rule) for rule in rules)
        goals, talks = (rows_of(book.worksheets[0])[part] for part in (slice(3), slice(3, None)))
        said = [[unescape(str(cell.value)) for cell in row] for row in goals]
        assert [(session, agent) for session, _, agent, *_ in said] == [(word.text, word.text)] * 3
        assert [row[2].value for row in talks] == [row[2].value for row in goals[:2]]
        shown = f"{PLAIN} " if word is HARMLESS else word.seen
        assert all(shown in text for _, _, _, name, _, leader in said for text in (name, leader))
        assert [agreed.count(shown) for _, _, _, _, agreed, _ in said] == [2, 2, 1]


def test_hostile_answers_come_back_word_for_word(hostile_centre: HostileCentre, tmp_path: Path) -> None:
    typed = [word for word in WORDS if not ILLEGAL_CHARACTERS_RE.search(word.text) and "\r" not in word.text]
    review = ("note", "method", "reference", "words", "answer")
    talk = ("topic", "measure", "steps", "owner", "resources", "career", "view", "reference", "words", "answer")
    filled: dict[str, set[str]] = {name: set() for name in (*review, *talk)}
    answers, whose = cycle(word.text for word in typed), typed[1 :: len(typed) // 4]
    (tmp_path / "drop").mkdir()
    for number, word in enumerate(whose):
        book = openpyxl.load_workbook(hostile_centre.workbook("en", word))
        for row in range(2, 7):
            names = review if row < 5 else talk
            known = {name: next(answers) for name in names}
            about: dict[str, Any] = {"responded_on": DAY, "answered_on": DAY}
            about |= {"reviewed_on": DAY, "status": "In progress"} if row < 5 else {"held_on": DAY}
            for name, value in (about | known).items():
                cell = book.worksheets[0].cell(row, _workbook_words.ORDER_OF_COLUMNS.index(name) + 1)
                cell.value = value
                cell.data_type = "s" if name in known else cell.data_type  # as a person types it
            for name, text in known.items():
                filled[name].add(text.strip(BLANKS))
        book.save(tmp_path / "drop" / f"back {number}.xlsx")
    project = PROJECT / "dbt_project"
    intake = ingest_centre.build(tmp_path / "drop", tmp_path / "lake", project, tmp_path / "scratch")
    assert [refused for found in intake.refusals.values() for refused in found] == []
    places = {
        "goal_reviews": {"note": "note", "method": "changed_method"},
        "agent_responses": {"reference": "reference", "words": "text", "answer": "answer"},
        "coaching_log": {name: name for name in talk[:5]} | {"career": "career_goal", "view": "agent_comment"},
    }

    def arrived(table: str, column: str) -> set[str]:
        """What the lake holds; models may be given less of it (`privacy`)."""
        files = [str(file) for file in intake.accepted_files[table]]
        with duckdb.connect() as connection:
            found = connection.execute(f"select distinct {column} from read_parquet($1)", [files]).fetchall()
        return {text for (text,) in found}

    for table, columns in places.items():
        for name, column in columns.items():
            assert arrived(table, column) == filled[name], name
    sessions, people = arrived("goal_reviews", "coaching_id"), arrived("agent_responses", "agent_id")
    assert sessions == people == {word.text for word in whose}
    assert set().union(*filled.values()) == {word.text.strip(BLANKS) for word in typed}
