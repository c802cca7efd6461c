"""Wide tables and the keyboard."""

from __future__ import annotations

from pipelines.site.reach import with_reach

PLAIN = '<div class="fw-wide"><table class="fw-table"><tr><td>1</td></tr></table></div>'
LINKED = '<div class="fw-wide fw-extra"><table><tr><td><a href="a.html">A</a></td></tr></table></div>'


def test_a_wide_table_without_anything_to_focus_is_a_tab_stop() -> None:
    assert with_reach(PLAIN) == PLAIN.replace('class="fw-wide"', 'class="fw-wide" tabindex="0"')


def test_a_wide_table_with_a_link_is_reached_through_it() -> None:
    assert with_reach(LINKED) == LINKED


def test_each_table_is_looked_at_by_itself() -> None:
    both = with_reach(f"<p>x</p>{LINKED}<p>y</p>{PLAIN}{PLAIN}")
    assert both.count('tabindex="0"') == 2
    assert '<div class="fw-wide fw-extra"><table>' in both


def test_a_sheets_table_that_scrolls_by_itself_is_a_tab_stop() -> None:
    table = '<table class="fw-plan fw-more"><tr><td>1</td></tr></table>'
    assert with_reach(table) == '<table class="fw-plan fw-more" tabindex="0"><tr><td>1</td></tr></table>'
