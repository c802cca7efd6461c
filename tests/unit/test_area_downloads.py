"""Workbooks of figures and board packs: every figure typed and equal to the mart, no person where none belongs."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines.marts import Agent, Entity
from pipelines.settings import LANGUAGES
from pipelines.site import pages
from pipelines.site.areas import packs
from pipelines.site.fragments import Voice
from pipelines.site.model import CENTRE, Site
from pipelines.site.source import File
from tests.unit import fake_marts
from tests.unit.site_pages import Build, Reader, by_path, content

HOSTILE = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture(scope="module")
def site(build_site: Build) -> Site:
    rows = fake_marts.centre()
    return build_site(rows)


def figures(site: Site, language: str) -> dict[str, File]:
    return {
        Path(file.path).stem: file for file in pages.files(site, language) if file.path.startswith("files/figures/")
    }


def rows(file: File, sheet: int = 0) -> list[dict[str, Any]]:
    found = openpyxl.load_workbook(io.BytesIO(file.content())).worksheets[sheet]
    heading, *lines = found.iter_rows(values_only=True)
    return [dict(zip(map(str, heading), line, strict=True)) for line in lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_holds_every_figure_of_a_team_as_the_mart_has_it(site: Site, language: str) -> None:
    team = site.teams[0].team_id
    found = [tuple(row.values()) for row in rows(figures(site, language)[site.slugs["team", team]])]
    kept = {
        (value.kpi_id, value.period_kind, value.period_start): value
        for of_kpi in site.values["team", team].values()
        for value in of_kpi.values()
    }
    assert len(found) == len(kept)
    for _whose, measure, period, start, shown, _unit, low, high, n, target, _verdict, kpi_id in found:
        (value,) = (
            value
            for value in kept.values()
            if (value.kpi_id, value.period_start) == (kpi_id, start.date())
            and voice(site, language).period(site.periods[value.period_kind, value.period_start]) == period
        )
        assert measure == voice(site, language).kpi(kpi_id)
        assert n == value.n
        for written, kept_in_mart in (
            (shown, value.value), (low, value.interval_low), (high, value.interval_high), (target, value.target)
        ):  # fmt: skip
            assert written == (kept_in_mart if kept_in_mart is None else pytest.approx(kept_in_mart, rel=1e-12))


def voice(site: Site, language: str) -> Voice:
    return next(iter(pages.pages(site, language))).voice


def test_numbers_are_shown_in_the_unit_of_their_measure_and_the_header_stays(site: Site) -> None:
    file = figures(site, "en")[CENTRE]
    sheet = openpyxl.load_workbook(io.BytesIO(file.content())).worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    share = next(row for row in sheet.iter_rows(min_row=2) if row[heading.index("Measure ID")].value == "answer_rate")
    assert share[heading.index("Value")].number_format == "0.0%"
    assert share[heading.index("Value")].data_type == "n"
    assert share[heading.index("From")].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref.startswith("A1:")


def test_the_centres_workbook_names_no_person_and_a_teams_names_only_its_own(site: Site) -> None:
    found = figures(site, "en")
    names = {agent.agent_id: site.entities["agent", agent.agent_id].name_en for agent in site.agents}
    written = {stem: _text(file) for stem, file in found.items()}
    assert not any(name in written[CENTRE] for name in names.values())
    team = site.teams[0].team_id
    of_team = {agent.agent_id for agent in site.agents if agent.team_id == team}
    shown = {agent for agent, name in names.items() if name in written[site.slugs["team", team]]}
    assert of_team >= shown > set()


def _text(file: File) -> str:
    book = openpyxl.load_workbook(io.BytesIO(file.content()))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_a_name_that_looks_like_a_formula_stays_a_name(build_site: Build) -> None:
    made = fake_marts.centre()
    agent = made[Agent][0]
    made[Entity] = [
        replace(entity, name_en=HOSTILE, name_zh=HOSTILE)
        if (entity.grain, entity.entity_id) == ("agent", agent.agent_id)
        else entity
        for entity in made[Entity]
    ]
    site = build_site(made)
    book = openpyxl.load_workbook(io.BytesIO(figures(site, "en")[site.slugs["team", str(agent.team_id)]].content()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_shows_figures_of_the_marts_and_no_person(site: Site, language: str) -> None:
    found = {path: content(page) for path, page in by_path(site, language).items() if path.startswith("packs/")}
    assert len(found) == 1 + len(site.teams)
    names = [
        name
        for agent in site.agents
        for entity in [site.entities["agent", agent.agent_id]]
        for name in (entity.name_en, entity.name_zh)
    ]
    for path, html in found.items():
        assert not any(name in html for name in names), path
        assert len(Reader(html).values) >= 5
        assert "agents/" not in html


def test_pdfs_are_linked_only_where_they_are_printed(site: Site) -> None:
    path = "packs/index.html"
    assert ".pdf" not in content(by_path(site, "en")[path])
    assert "../files/packs/centre.pdf" in content(by_path(replace(site, prints=True), "en")[path])


def test_every_pack_has_its_paper() -> None:
    paths = frozenset({"packs/index.html", "packs/t-1.html", "teams/t-1.html"})
    assert list(packs.papers(paths)) == [
        ("packs/index.html", "files/packs/centre.pdf"),
        ("packs/t-1.html", "files/packs/t-1.pdf"),
    ]
