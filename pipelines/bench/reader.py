"""What a reader waits for: bytes of the first page and of a team's page, and when a team's charts stand.

Belongs here: measuring a finished site in a browser on this machine. Does not belong here: budgets (`site/weight.py`),
judging a time. Needs Chromium; without one the time is left out and said to be.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from pipelines.downloads.press import find
from pipelines.loopback import serving
from pipelines.site.weight import Weights

SLOWER = 4
"""How many times slower the processor is made."""
TRIES = 7
REST = 1_000
"""Milliseconds on the overview before the click, as a reader has; a page still at work would delay the next one."""
_WATCH = """
(() => {
  const look = () => {
    const isWhole = document.querySelector("figure svg") && document.querySelector(".md-footer");
    if (isWhole) window.fwCharts = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
"""Notes the moment of the first frame in which the page is there down to its foot, and with it all its charts."""


@dataclass(frozen=True)
class Reader:
    """Compressed bytes, and the median of some milliseconds from a click to a team's charts."""

    first_page_bytes: int
    team_page_bytes: int
    charts_milliseconds: float | None


def read(site: Path, language: str = "en") -> Reader:
    """Measure a finished site; the team page is the heaviest."""
    weights = Weights(site.resolve(), language)
    heaviest = max(weights.team_pages, key=lambda page: weights.team_pages[page], default="")
    press = find()
    waited = _charts(site.resolve(), heaviest, press.program) if press and heaviest else None
    return Reader(sum(weights.first_page.values()), weights.team_pages.get(heaviest, 0), waited)


def _charts(site: Path, page: str, browser: str) -> float:
    """Median milliseconds from the start of navigation to the first frame with the page's charts, styles known."""
    from playwright.sync_api import sync_playwright

    with serving(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        context = chromium.new_context(bypass_csp=True)
        context.add_init_script(_WATCH)
        tab = context.new_page()
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        waited = []
        for _ in range(TRIES):
            tab.goto(f"{address}/{page.split('/')[0]}/index.html")
            tab.wait_for_load_state("networkidle")
            tab.wait_for_timeout(REST)
            tab.goto(f"{address}/{page}")
            tab.wait_for_function("window.fwCharts")
            waited.append(float(tab.evaluate("window.fwCharts")))
        chromium.close()
    return round(statistics.median(waited), 1)
