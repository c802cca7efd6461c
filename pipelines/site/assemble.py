"""The engine: pages of any source, put into shells, with pictures, search index, root page and manifest.

Belongs here: the order of the work, which pages are rendered, bounded memory. Does not belong here: what a page says
(`pages`; this module never imports it), how shells come about (`shells`, `cache`), writing and linking (`tree`),
checking (`verify`), switching (`release`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.downloads.press import Press
from pipelines.progress import Progress
from pipelines.site import cache, glossary, manifest, policy, printing, search, shells, stamp
from pipelines.site.source import Draw, File, SitePage, Source
from pipelines.site.tree import Tree

WAITING_PAGES = 600
"""Pages that may wait for their pictures at once; beyond it they are drawn and written, to bound memory."""


@dataclass(frozen=True)
class Rendered:
    """What one build of the site did. `pages` counts generated pages of all languages; the next two split it."""

    pages: int
    rewritten: int
    reused: int
    bytes_written: int
    """Bytes of pages and indexes that were not in the previous release."""
    build_id: str
    site: Path
    """The finished, not yet verified tree."""


def render(
    source: Source,
    languages: Sequence[str],
    look: shells.Look,
    out: Path,
    kept: Path,
    draw: Draw,
    previous: Path | None,
    progress: Progress,
    beside: Mapping[str, Path] = MappingProxyType({}),
    press: Press | None = None,
) -> Rendered:
    """Pages of a source into `out`, which must not exist yet, with the cache folder `kept`.

    `beside` are finished files for no language in particular, by their path in the site.
    Pages of the release `previous` whose fingerprint is unchanged are linked, not rendered.
    With a `press`, the source's papers are printed. Raises FloorwalkError when the site builder complains, two pages
    want one path or the press fails.
    """
    out.mkdir(parents=True)
    tree = Tree(out, previous)
    frames = _shells(source, languages, look, kept, progress)
    work = _Work(tree, draw, progress)
    progress.stage("pages")
    counts = dict.fromkeys(languages, 0)
    found = search.listed(source.kinds())
    for language, frame in frames.items():
        _add_files(tree, frame)
        entries = list(search.of_terms(glossary.terms(language, look.project)))
        for count, page in enumerate(source.pages(language), start=1):
            counts[language] = count
            if page.kind in found:
                entries.append(search.Entry(page.path, page.title, page.summary, page.names))
            work.take(f"{language}/{page.path}", page, frame.kinds[page.kind])
            _offer(tree, language, (file for file in page.files if f"{language}/{file.path}" not in tree.files))
        _offer(tree, language, source.files(language))
        built = (frame.files / search.INDEX).read_text(encoding="utf-8")
        tree.write(f"{language}/{search.INDEX.as_posix()}", search.index(built, entries, kept))
    work.finish()
    if press:
        printing.print_papers(tree, source, languages, press, progress)
    for path, file in beside.items():
        tree.add(file, path)
    tree.write("index.html", _root_page(look, languages))
    made = manifest.make(source.data_day, counts, tree.fingerprints, tree.files)
    manifest.write(made, out)
    return Rendered(sum(counts.values()), tree.rewritten, tree.reused, tree.bytes_written, made.build_id, out)


def _offer(tree: Tree, language: str, files: Iterable[File]) -> None:
    """Downloads and files for scripts, taken over where nothing changed."""
    for offered in files:
        path = f"{language}/{offered.path}"
        if not tree.reuse_file(path, offered.fingerprint):
            tree.write_file(path, offered.fingerprint, offered.content())


@dataclass
class _Work:
    """Pages on their way: reused, written at once, or waiting for pictures that are drawn together."""

    tree: Tree
    draw: Draw
    progress: Progress
    _waiting: list[tuple[str, str, SitePage, stamp.Shell]] = field(default_factory=list)

    def take(self, path: str, page: SitePage, shell: stamp.Shell) -> None:
        """Reuse or write a page; one that needs pictures waits for `finish`."""
        facts = "\n".join((shell.digest, path, page.title, page.summary, page.fingerprint))
        fingerprint = hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()
        if self.tree.reuse_page(path, fingerprint):
            self.progress.advance()
        elif page.charts:
            self._waiting.append((path, fingerprint, page, shell))
            if len(self._waiting) >= WAITING_PAGES:
                self.finish()
                self.progress.stage("pages")
        else:
            self._write(path, fingerprint, page, shell, {})

    def finish(self) -> None:
        """Draw the pictures of all waiting pages at once and write those pages."""
        if not self._waiting:
            return
        wanted = {request.digest: request for _, _, page, _ in self._waiting for request in page.charts}
        self.progress.stage("charts", len(wanted))
        svg = self.draw(wanted.values())
        self.progress.stage("pages with charts", len(self._waiting))
        for waiting in self._waiting:
            self._write(*waiting, svg)
        self._waiting.clear()

    def _write(self, path: str, fingerprint: str, page: SitePage, shell: stamp.Shell, svg: Mapping[str, str]) -> None:
        self.tree.write_page(path, fingerprint, shell.fill(page.path, page.title, page.summary, page.content(svg)))
        self.progress.advance()


def _shells(
    source: Source, languages: Sequence[str], look: shells.Look, kept: Path, progress: Progress
) -> dict[str, stamp.Shells]:
    progress.stage("shells", len(languages))
    frames = {}
    for language in languages:
        stubs = [shells.stub(kind, source.menu_title(kind, language)) for kind in source.kinds()]
        frames[language] = cache.shells_of(stubs, language, languages, look, kept)
        progress.advance(note=language)
    return frames


def _add_files(tree: Tree, frame: stamp.Shells) -> None:
    """Documents, styles and scripts of a language; its search index is made anew with the pages in it."""
    for file in sorted(path for path in frame.files.rglob("*") if path.is_file()):
        path = file.relative_to(frame.files)
        if path != search.INDEX:
            tree.add(file, f"{frame.language}/{path.as_posix()}")


def _root_page(look: shells.Look, languages: Sequence[str]) -> str:
    """The page above the languages: goes to the reader's language by script, offers all as links without."""
    environment = Environment(
        loader=FileSystemLoader(look.theme), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("root.html").render(
        site_name=look.config["site_name"],
        policy=policy.tag(),
        reads=" ".join(f"{locale}={language}" for locale, language in look.reads(languages).items()),
        languages=[{"code": language} | look.words(language) for language in languages],
    )
