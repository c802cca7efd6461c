"""What the lake keeps of published sites: added once, never rewritten, and read back as it was."""

from __future__ import annotations

import random
from dataclasses import astuple
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import ingest
from pipelines.ingest.contract import Table, load_contract
from pipelines.ingest.published import FOLDER, published_view
from pipelines.marts import Mart, PublishedItem, columns
from pipelines.privacy import DEFAULT
from pipelines.settings import PROJECT
from tests.unit import fake_marts

DAY = date(2026, 9, 30)


def item(edition: int, kpi_id: str, value: float | None, *, is_gone: bool = False) -> PublishedItem:
    low, high = (None, None) if value is None else (round(value - 0.1, 6), round(value + 0.1, 6))
    return PublishedItem(
        edition, DAY, is_gone, "value", "team", "T1", kpi_id, "", "month", date(2026, 8, 1), 120, value, low, high, 0.8,
        "too_close_to_call", None, None, "",
    )  # fmt: skip


def write(folder: Path, items: list[PublishedItem]) -> Path:
    kept: dict[type[Mart], list[PublishedItem]] = {PublishedItem: items}
    return fake_marts.write(folder, kept)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    folder = tmp_path / "lake"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def kept_items() -> Table:
    return load_contract(PROJECT / "dbt_project").written["published_items"]


def read(lake: Path, table: Table) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        published = published_view(table, lake, DEFAULT)
        return connection.execute(f"select * from ({published}) order by edition, item").fetchall()


def test_the_mart_that_is_kept_has_the_columns_of_the_contract(kept_items: Table) -> None:
    assert [column.name for column in kept_items.columns] == columns(PublishedItem)


def test_an_edition_is_kept_once_and_comes_back_as_it_was(lake: Path, kept_items: Table, tmp_path: Path) -> None:
    numbers = random.Random(7)  # noqa: S311
    values = [round(numbers.uniform(-5, 5) * 10 ** numbers.randrange(7), 9) for _ in range(300)]
    items = [item(1, f"kpi{place:03d}", value) for place, value in enumerate(values)] + [item(1, "none", None)]
    marts = write(tmp_path / "marts", items)
    assert ingest.publish_items(lake, marts) == 301
    (file,) = (lake / FOLDER).iterdir()
    before = file.read_bytes()
    assert ingest.publish_items(lake, marts) == 0
    assert [each.name for each in (lake / FOLDER).iterdir()] == ["items-000001.parquet"]
    assert file.read_bytes() == before
    assert read(lake, kept_items) == [astuple(each) for each in items]


def test_the_next_edition_is_a_file_of_its_own(lake: Path, kept_items: Table, tmp_path: Path) -> None:
    ingest.publish_items(lake, write(tmp_path / "first", [item(1, "answer_rate", 0.8)]))
    first = (lake / FOLDER / "items-000001.parquet").read_bytes()
    assert ingest.publish_items(lake, write(tmp_path / "second", [item(2, "answer_rate", 0.8, is_gone=True)])) == 1
    assert (lake / FOLDER / "items-000001.parquet").read_bytes() == first
    assert [row[:3] for row in read(lake, kept_items)] == [(1, DAY, False), (2, DAY, True)]


def test_nothing_said_is_nothing_kept_and_nothing_half_written_stays(
    lake: Path, kept_items: Table, tmp_path: Path
) -> None:
    assert ingest.publish_items(lake, write(tmp_path / "marts", [])) == 0
    assert list((lake / FOLDER).iterdir()) == []
    assert read(lake, kept_items) == []


def test_the_same_items_give_the_same_bytes(tmp_path: Path) -> None:
    items = [item(1, f"kpi{place}", place / 7) for place in range(40)]
    found = []
    for name, given in (("one", items), ("other", items[::-1])):
        lake = tmp_path / name
        lake.mkdir()
        ingest.publish_items(lake, write(tmp_path / f"marts-{name}", given))
        found.append((lake / FOLDER / "items-000001.parquet").read_bytes())
    assert found[0] == found[1]
