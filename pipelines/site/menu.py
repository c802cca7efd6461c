"""The menu: generated page kinds and hand-written documents put in one order, nobody keeping a list.

Belongs here: reading title, order and section of documents from their front matter, building the `nav` of one
language. Does not belong here: running the site builder (`shells`), looks (`site_templates/theme`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from pipelines.errors import FloorwalkError, Problem

Nav: TypeAlias = list[dict[str, "str | Nav"]]
"""`nav` as the site builder reads it: a list of {title: source path} and {title: nested list}."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One page of the menu. `source` is its Markdown path in the docs tree; section "" keeps it out of the menu."""

    title: str
    source: str
    section: str
    order: int


def documents(folder: Path) -> list[Entry]:
    """Every hand-written page below a language's docs folder, from its own front matter.

    A page belongs to the section named like its top folder unless its front matter names another.
    Raises FloorwalkError naming every page whose front matter lacks title, order or section.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for file in sorted(folder.rglob("*.md")):
        source = file.relative_to(folder).as_posix()
        meta, fault = _front_matter(file.read_text(encoding="utf-8"))
        section = str(meta.get("section", source.split("/")[0] if "/" in source else ""))
        missing = [name for name in ("title", "order") if name not in meta] + ([] if section else ["section"])
        where = f"{folder.parent.name}/{folder.name}/{source}"
        if fault or missing:
            what = fault or f"front matter lacks {', '.join(missing)}"
            fix = "begin the file with --- , title: …, order: …, ---"
            problems.append(Problem(what, where, "the menu is built from it", fix))
        elif not isinstance(meta["order"], int):
            problems.append(Problem(f"order is {meta['order']!r}", where, fix="give a whole number"))
        else:
            entries.append(Entry(str(meta["title"]), source, section, meta["order"]))
    if problems:
        raise FloorwalkError(problems)
    return entries


def nav(entries: Iterable[Entry]) -> Nav:
    """The menu: sections in the order of their first page, each named after it; a lone page stands by itself."""
    sections: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.section:
            sections.setdefault(entry.section, []).append(entry)
    ordered = [sorted(pages, key=lambda page: (page.order, page.source)) for pages in sections.values()]
    ordered.sort(key=lambda pages: (pages[0].order, pages[0].source))
    menu: Nav = []
    for pages in ordered:
        first = pages[0]
        nested: Nav = [{page.title: page.source} for page in pages]
        menu.append({first.title: nested if len(pages) > 1 else first.source})
    return menu


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    found = _FRONT_MATTER.match(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    if not found:
        return {}, "no front matter"
    try:
        meta = yaml.safe_load(found[1])
    except yaml.YAMLError as error:
        return {}, f"front matter cannot be read: {str(error).splitlines()[0]}"
    return (meta, "") if isinstance(meta, dict) else ({}, "front matter is not a list of settings")
