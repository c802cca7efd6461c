"""PDFs of finished pages, put beside them into the tree.

Belongs here: which are printed anew, printing several at once. Does not belong here: the browser
(`pipelines/downloads/press`), which pages have a PDF (their area).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from pipelines.downloads.press import Press
from pipelines.progress import Progress
from pipelines.site.source import Source
from pipelines.site.tree import Tree

AT_ONCE = 2
"""Browsers that print at the same time."""


def print_papers(tree: Tree, source: Source, languages: Sequence[str], press: Press, progress: Progress) -> None:
    """Print every paper of the source; one whose page and look are unchanged is taken over from the last release.

    Raises FloorwalkError when the browser fails.
    """
    look = hashlib.sha256(press.version.encode())
    for path in sorted(path for path in tree.files if path.endswith(".css")):
        look.update(tree.files[path].encode())
    waiting = []
    for page, paper in _papers(tree, source, languages):
        fingerprint = hashlib.sha256(f"{look.hexdigest()} {tree.files[page]}".encode()).hexdigest()
        if not tree.reuse_file(paper, fingerprint):
            waiting.append((page, paper, fingerprint))
    progress.stage("board packs", len(waiting))
    with ThreadPoolExecutor(AT_ONCE) as printers:
        printed = printers.map(lambda job: press.pdf(tree.root / job[0]), waiting)
        for (_page, paper, fingerprint), content in zip(waiting, printed, strict=True):
            tree.write_file(paper, fingerprint, content)
            progress.advance()


def _papers(tree: Tree, source: Source, languages: Sequence[str]) -> Iterable[tuple[str, str]]:
    for language in languages:
        below = f"{language}/"
        pages = frozenset(path.removeprefix(below) for path in tree.files if path.startswith(below))
        for page, paper in source.papers(pages):
            yield below + page, below + paper
