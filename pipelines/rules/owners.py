"""Checks file_owners.csv: whom to ask about the files of a mapping.

Belongs here: a line that lacks a name, a mapping named twice. Does not belong here: who is told (the marts, ingest).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipelines.errors import Problem
from pipelines.rules.seeds import Catalogue, Seeds, text, twice

COLUMNS: Mapping[str, Callable[[str], Any]] = {"layout": text, "owner_en": text, "owner_zh": text}


def faults(seeds: Seeds, _: Catalogue) -> Iterator[Problem]:
    """Mappings that have two owners."""
    yield from twice(seeds["file_owners"], "layout")
