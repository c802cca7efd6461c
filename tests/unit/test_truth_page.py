"""The method page about known truth shows what `floorwalk check --truth` measured; that record keeps its promises."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from pipelines.settings import LANGUAGES, PROJECT
from pipelines.truth.table import ENOUGH_SEEDS, PROMISES

RECORD: dict[str, Any] = json.loads((PROJECT / "tests" / "method" / "truth_record.json").read_text(encoding="utf-8"))
"""What `--json` printed on the day it names, and under less_data the shares of a run with fewer contacts."""


def shown(line: dict[str, Any]) -> list[str]:
    """The figures of a measured line as the page writes them, whatever the language."""
    digits = [f"{100 * value:.1f}" for value in (line["share"], *line["interval"])]
    limit = line["at_most"] if line["at_most"] is not None else line["at_least"]
    return [*digits, f"{line['of']:,}", *([f"{100 * limit:.0f}"] if limit else [])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_page_shows_the_measured_table(language: str) -> None:
    page = (PROJECT / "docs" / language / "method" / "truth.md").read_text(encoding="utf-8")
    cells = [row.strip("|").split("|")[1:] for row in re.findall(r"^\|.+\|$", page, re.MULTILINE)[2:]]
    assert [re.findall(r"\d[\d.,]*", " ".join(row)) for row in cells] == [shown(line) for line in RECORD["lines"]]
    for fact in (RECORD["command"], RECORD["date"], f"{RECORD['size']['contacts']:,}"):
        assert fact in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_page_says_what_fewer_data_do(language: str) -> None:
    page = (PROJECT / "docs" / language / "method" / "truth.md").read_text(encoding="utf-8")
    thin = RECORD["less_data"]
    for share in (thin["low_wrong_product"], thin["flips_product"], thin["low_found"]):
        assert f"{100 * share:.1f}" in page
    assert re.search(
        rf"\b{thin['programmes_false']}(?: of these| 次) ?{thin['seeds'] if language == 'en' else ''}", page
    )
    assert f"{thin['contacts_per_agent']:,}" in page
    assert thin["command"] in page


def test_the_record_is_of_enough_centres_and_of_the_promises_that_stand() -> None:
    assert RECORD["seeds"] >= ENOUGH_SEEDS
    assert RECORD["size"]["agents"] == 200
    measured = [(line["key"], line["text"], line["at_most"], line["at_least"]) for line in RECORD["lines"]]
    assert measured == [(one.key, one.text, one.at_most, one.at_least) for one in PROMISES]


def test_what_was_measured_keeps_every_promise_and_beats_the_usual_ranking() -> None:
    by_key = {line["key"]: line for line in RECORD["lines"]}
    assert [line["key"] for line in RECORD["lines"] if line["verdict"] not in ("kept", "")] == []
    assert by_key["low_wrong_product"]["share"] < 0.5 * by_key["low_wrong_raw_rank"]["share"]
    assert by_key["flips_product"]["share"] < by_key["flips_raw_rank"]["share"]
