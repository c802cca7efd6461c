"""The hand-written documents: equal in both languages, true to what is implemented, and whole as part of the site."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.cli import catalogue
from pipelines.errors import Exit
from pipelines.ingest.reasons import FILE_REASONS, ROW_REASONS
from pipelines.settings import LANGUAGES, PROJECT, Settings
from pipelines.site import cache, menu, shells
from pipelines.site.pages import kinds
from tests.unit.documents import DOCS, LINK, PAGES, body, in_language, rows, text


# ---------- equal in both languages
def test_both_languages_have_the_same_pages_in_the_same_order() -> None:
    entries = {language: menu.documents(DOCS / language) for language in LANGUAGES}
    placed = {language: [(e.source, e.section, e.order) for e in found] for language, found in entries.items()}
    assert placed["en"] == placed["zh"]
    assert PAGES


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_headings_tables_and_code(page: str) -> None:
    def shape(language: str) -> tuple[list[str], list[int], list[str]]:
        code = re.findall(r"^```.*?^```", text(language, page), flags=re.MULTILINE | re.DOTALL)
        bare = [re.sub(r"#.*", "", block) for block in code]
        return re.findall(r"^#+", body(language, page), re.MULTILINE), [len(r) for r in rows(language, page)], bare

    assert shape("en") == shape("zh")


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_state_the_same_numbers(page: str) -> None:
    def numbers(language: str) -> set[str]:
        return set(re.findall(r"(?<![A-Za-z\d])\d+(?:[.,:]\d+)*", re.sub(r"`[^`]*`", "", body(language, page))))

    assert numbers("en") == numbers("zh")


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_name_the_same_files_commands_and_links(page: str) -> None:
    named = [Counter(re.findall(r"`[^`\n]+`", body(language, page))) for language in LANGUAGES]
    assert set(named[0]) == set(named[1])
    assert Counter(LINK.findall(text("en", page))) == Counter(LINK.findall(text("zh", page)))


def test_the_glossaries_pair_the_same_terms() -> None:
    english = [(en, zh) for en, zh, _ in rows("en", "method/glossary.md")]
    chinese = [(en, zh) for zh, en, _ in rows("zh", "method/glossary.md")]
    assert english == chinese
    terms = [pair for pair in english if pair != ("English", "中文")]
    for side in (0, 1):
        assert [term for term, times in Counter(pair[side] for pair in terms).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_before_it_explains(page: str, language: str) -> None:
    opening = {"en": "**In short:** ", "zh": "**一句话：**"}[language]
    assert re.match(rf"\s*# [^\n]+\n\n{re.escape(opening)}", text(language, page).split("---", 2)[2])


@pytest.mark.parametrize("page", PAGES)
def test_a_chinese_paragraph_is_one_line_because_a_line_end_shows_as_a_blank(page: str) -> None:
    prose = r"^(?!\s*[|#>-]|---)[^\n]*[\u3000-\u9fff\uff00-\uffef*）]\n(?!\s*(?:[|#>\n]|[-*] |\d+\. ))\S"
    assert re.findall(prose, body("zh", page), re.MULTILINE) == []


# ---------- whole as part of the site
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_link_leads_to_a_document_or_to_a_generated_page_and_never_outside(page: str, language: str) -> None:
    generated = {kind.path.replace(".html", ".md") for kind in kinds() if kind.each == "once"}
    assert "://" not in text(language, page)
    assert not re.search(r"<(?:script|a|img|iframe|link)\b", text(language, page))
    for link in LINK.findall(text(language, page)):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), link.split("#")[0]))
        assert path in PAGES or path in generated, link


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_builder_takes_the_documents_without_a_warning(language: str, tmp_path: Path) -> None:
    stubs = [shells.stub(kind, kind.title) for kind in kinds()]
    out = cache.shells_of(stubs, language, LANGUAGES, shells.Look(PROJECT, ""), tmp_path).files
    for page in PAGES:
        html = (out / page).with_suffix(".html").read_text(encoding="utf-8")
        assert html.count("<table>") == len(re.findall(r"^ *\|[ :|-]+\|$", body(language, page), re.MULTILINE)), page


# ---------- true to what is implemented
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kpi_of_the_catalogue_is_explained_under_its_name(language: str) -> None:
    named = (re.fullmatch(r"(.+?) ?`(\w+)`", cells[0]) for cells in rows(language, "method/kpis.md"))
    explained = {match[2]: match[1] for match in named if match}
    assert explained == {entry.kpi_id: entry.label[language] for entry in catalogue.entries(PROJECT / "dbt_project")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exit_code_is_documented(language: str) -> None:
    documented = {int(cells[0]) for cells in rows(language, "guide/running.md") if cells[0].isdigit()}
    assert documented == {int(code) for code in Exit}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_documented_in_the_words_of_the_data_page(language: str) -> None:
    documented = {
        cells[1].strip("`"): cells[0]
        for cells in rows(language, "guide/exports.md")
        if re.fullmatch(r"`\w+`", cells[1])
    }
    assert documented == {code: in_language(language, said) for code, said in (ROW_REASONS | FILE_REASONS).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_that_can_be_delivered_is_listed(language: str) -> None:
    contract: dict[str, Any] = yaml.safe_load(
        (PROJECT / "dbt_project/models/staging/_sources.yml").read_text(encoding="utf-8")
    )
    tables = {
        table["name"]
        for source in contract["sources"]
        for table in source["tables"]
        if "key" in table.get("config", {}).get("meta", {})
    }
    listed = {cells[0].strip("`") for cells in rows(language, "guide/exports.md") if re.fullmatch(r"`\w+`", cells[0])}
    assert listed == tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_listed_with_its_default(language: str) -> None:
    names = [field.name for field in fields(Settings)]
    listed = {
        cells[0].strip("`"): cells[1] for cells in rows(language, "guide/running.md") if cells[0].strip("`") in names
    }
    assert set(listed) == set(names)
    assert {name: listed[name] for name in ("render_processes", "memory_limit", "keep_releases")} == {
        name: str(getattr(Settings, name)) for name in ("render_processes", "memory_limit", "keep_releases")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_sentence_about_decisions_is_the_one_of_the_pages(language: str) -> None:
    partial = (PROJECT / "site_templates" / "partials" / "reading.html.j2").read_text(encoding="utf-8")
    sentence = re.search(r'"(Decisions about someone[^"]+)"', partial)
    assert sentence
    assert f"> {in_language(language, sentence[1])}\n" in text(language, "method/index.md")


TERMS = (
    "better than target",
    "not yet at target",
    "too close to call",
    "too few to say",
    "no target set",
    "ordinary variation",
)


def test_the_words_for_managers_are_those_of_the_pages() -> None:
    for term in TERMS:
        for language in LANGUAGES:
            assert in_language(language, term) in body(language, "method/index.md"), term
    for english in ("Usual range", "likely range (90%)"):
        assert in_language("zh", english).split("（")[0] in body("zh", "method/index.md")


@pytest.mark.parametrize("page", PAGES)
def test_files_and_targets_named_here_exist(page: str) -> None:
    said = text("en", page)
    paths = re.findall(r"`((?:dbt_project|pipelines|docs|site_templates|tests)/[^`\s]*)`", said)
    assert [path for path in paths if not (PROJECT / path).exists()] == []
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", said, re.MULTILINE)) <= targets
