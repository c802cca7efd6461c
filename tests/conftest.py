"""Fixtures that several folders of tests share, and nothing else. Helpers of one folder stand in that folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.demo import write_demo
from pipelines.settings import PROJECT, quiet_tools
from tests.floorwalk_command import Built, build

SMALL: dict[str, Any] = {"agents": 24, "teams": 3, "contacts": 6000, "quarters": 3}
"""Arguments of the small demo centre."""


@dataclass(frozen=True)
class SmallCentre:
    """A small demo centre, built once; tests leave it as it is. `folder` holds drop/, truth/ and work/."""

    folder: Path
    built: Built


@pytest.fixture(scope="session", autouse=True)
def _tools_are_quiet() -> None:
    quiet_tools()


@pytest.fixture(scope="session", autouse=True)
def _board_packs_stay_pages() -> Iterator[None]:
    """Printing costs a second per team and language; the tests that are about it switch it on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FLOORWALK_BOARD_PACKS", "off")
        yield


@pytest.fixture(scope="session", autouse=True)
def _words_of_the_demo_are_shown() -> Iterator[None]:
    """Free text is off unless a centre turns it on; pages with quotes are tested with the demo's invented ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FLOORWALK_FREE_TEXT", "redacted")
        yield


@pytest.fixture(scope="session")
def project() -> Path:
    """The repository's top folder."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Published data sets beside the repository; tests that need them are skipped where they are absent."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is not here: published numbers cannot be compared")
    return folder


@pytest.fixture(scope="session")
def small_centre(tmp_path_factory: pytest.TempPathFactory) -> SmallCentre:
    """The small demo centre and its site."""
    folder = tmp_path_factory.mktemp("small_centre")
    return SmallCentre(folder, build(write_demo(folder, **SMALL), folder / "work"))
