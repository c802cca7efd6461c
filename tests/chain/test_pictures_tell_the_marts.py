"""Every picture of a site says what its table says, what it was drawn from, and what the marts say."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from pipelines import warehouse
from pipelines.charts import ChartRequest, _render, chart_modules
from pipelines.marts import Mart
from pipelines.site import areas, model, pages
from pipelines.site.drawings import Drawing
from tests.chain.picture_places import PLACES
from tests.chain.picture_reader import Figure, figures_of, marks
from tests.chain.picture_tables import TABLES
from tests.conftest import SmallCentre

LANGUAGES = ("en", "zh")
EXAMPLES_ONLY = ("gallery",)
"""Kinds of page that show examples and no data."""
ALSO = {"funnel": ("fct_funnel_limit",), "distribution": ("fct_kpi_value",)}
"""Marts a picture takes numbers from beside the rows its drawing holds."""
LAID_OUT = {
    "hovering": ("bin_low", "bin_high", "window_low", "window_high", "minimum"),
    "quadrant": ("x_low", "x_high", "y_low", "y_high", "x_cut", "y_cut", "x_band", "y_band"),
    "dot_interval": ("target",),
    "calendar": ("week", "weekday"),
    "alluvial": ("stages", "stage"),
}
"""Keys that place something and are no figures of a mart: a stretch on the axis, the corners of the plane."""
NO_ROWS = ("gap_parts",)
"""Pictures whose drawing holds steps worked out beside the marts; their numbers are looked for in the whole mart."""


@dataclass(frozen=True)
class Shown:
    """A picture where a reader meets it."""

    where: str
    kind: str
    drawing: Drawing
    figure: Figure

    @property
    def chart(self) -> str:
        return self.drawing.request.chart

    @property
    def data(self) -> Mapping[str, Any]:
        return self.drawing.request.data


@dataclass(frozen=True)
class Album:
    """Every picture of a built site, in both languages."""

    work: Path

    @cached_property
    def pictures(self) -> list[Shown]:
        site = areas.with_books(model.load(self.work / "marts"), self.work / "marts")
        found: list[Shown] = []
        for language in LANGUAGES:
            for page in pages.pages(site, language):
                where = f"{language}/{page.path}"
                text = (self.work / "site" / where).read_text(encoding="utf-8") if page.charts else ""
                own: dict[str, list[Drawing]] = defaultdict(list)
                for drawing in pages._drawings(page.context):
                    own[self._svg(drawing)].append(drawing)
                found.extend(Shown(where, page.kind, own[figure.svg].pop(0), figure) for figure in figures_of(text))
        return found

    def _svg(self, drawing: Drawing) -> str:
        return (self.work / "cache" / "charts" / f"{drawing.request.digest}.svg").read_text(encoding="utf-8")

    @cached_property
    def distinct(self) -> list[Shown]:
        """Every different picture once."""
        return list({shown.drawing.request.digest: shown for shown in self.pictures}.values())

    def numbers(self, mart: str) -> set[float]:
        """Every number of a mart."""
        rows = warehouse.read(f"select * from read_parquet('{self.work / 'marts' / f'{mart}.parquet'}')")
        return {_rounded(value) for row in rows for value in _numbers(row, ())}


@pytest.fixture(scope="module")
def album(small_centre: SmallCentre) -> Album:
    return Album(small_centre.built.work)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rounded(value: float) -> float:
    return float(f"{value:.9g}")


def _numbers(node: Any, left_out: tuple[str, ...]) -> Iterator[float]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in left_out:
                yield from _numbers(value, left_out)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _numbers(value, left_out)
    elif _is_number(node):
        yield float(node)


def _rows(node: Any) -> Iterator[Mart]:
    """Mart rows that a drawing holds, wherever in it."""
    if isinstance(node, Mart):
        yield node
    elif dataclasses.is_dataclass(node):
        for entry in dataclasses.fields(node):
            yield from _rows(getattr(node, entry.name))
    elif isinstance(node, Mapping):
        yield from _rows(tuple(node.values()))
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _rows(value)


def test_every_kind_of_picture_is_covered_and_none_passes_unread(album: Album) -> None:
    assert set(chart_modules()) == set(TABLES) == set(PLACES)
    met = {shown.chart for shown in album.pictures}
    assert {"xmr", "dot_interval", "bullets", "funnel", "distribution", "quadrant", "gap_parts", "weights"} <= met
    assert len({shown.where for shown in album.pictures}) > 60


def test_every_large_picture_of_every_page_was_found(album: Album) -> None:
    site = album.work / "site"
    drawn = sum(
        page.read_text(encoding="utf-8").count('class="fw-chart ')
        for lang in LANGUAGES
        for page in (site / lang).rglob("*.html")
    )
    assert len(album.pictures) == drawn


def test_the_table_beside_a_picture_shows_the_numbers_it_was_drawn_from(album: Album) -> None:
    wrong = [
        f"{shown.where}, {shown.chart} {shown.drawing.kpi_id}: {fault}"
        for shown in album.pictures
        if shown.kind not in EXAMPLES_ONLY
        for fault in TABLES[shown.chart](shown.data, shown.figure.rows)
    ]
    assert wrong == []


def test_marks_stand_where_the_numbers_say(album: Album) -> None:
    wrong = [
        f"{shown.where}, {shown.chart} {shown.drawing.kpi_id}: {fault}"
        for shown in album.distinct
        for fault in PLACES[shown.chart](shown.data, shown.drawing.request.specification(), marks(shown.figure.svg))
    ]
    assert wrong == []


def test_a_picture_is_drawn_from_numbers_of_the_marts(album: Album) -> None:
    marts: dict[str, set[float]] = {}
    everything: set[float] | None = None
    wrong = []
    for shown in album.distinct:
        if shown.kind in EXAMPLES_ONLY:
            continue
        rows = list(_rows(shown.drawing))
        names = {type(row).name for row in rows} | set(ALSO.get(shown.chart, ()))
        for name in names - marts.keys():
            marts[name] = album.numbers(name)
        held = {_rounded(value) for row in rows for value in _numbers(vars(row), ())}
        published = set().union(*(marts[name] for name in names))
        if unpublished := held - published:
            wrong.append(f"{shown.where}, {shown.chart}: {sorted(unpublished)[:3]} is in no mart")
        allowed = held | set().union(*(marts[name] for name in ALSO.get(shown.chart, ())))
        if shown.chart in NO_ROWS:
            everything = everything or set().union(
                *(album.numbers(f.stem) for f in (album.work / "marts").glob("*.parquet"))
            )
            allowed = everything
        drawn = {_rounded(value) for value in _numbers(shown.data, LAID_OUT.get(shown.chart, ()))} - {0.0}
        if invented := drawn - allowed:
            wrong.append(
                f"{shown.where}, {shown.chart} {shown.drawing.kpi_id}: {sorted(invented)[:3]} is not in its rows"
            )
    assert wrong == []


A_NUMBER: Mapping[str, tuple[str | int, ...]] = {
    "agreement": ("pairs", 0, "mean"),
    "alluvial": ("stages", 0, "nodes", 0, "count"),
    "bullets": ("rows", 0, "value"),
    "calendar": ("days", 0, "week"),
    "decay": ("programmes", 0, "points", 0, "value"),
    "distribution": ("bins", 0, "entities"),
    "dot_interval": ("rows", 0, "value"),
    "effect_range": ("rows", 0, "low"),
    "funnel": ("points", 0, "value"),
    "gap_parts": ("rows", 0, "parts", 0, "value"),
    "hovering": ("bins", 0, "days"),
    "mix_split": ("months", 0, "value"),
    "quadrant": ("points", 0, "x"),
    "ramp": ("points", 1, "share"),
    "skill_profile": ("rows", 0, "value"),
    "tier_mix": ("rows", 0, "parts", 0, "count"),
    "transition": ("cells", 0, 0, "text"),
    "weights": ("rows", 0, "value"),
    "xmr": ("points", 0, "value"),
}
"""A number of each chart's example, to be changed after it was drawn."""
COUNTED = ("week", "count", "days", "entities")


@pytest.mark.parametrize("chart", sorted(chart_modules()))
def test_a_mark_that_is_a_tenth_off_is_noticed(chart: str) -> None:
    told = deepcopy(dict(chart_modules()[chart].EXAMPLE))
    request = ChartRequest(chart, deepcopy(told))
    picture = next(iter(_render.draw_all({request.digest: request}, 1)))[1]
    assert list(PLACES[chart](told, request.specification(), marks(picture))) == []
    *way, last = A_NUMBER[chart]
    holder: Any = told
    for step in way:
        holder = holder[step]
    holder[last] = "999" if last == "text" else round(holder[last] * 1.1 + 2) if last in COUNTED else holder[last] * 1.1
    assert list(PLACES[chart](told, request.specification(), marks(picture)))
