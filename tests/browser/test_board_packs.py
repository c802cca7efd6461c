"""Board packs on paper: a few sheets of A4, the same bytes for the same page, printed again only when it changed."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.downloads import press
from pipelines.downloads.press import Press
from pipelines.errors import FloorwalkError
from pipelines.progress import Silent
from pipelines.settings import LANGUAGES, Settings
from pipelines.site import verify
from pipelines.site.build import render_site
from tests.conftest import SmallCentre

A4 = "/MediaBox [0 0 594.95996 841.91998]"
MOST_SHEETS = 5


@pytest.fixture(scope="module")
def printer() -> Press:
    found = press.find()
    if found is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    return found


def test_every_pack_is_printed_on_a_few_sheets_of_a4_and_taken_over_when_nothing_changed(
    small_centre: SmallCentre, printer: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(small_centre.folder / "drop", tmp_path / "work", languages=LANGUAGES, board_packs="auto")
    shutil.copytree(small_centre.built.work / "cache", settings.cache)
    (tmp_path / "one").mkdir()
    first = render_site(settings, small_centre.built.work / "marts", tmp_path / "one", None, Silent()).site
    verify.check(first, LANGUAGES)
    papers = sorted(first.glob("??/files/packs/*.pdf"))
    assert len(papers) == len(LANGUAGES) * (1 + 3)
    for paper in papers:
        found = paper.read_bytes()
        sheets = found.count(b"/Type /Page\n")
        assert 1 <= sheets <= MOST_SHEETS, f"{paper.name} has {sheets} sheets"
        assert found.count(A4.encode()) == sheets
        assert b"/StructTreeRoot" in found, "the PDF is not tagged"
        assert not re.search(rb"D:20(?!000101000000)\d{12}", found), "the PDF tells when it was printed"
    monkeypatch.setattr(Press, "pdf", _never)
    (tmp_path / "two").mkdir()
    second = render_site(settings, small_centre.built.work / "marts", tmp_path / "two", first, Silent()).site
    assert [paper.read_bytes() for paper in sorted(second.glob("??/files/packs/*.pdf"))] == [
        paper.read_bytes() for paper in papers
    ]


def _never(_press: Press, page: Path) -> bytes:
    raise AssertionError(f"{page.name} was printed again")


def test_the_same_page_is_printed_to_the_same_bytes(small_centre: SmallCentre, printer: Press) -> None:
    page = small_centre.built.work / "site" / "en" / "packs" / "index.html"
    assert printer.pdf(page) == printer.pdf(page)


def test_a_browser_that_does_not_print_is_said_in_plain_words(tmp_path: Path, printer: Press) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>x</p>")
    with pytest.raises(FloorwalkError, match="the board pack was not printed") as caught:
        replace(printer, program=shutil.which("false") or "false").pdf(page)
    assert "set board_packs to off" in str(caught.value.problems[0])
