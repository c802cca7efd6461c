"""What changed between two sites, through the whole chain: a corrected month, one more week, a kill in between."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipelines.settings import PROJECT
from tests.floorwalk_command import Built, build, run

HEADER = (
    "Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration,"
    "Satisfaction rating"
)
FIRST, LAST = date(2021, 1, 1), date(2021, 3, 7)
JANUARY, WEEK = "calls_january_corrected.csv", "calls_one_more_week.csv"
DIES_BEFORE_RECORDING = """
import os
from pipelines import cli, ingest
ingest.publish_items = lambda lake, marts: os._exit(9)
cli.main()
"""
"""The command itself, but for the moment between the switch and the record."""


@dataclass(frozen=True)
class Story:
    """One work folder over time: digests of the site, and names of what the lake kept, after each step."""

    first: Built
    first_page: str
    first_kept: list[str]
    killed_site: dict[str, str]
    killed_kept: list[str]
    second: Built
    second_site: dict[str, str]
    second_kept: dict[str, str]


def _deliver(drop: Path, name: str, first: date, last: date, *, resolved_every: int) -> None:
    """Eight calls a day; every `resolved_every`-th is resolved."""
    lines = [HEADER]
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for call in range(8):
            resolved = "1" if (number * 8 + call) % resolved_every == 0 else "0"
            time = f"{9 + call:02d}:{number % 60:02d}:00"
            rest = f"{10 + call},00:02:{(number + call) % 60:02d},4"
            lines.append(f"K{day:%m%d}{call},Agent {call % 4},{day},{time},Bill,Y,{resolved},{rest}")
    (drop / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("what_changed")
    drop, work = folder / "drop", folder / "work"
    drop.mkdir()
    _deliver(drop, "calls.csv", FIRST, LAST, resolved_every=2)
    first = build(drop, work)
    page, kept = first.page("en/changes/index.html"), sorted(_kept(work))
    _deliver(drop, JANUARY, FIRST, date(2021, 1, 31), resolved_every=4)
    _deliver(drop, WEEK, LAST + timedelta(days=1), LAST + timedelta(days=7), resolved_every=2)
    killed = subprocess.run(
        [sys.executable, "-c", DIES_BEFORE_RECORDING, "build", "--drop", str(drop), "--work", str(work)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert killed.returncode == 9, killed.stderr
    killed_site, killed_kept = _site(work), sorted(_kept(work))
    second = build(drop, work)
    return Story(first, page, kept, killed_site, killed_kept, second, _site(work), _kept(work))


def test_the_first_site_says_so_and_is_kept(story: Story) -> None:
    assert "This is the first site made from these data" in story.first_page
    assert story.first_kept == ["items-000001.parquet"]


def test_exactly_the_corrected_month_is_told_with_before_now_and_the_file(story: Story) -> None:
    found = story.second.mart("select distinct period_kind, period_start, reason, files from {fct_restatement}")
    assert found == [("month", date(2021, 1, 1), "delivery", JANUARY)]
    centre = story.second.mart(
        "select value_before, value, n_before, n from {fct_restatement}"
        " where kpi_id = 'resolution_rate' and grain = 'centre'"
    )
    assert centre == [(0.5, 0.25, 248, 248)]
    page = story.second.page("en/changes/index.html")
    assert "25.0% instead of 50.0%" in page
    assert JANUARY in page
    assert "2021年1月" in story.second.page("zh/changes/index.html")
    assert "figures corrected" in story.second.page("en/index.html")


def test_a_kill_before_recording_leaves_the_site_and_the_next_run_makes_the_same_bytes(story: Story) -> None:
    assert story.killed_kept == ["items-000001.parquet"]
    assert sorted(story.second_kept) == ["items-000001.parquet", "items-000002.parquet"]
    assert story.second_site == story.killed_site


def test_the_same_data_built_again_is_the_same_site_and_records_nothing(story: Story) -> None:
    work = story.second.work
    again = run("build", "--drop", work.parent / "drop", "--work", work, "--fresh", "--json")
    assert again.returncode == 0, again.stderr
    assert _site(work) == story.second_site
    assert _kept(work) == story.second_kept


def test_the_feed_tells_both_sites_by_days_of_data(story: Story) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(story.second.page("en/changes/feed.xml"))  # noqa: S314 - made by this build
    days = [entry.findtext(f"{atom}updated") for entry in feed.iter(f"{atom}entry")]
    assert days == ["2021-03-14T00:00:00Z", "2021-03-07T00:00:00Z"]
    assert (story.second.work / "site" / "zh" / "changes" / "digest.html").stat().st_size < 30_000


def _site(work: Path) -> dict[str, str]:
    return dict(_digests((work / "site").resolve()))


def _kept(work: Path) -> dict[str, str]:
    return {name: digest for name, digest in _digests(work / "lake" / "published") if name.startswith("items-")}


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()
