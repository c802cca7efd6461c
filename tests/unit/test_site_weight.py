"""Budgets: what a reader loads is weighed as it is sent, and too much is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.site import weight

NOISE = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(30_000))
"""Text that hardly gets smaller."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "en"
    for folder in ("teams", "assets/js", "assets/data", "assets/javascripts/workers", "search"):
        (root / folder).mkdir(parents=True)
    (root / "index.html").write_text(
        '<link rel="stylesheet" href="assets/a.css"><script defer src="assets/js/floorwalk.js"></script><p>Hello</p>'
    )
    (root / "assets/a.css").write_text("p { color: red }")
    for script in ("assets/js/floorwalk.js", "assets/js/tables.js", "assets/js/jump.js", "assets/data/words.js"):
        (root / script).write_text("1;")
    (root / "search/search_index.json").write_text("{}")
    (root / "assets/javascripts/workers/search.1.min.js").write_text("1;")
    (root / "teams/t-1.html").write_text("<p>Team</p>" * 1000)
    return tmp_path


def test_the_first_page_weighs_what_it_loads_by_itself_and_nothing_else(tree: Path) -> None:
    assert {path.removeprefix("en/") for path in weight.Weights(tree, "en").first_page} == {
        "index.html", "assets/a.css", "assets/js/floorwalk.js", "assets/js/tables.js", "assets/data/words.js",
        "search/search_index.json", "assets/javascripts/workers/search.1.min.js",
    }  # fmt: skip


def test_bytes_are_counted_compressed(tree: Path) -> None:
    page = tree / "en/teams/t-1.html"
    assert weight.Weights(tree, "en").team_pages == {"en/teams/t-1.html": weight.compressed(page)}
    assert weight.compressed(page) < page.stat().st_size / 20


def test_a_light_site_is_no_matter(tree: Path) -> None:
    assert weight.heavy(tree, ["en"]) == []


def test_a_heavy_team_page_and_a_heavy_first_page_are_named_with_their_weight_and_budget(tree: Path) -> None:
    (tree / "en/teams/t-2.html").write_text(NOISE)
    (tree / "en/search/search_index.json").write_text(NOISE * 1 + NOISE[::-1] + NOISE[::2] * 8 + NOISE[::3] * 9)
    team = weight.compressed(tree / "en/teams/t-2.html")
    assert team > weight.TEAM_PAGE_BYTES
    said = "\n".join(map(str, weight.heavy(tree, ["en"])))
    assert f"{team // 1000} kB compressed, the budget is 60 kB" in said
    assert "en/teams/t-2.html" in said
