"""A tiny made-up site for tests of the site engine: a few kinds, a few pages, the real look."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup, escape

from pipelines.charts.palette import palette_css
from pipelines.progress import Silent
from pipelines.settings import PROJECT, Settings
from pipelines.site import assemble, release, shells, verify
from pipelines.site.source import File, Kind


@dataclass(frozen=True)
class FakeKind:
    name: str
    each: str
    path: str
    section: str
    order: int


@dataclass(frozen=True)
class FakeChart:
    digest: str


@dataclass(frozen=True)
class FakePage:
    kind: str
    path: str
    title: str
    summary: str
    body: str
    charts: tuple[FakeChart, ...] = ()
    files: tuple[File, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.body.encode()).hexdigest()

    def content(self, svg: Mapping[str, str]) -> Markup:
        pictures = "".join(svg[chart.digest] for chart in self.charts)
        return Markup(f"<h1>{escape(self.title)}</h1>{self.body}{pictures}")  # noqa: S704 - a fake


OVERVIEW = FakeKind("overview", "once", "index.html", "overview", 10)
TEAMS = FakeKind("teams", "once", "teams/index.html", "teams", 20)
TEAM = FakeKind("team", "team", "teams/{slug}.html", "teams", 21)

MENU = {("overview", "en"): "Overview", ("teams", "en"): "Teams", ("team", "en"): "Team",
        ("overview", "zh"): "总览", ("teams", "zh"): "团队", ("team", "zh"): "团队"}  # fmt: skip


@dataclass
class FakeSource:
    """Teams by slug → body of their page; `overview` is the body of the first page."""

    teams: Mapping[str, str]
    overview: str = "<p>What changed</p>"
    data_day: str = "2026-11-20"
    charts: Mapping[str, tuple[FakeChart, ...]] = field(default_factory=dict)
    without: tuple[str, str] = ("", "")
    """(language, path) of a page that is left out."""
    read_by_scripts: tuple[File, ...] = ()
    """Files that every team's page names."""
    downloads: tuple[File, ...] = ()

    def kinds(self) -> tuple[Kind, ...]:
        return (OVERVIEW, TEAMS, TEAM)

    def menu_title(self, kind: Kind, language: str) -> str:
        return MENU[kind.name, language]

    def files(self, language: str) -> Iterator[File]:
        yield from self.downloads

    def papers(self, paths: frozenset[str]) -> Iterator[tuple[str, str]]:
        yield from ((path, path.replace(".html", ".pdf")) for path in sorted(paths) if path.startswith("teams/t"))

    def pages(self, language: str) -> Iterator[FakePage]:
        links = "".join(f'<a href="{slug}.html">{slug}</a>' for slug in self.teams)
        yield FakePage("overview", "index.html", MENU["overview", language], "What changed", self.overview)
        yield FakePage("teams", "teams/index.html", MENU["teams", language], "All teams", links)
        for slug, body in self.teams.items():
            if (language, f"teams/{slug}.html") != self.without:
                charts = self.charts.get(slug, ())
                title, path = f"客服{slug}组", f"teams/{slug}.html"
                yield FakePage("team", path, title, "One team", body, charts, self.read_by_scripts)


def make_project(folder: Path) -> shells.Look:
    """A project folder with the real look and two documents in each language."""
    shutil.copytree(PROJECT / "site_templates" / "theme", folder / "site_templates" / "theme")
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    for name in ("pages.css", "charts.css"):
        (folder / "site_templates" / "theme" / "assets" / name).touch()
    for language, title in (("en", "How to read this"), ("zh", "如何阅读")):
        write_document(folder, language, "method/index.md", title, 90, "See [teams](../teams/index.md).")
        write_document(folder, language, "method/limits.md", "Limits", 91, "一次解决率的控制限。")
    return shells.Look(folder, palette_css())


def write_document(folder: Path, language: str, path: str, title: str, order: int, body: str) -> Path:
    file = folder / "docs" / language / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: {title}\norder: {order}\n---\n\n# {title}\n\n{body}\n", encoding="utf-8")
    return file


def no_charts(requests: Iterable[FakeChart]) -> Mapping[str, str]:
    return {request.digest: f"<svg><title>{request.digest}</title></svg>" for request in requests}


def settings(work: Path, keep_releases: int = 5) -> Settings:
    return Settings(drop=work / "drop", work=work, keep_releases=keep_releases)


def render(
    source: FakeSource, look: shells.Look, out: Path, kept: Path, previous: Path | None = None
) -> assemble.Rendered:
    return assemble.render(source, ("en", "zh"), look, out, kept, no_charts, previous, Silent())


def publish(source: FakeSource, look: shells.Look, here: Settings, kept: Path) -> assemble.Rendered:
    """A whole run as the stages do it: lock, clear up, render, verify, switch, prune."""
    with release.lock(here):
        release.clear_up(here)
        made = render(source, look, here.runs / "run" / "site", kept, release.current(here))
        verify.check(made.site, ("en", "zh"), kept / "verify.json")
        release.switch(here, made.site)
        release.prune(here)
    return made
