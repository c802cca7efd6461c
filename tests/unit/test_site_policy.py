from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipelines.errors import FloorwalkError
from pipelines.site import cache, policy, shells, verify
from pipelines.site.stamp import Shells
from tests.unit.site_fakes import FakeKind, FakeSource, make_project, render

LANGUAGES = ("en", "zh")
DEPTHS = ("index.html", "one/index.html", "one/two/index.html")
RENEW = (
    "read each new script, then put its hash into site_templates/script_hashes.txt with a line that says what it does"
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> list[Shells]:
    """Pages of every depth and language without any document or data."""
    look = make_project(tmp_path_factory.mktemp("project"))
    shutil.rmtree(look.project / "docs")
    kinds = [FakeKind(f"depth{depth}", "once", path, "overview", depth) for depth, path in enumerate(DEPTHS)]
    stubs = [shells.stub(kind, "Title") for kind in kinds]
    kept = tmp_path_factory.mktemp("cache")
    return [cache.shells_of(stubs, language, LANGUAGES, look, kept) for language in LANGUAGES]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    look = make_project(tmp_path_factory.mktemp("project"))
    folder = tmp_path_factory.mktemp("site")
    return render(FakeSource({"t-1": "<p>x</p>"}), look, folder / "a", folder / "cache").site


def pages(clean: list[Shells]) -> list[str]:
    return [shell.html for frame in clean for shell in frame.kinds.values()]


def test_the_list_of_scripts_is_that_of_pages_without_data(clean: list[Shells]) -> None:
    found = {policy.hash_of(script): script for page in pages(clean) for script in policy.inline_scripts(page)}
    new = {name: script for name, script in found.items() if name not in policy.hashes()}
    gone = set(policy.hashes()) - found.keys()
    assert (new, gone) == ({}, set()), RENEW


def test_every_hash_on_the_list_is_explained_above_it() -> None:
    lines = policy.HASHES.read_text(encoding="utf-8").splitlines()
    hashes = [number for number, line in enumerate(lines) if line.startswith("sha256-")]
    assert len(hashes) == len(policy.hashes()) == len(set(policy.hashes()))
    assert all(lines[number - 1].startswith("# ") for number in hashes)


def test_every_page_begins_with_the_policy_and_breaks_nothing_of_it(clean: list[Shells], site: Path) -> None:
    for page in [*pages(clean), *(file.read_text(encoding="utf-8") for file in site.rglob("*.html"))]:
        assert page.count("Content-Security-Policy") == 1
        assert policy.faults(page) == []


def test_the_policy_allows_nothing_from_outside_and_no_script_by_name(site: Path) -> None:
    words = re.findall(r"[^\s;]+", str(policy.tag()).partition('content="')[2].rstrip('">'))
    assert words[:2] == ["default-src", "'none'"]
    assert not [word for word in words if "*" in word or "http" in word or "unsafe-eval" in word]
    assert words.count("'unsafe-inline'") == 1
    assert words[words.index("'unsafe-inline'") - 2] == "style-src"
    root = (site / "index.html").read_text(encoding="utf-8")
    assert policy.inline_scripts(root) == []


PLANTED = {
    "<script>alert(1)</script>": "an inline script is not on the list",
    "<SCRIPT>alert(1)</SCRIPT>": "a script in a form the site does not have",
    "<script >alert(1)</script>": "a script in a form the site does not have",
    "<script async>alert(1)</script>": "a script in a form the site does not have",
    '<script type="module">alert(1)</script>': "a script in a form the site does not have",
    '<script x="<">alert(1)</script>': "a script in a form the site does not have",
    "<svg><script/href=x>": "a script in a form the site does not have",
    '<script type="application/json" type="module">1</script>': "a script in a form the site does not have",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_script_the_site_does_not_have_is_found_in_any_form(clean: list[Shells], planted: str) -> None:
    page = pages(clean)[0].replace("</h1>", f"</h1>{planted}", 1).replace("<body", f"{planted}<body", 1)
    assert planted in page
    assert [what for what, _ in policy.faults(page)] == [PLANTED[planted]]


def test_settings_of_the_theme_are_data_and_no_script() -> None:
    island = '<script id="__config" type="application/json">{"base": "."}</script>'
    assert policy.faults(f"<head>{policy.tag()}</head>{island}") == []


@pytest.mark.parametrize(
    "page", ["<head></head>", '<head><script src="x.js"></script>{}</head>', "<head></head><body>{}"]
)
def test_a_page_without_the_policy_or_with_it_too_late_is_refused(page: str) -> None:
    assert [what for what, _ in policy.faults(page.format(policy.tag()))] == [
        "a page does not begin with the content security policy"
    ]


@pytest.mark.parametrize("path", ["en/teams/t-1.html", "zh/method/index.html", "index.html"])
def test_a_site_with_a_script_planted_in_a_name_is_not_published(site: Path, tmp_path: Path, path: str) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(site, tree)
    verify.check(tree, LANGUAGES)
    page = tree / path
    text = page.read_text(encoding="utf-8").replace("</title>", "</title><script>planted()</script>", 1)
    page.unlink()
    page.write_text(text, encoding="utf-8")
    with pytest.raises(FloorwalkError, match=r"an inline script is not on the list: planted\(\)"):
        verify.check(tree, LANGUAGES)
