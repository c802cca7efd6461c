"""What sqlfluff needs to read the models without dbt: the project's own variables, and a stand-in for `adapter`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import yaml

_PROJECT = Path(__file__).resolve().parents[2] / "dbt_project" / "dbt_project.yml"


@lru_cache
def _variables() -> dict[str, object]:
    return dict(yaml.safe_load(_PROJECT.read_text(encoding="utf-8"))["vars"])


def var(name: str, default: object = None) -> object:
    """A variable of dbt_project.yml."""
    return _variables().get(name, default)


class adapter:
    """Stands in for dbt's adapter."""

    @staticmethod
    def dispatch(name: str, *packages: str) -> Callable[..., str]:
        """A dispatched macro becomes a literal, which is all that a linter of style needs."""
        return lambda *arguments: "1e0"


modules = SimpleNamespace(re=re)
"""The part of dbt's `modules` that the project's macros use."""
