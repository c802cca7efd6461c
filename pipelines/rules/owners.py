"""Checks file_owners.csv: whom to ask about the files of a mapping.

Belongs here: a line that lacks a name, a mapping named twice, one that does not exist. Does not belong here: who is
told (the marts, ingest).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pipelines.errors import Problem, shown
from pipelines.rules.seeds import Catalogue, Seeds, text, twice

COLUMNS: Mapping[str, Callable[[str], Any]] = {"layout": text, "owner_en": text, "owner_zh": text}

_TEMPLATE = "plain_"
"""How the mappings of templates begin; they are no files."""


def faults(seeds: Seeds, _: Catalogue) -> Iterator[Problem]:
    """Mappings that have two owners."""
    yield from twice(seeds["file_owners"], "layout")


def notes(seeds: Seeds, dbt_project: Path) -> Iterator[Problem]:
    """Lines for mappings that do not exist: whoever they name is never told to be asked."""
    files = dbt_project / "exports"
    mappings = {file.stem for file in files.glob("[!_]*.yml")}
    for row in seeds["file_owners"] if mappings else ():
        name = row["layout"]
        if name not in mappings and not name.startswith(_TEMPLATE):
            close = get_close_matches(name, mappings, n=1)
            yield Problem(
                f"there is no mapping called {shown(name)}",
                where=row.where("layout"),
                why="nobody is named for the files that this line is meant for",
                fix=f"correct the name, perhaps to {close[0]}" if close else "correct the name, or remove the line",
            )
