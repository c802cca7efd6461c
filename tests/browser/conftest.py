"""The browser of all tests of this folder and the site over http, started once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from pipelines.loopback import serving
from tests.browser import hostile_site
from tests.conftest import SmallCentre

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; tests that need it are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(small_centre: SmallCentre) -> Iterator[str]:
    """The small centre's site over http on this machine."""
    with serving(small_centre.built.work / "site") as address:
        yield address


@pytest.fixture(scope="session")
def hostile_centre(tmp_path_factory: pytest.TempPathFactory) -> hostile_site.HostileCentre:
    """A site in which everybody has a hostile name."""
    return hostile_site.rendered(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def visit(browser: Browser, hostile_centre: hostile_site.HostileCentre) -> Iterator[hostile_site.Visit]:
    """A page of a browser on that site which notices everything it should not do."""
    with hostile_site.visiting(browser, hostile_centre) as visit:
        yield visit
