"""Languages: which are offered to whom, and what one that does not exist yet needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines import figures, habits, words
from pipelines.marts import Entity
from pipelines.settings import OFFERED_LANGUAGES, PROJECT, load_settings
from pipelines.site import advice, pages, shells, templates
from tests.unit import effects_centre, quality_centre, sheets_centre, tiers_centre
from tests.unit.fake_marts import Rows
from tests.unit.site_pages import content, site_of
from tests.unit.visible import CLOSE, OPEN, OURS, Visible, delivered, without

WORDS = templates.TEMPLATES / "words"
OUR_LANGUAGE = "xx"
LOOKS_LIKE_A_CODE = {"call", "id", "started", "day", "unheard"}
"""Words of the invented data that a code could be; they are not looked for among the delivered texts."""


# ---------- settings and the frame
def test_traditional_chinese_is_offered_and_has_to_be_asked_for() -> None:
    assert load_settings({"drop": "."}, environment={}).languages == ("en", "zh")
    asked = load_settings({"drop": ".", "languages": "en,zh,zh-hant"}, environment={})
    assert asked.languages == OFFERED_LANGUAGES


def test_a_reader_gets_the_script_of_the_browser() -> None:
    look = shells.Look(PROJECT, "")
    found = look.reads(OFFERED_LANGUAGES)
    assert {found[locale] for locale in ("zh-tw", "zh-hk", "zh-mo", "zh-hant")} == {"zh-hant"}
    assert (found["zh"], found["en"]) == ("zh", "en")
    assert look.reads(("zh-hant",))["zh"] == "zh-hant"
    assert look.words("zh-hant")["root"] == "績效與輔導"
    assert look.docs("zh-hant") == look.docs("zh")


def test_every_offered_language_has_its_habit_and_its_frame() -> None:
    assert set(habits.HABITS) == set(OFFERED_LANGUAGES) == set(shells.Look(PROJECT, "").config["extra"]["languages"])


# ---------- a language that nobody wrote yet
def bracketed(text: Any) -> Any:
    """A text as the invented language says it; lists and mappings of texts alike."""
    if isinstance(text, Mapping):
        return {name: bracketed(part) for name, part in text.items()}
    if isinstance(text, list):
        return [bracketed(part) for part in text]
    return f"{OPEN}{text}{CLOSE}" if isinstance(text, str) else text


def invent(folder: Path) -> None:
    """Write the words file and the advice of a language, each text in brackets."""
    (folder / "words").mkdir(parents=True)
    said = {sentence.text: bracketed(sentence.text) for sentence in templates.sentences()}
    written = yaml.safe_dump(said, allow_unicode=True)
    (folder / "words" / f"{OUR_LANGUAGE}.yml").write_text(written, encoding="utf-8")
    for kind in advice.KINDS:
        for piece in advice.library("en").of_kind(kind):
            matter = bracketed({"title": piece.title, "line": piece.line, **piece.parts})
            text = "\n\n".join(map(bracketed, piece.text.split("\n\n")))
            file = folder / "advice" / OUR_LANGUAGE / kind / f"{piece.name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"---\n{yaml.safe_dump(matter, allow_unicode=True)}---\n{text}\n", encoding="utf-8")


def words_for_labels(rows: Rows) -> dict[str, str]:
    """Words for our own labels in these marts: what `<language>.labels.yml` holds."""
    own = {getattr(row, column.name) for mart in OURS for row in rows.get(mart, ()) for column in fields(row)
           if column.name.endswith("_en")}  # fmt: skip
    coded = {row.name_en for row in rows[Entity] if row.grain not in ("team", "agent")}
    return {text: bracketed(text) for text in own | coded}


CENTRES = (tiers_centre.centre, sheets_centre.centre, quality_centre.scored, effects_centre.rows)
"""Between them they fill every kind of page."""


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A language that this project has for a while: its words, its advice and its habit."""
    folder = tmp_path_factory.mktemp("language")
    invent(folder)
    ours = {text: said for centre in CENTRES for text, said in words_for_labels(centre()).items()}
    written = yaml.safe_dump(ours, allow_unicode=True)
    (folder / "words" / f"{OUR_LANGUAGE}.{words.LABELS}.yml").write_text(written, encoding="utf-8")
    mute = replace(habits.HABITS["zh"], seconds="{}", whole_minutes="{}", minutes="{}:{}", hours="{}:{}",
                   points_of_share="{}", week="{}")  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(habits.HABITS, OUR_LANGUAGE, mute)
        patch.setattr(advice, "FOLDER", folder / "advice")
        patch.setattr(pages, "TEMPLATES", folder)
        yield
    for kept in (pages._words, pages._environment, figures.figures, advice.library):
        kept.cache_clear()


@pytest.mark.usefixtures("invented")
@pytest.mark.parametrize("centre", CENTRES)
def test_a_language_is_a_words_file_and_advice_and_nothing_is_left_in_english(tmp_path: Path, centre: Any) -> None:
    rows: Rows = centre()
    site, texts = site_of(tmp_path, rows), delivered(rows)
    kinds, english = Counter[str](), dict[str, str]()
    for page in pages.pages(site, OUR_LANGUAGE):
        kinds[page.kind] += 1
        if kinds[page.kind] == 1:
            seen = Visible(content(page), with_pictures=False)
            for piece in without(seen.bare, texts):
                english |= dict.fromkeys(re.findall(r"[A-Za-z][a-z'’-]+", piece), page.path)
    assert len(kinds) >= 25
    assert {word: path for word, path in english.items() if word not in LOOKS_LIKE_A_CODE} == {}
