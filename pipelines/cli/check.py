"""Looks whether the project itself is whole: everything people edit, without needing data.

Belongs here: which parts are looked at and in which order. Does not belong here: the rules of each part (they stand
with the part), style and types of code (`make check` runs those tools).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.errors import FloorwalkError, Problem
from pipelines.settings import LANGUAGES, PROJECT


@dataclass(frozen=True)
class Part:
    """One part of the project; `faults` returns or raises everything that is wrong with it."""

    name: str
    faults: Callable[[Path], Sequence[Problem]]


def run(project: Path = PROJECT) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """Each part's name with all its faults; a fault in one part keeps no other from being looked at."""
    for part in PARTS:
        try:
            found = tuple(part.faults(project))
        except FloorwalkError as error:
            found = error.problems
        yield part.name, found


def _contract(project: Path) -> Sequence[Problem]:
    from pipelines.ingest.contract import load_contract

    load_contract(project / "dbt_project")
    return ()


def _layouts(project: Path) -> Sequence[Problem]:
    from pipelines.ingest.contract import load_contract
    from pipelines.ingest.layout import load_layouts

    layouts = load_layouts(project / "dbt_project", load_contract(project / "dbt_project"))
    return [question for layout in layouts.by_name.values() for question in layout.questions]


def _catalogue(project: Path) -> Sequence[Problem]:
    from pipelines.cli import catalogue

    return catalogue.faults(project / "dbt_project")


def _rules(project: Path) -> Sequence[Problem]:
    from pipelines import rules

    return rules.faults(project / "dbt_project")


def _words(project: Path) -> Sequence[Problem]:
    from pipelines import words
    from pipelines.site.templates import sentences

    folder = project / "site_templates" / "words"
    used = tuple(sentences())
    return [problem for language in LANGUAGES for problem in words.check(used, words.load(folder, language))]


def _advice(project: Path) -> Sequence[Problem]:
    """Advice exists for everything a page may speak of, in every language, built alike."""
    from pipelines.rules.seeds import read_seed
    from pipelines.site import advice

    folder = project / "site_templates" / "advice"
    errors = read_seed(project / "dbt_project", "error_types", {}).rows
    return advice.faults(folder, techniques=[str(row["error_type"]) for row in errors])


def _pages(project: Path) -> Sequence[Problem]:
    from pipelines.site.pages import kinds

    kinds()
    return ()


def _documents(project: Path) -> Sequence[Problem]:
    """Hand-written documents exist in every language under the same name."""
    trees = {
        language: {
            file.relative_to(project / "docs" / language) for file in (project / "docs" / language).rglob("*.md")
        }
        for language in LANGUAGES
    }
    everything = set().union(*trees.values())
    return [
        Problem("the document is missing in this language", f"docs/{language}/{name.as_posix()}", fix="write it")
        for language, files in trees.items()
        for name in sorted(everything - files)
    ]


def _models(project: Path) -> Sequence[Problem]:
    from pipelines.transform import prepare_manifest

    with TemporaryDirectory(prefix="floorwalk-check-") as target:
        prepare_manifest(Path(target))
    return ()


PARTS = (
    Part("contract of raw tables", _contract),
    Part("export layouts", _layouts),
    Part("KPI catalogue", _catalogue),
    Part("rules, weights, standards, quotas, errors and policies", _rules),
    Part("words in every language", _words),
    Part("coaching advice", _advice),
    Part("page templates", _pages),
    Part("documents in every language", _documents),
    Part("dbt project", _models),
)
