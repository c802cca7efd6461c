"""Coaching advice: short Markdown files people write, one per matter and language, read with their front matter.

Belongs here: which kinds of advice there are and what each must hold, reading them, saying what is missing. Does not
belong here: the advice itself (site_templates/advice), which advice a page shows (`areas`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import markdown
import yaml
from markupsafe import Markup

from pipelines import chinese
from pipelines.errors import FloorwalkError, Problem
from pipelines.settings import LANGUAGES, PROJECT

FOLDER = PROJECT / "site_templates" / "advice"

KINDS: Mapping[str, tuple[str, ...]] = {
    "techniques": ("steps", "say", "questions", "scenario", "observe", "practise"),
    "kpis": ("goal", "reality", "options", "will", "strength", "watch_out"),
    "tiers": ("plan", "questions", "first_step", "watch_out"),
    "quadrants": ("plan", "questions", "watch_out"),
    "causes": ("ask", "offer", "watch_out"),
    "combinations": ("steps",),
    "stages": ("minutes", "do", "say", "questions", "avoid"),
    "forms": ("how",),
    "choosers": (),
    "badges": (),
}
"""Folders below a language, and what the front matter of their files holds beside `title` and `line`."""
ALWAYS = ("title", "line")
TIERS = ("high", "mid", "low", "new_starter", "not_enough_evidence")
QUADRANTS = ("lead", "unblock", "develop", "restart")
CAUSES = ("skill", "workload", "personal", "job_fit")
STAGES = ("prepare", "relationship", "feedback", "action_plan", "track", "self_coaching", "expectations", "role_play",
          "gamification")  # fmt: skip
"""The nine stages of a coaching flow, in order."""
EXPECTED: Mapping[str, tuple[str, ...]] = {
    "tiers": TIERS,
    "quadrants": (*QUADRANTS, "between", "not_rated"),
    "causes": (*CAUSES, "unknown"),
    "combinations": (
        *(f"{tier}.{quadrant}" for tier in TIERS[:3] for quadrant in QUADRANTS),
        *(f"{tier}.{cause}" for tier in TIERS[1:3] for cause in CAUSES),
    ),
    "stages": STAGES,
    "forms": ("one_to_one", "group", "simulation"),
    "choosers": ("coach_or_train", "grow"),
    "badges": ("steady_hand", "rising", "goal_reached", "personal_best", "customer_praise", "helper", "quick_start"),
}
"""What pages rely on; techniques follow the error types of dbt_project/seeds."""


@dataclass(frozen=True)
class Advice:
    """One file in one language. `advice["steps"]` is a part of its front matter, texts as written."""

    kind: str
    name: str
    title: str
    line: str
    """One sentence, for where there is no room for more."""
    parts: Mapping[str, Any]
    text: str
    """Markdown below the front matter."""

    def __getitem__(self, part: str) -> Any:
        return self.parts[part]

    @cached_property
    def body(self) -> Markup:
        """The text as HTML; written by the authors of the project, like its templates."""
        return Markup(markdown.markdown(self.text))  # noqa: S704 - no data in it


class Library:
    """All advice of one language."""

    def __init__(self, language: str, found: Mapping[tuple[str, str], Advice]) -> None:
        self.language = language
        self._found = found

    def __call__(self, kind: str, name: str) -> Advice:
        """One piece of advice; KeyError when nobody wrote it."""
        return self._found[kind, name]

    def has(self, kind: str, name: str | None) -> bool:
        """Whether somebody wrote it."""
        return (kind, name) in self._found

    def of_kind(self, kind: str) -> tuple[Advice, ...]:
        """All of a kind, by name."""
        return tuple(self._found[key] for key in sorted(self._found) if key[0] == kind)


@lru_cache
def library(language: str, folder: Path | None = None) -> Library:
    """The advice of a language. Raises FloorwalkError naming every file that lacks something."""
    folder = folder or FOLDER
    found: dict[tuple[str, str], Advice] = {}
    problems: list[Problem] = []
    for file in files(language, folder):
        matter, text = _split(chinese.document(file.read_text(encoding="utf-8"), language))
        where = file.relative_to(folder).as_posix()
        kind = file.parent.name
        wrong = _wrong(kind, matter)
        if wrong:
            problems.append(Problem(wrong, where, fix="see the other files of its folder"))
            continue
        parts = {name: part for name, part in matter.items() if name not in ALWAYS}
        found[kind, file.stem] = Advice(kind, file.stem, matter["title"], matter["line"], parts, text)
    if problems:
        raise FloorwalkError(problems)
    return Library(language, found)


def files(language: str, folder: Path | None = None) -> list[Path]:
    """Every advice file of a language, or of the one it is generated from."""
    return sorted(((folder or FOLDER) / chinese.source(language)).glob("*/*.md"))


def faults(folder: Path = FOLDER, techniques: Iterable[str] = ()) -> list[Problem]:
    """Everything wrong: advice pages rely on and nobody wrote, a file without its twin, twins not built alike."""
    return [*_missing(folder, {**EXPECTED, "techniques": techniques}), *_twins(folder)]


def _missing(folder: Path, expected: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    for language in LANGUAGES:
        written = library(language, folder)
        for kind, names in expected.items():
            for name in names:
                if not written.has(kind, name):
                    where = f"{language}/{kind}/{name}.md"
                    yield Problem("advice that pages rely on is missing", where, "a sheet would have a gap", "write it")


def _twins(folder: Path) -> list[Problem]:
    first, *others = (library(language, folder) for language in LANGUAGES)
    problems: list[Problem] = []
    for other in others:
        for kind in KINDS:
            own, theirs = ({piece.name: piece for piece in lib.of_kind(kind)} for lib in (first, other))
            for name in sorted(own.keys() ^ theirs.keys()):
                lacks = other.language if name in own else first.language
                why = f"readers of /{lacks}/ would find a gap"
                problems.append(Problem("advice in one language only", f"{lacks}/{kind}/{name}.md", why, "write it"))
            for name in sorted(own.keys() & theirs.keys()):
                if _shape(own[name].parts) != _shape(theirs[name].parts):
                    where = f"{first.language} and {other.language}/{kind}/{name}.md"
                    fix = "same keys and as many items in both"
                    problems.append(Problem("twins that are not built alike", where, fix=fix))
    return problems


def _shape(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {name: _shape(inner) for name, inner in part.items()}
    if isinstance(part, list):
        return [_shape(inner) for inner in part]
    return part if isinstance(part, int) else type(part).__name__


def _wrong(kind: str, matter: Mapping[str, Any]) -> str:
    if kind not in KINDS:
        return f"no kind of advice is called {kind!r}"
    missing = [name for name in (*ALWAYS, *KINDS[kind]) if not matter.get(name) and matter.get(name) != 0]
    return f"front matter lacks {', '.join(missing)}" if missing else ""


def _split(text: str) -> tuple[Mapping[str, Any], str]:
    """Front matter and what stands below it."""
    _, matter, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "{}", text)
    found = yaml.safe_load(matter)
    return (found if isinstance(found, dict) else {}), body.strip()
