"""Sites of invented marts that several files of this folder share, each made once. Tests leave them as they are."""

from __future__ import annotations

import pytest

from pipelines.site.model import Site
from tests.unit import effects_centre, fake_marts, quality_centre, systemic_centre, tiers_centre
from tests.unit.site_pages import Build, site_of


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Makes a site of marts, with the book of every area."""
    return lambda rows: site_of(tmp_path_factory.mktemp("marts"), rows)


@pytest.fixture(scope="session")
def centre_site(build_site: Build) -> Site:
    """The invented centre without any judgement."""
    return build_site(fake_marts.centre())


@pytest.fixture(scope="session")
def without_teams_site(build_site: Build) -> Site:
    """The invented centre when no team was delivered."""
    return build_site(fake_marts.without_teams())


@pytest.fixture(scope="session")
def empty_site(build_site: Build) -> Site:
    """The site of a drop in which nothing could be used."""
    return build_site(fake_marts.empty())


@pytest.fixture(scope="session")
def systemic_site(build_site: Build) -> Site:
    """The centre with verdicts on system, teams and people."""
    return build_site(systemic_centre.centre())


@pytest.fixture(scope="session")
def effects_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The centre with programmes and their effects; of the books, tiers and effects."""
    return effects_centre.site_of(tmp_path_factory.mktemp("effects"), effects_centre.rows())


@pytest.fixture(scope="session")
def quality_site(build_site: Build) -> Site:
    """The centre whose contacts five graders scored."""
    return build_site(quality_centre.scored())


@pytest.fixture(scope="session")
def tiers_site(build_site: Build) -> Site:
    """The centre with tiers and scorecards: current, earlier and previewed ones, and every special case."""
    return build_site(tiers_centre.centre())
