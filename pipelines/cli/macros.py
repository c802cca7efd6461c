"""Writes out macros of the dbt project without dbt, so that the catalogue can be explained in no time.

Belongs here: the few names that the catalogue's macros use. Does not belong here: any expression (macros of
dbt_project), running anything (`transform`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, StrictUndefined

_MACRO = re.compile(r"{%-?\s*macro\s+(\w+).*?endmacro\s*-?%}", re.DOTALL)
FILES = ("kpi_catalogue.sql", "source_indices.sql", "statistics.sql")
"""Where the macros of the catalogue stand."""


class _ReturnedError(Exception):
    """How dbt's `return` leaves a macro with a value that is not text."""

    def __init__(self, value: object) -> None:
        self.value = value


def load(dbt_project: Path, variables: Mapping[str, Any]) -> Mapping[str, Callable[..., Any]]:
    """The macros of `FILES` as functions, by name; `variables` are the project's `vars`."""
    environment = Environment(extensions=["jinja2.ext.do"], undefined=StrictUndefined)  # noqa: S701 - SQL, not HTML
    macros: dict[str, Callable[..., Any]] = {}
    environment.globals |= {"var": variables.__getitem__, "modules": SimpleNamespace(re=re), "return": _leave}
    for file in FILES:
        for found in _MACRO.finditer((dbt_project / "macros" / file).read_text(encoding="utf-8")):
            macros[found[1]] = _function(environment, found[1], found[0])
    environment.globals |= macros
    return macros


def _leave(value: object) -> None:
    raise _ReturnedError(value)


def _function(environment: Environment, name: str, text: str) -> Callable[..., Any]:
    """One macro apart from its file, so that a call between two of one file comes back through here as well."""

    def call(*positional: object) -> object:
        try:
            return getattr(environment.from_string(text).module, name)(*positional)
        except _ReturnedError as returned:
            return returned.value

    return call
