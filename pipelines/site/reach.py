"""Whatever scrolls sideways can be reached with the keyboard (WCAG 2.1.1), wherever a template put it.

Belongs here: marking wide tables that hold nothing to focus. Does not belong here: the tables (templates), how they
scroll (style sheets).
"""

from __future__ import annotations

import re

_WIDE = re.compile(r'<div class="(fw-wide(?: [^"]*)?)">(.*?)</table>', re.DOTALL)
_SCROLLS_ITSELF = re.compile(r'<table class="(fw-(?:plan|skills|days)(?: [^"]*)?)">(.*?)</table>', re.DOTALL)
"""Tables of sheets and journals, which have no box around them: on paper they need none."""
_FOCUSABLE = re.compile(r"<(?:a|button|input|select|summary)\b")


def with_reach(content: str) -> str:
    """The page with a tab stop on each wide table that has no link or control of its own."""

    return _SCROLLS_ITSELF.sub(_marked, _WIDE.sub(_marked, content))


def _marked(found: re.Match[str]) -> str:
    if _FOCUSABLE.search(found[2]):
        return found[0]
    return f'{found[0][: found.end(1) - found.start() + 1]} tabindex="0"{found[0][found.end(1) - found.start() + 1 :]}'
