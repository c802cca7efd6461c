from __future__ import annotations

import json

import pytest

from pipelines.site import escape

HOSTILE = ["<script>alert(1)</script>", "a\u202eb", "x\u0000y", " many  spaces ", "e\u0301", "\u200b零\u200b", "\ud800"]


@pytest.mark.parametrize("name", HOSTILE)
def test_visible_text_has_nothing_that_cannot_be_seen(name: str) -> None:
    text = escape.visible_text(name)
    assert text.isprintable()
    assert text == " ".join(text.split())


def test_visible_text_composes_letters_and_marks_a_cut_with_an_ellipsis() -> None:
    assert escape.visible_text("e\u0301") == "é"
    assert escape.visible_text("一" * 100, limit=10) == "一" * 9 + "…"
    assert escape.visible_text("one\ntwo\tthree") == "one two three"


def test_a_slug_says_nothing_about_the_name_and_is_safe_in_a_path() -> None:
    made = {escape.slug("team", name) for name in ["../..", "", "CON", "客服组", "客服組", "Team A", "team a", "é"]}
    assert len(made) == 8
    assert all(slug.startswith("t-") and len(slug) == 10 and slug.isascii() and slug == slug.lower() for slug in made)


def test_colliding_slugs_are_widened_and_the_others_stay_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escape, "SLUG_DIGITS", 1)
    ids = [f"agent {number}" for number in range(40)]
    made = escape.slugs("agent", ids)
    assert len(set(made.values())) == 40
    assert escape.slugs("agent", reversed(ids)) == made
    assert min(map(len, made.values())) < max(map(len, made.values()))


def test_json_in_html_cannot_end_its_script_element() -> None:
    value = {"name": "</script><!-- & \u2028"}
    text = escape.json_for_html(value)
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == value


def test_json_in_html_refuses_a_number_that_is_not_finite() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        escape.json_for_html({"share": float("nan")})


def test_search_text_is_escaped_because_the_theme_prints_it_as_html() -> None:
    assert escape.search_text("<img src=x onerror=alert(1)>", 80) == "&lt;img src=x onerror=alert(1)&gt;"
