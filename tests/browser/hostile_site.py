"""The site in which everybody has a hostile name, and a browser that writes down whatever happens on it.

The words are `tests.unit.hostile_words`. Nothing here asserts but `Visit.open`: that nothing fired on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from playwright.sync_api import Browser, Dialog, Page

from pipelines.loopback import HOST
from pipelines.progress import Silent
from pipelines.settings import Settings
from pipelines.site import model
from pipelines.site.build import render_site
from tests.unit import fake_marts, hostile_words
from tests.unit.hostile_words import Word

OWN = {"sheets": "agent", "guides": "team", "agents": "agent", "journals": "agent", "teams": "team"}
"""Folders with a page for each word → of what."""


@dataclass(frozen=True)
class HostileCentre:
    """The site of the hostile centre, and people's and teams' file names."""

    site: Path
    slugs: Any

    def page(self, language: str, folder: str, word: Word) -> Path:
        return self.site / language / folder / f"{self.slugs[OWN[folder], word.text]}.html"

    def workbook(self, language: str, word: Word) -> Path:
        return self.site / language / "files" / "coaching" / f"{self.slugs['team', word.text]}.xlsx"


def rendered(folder: Path) -> HostileCentre:
    """Render the hostile centre into `folder`."""
    marts = fake_marts.write(folder / "marts", hostile_words.centre())
    for name in ("run", "work"):
        (folder / name).mkdir()
    made = render_site(Settings(drop=folder / "drop", work=folder / "work"), marts, folder / "run", None, Silent())
    return HostileCentre(made.site.resolve(), model.load(marts).slugs)


TRAP = """
window.fired = [];
document.addEventListener('securitypolicyviolation', event => window.fired.push(`policy ${event.violatedDirective}`));
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'msgbox'])
    window[name] = (...said) => { window.fired.push([name, ...said].join(' ')); };
"""
LOOK = """() => {
    const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT), marks = [];
    while (comments.nextNode()) {
        const said = comments.currentNode.data;
        if (said === 'content' || said === '/content') marks.push(comments.currentNode);
    }
    const content = marks[0].parentNode;
    content.querySelectorAll('summary').forEach(summary => summary.click());
    const inside = [...content.querySelectorAll('*')];
    return {
        marks: marks.map(mark => mark.data + (mark.parentNode === content)).join(' '),
        closed: content.querySelectorAll('details:not([open])').length,
        scripts: content.querySelectorAll('script').length,
        handlers: inside.filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
        outside: inside.filter(e => e.href && !String(e.href).startsWith('file:')).length,
        text: content.innerText,
    };
}"""


@dataclass(frozen=True)
class Visit:
    """A page of a browser with everything that it should not do written down."""

    page: Page
    said: list[str]

    def open(self, file: Path) -> str:
        """Text of a page on which everything was unfolded and nothing happened."""
        self.page.goto(file.as_uri())
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        assert self.page.evaluate("window.fired") == [] == self.said, file
        assert seen["marks"] == "contenttrue /contenttrue", file
        assert [seen[name] for name in ("closed", "scripts", "handlers", "outside")] == [0, 0, 0, 0], file
        assert self.page.url == file.as_uri()
        return re.sub(r"\s+", " ", seen["text"])


@contextmanager
def visiting(browser: Browser, centre: HostileCentre) -> Iterator[Visit]:
    """A page of its own that may ask for nothing beyond the site."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    context.add_init_script(TRAP)
    page, said = context.new_page(), list[str]()

    def refuse(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    def is_known(url: str) -> bool:
        """A file of the site that is there, the same over http, or data within the page."""
        file = Path(url2pathname(urlsplit(url).path))
        return url.startswith(("data:", "blob:", f"http://{HOST}:")) or (
            url.startswith(centre.site.as_uri()) and file.is_file()
        )

    page.on("dialog", refuse)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if is_known(request.url) else said.append(request.url))
    page.on("popup", lambda other: said.append(f"popup: {other.url}"))
    yield Visit(page, said)
    context.close()
