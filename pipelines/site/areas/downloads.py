"""What a reader takes along: every figure of the centre or a team as a workbook, linked where the figures stand.

Belongs here: which workbooks there are, the section that offers them. Does not belong here: their sheets
(`_downloads_sheets`), making a file (`pipelines/downloads`), the coaching workbook that comes back (`workbooks`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.downloads import workbook
from pipelines.marts import Team, Tier, rows
from pipelines.site import templates
from pipelines.site.areas import _downloads_sheets
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import CENTRE, Site
from pipelines.site.source import File

ORDER = 95
FOLDER = "files/figures"


@dataclass(frozen=True)
class Offer:
    """Where the workbook of a page's figures is."""

    href: str


def load(folder: Path) -> dict[str, Tier]:
    """Tiers of the current window, by agent."""
    return {tier.agent_id: tier for tier in rows(folder, Tier, "is_current")}


def on_overview(finder: Finder) -> Offer | None:
    """The centre's workbook."""
    return Offer(f"{finder.root}{_path(finder.site, None)}") if _has_figures(finder.site, CENTRE, CENTRE) else None


def on_team(finder: Finder, team: Team) -> Offer | None:
    """The team's workbook."""
    has = _has_figures(finder.site, "team", team.team_id)
    return Offer(f"{finder.root}{_path(finder.site, team)}") if has else None


def files(site: Site, say: Voice) -> Iterator[File]:
    """The workbook of the centre, and one per team that has figures."""
    code = templates.code_digest("team", say.language) + workbook.code_digest()
    for team in (None, *site.teams):
        grain, entity_id = ("team", team.team_id) if team else (CENTRE, CENTRE)
        if _has_figures(site, grain, entity_id):
            title = _downloads_sheets.title(site, say, grain, entity_id)
            make = partial(_content, site, say, team, title)
            facts = _downloads_sheets.facts(site, grain, entity_id)
            seen = hashlib.sha256(f"{code} {title} {facts!r}".encode("utf-8", "surrogatepass"))
            yield File(_path(site, team), seen.hexdigest(), make)


def _content(site: Site, say: Voice, team: Team | None, title: str) -> bytes:
    return workbook.write(_downloads_sheets.sheets(site, say, team), title)


def _has_figures(site: Site, grain: str, entity_id: str) -> bool:
    return bool(site.values.get((grain, entity_id)))


def _path(site: Site, team: Team | None) -> str:
    return f"{FOLDER}/{site.slugs['team', team.team_id] if team else CENTRE}.xlsx"
