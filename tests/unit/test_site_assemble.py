from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.errors import FloorwalkError
from pipelines.progress import Silent
from pipelines.site import assemble, manifest, shells, verify
from pipelines.site.source import File
from tests.unit.site_fakes import FakeChart, FakeSource, make_project, no_charts, render

TEAMS = {"t-1": "<p>first</p>", "t-2": "<p>second</p>"}


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> shells.Look:
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_data_make_the_same_bytes(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    render(FakeSource(TEAMS), look, tmp_path / "a", kept)
    render(FakeSource(TEAMS), look, tmp_path / "b", tmp_path / "other cache")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_an_unchanged_page_is_taken_over_without_being_rendered(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    first = render(FakeSource(TEAMS), look, tmp_path / "a", kept)
    changed = FakeSource(TEAMS | {"t-2": "<p>other</p>"})
    second = render(changed, look, tmp_path / "b", kept, tmp_path / "a")
    assert (first.pages, first.rewritten, first.reused) == (8, 8, 0)
    assert (second.pages, second.rewritten, second.reused) == (8, 2, 6)
    assert second.build_id != first.build_id
    same, other = "en/teams/t-1.html", "en/teams/t-2.html"
    assert (tmp_path / "a" / same).stat().st_ino == (tmp_path / "b" / same).stat().st_ino
    assert (tmp_path / "a" / other).stat().st_ino != (tmp_path / "b" / other).stat().st_ino
    assert files(tmp_path / "b") == files(render(changed, look, tmp_path / "c", kept).site)


def test_an_unchanged_download_is_taken_over_without_being_made(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    made: list[str] = []

    def download(path: str, fingerprint: str) -> File:
        def content() -> bytes:
            made.append(f"{path} {fingerprint}")
            return fingerprint.encode()

        return File(path, fingerprint, content)

    first = FakeSource({"t-1": "one"}, downloads=(download("files/a.xlsx", "1"), download("files/b.xlsx", "1")))
    again = FakeSource({"t-1": "one"}, downloads=(download("files/a.xlsx", "1"), download("files/b.xlsx", "2")))
    render(first, look, tmp_path / "first", kept)
    made.clear()
    render(again, look, tmp_path / "again", kept, previous=tmp_path / "first")
    assert made == ["files/b.xlsx 2"] * 2
    assert (tmp_path / "again" / "zh" / "files" / "a.xlsx").read_bytes() == b"1"
    assert (tmp_path / "again" / "en" / "files" / "b.xlsx").read_bytes() == b"2"


def test_files_that_scripts_of_several_pages_read_are_published_once_and_taken_over(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    made: list[str] = []

    def content() -> bytes:
        made.append("made")
        return b"floorwalk.give();"

    source = FakeSource(TEAMS, read_by_scripts=(File("assets/data/chart-1.js", "1", content),))
    render(source, look, tmp_path / "first", kept)
    assert made == ["made"] * 2
    render(source, look, tmp_path / "again", kept, previous=tmp_path / "first")
    assert made == ["made"] * 2
    assert (tmp_path / "again" / "zh" / "assets" / "data" / "chart-1.js").read_bytes() == b"floorwalk.give();"


def test_a_page_damaged_in_the_previous_release_is_rendered_again(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    render(FakeSource(TEAMS), look, tmp_path / "a", kept)
    (tmp_path / "a" / "en" / "index.html").write_text("damaged", encoding="utf-8")
    second = render(FakeSource(TEAMS), look, tmp_path / "b", kept, tmp_path / "a")
    assert (second.rewritten, second.reused) == (1, 7)
    assert "What changed" in (tmp_path / "b" / "en" / "index.html").read_text(encoding="utf-8")


def test_charts_are_drawn_once_for_both_languages_and_not_for_reused_pages(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    drawn: list[str] = []

    def draw(requests: object) -> dict[str, str]:
        drawn.extend(request.digest for request in requests)  # type: ignore[attr-defined]
        return dict(no_charts([FakeChart(digest) for digest in drawn]))

    source = FakeSource(TEAMS, charts={"t-1": (FakeChart("one"), FakeChart("two"))})
    assemble.render(source, ("en", "zh"), look, tmp_path / "a", kept, draw, None, Silent())
    assert drawn == ["one", "two"]
    assert "<title>one</title>" in (tmp_path / "a" / "zh" / "teams" / "t-1.html").read_text(encoding="utf-8")
    assemble.render(source, ("en", "zh"), look, tmp_path / "b", kept, draw, tmp_path / "a", Silent())
    assert drawn == ["one", "two"]


def test_pages_do_not_wait_for_pictures_without_bound(
    look: shells.Look, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assemble, "WAITING_PAGES", 2)
    batches: list[int] = []

    def draw(requests: object) -> dict[str, str]:
        wanted = list(requests)  # type: ignore[call-overload]
        batches.append(len(wanted))
        return dict(no_charts(wanted))

    teams = {f"t-{number}": f"<p>{number}</p>" for number in range(5)}
    source = FakeSource(teams, charts={slug: (FakeChart(slug),) for slug in teams})
    made = assemble.render(source, ("en", "zh"), look, tmp_path / "a", kept, draw, None, Silent())
    assert made.rewritten == 14
    assert max(batches) == 2


def test_two_pages_that_want_one_path_are_reported(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    with pytest.raises(FloorwalkError, match="two pages want this path"):
        render(FakeSource({"index": "<p>hides the list</p>"}), look, tmp_path / "a", kept)


def test_the_manifest_names_every_file_and_the_build_by_day_and_content(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    made = render(FakeSource(TEAMS), look, tmp_path / "a", kept)
    assert re.fullmatch(r"2026-11-20-[0-9a-f]{8}", made.build_id)
    assert manifest.differences(tmp_path / "a") == []
    (tmp_path / "a" / "en" / "index.html").unlink()
    (tmp_path / "a" / "stray.txt").touch()
    assert [(p.what, p.where) for p in manifest.differences(tmp_path / "a")] == [
        ("file is missing", "en/index.html"),
        ("file is not of this build", "stray.txt"),
    ]
    undated = render(replace(FakeSource(TEAMS), data_day=""), look, tmp_path / "b", kept)
    assert undated.build_id.startswith("undated-")


def test_every_generated_page_is_found_by_search_with_its_title_and_summary_only(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    render(FakeSource({"t-1": "<p>a secret sentence</p>"}), look, tmp_path / "a", kept)
    text = (tmp_path / "a" / "zh" / "search" / "search_index.json").read_text(encoding="utf-8")
    locations = [entry["location"] for entry in json.loads(text)["docs"]]
    assert {"index.html", "teams/index.html", "teams/t-1.html", "method/limits.html"} <= set(locations)
    assert len(locations) == len(set(locations))
    assert "secret" not in text


def test_the_root_page_offers_every_language_without_scripts(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    render(FakeSource(TEAMS), look, tmp_path / "a", kept)
    root = (tmp_path / "a" / "index.html").read_text(encoding="utf-8")
    assert '<li lang="en"><a href="en/index.html"' in root
    assert '<li lang="zh-Hans"><a href="zh/index.html"' in root
    assert 'content="noindex,nofollow"' in root
    assert 'data-languages="en zh"' in root


def test_a_site_in_one_language_has_no_language_switch_and_is_whole(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    made = assemble.render(FakeSource(TEAMS), ("zh",), look, tmp_path / "a", kept, no_charts, None, Silent())
    assert made.pages == 4
    assert "fw-language" not in (tmp_path / "a" / "zh" / "index.html").read_text(encoding="utf-8")
    verify.check(made.site, ("zh",))
