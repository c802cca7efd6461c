"""The words of the site in each language: English stands where it is used, other languages in `words/<language>.yml`.

Belongs here: looking a sentence up, filling its placeholders, finding every sentence that is used. Does not belong
here: numbers and dates as text (`figures`), which sentence to say (`site/fragments.py` and the templates), how a
generated language is written (`chinese`).
"""

from __future__ import annotations

import ast
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml
from jinja2 import Environment, nodes
from markupsafe import Markup, escape

from pipelines import chinese
from pipelines.errors import Exit, FloorwalkError, Problem

SOURCE_LANGUAGE = "en"
LABELS = "labels"
"""Subject of the file with a language's words for our own labels in the data; English and Chinese stand there."""


@dataclass(frozen=True)
class Sentence:
    """One sentence as used at one place."""

    text: str
    values: frozenset[str]
    where: str


@dataclass(frozen=True)
class Words:
    """Says a sentence in one language. Called as `_("Sentence with {name}", name=…)` in templates and fragments."""

    language: str
    sentences: Mapping[str, str] = field(repr=False)
    """English sentence → sentence of this language; not read for English."""
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)
    """English label of the data → label of this language, for languages the data have no label in."""
    _known: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, text: str, /, **values: object) -> str:
        """The sentence with its placeholders filled; Markup when a value is Markup, everything else escaped then.

        Raises FloorwalkError when the sentence has no translation or a placeholder does not fit its values.
        """
        said = text if self.language == SOURCE_LANGUAGE else self.sentences.get(text)
        if said is None:
            raise FloorwalkError(_missing(text, self.language, ""), Exit.BUG)
        if not values:
            if "{" in said:
                self._check(text, said, values)
            return said
        self._check(text, said, values)
        if any(hasattr(value, "__html__") for value in values.values()):
            return Markup(escape(said)).format(**values)  # noqa: S704 - escaped on this line
        return said.format(**values)

    def _check(self, text: str, said: str, values: Mapping[str, object]) -> None:
        if said not in self._known:
            self._known[said] = placeholders(said)
        if self._known[said] != values.keys():
            raise FloorwalkError(_wrong_values(text, self.language, self._known[said], values.keys(), ""), Exit.BUG)


def placeholders(text: str) -> frozenset[str]:
    """Names in braces of a sentence."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def files(folder: Path, language: str) -> list[Path]:
    """The files that decide what a language says: `<language>.yml`, and `<language>.<subject>.yml` for each subject.

    A generated language has the files of the one it is written from, and what conversion follows.
    """
    written = chinese.source(language)
    own = sorted([*folder.glob(f"{written}.yml"), *folder.glob(f"{written}.*.yml")])
    return [*own, *chinese.inputs(language)]


def load(folder: Path, language: str) -> Words:
    """Words of a language from its files; English needs none. FloorwalkError for a sentence in two files."""
    sentences: dict[str, str] = {}
    labels: Mapping[str, str] = {}
    if language != SOURCE_LANGUAGE:
        for file in files(folder, chinese.source(language)):
            found = {text: chinese.said(said, language) for text, said in _read(file).items()}
            if file.name.endswith(f".{LABELS}.yml"):
                labels = found
                continue
            if twice := sorted(sentences.keys() & found.keys()):
                problems = [
                    Problem(f"{text!r} stands in two files", file.name, fix="delete one of the two lines")
                    for text in twice
                ]
                raise FloorwalkError(problems)
            sentences |= found
    return Words(language, sentences, labels)


@lru_cache
def _read(file: Path) -> Mapping[str, str]:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise FloorwalkError(
            Problem("not a list of sentences", where=file.name, fix='write lines of "English": "translation"')
        )
    return {str(text): str(said) for text, said in content.items()}


def in_template(source: str, where: str, environment: Environment) -> Iterator[Sentence]:
    """Every `_("…")` of a template. Raises FloorwalkError where the sentence is not written out."""
    for call in environment.parse(source).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name != "_":
            continue
        first = call.args[0] if call.args else None
        if not isinstance(first, nodes.Const) or not isinstance(first.value, str):
            raise FloorwalkError(_not_written_out(f"{where}, line {call.lineno}"), Exit.BUG)
        yield Sentence(first.value, frozenset(pair.key for pair in call.kwargs), f"{where}, line {call.lineno}")


def in_python(source: str, where: str) -> Iterator[Sentence]:
    """Every `_("…")` or `….words("…")` of a module. Raises FloorwalkError where the sentence is not written out."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not _says(call.func):
            continue
        place = f"{where}, line {call.lineno}"
        first = call.args[0] if call.args else None
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            raise FloorwalkError(_not_written_out(place), Exit.BUG)
        given = frozenset(pair.arg for pair in call.keywords if pair.arg)
        spread = len(given) < len(call.keywords)  # `**values` is checked when it is said
        yield Sentence(first.value, placeholders(first.value) if spread else given, place)


def _says(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id == "_"


def check(used: Iterable[Sentence], words: Words) -> list[Problem]:
    """Everything wrong between the sentences used and one language's file: missing, misfilled, unused."""
    problems: dict[str, Problem] = {}
    texts = set()
    for sentence in used:
        texts.add(sentence.text)
        if placeholders(sentence.text) != sentence.values:
            problems[sentence.text] = _wrong_values(
                sentence.text, SOURCE_LANGUAGE, placeholders(sentence.text), sentence.values, sentence.where
            )
        if words.language == SOURCE_LANGUAGE:
            continue
        said = words.sentences.get(sentence.text)
        if said is None:
            problems[sentence.text] = _missing(sentence.text, words.language, sentence.where)
        elif placeholders(said) != sentence.values:
            problems[sentence.text] = _wrong_values(
                sentence.text, words.language, placeholders(said), sentence.values, sentence.where
            )
    for text in words.sentences.keys() - texts:
        problems[text] = Problem(f"nothing says {text!r}", where=f"words/{words.language}.yml", fix="delete the line")
    return [problems[text] for text in sorted(problems)]


def _missing(text: str, language: str, where: str) -> Problem:
    return Problem(
        f"no {language} for {text!r}",
        where=where,
        why=f"readers of /{language}/ would meet an English sentence",
        fix=f"add it to site_templates/words/{chinese.source(language)}.yml",
    )


def _wrong_values(text: str, language: str, wanted: Iterable[str], given: Iterable[str], where: str) -> Problem:
    return Problem(
        f"placeholders of the {language} sentence do not fit: {text!r} wants {sorted(wanted)}, gets {sorted(given)}",
        where=where,
        fix="use the same names in braces in the sentence, its translation and the call",
    )


def _not_written_out(where: str) -> Problem:
    return Problem(
        "a sentence that is not written out",
        where=where,
        why="it could not be translated",
        fix='write the sentence inside the call: _("…")',
    )
