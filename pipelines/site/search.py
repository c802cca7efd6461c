"""The search index: the documents' entries from the site builder, and one short entry per generated page.

Belongs here: entries, what the index holds of them, Chinese word segmentation with the site's own names as words.
Does not belong here: deciding which pages exist, the search box (theme), finding people by pinyin (quick jump).

What the index holds is decided by its weight: every reader loads it with the first page. One person has one entry, the
page of figures; sheets, journals and guides are reached from there and by the quick jump. Each entry has a field `keys`
that is searched and never shown: the title in the other Chinese script and the parts of its Han words, so that 話務量
finds 话务量 and 丹青 finds 赫连丹青. Pinyin and initials are left to the quick jump, which loads its names when it is
opened. With the documents of this project and 150 agents in 12 teams the index has 76 kB in English and 95 in Chinese
after gzip; tests keep what a thousand people add below 45 and what a first page loads in its budget
(`pipelines/site/weight.py`).
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines import chinese
from pipelines.site import han
from pipelines.site.escape import search_text
from pipelines.site.glossary import DOCUMENT, Term
from pipelines.site.source import Kind

INDEX = Path("search") / "search_index.json"
TITLE_LENGTH = 80
TEXT_LENGTH = 300
LONGEST_WORD = 12
"""Han characters; a longer run in a title is a sentence, not a name or a term."""
LONGEST_NAME = 4
"""Han characters; a longer run is a term, whose parts are words and not just any tail."""

BREAK = "\N{ZERO WIDTH SPACE}"
"""Stands between Chinese words; the index's separator splits there and readers do not see it."""

KEYS_BOOST = 100
"""Between a word of a title (1,000 in the builder's index) and a word of a text (1)."""
PAGE_BOOST, LATER = 2.0, 0.1
"""A generated page over a section of a document whose title holds the same words; by how much of that less a page ten
times further down the menu gets, so that equally good pages come in its order."""

VARIANT, ASIDE = re.compile(r"\([a-z][a-z ]*\)$"), 0.9
"""A title that ends with a remark, as in "Resolution rate (of answered)": an entry that holds the same words without
one comes before it. A rare word in the remark would outweigh a common one in the plain title."""


@dataclass(frozen=True)
class Entry:
    """One generated page as search finds it: path below the language root, title and summary as plain text."""

    location: str
    title: str
    text: str
    names: tuple[str, ...] = ()
    """What else it is called: searched, not shown. No names of people: theirs are titles, and kept whole."""


def listed(kinds: Iterable[Kind]) -> frozenset[str]:
    """Page kinds that have entries: those that exist once, and of those about the same things the first in the menu."""
    first: dict[str, str] = {}
    for kind in sorted(kinds, key=lambda kind: (kind.order, kind.name)):
        first.setdefault(kind.name if kind.each == "once" else kind.each, kind.name)
    return frozenset(first.values())


def of_terms(terms: Iterable[Term]) -> Iterator[Entry]:
    """One entry per term of the glossary, instead of one for a whole table of them."""
    for term in terms:
        yield Entry(term.href, f"{term.own} · {term.other}", term.meaning, (term.own,))


def keep_private(cache: Path) -> None:
    """Keep the segmenter's dictionary in a private folder below `cache`, not at a predictable path everybody shares."""
    import jieba

    folder = cache / "jieba"
    jieba.setLogLevel(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    jieba.dt.tmp_dir = str(folder)


def index(built: str, entries: Iterable[Entry], cache: Path) -> str:
    """The index of one language as JSON: the builder's entries (`built`) and one per generated page.

    Every run of Han characters is cut into words; names and terms that are titles of pages stay whole, and their parts
    are keys. The segmenter keeps its dictionary below `cache`.
    """
    content: dict[str, Any] = json.loads(built)
    offered = list(entries)
    generated = [_generated(entry, place) for place, entry in enumerate(offered)]
    names = {entry.location: entry.names for entry in offered}
    replaced = {entry["location"] for entry in generated if "#" in entry["location"]}
    everything = [_joined(each) for each in content["docs"] if not (replaced and _is_table_of_terms(each))] + generated
    cut = _Cutter({run for entry in everything for run in han.HAN.findall(entry["title"])}, cache)
    content["docs"] = [_cut(entry, names.get(entry["location"], ()), cut) for entry in everything]
    content.setdefault("config", {}).setdefault("fields", {})["keys"] = {"boost": KEYS_BOOST}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _generated(entry: Entry, place: int) -> dict[str, Any]:
    texts = {"title": search_text(entry.title, TITLE_LENGTH), "text": search_text(entry.text, TEXT_LENGTH)}
    boost = (PAGE_BOOST - LATER * math.log10(1 + place)) * (ASIDE if VARIANT.search(entry.title) else 1)
    return {"location": entry.location} | texts | {"boost": int(boost * 10_000) / 10_000}


def _is_table_of_terms(document: dict[str, Any]) -> bool:
    """Whether a builder's entry holds a table of the glossary, whose rows are entries themselves."""
    return str(document["location"]).startswith(f"{DOCUMENT}.html#")


def _joined(document: dict[str, Any]) -> dict[str, Any]:
    """A builder's entry without its own breaks: all entries are cut the same way."""
    return document | {name: str(document[name]).replace(BREAK, "") for name in ("title", "text")}


def _cut(entry: dict[str, Any], names: Iterable[str], cut: _Cutter) -> dict[str, Any]:
    found = [key for run in han.HAN.findall(entry["title"]) for key in cut.keys(run)]
    for name in names:
        found += [word for word in han.HAN.sub(" ", name).split() if word not in entry["title"]]
        found += [key for run in han.HAN.findall(name) for key in cut.keys(run, is_term=True)]
    said = entry | {"title": cut(entry["title"]), "text": cut(entry["text"])}
    return said | {"keys": BREAK.join(dict.fromkeys(found))} if found else said


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
                self._tokenizer.add_word(chinese.simplified(word))

    def __call__(self, text: str) -> str:
        return han.HAN.sub(lambda run: f"{BREAK}{BREAK.join(self._words(run[0]))}{BREAK}", text).strip(BREAK)

    def keys(self, run: str, *, is_term: bool = False) -> Iterator[str]:
        """Other words that find a run of Han in a title or in a name: what it ends with, and all in the other script.

        A short run that is not said to be a term may be somebody's name, which is found whole before its parts are.
        """
        if len(run) > LONGEST_WORD:
            return
        may_be_person = len(run) <= LONGEST_NAME and not is_term
        for part in han.tails(run) if may_be_person else self._ends(run):
            yield part
            yield from han.other_scripts(part)
        if may_be_person:
            yield from han.other_scripts(run)

    def _ends(self, run: str) -> Iterator[str]:
        """A term, and what is left of it from each of its words on, without the last character.

        The search box looks at what was typed without its last character for words it knows, and then for words that
        begin so: 平均处理时长 is looked up as 平均处理时… where that is known, else as 平均… 处理….
        """
        yield run[:-1] if len(run) > 2 else run
        for word, start, _ in self._tokenizer.tokenize(chinese.simplified(run), mode="search"):
            if 0 < start < len(run) - 1 and len(word) > 1:
                yield run[start:-1] if len(run) - start > 2 else run[start:]

    def _words(self, run: str) -> Iterator[str]:
        """Words of a run of Han characters, which are looked up as Simplified: the dictionary has no others."""
        begin = 0
        for word in self._tokenizer.cut(chinese.simplified(run)):
            yield run[begin : begin + len(word)]
            begin += len(word)
