"""Running the site builder: one MkDocs build per language over its documents and one stub per page kind.

Belongs here: staging, the builder's configuration, taking its output apart. The only importer of mkdocs; another
builder replaces this module and nothing else. Does not belong here: keeping finished shells (`cache`), filling them
(`stamp`), the look (`mkdocs.yml`, `site_templates/theme`).
"""

from __future__ import annotations

import logging
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from pipelines import chinese
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.settings import quiet_tools
from pipelines.site import menu, policy, stamp
from pipelines.site.source import Kind
from pipelines.words import SOURCE_LANGUAGE

ONCE = "once"

_UNWANTED = (
    "404.html", "sitemap.xml", "sitemap.xml.gz",  # for public web servers; the site map also holds the clock
    "assets/**/*.map",                            # for the theme's developers
    "assets/javascripts/lunr/**/*.js",            # stemming of languages the site does not have
    "assets/images/favicon.png", "assets/stylesheets/palette.*.css",  # replaced by the look's own
)  # fmt: skip


@dataclass(frozen=True)
class Stub:
    """One page kind as the site builder sees it. `path` has one {placeholder} when the kind is repeated."""

    kind: str
    path: str
    menu_title: str
    section: str
    order: int
    is_repeated: bool

    @property
    def page(self) -> str:
        """Its path with the placeholder token for the part that differs from page to page."""
        return re.sub(r"\{[^{}]*\}", stamp.STEM, self.path)

    @property
    def source(self) -> str:
        """Its Markdown path in the staged docs tree."""
        return self.page.removesuffix(".html") + ".md"


@dataclass(frozen=True)
class Look:
    """Where the look of the site is: `project` holds mkdocs.yml, docs/ and site_templates/theme."""

    project: Path
    palette_css: str
    """Style sheet with the named colours; published as assets/palette.css."""

    @property
    def config(self) -> dict[str, Any]:
        """mkdocs.yml as it was written."""
        content: dict[str, Any] = yaml.safe_load((self.project / "mkdocs.yml").read_text(encoding="utf-8"))
        return content

    def words(self, language: str) -> dict[str, Any]:
        """Words of the frame in one language; a generated language takes from its source what it does not have."""
        known: Mapping[str, dict[str, Any]] = self.config["extra"]["languages"]
        borrowed = {
            name: chinese.said(known[chinese.source(language)][name], language) for name in ("root", "footer", "jump")
        }
        return borrowed | known[language]

    def reads(self, languages: Sequence[str]) -> dict[str, str]:
        """Locale of a browser, in small letters → the language its reader gets."""
        found = {locale: language for language in languages for locale in self.words(language).get("reads", ())}
        for language in languages:
            found.setdefault(language.split("-")[0], language)
        return found | {language: language for language in languages}

    def docs(self, language: str) -> Path:
        """Folder of a language's hand-written pages, or of those it is generated from; may not exist.

        A language that nobody has written documents in yet has the English ones.
        """
        own = self.project / "docs" / chinese.source(language)
        return own if own.is_dir() else self.project / "docs" / SOURCE_LANGUAGE

    @property
    def theme(self) -> Path:
        """Overrides, styles and scripts of the theme; published as they are."""
        return self.project / "site_templates" / "theme"


def stub(kind: Kind, menu_title: str) -> Stub:
    """The stub of a page kind. Raises FloorwalkError when its path does not fit what it is repeated for."""
    placeholders = re.findall(r"\{[^{}]*\}", kind.path)
    wanted = 0 if kind.each == ONCE else 1
    in_name = "{" in posixpath.basename(kind.path) and "{" not in posixpath.dirname(kind.path)
    if len(placeholders) != wanted or (wanted and not in_name) or not kind.path.endswith(".html"):
        rule = "a repeated kind has one {placeholder}, in its file name; others have none; all end in .html"
        problem = Problem(f"path {kind.path!r} does not fit each: {kind.each}", f"page kind {kind.name}", fix=rule)
        raise FloorwalkError(problem, Exit.BUG)
    return Stub(kind.name, kind.path, menu_title, kind.section, kind.order, kind.each != ONCE)


def build(
    stubs: Sequence[Stub], language: str, languages: Sequence[str], look: Look, scratch: Path, out: Path
) -> dict[str, stamp.Shell]:
    """Build one language into `out` and return its shells by page kind; what is left in `out` is finished.

    `scratch` is an empty private folder. Raises FloorwalkError with every warning of the builder: it runs strictly.
    """
    docs = scratch / "docs"
    entries = _stage(stubs, language, look, docs)
    staged = scratch / "mkdocs.yml"
    config = _config(look, language, languages, entries, stubs) | {"docs_dir": str(docs), "site_dir": str(out)}
    staged.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    _run(staged, language)
    shells = {}
    for each in stubs:
        page = out / each.page
        shells[each.kind] = stamp.Shell(each.kind, each.path, page.read_text(encoding="utf-8"))
        page.unlink()
    _tidy(out)
    return shells


