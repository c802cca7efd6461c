"""Traditional Chinese, written from the Simplified texts of this project while the site is built.

Belongs here: which languages are written from which, conversion of our own sentences and documents, the reviewed
exceptions. Does not belong here: names of people, teams and queues, quotes and anything else that was delivered; it
stays as delivered. Nothing is loaded from outside: OpenCC carries its dictionaries.

Characters follow the standard of Taiwan (OpenCC's s2tw), which readers of Hong Kong read without effort. OpenCC's
exchange of whole words (s2twp) is not used: it turns general words into Taiwan's words for computers (支持 into 支援)
and leaves the words of a call centre alone. Instead `site_templates/words/zh-hant.exceptions.yml` names the words that
are common to Taiwan and Hong Kong and differ from the mainland (資訊, 檔案, 品質, 座席), where OpenCC chooses the wrong
character, and whole sentences where a word is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import opencc
import yaml

from pipelines.errors import FloorwalkError, Problem
from pipelines.settings import PROJECT

SOURCES: Mapping[str, str] = {"zh-hant": "zh"}
"""Language that is generated → language it is written from."""
EXCEPTIONS = PROJECT / "site_templates" / "words" / "zh-hant.exceptions.yml"

_LEFT_ALONE = re.compile(
    r"(?ms)(^ *```.*?^ *```[^\n]*$"  # code
    r"|`[^`\n]+`"
    r"|(?<=\])\([^)\n]*\)"  # where a link leads
    r"|\{:[^}\n]*\}"  # ids and classes
    r"|<[a-z/!][^>\n]*>)"  # tags with their attributes
)
"""Parts of a document that name something rather than say something."""
_COMMENT = re.compile(r"(?m)((?:^| )# .*$)")
"""What a block of code says to its reader."""


def source(language: str) -> str:
    """The language whose files hold the texts of `language`: itself unless it is generated."""
    return SOURCES.get(language, language)


def said(text: str, language: str) -> str:
    """A text of ours in `language`, given in the language it is written from; as it is where nothing is generated."""
    return _traditional(text) if language in SOURCES else text


def document(text: str, language: str) -> str:
    """The same for Markdown: code but for its comments, link targets, ids and tags are left alone."""
    if language not in SOURCES:
        return text
    return "".join(
        _COMMENT.sub(lambda comment: _traditional(comment[0]), part) if place % 2 else _traditional(part)
        for place, part in enumerate(_LEFT_ALONE.split(text))
    )


def simplified(text: str) -> str:
    """A text in Simplified characters, one for one, for looking it up; unchanged where that is not possible."""
    found = _converter("t2s").convert(text)
    return found if len(found) == len(text) else text


def inputs(language: str) -> list[Path]:
    """Files beside the texts themselves that decide what a generated language says; none for other languages."""
    return [EXCEPTIONS, Path(__file__)] if language in SOURCES else []


def exceptions(file: Path = EXCEPTIONS) -> Mapping[str, Mapping[str, str]]:
    """Simplified → Traditional, reviewed by people: signs, characters, words; and `sentences`, which are whole texts.

    Raises FloorwalkError for a text that stands in the file twice.
    """
    content: Mapping[str, Mapping[str, str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    seen = [text for part in content.values() for text in part]
    if len(set(seen)) < len(seen):
        twice = sorted({text for text in seen if seen.count(text) > 1})
        raise FloorwalkError(Problem(f"{text!r} stands there twice", file.name, fix="keep one") for text in twice)
    return content


@lru_cache(maxsize=16_384)
def _traditional(text: str) -> str:
    """Exceptions first, the longest of those that begin at a place; OpenCC writes what stands between them."""
    sentences, known, places = _exceptions()
    if text in sentences:
        return sentences[text]
    convert = _converter("s2tw").convert
    parts = places.split(text)
    return "".join(known[part] if place % 2 else convert(part) for place, part in enumerate(parts))


@lru_cache
def _exceptions() -> tuple[Mapping[str, str], Mapping[str, str], re.Pattern[str]]:
    found = exceptions()
    known = {text: said for name, part in found.items() if name != "sentences" for text, said in part.items()}
    longest_first = sorted(known, key=lambda text: (-len(text), text))
    return found["sentences"], known, re.compile("(" + "|".join(map(re.escape, longest_first)) + ")")


@lru_cache
def _converter(direction: str) -> opencc.OpenCC:
    return opencc.OpenCC(direction)
