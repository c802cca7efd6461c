"""WCAG 2.2 AA by axe on every kind of page: light and dark, a phone of 320 px and a laptop, and on paper."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import kinds
from tests.conftest import SmallCentre

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
LOOKS = [
    ("en", "light", 1440, "screen"),
    ("en", "dark", 320, "screen"),
    ("zh", "light", 320, "screen"),
    ("zh", "dark", 1440, "screen"),
    ("en", "light", 794, "print"),
]
"""Each kind of page meets both widths, both colour schemes, both languages and paper."""
FEWEST_KINDS = 50
NOT_ON_PAPER = {"target-size", "scrollable-region-focusable"}
"""Nobody clicks or scrolls a sheet of paper."""


@pytest.mark.parametrize(("language", "scheme", "width", "medium"), LOOKS)
def test_no_kind_of_page_breaks_a_rule_of_wcag_2_2_aa(
    small_centre: SmallCentre, browser: Browser, language: str, scheme: Any, width: int, medium: Any
) -> None:
    pages = kinds.of_site(small_centre.built.work / "site" / language)
    assert len(pages) >= FEWEST_KINDS
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.emulate_media(media=medium, color_scheme=scheme)
    broken: dict[str, list[str]] = defaultdict(list)
    for kind, file in pages.items():
        page.goto(file.resolve().as_uri())
        page.wait_for_load_state("load")
        page.evaluate("new Promise(done => requestIdleCallback(() => setTimeout(done)))")
        page.evaluate(AXE)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
        for violation in found["violations"]:
            if medium == "print" and violation["id"] in NOT_ON_PAPER:
                continue
            first = violation["nodes"][0]
            broken[violation["id"]].append(f"{kind}: {first['html'][:120]} ({first['failureSummary'][:160]})")
    context.close()
    assert not broken, "\n".join(f"{rule}: {places[:3]}" for rule, places in broken.items())
