"""The map of what the coaching sources ask for: complete, alike in both languages, and every place it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from pipelines.marts import MARTS
from pipelines.settings import LANGUAGES, PROJECT
from pipelines.site import advice
from pipelines.site.templates import kinds

ASKED = {
    "R000": (*range(1, 20), *range(21, 25), *range(26, 31)),
    "R002": tuple(range(8, 16)),
    "R003": (3, 4, 5, 7, *range(20, 26)),
    "R004": (*range(1, 7), *range(9, 16)),
}
"""Demands marked must or should, by source. Could: R000.20, R000.25, R002.16, R004.7, R004.8, R004.16."""
NOT_HERE = {"en": "Not here: ", "zh": "不在此处："}
ROW = re.compile(r"^\| (R\d{3}\.\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def rows(language: str) -> dict[str, tuple[str, str]]:
    """Id -> (what is asked, where)."""
    text = (PROJECT / "docs" / language / "guide" / "requirements.md").read_text(encoding="utf-8")
    found = [(asked, (what, where)) for asked, what, where in ROW.findall(text)]
    assert len(found) == len(dict(found)), "an id stands twice"
    return dict(found)


def places() -> set[str]:
    contract = yaml.safe_load((PROJECT / "dbt_project/models/staging/_sources.yml").read_text(encoding="utf-8"))
    tables = {table["name"] for source in contract["sources"] for table in source["tables"]}
    folders = {f"advice/{kind}" for kind in advice.KINDS}
    return tables | folders | {mart.name for mart in MARTS} | {kind.name for kind in kinds()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_demand_of_the_coaching_sources_is_on_the_map(language: str) -> None:
    assert list(rows(language)) == [f"{source}.{number}" for source, numbers in ASKED.items() for number in numbers]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_demand_has_a_place_that_exists_or_a_reason(language: str) -> None:
    known = places()
    for asked, (_, where) in rows(language).items():
        named = re.findall(r"`([^`]+)`", where)
        assert named or where.startswith(NOT_HERE[language]), asked
        assert set(named) <= known, (asked, set(named) - known)


def test_both_languages_name_the_same_places() -> None:
    def named(language: str) -> dict[str, list[str]]:
        return {asked: re.findall(r"`([^`]+)`", where) for asked, (_, where) in rows(language).items()}

    english, chinese = (named(language) for language in LANGUAGES)
    assert english == chinese


def test_the_map_agrees_with_the_list_of_demands_where_that_is_at_hand() -> None:
    file = Path(PROJECT).parent / "shared" / "design" / "REQUIREMENTS.md"
    if not file.is_file():
        pytest.skip("the list of demands is not beside the project")
    marked = re.findall(r"^\| (R\d{3}\.\d+) \|.*\| ([MSCX!]) \|$", file.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = {asked for asked, mark in marked if mark in "MS"}
    for source, numbers in ASKED.items():
        mine = {f"{source}.{number}" for number in numbers}
        assert mine <= wanted
        if source in ("R000", "R004"):
            assert mine == {asked for asked in wanted if asked.startswith(source)}
