"""The search index: the documents' entries from the site builder, and one short entry per generated page.

Belongs here: entries, Chinese word segmentation with the site's own names as words. Does not belong here: deciding
which pages exist, the search box (theme).
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.site.escape import search_text

INDEX = Path("search") / "search_index.json"
TITLE_LENGTH = 80
TEXT_LENGTH = 200
LONGEST_WORD = 12
"""Han characters; a longer run in a title is a sentence, not a name or a term."""

BREAK = "\N{ZERO WIDTH SPACE}"
"""Stands between Chinese words; the index's separator splits there and readers do not see it."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True)
class Entry:
    """One generated page as search finds it: path below the language root, title and summary as plain text."""

    location: str
    title: str
    text: str


def keep_private(cache: Path) -> None:
    """Keep the segmenter's dictionary in a private folder below `cache`, not at a predictable path everybody shares."""
    import jieba

    folder = cache / "jieba"
    jieba.setLogLevel(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    jieba.dt.tmp_dir = str(folder)


def index(built: str, entries: Iterable[Entry], cache: Path) -> str:
    """The index of one language as JSON: the builder's entries (`built`) and one per generated page.

    Every run of Han characters is cut into words; names and terms that are titles of pages stay whole. The
    segmenter keeps its dictionary below `cache`. Nothing is cut when there is no Han text.
    """
    content: dict[str, Any] = json.loads(built)
    documents = [_joined(document) for document in content["docs"]]
    generated = [
        {
            "location": entry.location,
            "title": search_text(entry.title, TITLE_LENGTH),
            "text": search_text(entry.text, TEXT_LENGTH),
        }
        for entry in entries
    ]
    everything = documents + generated
    if any(_HAN.search(entry["title"]) or _HAN.search(entry["text"]) for entry in everything):
        cut = _Cutter({run for entry in everything for run in _HAN.findall(entry["title"])}, cache)
        everything = [entry | {"title": cut(entry["title"]), "text": cut(entry["text"])} for entry in everything]
    content["docs"] = everything
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _joined(document: dict[str, Any]) -> dict[str, Any]:
    """A builder's entry without its own breaks: all entries are cut the same way."""
    return document | {name: str(document[name]).replace(BREAK, "") for name in ("title", "text")}


class _Cutter:
    """Cuts Han text into words, knowing the site's own words."""

    def __init__(self, words: Iterable[str], cache: Path) -> None:
        keep_private(cache)
        import jieba

        jieba.dt.initialize()
        # A copy: words of one site must not change how the next build in this process is cut.
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ = dict(jieba.dt.FREQ)
        self._tokenizer.total = jieba.dt.total
        self._tokenizer.initialized = True
        for word in sorted(words):
            if 2 <= len(word) <= LONGEST_WORD:
                self._tokenizer.add_word(word)

    def __call__(self, text: str) -> str:
        return _HAN.sub(lambda run: f"{BREAK}{BREAK.join(self._words(run[0]))}{BREAK}", text).strip(BREAK)

    def _words(self, run: str) -> Iterator[str]:
        words: Iterator[str] = self._tokenizer.cut(run)
        return words
