"""What a reader waits for: bytes of the first page and of a team's page, and when a team's charts stand.

Belongs here: measuring a finished site in a browser on this machine. Does not belong here: budgets (`site/weight.py`),
judging a time. Needs Chromium; without one the time is left out and said to be.
"""

from __future__ import annotations

import functools
import http.server
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.downloads.press import find
from pipelines.site.weight import Weights

SLOWER = 4
"""How many times slower the processor is made."""
TRIES = 7
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

    with _served(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        context = chromium.new_context(bypass_csp=True)
        context.add_init_script(_WATCH)
        tab = context.new_page()
        tab.goto(f"{address}/{page.split('/')[0]}/index.html")
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        waited = []
        for _ in range(TRIES):
            tab.goto(f"{address}/{page}")
            tab.wait_for_function("window.fwCharts")
            waited.append(float(tab.evaluate("window.fwCharts")))
        chromium.close()
    return round(statistics.median(waited), 1)


@contextmanager
def _served(site: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
