from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.site import manifest, shells, stamp, verify
from tests.unit.site_fakes import FakeSource, make_project, render


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> shells.Look:
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def faults(source: FakeSource, look: shells.Look, kept: Path, out: Path) -> list[str]:
    tree = render(source, look, out, kept).site
    with pytest.raises(FloorwalkError) as fault:
        verify.check(tree, ("en", "zh"))
    assert fault.value.exit_code is Exit.CHECKS_FAILED
    return [problem.what for problem in fault.value.problems]


BAD = {
    '<a href="/teams/index.html">x</a>': "a link does not work from a folder: /teams/index.html",
    '<a href="https://example.org/">x</a>': "a generated page links outside the site: https://example.org/",
    '<a href="javascript:alert(1)">x</a>': "a link runs something: javascript:alert(1)",
    '<a href="java&#115;cript:alert(1)">x</a>': "a link runs something: javascript:alert(1)",
    '<img src="//example.org/x.png">': "something is loaded from outside the site: //example.org/x.png",
    "<img src=https://example.org/x.png>": "something is loaded from outside the site: https://example.org/x.png",
    '<p style="background:url(https://example.org/x)">x</p>': "a style sheet loads from outside the site: https://example.org/x",
    "<style>@import 'https://example.org/x.css'</style>": "a style sheet loads from outside the site: https://example.org/x.css",
    "<script>alert(1)</script>": "an active element in generated content: <script>",
    '<iframe src="index.html"></iframe>': "an active element in generated content: <iframe>",
    "<img/onerror=alert(1) alt=x>": "a script attribute in generated content: onerror",
    "<table><tr><td class='fw-num'> nan </td></tr></table>": "a figure is not a number: nan",
    '<table><tr><td class="fw-num">-inf %</td></tr></table>': "a figure is not a number: -inf %",
    '<table><tr><th class="fw-num" scope="col">None</th></tr></table>': "a figure is not a number: None",
    '<svg><path d="M0,NaN"/></svg>': "a drawing holds a number that is not finite: NaN",
}


@pytest.mark.parametrize("body", BAD)
def test_each_fault_is_found_and_named(body: str) -> None:
    page = f"<html>{stamp.CONTENT_BEGINS}{body}{stamp.CONTENT_ENDS}</html>"
    reading = verify.read_html(page, is_generated=True)
    assert [f"{what}: {found}" for what, found in reading.faults] == [BAD[body]]


def test_all_faults_of_a_tree_are_reported_at_once_with_their_pages(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    body = '<a href="t-9.html">x</a><a href="index.html#gone">y</a><p><script>1</script></p>'
    assert faults(FakeSource({"t-1": body}), look, kept, tmp_path / "a") == [
        "an active element in generated content: <script>",
        "an inline script is not on the list: 1",
        "a link leads nowhere: t-9.html",
        "a link leads to a place that is not on the page: index.html#gone",
    ]


def test_what_people_write_is_not_mistaken_for_a_fault() -> None:
    body = (
        "<td>Nanette</td><td><a href='#here'>None</a></td><p id='here'>inf</p><p>href=&#34;x&#34; on-time = yes</p>"
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,1"/></svg><img src="data:image/png;base64,AA==" alt="">'
        "<code>&lt;script&gt;</code><td>None</td><th scope='row'>null</th><svg><text>NaN</text></svg>"
        f"<q>Dear {{{{ name }}}}, {stamp.TITLE} {{% if %}}</q>"
    )
    page = f"<html>{stamp.CONTENT_BEGINS}{body}{stamp.CONTENT_ENDS}</html>"
    assert verify.read_html(page, is_generated=True) == verify.Reading(["#here"], [])


def test_a_document_may_name_its_source_but_load_nothing() -> None:
    assert verify.read_html('<a href="https://example.org/">source</a>', is_generated=False).faults == []
    assert verify.read_html('<link href="https://example.org/x.css">', is_generated=False).faults


def test_style_sheets_are_read_too() -> None:
    reading = verify.read_css(
        'a{background:url("data:image/svg+xml,<svg>")} b{background:url(../x.png)}@import "http://a/b";'
    )
    assert reading.links == ["../x.png"]
    assert reading.faults == [("a style sheet loads from outside the site", "http://a/b")]


def test_a_page_that_one_language_lacks_is_reported(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    source = FakeSource({"t-1": "<p>x</p>"}, without=("zh", "teams/t-1.html"))
    said = faults(source, look, kept, tmp_path / "a")
    assert said == ["a page is missing in a language: zh"]


def test_a_whole_tree_passes_and_is_read_only_once(look: shells.Look, kept: Path, tmp_path: Path) -> None:
    memory = tmp_path / "memory.json"
    first = render(FakeSource({"t-1": "<p>x</p>"}), look, tmp_path / "a", kept)
    assert verify.check(first.site, ("en", "zh"), memory) > 10
    assert verify.check(first.site, ("en", "zh"), memory) == 0
    second = render(FakeSource({"t-1": "<p>y</p>"}), look, tmp_path / "b", kept, tmp_path / "a")
    assert verify.check(second.site, ("en", "zh"), memory) == 2


def test_a_remembered_page_is_still_checked_against_the_pages_that_are_left(
    look: shells.Look, kept: Path, tmp_path: Path
) -> None:
    memory = tmp_path / "memory.json"
    linked = FakeSource({"t-1": "<p>x</p>", "t-2": "<p>y</p>"}, overview='<a href="teams/t-2.html">two</a>')
    first = render(linked, look, tmp_path / "a", kept)
    verify.check(first.site, ("en", "zh"), memory)
    gone = FakeSource({"t-1": "<p>x</p>"}, overview='<a href="teams/t-2.html">two</a>')
    second = render(gone, look, tmp_path / "b", kept, tmp_path / "a")
    with pytest.raises(FloorwalkError, match=r"leads nowhere: teams/t-2\.html"):
        verify.check(second.site, ("en", "zh"), memory)


def test_a_tree_without_manifest_is_not_fit_to_be_shown(tmp_path: Path) -> None:
    with pytest.raises(FloorwalkError, match=manifest.NAME):
        verify.check(tmp_path, ("en",))
