"""Board packs: the centre or one team on a few sheets of A4, for people who are sent a PDF and see no names.

Belongs here: what a pack holds, which pages become PDFs. Does not belong here: printing (`pipelines/downloads/press`),
the pages with people (`selection`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipelines.marts import Event, Team
from pipelines.site import drawings
from pipelines.site.areas import Section
from pipelines.site.contexts import OneTeam, Overview
from pipelines.site.drawings import Drawing
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import CENTRE, Site
from pipelines.site.parts import Line, Link

if TYPE_CHECKING:
    from pipelines.site.selection import Selection

ORDER = 94
FOLDER = "packs"
CHARTS = 4
SECTIONS = ("systemic",)
"""Parts of the overview that stand in the pack, by area; none of them names a person."""


@dataclass(frozen=True)
class Pack:
    """The centre's pack."""

    page: Overview
    xmr: tuple[Drawing, ...]
    sections: tuple[Section, ...]
    pdf_href: str


@dataclass(frozen=True)
class TeamPack:
    """One team's pack."""

    link: Link
    page: OneTeam
    xmr: tuple[Drawing, ...]
    pdf_href: str

    @property
    def cards(self) -> tuple[Line, ...]:
        """The main KPIs."""
        return self.page.cards


@dataclass(frozen=True)
class Offer:
    """Where a page's pack is, and its PDF; empty when none is printed here."""

    href: str
    pdf_href: str


def load(_folder: Path) -> None:
    """Nothing of its own."""
    return


def pack(finder: Finder) -> Pack:
    """The centre."""
    overview = cast("Selection", finder).overview()
    site = finder.site
    shown = [line.kpi_id for line in overview.cards]
    xmr = [
        drawings.request_xmr(site.kpi(kpi_id), site.series(kpi_id, CENTRE, CENTRE), _events(site)) for kpi_id in shown
    ]
    sections = tuple(section for section in overview.sections if section.area in SECTIONS)
    page = replace(overview, sections=())
    return Pack(page, tuple(drawing for drawing in xmr if drawing)[:CHARTS], sections, _pdf(finder, None))


def team_pack(finder: Finder, team: Team) -> TeamPack | None:
    """One team; None for one nothing is known about."""
    page = cast("Selection", finder).team_alone(team)
    return TeamPack(page.link, page, page.xmr, _pdf(finder, team)) if page.lines else None


def on_overview(finder: Finder) -> Offer:
    """Where the centre's pack is."""
    return Offer(f"{finder.root}{FOLDER}/index.html", _pdf(finder, None))


def on_team(finder: Finder, team: Team) -> Offer | None:
    """Where the team's pack is."""
    period = finder.site.headline("team", team.team_id)
    has = bool(finder.lines("team", team.team_id, period))
    return Offer(finder.page_of(FOLDER, "team", team.team_id), _pdf(finder, team)) if has else None


def papers(paths: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(page, PDF) of every pack among the pages of a language, paths below its root."""
    for path in sorted(paths):
        if path.startswith(f"{FOLDER}/"):
            yield path, f"files/{path.removesuffix('.html').replace('/index', f'/{CENTRE}')}.pdf"


def summary(say: Voice) -> str:
    """For search."""
    _ = say.words
    return _("The centre or a team on a few sheets of paper, without names.")


def _events(site: Site) -> list[Event]:
    return [event for event in site.events if event.scope == CENTRE]


def _pdf(finder: Finder, team: Team | None) -> str:
    if not finder.site.prints:
        return ""
    name = finder.site.slugs["team", team.team_id] if team else CENTRE
    return f"{finder.root}files/{FOLDER}/{name}.pdf"


PAGES = {"pack": pack, "team_pack": team_pack}
SUMMARIES = {"pack": summary, "team_pack": summary}
