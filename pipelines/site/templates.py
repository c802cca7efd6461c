"""Page templates: their front matter, the environment that renders them, and what their code is worth as a digest.

Belongs here: reading site_templates/pages and partials. Does not belong here: what is passed to them (`contexts`),
sentences (`fragments`, `answers`, `captions`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import yaml
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound

from pipelines import charts, figures, habits, ingest, words
from pipelines.charts.palette import palette
from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest.reasons import ALL_FROM, ALL_ON, DOUBT_REMEDIES, DOUBTS, FILE_REASONS, ROW_REASONS
from pipelines.settings import PROJECT
from pipelines.site import advice, glossary
from pipelines.words import Sentence

TEMPLATES = PROJECT / "site_templates"
SUFFIX = ".html.j2"
WRITERS = (
    "advice", "answers", "caption", "captions", "cautions", "contexts", "drawings", "finder", "fragments", "glossary",
    "keys", "lettering", "listings", "live", "mentions", "names", "outline", "pages", "parts", "person", "reach",
    "selection", "spreads", "status", "templates", "terms", "timeline", "trail",
)  # fmt: skip
"""Modules of this package that decide what a page says."""
SMALL_PICTURES = ("small", "inline", "goal_path", "_icons", "_key_marks", "_pen", "_standing")
"""Modules of pipelines/charts whose pictures stand in the text of pages."""
REPEATED_FOR = ("once", "team", "agent", "kpi", "period")


@dataclass(frozen=True)
class PageKind:
    """One template of site_templates/pages, as its front matter describes it."""

    name: str
    each: str
    """once, or what the page is repeated for: team, agent, kpi, period."""
    path: str
    """Below the language root; {slug} stands for the entity when repeated."""
    title: str
    """English title of the menu; translated like every sentence."""
    section: str
    """Section of the menu; empty keeps the page out of it."""
    order: int
    needs: tuple[str, ...]
    """Contract tables its judgements rest on beside the figures it shows: doubts about them are told at its top."""


class _Loader(BaseLoader):
    """Templates below site_templates, front matter blanked out so that line numbers in errors stay true."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        file = TEMPLATES / template
        if not file.is_file():
            raise TemplateNotFound(template)
        matter, body = _split(file.read_text(encoding="utf-8"))
        return "{#" + "\n" * matter.count("\n") + "#}" + body if matter else body, str(file), None


def environment() -> Environment:
    """Autoescaping templates in which anything undefined is an error."""
    return Environment(
        loader=_Loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )


@lru_cache
def kinds() -> tuple[PageKind, ...]:
    """Every page kind, in the order of the menu. Raises FloorwalkError with everything wrong in any front matter."""
    found: list[PageKind] = []
    problems: list[Problem] = []
    for file in sorted((TEMPLATES / "pages").glob(f"*{SUFFIX}")):
        matter = yaml.safe_load(_split(file.read_text(encoding="utf-8"))[0].strip("-\n") or "{}")
        wrong = _wrong(matter)
        if wrong:
            problems.append(Problem(wrong, where=f"site_templates/pages/{file.name}", fix="see CONTRIBUTING"))
            continue
        found.append(PageKind(name=file.name.removesuffix(SUFFIX), **(matter | {"needs": tuple(matter["needs"])})))
    if problems:
        raise FloorwalkError(problems)
    return tuple(sorted(found, key=lambda kind: (kind.order, kind.name)))


def _wrong(matter: Mapping[str, object]) -> str:
    wanted = {"each", "path", "title", "section", "order", "needs"}
    if set(matter) != wanted:
        return f"front matter has {sorted(matter)}, wants {sorted(wanted)}"
    if matter["each"] not in REPEATED_FOR:
        return f"each is {matter['each']!r}, wants one of {', '.join(REPEATED_FOR)}"
    if ("{slug}" in str(matter["path"])) != (matter["each"] != "once"):
        return f"path is {matter['path']!r}; it holds {{slug}} exactly when the page is repeated"
    return ""


def _split(text: str) -> tuple[str, str]:
    """Front matter (with its rulers) and body."""
    if not text.startswith("---\n"):
        return "", text
    end = text.index("\n---\n", 3) + 5
    return text[:end], text[end:]


def sources() -> Iterator[tuple[str, str]]:
    """Every template as (name below site_templates, source with front matter blanked out)."""
    loader, shared = _Loader(), environment()
    for folder in ("pages", "partials", "areas"):
        for file in sorted((TEMPLATES / folder).glob(f"*{SUFFIX}")):
            name = f"{folder}/{file.name}"
            yield name, loader.get_source(shared, name)[0]


def sentences() -> Iterator[Sentence]:
    """Every sentence the site can say: of templates, their titles, this package, and the reasons for refusing rows."""
    shared = environment()
    for name, source in sources():
        yield from words.in_template(source, name, shared)
    for kind in kinds():
        yield Sentence(kind.title, frozenset(), f"pages/{kind.name}{SUFFIX}, title")
    here = Path(__file__).parent
    for file in sorted([*here.glob("*.py"), *here.glob("areas/*.py")]):
        yield from words.in_python(file.read_text(encoding="utf-8"), f"pipelines/site/{file.relative_to(here)}")
    for chart, module in {**charts.chart_modules(), **charts.direct_modules()}.items():
        yield Sentence(module.QUESTION, frozenset(), f"pipelines/charts/{chart}.py")
    for colour in palette().values():
        yield Sentence(colour.meaning, frozenset(), "site_templates/palette.yml")
    for text in (ROW_REASONS | FILE_REASONS).values():
        yield Sentence(text, frozenset(), "pipelines/ingest/reasons.py")
    for text in (*DOUBTS.values(), *DOUBT_REMEDIES.values(), ALL_ON, ALL_FROM):
        yield Sentence(text, words.placeholders(text), "pipelines/ingest/reasons.py")


@lru_cache
def code_digest(kind: str, language: str) -> str:
    """Of everything but the data that decides what a page of a kind says: templates, words, the code of this floor."""
    here = Path(__file__).parent
    files = [
        TEMPLATES / "pages" / f"{kind}{SUFFIX}",
        *sorted((TEMPLATES / "partials").glob(f"*{SUFFIX}")),
        *sorted((TEMPLATES / "areas").glob(f"*{SUFFIX}")),
        *words.files(TEMPLATES / "words", language),
        *advice.files(language),
        *(here / f"{name}.py" for name in WRITERS),
        *sorted((here / "areas").glob("*.py")),
        Path(figures.__file__),
        Path(habits.__file__),
        Path(words.__file__),
        Path(ingest.__file__).parent / "reasons.py",
        *(file for file in [glossary.document(language)] if file.is_file()),
        *(Path(charts.__file__).parent / f"{name}.py" for name in SMALL_PICTURES),
    ]
    digest = hashlib.sha256(f"{language} babel {version('babel')} opencc {version('opencc')}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
