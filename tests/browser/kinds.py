"""One page of every kind of a built site, and the browser that opens them. Nothing a test asserts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from pipelines.site import templates

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium of this machine; the test is skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def of_site(root: Path) -> dict[str, Path]:
    """Kind → page of one language's tree: the longest of a repeated kind, and every document."""
    once = {kind.path: kind.name for kind in templates.kinds() if kind.each == "once"}
    found = {name: root / path for path, name in once.items()}
    generated = set(found.values())
    for kind in templates.kinds():
        if kind.each != "once":
            pages = [page for page in root.glob(kind.path.replace("{slug}", "*")) if page not in generated]
            if pages:
                found[kind.name] = max(pages, key=lambda page: (page.stat().st_size, page.name))
                generated |= set(pages)
    documents = sorted(page for page in root.rglob("*.html") if page not in generated)
    return found | {page.relative_to(root).as_posix(): page for page in documents}
