"""Where words of people are not taken in, pages say so plainly and conclude nothing from their absence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit import sheets_centre
from tests.unit.site_pages import Reader, by_path, content, site_of

OFF = "are not taken in, so none can stand here"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Text of each page by path: with words, and without."""
    folder: Path = tmp_path_factory.mktemp("privacy")
    site = site_of(folder, sheets_centre.centre())
    without = replace(site, takes_words=False, is_named=False)
    on, off = (by_path(each, "en") for each in (site, without))
    wanted = [path for path in on if path in ("data/index.html", "coaching/cases.html", "coaching/index.html")]
    wanted += [path for path in on if path.startswith(("sheets/", "guides/"))]
    return {path: (Reader(content(on[path])).text, Reader(content(off[path])).text) for path in wanted}


def test_the_data_page_says_how_people_appear_and_how_words_are_turned_on(pages: dict[str, tuple[str, str]]) -> None:
    on, off = pages["data/index.html"]
    assert "People appear by name" in on
    assert OFF not in on
    assert "People appear under codes" in off
    assert OFF in off


def test_the_case_library_says_why_no_quote_stands_there(pages: dict[str, tuple[str, str]]) -> None:
    on, off = pages["coaching/cases.html"]
    assert OFF not in on
    assert OFF in off


def test_nobody_is_blamed_for_words_that_were_not_taken_in(pages: dict[str, tuple[str, str]]) -> None:
    for _, off in pages.values():
        assert "without steps" not in off
        assert "with the person's own view" not in off
        assert "QA can write them down" not in off
        assert "Without words:" not in off
