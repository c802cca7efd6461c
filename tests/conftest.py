"""Fixtures that several folders of tests share, and nothing else. Helpers of one folder stand in that folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.settings import PROJECT, quiet_tools


@pytest.fixture(scope="session", autouse=True)
def _tools_are_quiet() -> None:
    quiet_tools()


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
