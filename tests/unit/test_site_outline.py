"""The list of what stands on a page."""

from __future__ import annotations

import pytest

from pipelines.site import outline
from pipelines.words import Words

ENGLISH = Words("en", {})
FOUR = "".join(f"<h2>Part {name}</h2><p>…</p>" for name in "ABCD")


def test_a_long_page_gets_links_to_its_headings_where_the_template_asks_for_them() -> None:
    found = outline.with_outline(f"<h1>T</h1>{outline.HERE}{FOUR}", ENGLISH)
    assert found.index('<a href="#part-1">Part A</a>') < found.index('<h2 id="part-1">Part A</h2>')
    assert '<a href="#part-4">Part D</a>' in found
    assert outline.HERE not in found


def test_a_short_page_and_one_that_does_not_ask_get_none() -> None:
    assert "<nav" not in outline.with_outline(f"{outline.HERE}<h2>A</h2><h2>B</h2>", ENGLISH)
    assert outline.with_outline(FOUR, ENGLISH) == FOUR


def test_a_heading_keeps_the_id_it_has_and_is_listed_without_its_marks() -> None:
    page = f'{outline.HERE}<h2 id="passport" class="x"><a href="a.html">Number</a>\n passport</h2>{FOUR}'
    found = outline.with_outline(page, ENGLISH)
    assert '<li><a href="#passport">Number passport</a></li>' in found
    assert found.count('id="passport"') == 1


@pytest.mark.parametrize("name", ["&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;amp; &quot;quoted&quot;"])
def test_a_name_in_a_heading_stays_escaped_in_the_list(name: str) -> None:
    found = outline.with_outline(f"{outline.HERE}<h2>{name}</h2>{FOUR}", ENGLISH)
    assert f'<li><a href="#part-1">{name}</a></li>' in found
    assert "<script" not in found
