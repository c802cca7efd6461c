"""What stands on a page, as links beside its answer: long pages are read by those who look for one thing.

Belongs here: finding a page's headings, naming them, the list. Does not belong here: headings themselves (templates).
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from pipelines.words import Words

HERE = "<!-- outline -->"
"""Where the list goes; the head partial writes it. A page without it has none."""
FEWEST = 4
"""Headings that make a page long enough for a list."""

_HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<text>.*?)</h2>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")


def with_outline(content: str, _: Words) -> str:
    """The page with an id for each second-level heading and, at `HERE`, links to them when there are enough."""
    if HERE not in content:
        return content
    found: list[tuple[str, str]] = []

    def named(heading: re.Match[str]) -> str:
        known = _ID.search(heading["attributes"])
        name = known[1] if known else f"part-{len(found) + 1}"
        found.append((name, " ".join(_TAG.sub("", heading["text"]).split())))
        return heading[0] if known else f'<h2{heading["attributes"]} id="{name}">{heading["text"]}</h2>'

    marked = _HEADING.sub(named, content)
    if len(found) < FEWEST:
        return marked.replace(HERE, "", 1)
    links = "".join(f'<li><a href="#{name}">{text}</a></li>' for name, text in found)
    title = escape(_("On this page"))
    outline = f'<nav class="fw-outline" aria-label="{title}"><p>{title}</p><ul>{links}</ul></nav>'
    return Markup(marked.replace(HERE, outline, 1))  # noqa: S704 - texts come from rendered, escaped headings
