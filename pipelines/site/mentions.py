"""Measures that an answer names lead to their pages, and there the tooltip tells what they mean (assets/js/terms.js).

Belongs here: the first mention of each measure in a page's answer, where no template made it a link. Does not belong
here: tables and headings, whose names are links already; captions, which stand beside such a table; terms (`glossary`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import escape

_ANSWER = re.compile(r'(?<=<div class="fw-answer">).*?(?=</div>)', re.DOTALL)
_TAG = re.compile(r"(<[^>]*>)")
_LEADS_TO = re.compile(r'href="(?:\.\./)*(?:kpis/)?([\w-]+)\.html"')


def linked(content: str, path: str, names: Mapping[str, str]) -> str:
    """The page at `path` with a link on the first mention of each KPI; `names` are KPI → its name in this language."""
    label, kpi_of = _labels(tuple(names.items()))
    root = "../" * path.count("/")

    def answer(found: re.Match[str]) -> str:
        told = {_stem(path), *_LEADS_TO.findall(found[0])}

        def first(name: re.Match[str]) -> str:
            kpi_id = kpi_of[name[0]]
            if kpi_id in told:
                return name[0]
            told.add(kpi_id)
            return f'<a href="{root}kpis/{kpi_id}.html">{name[0]}</a>'

        parts, inside = _TAG.split(found[0]), 0
        for place, part in enumerate(parts):
            if place % 2:
                inside += part.startswith("<a ") - (part == "</a>")
            elif not inside:
                parts[place] = label.sub(first, part)
        return "".join(parts)

    return _ANSWER.sub(answer, content) if names else content


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".html")


@lru_cache(maxsize=8)
def _labels(names: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What finds a name as it stands in HTML, the longest first, never a part of a Latin word; and whose name it is."""
    kpi_of = {str(escape(name)): kpi_id for kpi_id, name in reversed(names) if name}
    longest = sorted(kpi_of, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, longest))})(?![A-Za-z0-9])"), kpi_of
