"""The list of known exports in the documents says what the mapping files say."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from pipelines.settings import LANGUAGES, PROJECT
from tests.unit.documents import rows

EXPORTS = PROJECT / "dbt_project" / "exports"


def _layouts() -> dict[str, Any]:
    files = [file for file in EXPORTS.glob("[!_]*.yml") if not file.stem.startswith("demo_")]
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_known_export_is_listed_with_its_title_and_the_tables_it_fills(language: str) -> None:
    listed = {
        cells[1].strip("`"): (cells[0], re.findall(r"`(\w+)`", cells[2]))
        for cells in rows(language, "guide/layouts.md")
        if cells[1].startswith("`")
    }
    known = {name: (layout["title"][language], list(layout["tables"])) for name, layout in _layouts().items()}
    assert listed == known
