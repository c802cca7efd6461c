"""Where the records of an unseen JSON file are, and which values and lists they hold.

Belongs here: the shape of JSON. Does not belong here: reading all records (`rows`), tables (`look`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.ingest.encodings import Encoding
from pipelines.ingest.readers import Unreadable, delimited

_JSON_BYTES = 64 << 20
_JSON_RECORDS = 500
_DEEPEST = 4
Object = dict[str, Any]


@dataclass(frozen=True)
class Records:
    """Dotted paths of the values, and of the lists of objects inside a record with the values of their elements."""

    kind: str
    path: str
    values: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]

    def headers(self, explode: str = "") -> tuple[str, ...]:
        """Headings of the rows; with one list taken apart those of its elements too. Other lists are one text each."""
        apart = [path for path in self.lists if path == explode or explode.startswith(f"{path}.")]
        within = [value for path in apart for value in self.lists[path]]
        texts = [path for path in self.lists if path not in apart and _parent(path, self.lists) in ("", *apart)]
        return (*self.values, *within, *texts)


def records_of(file: Path, encoding: Encoding) -> Records:
    """JSON Lines when its first line is a whole object, else one document. Raises Unreadable."""
    head = delimited.head_of(file, encoding.name)
    objects = [found for line in head if (found := _object(line.text)) is not None]
    first = next((line for line in head if line.text.strip()), None)
    if first is not None and _object(first.text) is not None and len(objects) > 1:
        return _shape("jsonl", "", objects)
    if file.stat().st_size > _JSON_BYTES:
        raise Unreadable("a JSON document this large has to be mapped by hand; one object a line is read at any size")
    try:
        document = json.loads(file.read_text(encoding=encoding.name, errors="replace"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is neither one JSON document nor one object a line") from error
    path, records = _longest(document)
    shape = _shape("json", path, records[:_JSON_RECORDS])
    if not shape.values and not shape.lists:
        raise Unreadable("it holds no objects")
    return shape


def _longest(document: Any) -> tuple[str, list[Object]]:
    """The list of objects within the document that is longest, and the dotted path to it.

    A document that says things of its own beside its lists is one record: its lists are parts of it.
    """
    if isinstance(document, list):
        return "", [item for item in document if isinstance(item, dict)]
    if not isinstance(document, dict):
        return "", []
    found: list[tuple[int, str, list[Object]]] = []

    def walk(value: Any, path: str, depth: int) -> None:
        if isinstance(value, list):
            objects = [item for item in value if isinstance(item, dict)]
            if objects:
                found.append((len(objects), path, objects))
        elif isinstance(value, dict) and depth < _DEEPEST:
            for key, item in value.items():
                walk(item, f"{path}.{key}" if path else str(key), depth + 1)

    walk(document, "", 0)
    if not found or _is_one_record(document):
        return "", [document]
    _, path, objects = max(found, key=lambda one: one[0])
    return path, objects


def _is_one_record(document: Object) -> bool:
    """Whether the document has an id of its own, or more values beside its lists than a page of records has."""
    plain = [key for key, value in document.items() if not isinstance(value, dict | list)]
    nested = [value for value in document.values() if isinstance(value, dict)]
    own_id = any(key.lower() == "id" or key.endswith(("Id", "_id", "ID")) for key in plain)
    lists = [value for value in document.values() if isinstance(value, list)]
    return own_id and (bool(nested) or len(lists) > 1)


def _shape(kind: str, path: str, objects: Iterable[Object]) -> Records:
    values: dict[str, None] = {}
    lists: dict[str, dict[str, None]] = {}

    def walk(value: Mapping[str, Any], here: str, into: dict[str, None], depth: int) -> None:
        for key, item in value.items():
            at = f"{here}.{key}" if here else str(key)
            if isinstance(item, dict) and item:
                walk(item, at, into, depth)
            elif isinstance(item, list) and any(isinstance(element, dict) for element in item):
                fields = lists.setdefault(at, {})
                for element in item if depth < _DEEPEST else ():
                    if isinstance(element, dict):
                        walk(element, at, fields, depth + 1)
            else:
                into[at] = None

    for item in objects:
        walk(item, "", values, 0)
    plain = tuple(name for name in values if name not in lists and not _is_group(name, values))
    return Records(kind, path, plain, {name: tuple(fields) for name, fields in lists.items()})


def _is_group(name: str, values: Iterable[str]) -> bool:
    """A null where other records hold an object."""
    return any(other.startswith(f"{name}.") for other in values)


def _parent(path: str, lists: Iterable[str]) -> str:
    return max((other for other in lists if path.startswith(f"{other}.")), key=len, default="")


def _object(text: str) -> Object | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
