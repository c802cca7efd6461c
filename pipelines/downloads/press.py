"""Printing finished pages to PDF with the Chromium of this machine, where there is one.

Belongs here: finding the browser, one page to one PDF. Does not belong here: which pages are printed
(`pipelines/site`), how they look on paper (the style sheets). The same page gives the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PATIENCE_SECONDS = 120
_OPTIONS = (
    "--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--no-first-run", "--no-default-browser-check", "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
_WHEN = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")
_UNDATED = b"20000101000000"


@dataclass(frozen=True)
class Press:
    """A Chromium that can print."""

    program: str
    version: str
    """As it names itself; another one may set a page otherwise."""

    def pdf(self, page: Path) -> bytes:
        """An HTML file as a PDF, tagged for screen readers; its style sheets decide the paper.

        Raises FloorwalkError (CHECKS_FAILED) when the browser does not deliver one.
        """
        with tempfile.TemporaryDirectory(prefix="floorwalk-print-") as scratch:
            target = Path(scratch) / "page.pdf"
            wanted = (f"--user-data-dir={scratch}/profile", f"--print-to-pdf={target}", page.resolve().as_uri())
            try:
                done = _run(self.program, *_OPTIONS, *_as_root(), *wanted)
            except subprocess.TimeoutExpired as fault:
                late = _not_printed(page, f"no answer in {PATIENCE_SECONDS} s")
                raise FloorwalkError(late, Exit.CHECKS_FAILED) from fault
            if done.returncode or not target.is_file():
                said = done.stderr.decode("utf-8", "replace").strip().splitlines()
                reason = said[-1] if said else f"exit {done.returncode}"
                raise FloorwalkError(_not_printed(page, reason), Exit.CHECKS_FAILED)
            return _WHEN.sub(lambda found: b"/" + found[1] + b" (D:" + _UNDATED, target.read_bytes())


def find() -> Press | None:
    """The browser of this machine that can print; None when there is none."""
    for name in NAMES:
        program = shutil.which(name)
        if program:
            asked = _run(program, "--version")
            if asked.returncode == 0:
                return Press(program, asked.stdout.decode("utf-8", "replace").strip())
    return None


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS, check=False)


def _as_root() -> tuple[str, ...]:
    """Chromium refuses its sandbox to root, which is who builds in a container; the page is the site's own."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def _not_printed(page: Path, reason: str) -> Problem:
    return Problem(
        f"the board pack was not printed: {reason}",
        where=page.name,
        why="the site is not switched; readers keep the previous one",
        fix="see that Chromium starts on this machine, or set board_packs to off",
    )