def _stage(stubs: Sequence[Stub], language: str, look: Look, docs: Path) -> list[menu.Entry]:
    """Lay documents, stubs and the palette into one tree; return the menu's entries."""
    written = look.docs(language)
    if written.is_dir():
        shutil.copytree(written, docs)
    docs.mkdir(parents=True, exist_ok=True)
    for page in docs.rglob("*.md"):
        page.write_text(chinese.document(page.read_text(encoding="utf-8"), language), encoding="utf-8")
    found = menu.documents(written) if written.is_dir() else []
    documents = [replace(entry, title=chinese.said(entry.title, language)) for entry in found]
    clashes = {entry.source for entry in documents} & {each.source for each in stubs}
    if clashes:
        where = f"docs/{language}"
        raise FloorwalkError(Problem(f"{p} is also a generated page", where, fix="rename it") for p in sorted(clashes))
    single = [each for each in stubs if not each.is_repeated]
    entries = [menu.Entry(each.menu_title, each.source, each.section, each.order) for each in single] + documents
    tabs = _tabs(entries)
    for each in stubs:
        meta = {
            "title": stamp.TITLE,
            "description": stamp.SUMMARY,
            "shell": stamp.CONTENT,
            "tab": tabs.get(each.section, ""),
            "hide": ["navigation", "toc"],
            "search": {"exclude": True},
        }
        file = docs / each.source
        file.parent.mkdir(parents=True, exist_ok=True)
        # The heading is not published; it gives the theme a target for its "skip to content" link.
        file.write_text(f"---\n{yaml.safe_dump(meta)}---\n\n# {stamp.TITLE} {{: #content }}\n", encoding="utf-8")
    palette = docs / "assets" / "palette.css"
    palette.parent.mkdir(parents=True, exist_ok=True)
    palette.write_text(look.palette_css, encoding="utf-8")
    return entries


def _tabs(entries: Sequence[menu.Entry]) -> dict[str, str]:
    """First page of every section, as the theme's tabs link to it."""
    tabs: dict[str, str] = {}
    for entry in sorted(entries, key=lambda page: (page.order, page.source)):
        tabs.setdefault(entry.section, entry.source.removesuffix(".md") + ".html")
    return tabs


def _config(
    look: Look, language: str, languages: Sequence[str], entries: Sequence[menu.Entry], stubs: Sequence[Stub]
) -> dict[str, Any]:
    """mkdocs.yml with this language's theme, words and menu."""
    config, own = look.config, look.words(language)
    others = ((other, look.words(other)) for other in languages if other != language)
    alternates = [{"name": words["name"], "lang": words["locale"], "link": f"../{other}/"} for other, words in others]
    return config | {
        "theme": config["theme"] | {"language": own["theme"], "custom_dir": str(look.theme)},
        "extra": config["extra"]
        | {
            "alternate": alternates,
            "footer": own["footer"],
            "jump": own["jump"],
            "locale": own["locale"],
            "policy": str(policy.tag()),
        },
        "nav": menu.nav(entries),
        "strict": True,
    }


def _run(config_file: Path, language: str) -> None:
    quiet_tools()
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    with _listening() as said:
        try:
            mkdocs_build(load_config(str(config_file)))
        except (Abort, MkDocsException) as fault:
            found = said or [str(fault)]
            problems = [Problem(text, where=f"docs/{language}, mkdocs.yml or site_templates/theme") for text in found]
            raise FloorwalkError(problems, Exit.CHECKS_FAILED) from fault


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect the builder's warnings instead of printing them."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    collector = Collector(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    propagated = logger.propagate
    # Whoever sets up logging from a file switches off the loggers there are (Dagster's storage does); strict would
    # then see no warning and pass everything.
    blinded = [each for each in _loggers_below(logger) if each.disabled]
    for each in blinded:
        each.disabled = False
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagated
        for each in blinded:
            each.disabled = True


def _loggers_below(logger: logging.Logger) -> list[logging.Logger]:
    """A logger with all its descendants."""
    known = logging.root.manager.loggerDict.items()
    found = [each for name, each in known if name.startswith(f"{logger.name}.") and isinstance(each, logging.Logger)]
    return [logger, *found]


def _tidy(out: Path) -> None:
    """Remove what nobody is served, and folders left empty."""
    for pattern in _UNWANTED:
        for file in out.glob(pattern):
            file.unlink()
    for folder in sorted((path for path in out.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
