"""Builds of published data sets, each made once for all tests of the chain."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.floorwalk_command import Built, build


@pytest.fixture(scope="session")
def bank(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The bank's calls of 1999."""
    return build(shared_data / "anonymous_bank", tmp_path_factory.mktemp("bank"))


@pytest.fixture(scope="session")
def shop(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The shop's surveys, a handful per agent."""
    return build(shared_data / "shopzilla_csat", tmp_path_factory.mktemp("shop"))
