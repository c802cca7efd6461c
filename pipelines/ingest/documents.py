"""Reads the YAML files that people write, and finds what is wrong with their shape.

Belongs here: loading YAML without losing repeated keys, and asking a mapping for a value of a kind while collecting
problems. Does not belong here: what the keys mean (`contract`, `layout`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from pipelines.errors import Problem

if TYPE_CHECKING:
    _Loader = yaml.SafeLoader
else:
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where PyYAML was built with libyaml


class _UniqueKeyLoader(_Loader):
    """SafeLoader that refuses a repeated key; plain YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key!r} is there twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_mapping(file: Path, problems: list[Problem]) -> dict[str, object] | None:
    """The file's top mapping, or None with the fault added to `problems`."""
    try:
        # a subclass of SafeLoader: builds plain values only
        document = yaml.load(file.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(error.problem or "this is not YAML", where=f"{file.name}, line {line}"))
        return None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(Problem("this is not YAML in UTF-8", where=file.name, why=str(error).split("\n")[0]))
        return None
    if not isinstance(document, dict):
        problems.append(Problem("the file holds no keys", where=file.name))
        return None
    return {str(key): value for key, value in document.items()}


def line_of(file: Path, place: str) -> int:
    """The line of a key of a mapping that was read, named with dots as problems name it."""
    node, line = yaml.compose(file.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader), 1
    for part in place.split("."):
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        key, node = next(((key, value) for key, value in pairs if key.value == part), (None, None))
        line = key.start_mark.line + 1 if key is not None else line
    return line


class Node:
    """One mapping inside a file; knows its place, so that every problem names file and key."""

    def __init__(self, file: str, place: str, values: Mapping[str, object], problems: list[Problem]) -> None:
        self.file, self.place, self.values, self.problems = file, place, values, problems

    def complain(self, key: str, what: str, fix: str = "") -> None:
        """Record a problem at `key` of this mapping."""
        self.problems.append(Problem(what, where=f"{self.file}, {self._path(key)}", fix=fix))

    def _path(self, key: str) -> str:
        return ".".join(part for part in (self.place, key) if part)

    def allow(self, known: Iterable[str]) -> None:
        """Complain about every key that is not known."""
        names = tuple(known)
        for key in self.values:
            if key not in names:
                self.complain(key, f"unknown key {key!r}", fix="known keys: " + ", ".join(names))

    def text(self, key: str, required: bool = False) -> str | None:
        """A text; numbers and booleans are taken as written."""
        value = self.values.get(key)
        if value is None or value == "":
            if required or key in self.values:
                self.complain(key, f"{key!r} is missing or empty")
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float):
            return str(value)
        self.complain(key, f"{key!r} must be a text")
        return None

    def number(self, key: str) -> int:
        """A whole number of at least 0; 0 when it is not given."""
        value = self.values.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.complain(key, f"{key!r} must be a whole number of at least 0")
            return 0
        return value

    def flag(self, key: str) -> bool:
        """True or false; false when it is not given."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.complain(key, f"{key!r} must be true or false")
            return False
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that is not empty."""
        value = self.values.get(key)
        if isinstance(value, list) and value and all(isinstance(item, str | int | float) for item in value):
            return tuple(str(item) for item in value)
        self.complain(key, f"{key!r} must be a list of texts, such as [One, Two]")
        return ()

    def child(self, key: str, required: bool = True) -> Node:
        """The mapping at `key`; empty, with a complaint when required, if there is none."""
        value = self.values.get(key)
        if isinstance(value, dict):
            return Node(self.file, self._path(key), {str(name): item for name, item in value.items()}, self.problems)
        if required or value is not None:
            self.complain(key, f"{key!r} must hold keys of its own")
        return Node(self.file, self._path(key), {}, self.problems)
