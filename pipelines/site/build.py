"""The site of one set of marts: what the pages are made from meets the engine that makes files of them.

Belongs here: joining `model`, `pages` and `charts` with `assemble`. Does not belong here: either half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines import charts, dictionary
from pipelines.charts.palette import palette_css
from pipelines.downloads.press import find
from pipelines.progress import Progress
from pipelines.settings import PROJECT, Settings
from pipelines.site import areas, assemble, model, pages, shells
from pipelines.site.areas import packs
from pipelines.site.assemble import Rendered
from pipelines.site.source import File, Kind, SitePage

__all__ = ["SITE", "Rendered", "render_site"]

SITE = "site"
"""Folder of the finished tree below a run."""


@dataclass(frozen=True)
class _MartsSource:
    """The real site: pages from marts."""

    site: model.Site

    @property
    def data_day(self) -> str:
        """Last day of the data, YYYY-MM-DD; empty when nothing dated was delivered."""
        return self.site.as_of.isoformat() if self.site.as_of else ""

    def kinds(self) -> Sequence[Kind]:
        """Every template of site_templates/pages."""
        return pages.kinds()

    def menu_title(self, kind: Kind, language: str) -> str:
        """A kind's title in a language."""
        return pages.menu_title(next(own for own in pages.kinds() if own.name == kind.name), language)

    def pages(self, language: str) -> Iterator[SitePage]:
        """Every page of a language."""
        return pages.pages(self.site, language)

    def files(self, language: str) -> Iterator[File]:
        """Every download of a language."""
        return pages.files(self.site, language)

    def papers(self, paths: frozenset[str]) -> Iterator[tuple[str, str]]:
        """The board packs."""
        return packs.papers(paths)


def render_site(settings: Settings, marts: Path, run: Path, previous: Path | None, progress: Progress) -> Rendered:
    """Build the site of `marts` into `run`/site, taking unchanged pages over from the release `previous`.

    Raises FloorwalkError when the site builder complains, a translation is missing or two pages want one path.
    """

    def draw(requests: Iterable[charts.ChartRequest]) -> Mapping[str, str]:
        return charts.render(requests, settings.cache / "charts", settings.render_processes, progress)

    press = find() if settings.board_packs == "auto" else None
    known = replace(
        model.load(marts),
        prints=press is not None,
        takes_words=settings.free_text != "off",
        is_named=settings.identity == "named",
    )
    source = _MartsSource(areas.with_books(known, marts))
    look = shells.Look(PROJECT, palette_css())
    words = marts / dictionary.NAME
    beside = {dictionary.PLACE: words} if words.is_file() else {}
    return assemble.render(
        source, settings.languages, look, run / SITE, settings.cache, draw, previous, progress, beside, press
    )
