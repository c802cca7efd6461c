"""The numbers on the page about ability and engagement are those that run."""

from __future__ import annotations

import csv
import re

import pytest

from pipelines.settings import LANGUAGES, PROJECT
from tests.model_sql import Project, variables

with (PROJECT / "dbt_project" / "seeds" / "rules.csv").open(encoding="utf-8", newline="") as stream:
    RULES = {row["rule_id"]: float(row["value"]) for row in csv.DictReader(stream) if row["owner"] == "default"}

STATED: tuple[tuple[float | str, str, str], ...] = (
    (RULES["engagement_min_items"], r"at least (\d+) (?:honest|items)", r"至少(?:要)?有 (\d+) 项"),
    (100 * RULES["quadrant_sure"], r"from (\d+) %", r"(?:概率|\| )达到 (\d+)%"),
    (RULES["engagement_alpha"], r"reach (\d\.\d+)|near (\d\.\d+)", r"达到 (\d\.\d+)|在 (\d\.\d+) 附近"),
    (variables()["judge_min_observations"], r"(?:At|at) least (\d+) people", r"至少(?:要有)? (\d+) (?:个)?人"),
    (RULES["group_min_people"], r"(?:than|below) (\d+) people", r"不足 (\d+) 人"),
    (RULES["peer_min_raters"], r"at least (\d+) colleagues", r"至少有 (\d+) 位同事"),
    (RULES["rising_quarters"], r"last (\d+) quarters", r"最近 (\d+) 个季度"),
    (RULES["rising_min_quarters"], r"at least (\d+) of them", r"至少其中 (\d+) 个"),
    (100 * RULES["rising_sure"], r"be (\d+) %\n?\s*probable", r"把握须达到 (\d+)%"),
)


@pytest.mark.parametrize(("value", "english", "chinese"), STATED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_on_the_page_is_the_one_that_runs(
    value: float | str, english: str, chinese: str, language: str
) -> None:
    page = (PROJECT / "docs" / language / "method" / "quadrant.md").read_text(encoding="utf-8")
    said = {
        part for match in re.finditer({"en": english, "zh": chinese}[language], page) for part in match.groups() if part
    }
    assert {float(number) for number in said} == {float(value)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_and_every_code_is_explained(language: str) -> None:
    page = (PROJECT / "docs" / language / "method" / "quadrant.md").read_text(encoding="utf-8")
    project = Project()
    codes = project.sql("{{ quadrants() | join(' ') }} {{ no_quadrants() | join(' ') }}").split()
    named = re.findall(r"'([a-z]\w+)' as item", project.model("int_engagement_observation")[0])
    items = {*named, "leader_rating", "peer_rating"}
    assert len(items) == 5
    assert len(codes) == 8
    assert [code for code in codes if f"| `{code}` |" not in page] == []
    assert [item for item in items if f"| `{item}` |" not in page] == []
