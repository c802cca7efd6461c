"""What people call measures and pages besides the names that stand on them: site_templates/other_names.yml.

Belongs here: reading that file. Does not belong here: the names on the pages (catalogue, templates), other spellings of
them (`han`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import yaml

from pipelines import chinese
from pipelines.site.templates import TEMPLATES

FILE = TEMPLATES / "other_names.yml"


@lru_cache
def read() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    """measures | pages → KPI or page kind → language → other names."""
    content: Mapping[str, Mapping[str, Mapping[str, list[str]]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


def of_kpi(kpi_id: str, language: str) -> tuple[str, ...]:
    """Other names of a KPI in one language."""
    return _said(read()["measures"].get(kpi_id, {}), language)


def of_page(kind: str, language: str) -> tuple[str, ...]:
    """Other names of a page in one language."""
    return _said(read()["pages"].get(kind, {}), language)


def _said(by_language: Mapping[str, list[str]], language: str) -> tuple[str, ...]:
    return tuple(chinese.said(name, language) for name in by_language.get(chinese.source(language), []))
