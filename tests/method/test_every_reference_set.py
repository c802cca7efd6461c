"""No reference set is forgotten: each of INDEX.csv is read by some test of this folder, and what is read exists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.method.reference import ORACLES, index

HERE = Path(__file__).parent


def read_somewhere() -> set[str]:
    """Names that tests of this folder hand to a reader of sets: reference("…") or oracle("…")."""
    texts = (file.read_text(encoding="utf-8") for file in HERE.glob("test_*.py"))
    return {name for text in texts for name in re.findall(r"\b(?:reference|oracle)\(\s*['\"](\w+)['\"]", text)}


@pytest.mark.parametrize("name", sorted(index()))
def test_a_reference_set_is_reproduced_by_some_test(name: str) -> None:
    assert name in read_somewhere(), f"no test of tests/method reads the set {name}"


def test_only_sets_of_the_index_are_read() -> None:
    assert read_somewhere() <= set(index())


@pytest.mark.parametrize("name", sorted(index()))
def test_a_reference_set_says_where_its_numbers_come_from(name: str) -> None:
    content = json.loads((ORACLES / f"{name}.json").read_text(encoding="utf-8"))
    assert content["source"]
    assert content["expected"]


def test_no_file_lies_among_the_sets_that_no_set_uses() -> None:
    sets = {f"{name}.json" for name in index()}
    tables = {file.name for file in ORACLES.glob("*.csv")} - {"INDEX.csv"}
    texts = "".join((ORACLES / name).read_text(encoding="utf-8") for name in sets)
    assert {file.name for file in ORACLES.glob("*.json")} == sets
    assert [name for name in sorted(tables) if name not in texts] == []
