"""Sites of invented marts, and their pages read back: values, links, ids and text. Nothing a test asserts."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from pipelines.site import areas, model, pages
from pipelines.site.model import Site
from pipelines.site.pages import Page
from tests.unit import fake_marts

Build = Callable[[fake_marts.Rows], Site]


def site_of(folder: Path, rows: fake_marts.Rows) -> Site:
    """The site of these marts, with the book of every area."""
    written = fake_marts.write(folder, rows)
    return areas.with_books(model.load(written), written)


def content(page: Page) -> str:
    return str(page.content({chart.digest: f'<svg data-chart="{chart.chart}"></svg>' for chart in page.charts}))


def by_path(site: Site, language: str) -> dict[str, Page]:
    return {page.path: page for page in pages.pages(site, language)}


class Reader(HTMLParser):
    """Collects the KPI values a page shows, its links, its ids and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: list[tuple[str, str, str]] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.text = ""
        self._code = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._code += tag == "code"
        if "data-kpi" in found:
            self.values.append((found["data-kpi"], found["data-value"], found.get("data-period", "")))
        if tag == "a":
            self.links.append(found["href"])
        if "id" in found:
            self.ids.add(found["id"])

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"
        self.text += "\n" if tag in ("td", "th", "p", "li", "h1", "h2", "h3", "dd", "dt") else ""

    def handle_data(self, data: str) -> None:
        self.text += "" if self._code else data


def read(page: Page) -> Reader:
    return Reader(content(page))


class Texts(dict[str, str]):
    """Path → text of a page without its tags; a page is rendered when it is asked for."""

    def __init__(self, site: Site, language: str) -> None:
        super().__init__()
        self.pages = {page.path: page for page in pages.pages(site, language)}

    def __missing__(self, path: str) -> str:
        page = self.pages[path]
        html = str(page.content({chart.digest: "<svg></svg>" for chart in page.charts}))
        self[path] = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
        return self[path]


def texts(site: Site, language: str) -> Texts:
    """The pages of a site in one language, as texts."""
    return Texts(site, language)
