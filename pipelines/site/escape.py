"""The one way text from data reaches a path, a JSON island, a search entry or a title.

Belongs here: cleaning, slugs, JSON for HTML, text of search entries. Does not belong here: HTML escaping of template
values (Jinja autoescape does that) and spreadsheet cells (`downloads`).
"""

from __future__ import annotations

import hashlib
import html
import json
import unicodedata
from collections.abc import Iterable

from markupsafe import Markup

NAME_LENGTH = 64
"""Longest name shown, in characters; longer ones end in an ellipsis."""

SLUG_DIGITS = 8
"""Hexadecimal digits of a slug: 1,000 people collide once in about 9,000 centres, and `slugs` then widens."""

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Unicode categories nobody can see: control and direction marks, surrogates, private use, unassigned."""

_JSON_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def visible_text(value: str, limit: int = NAME_LENGTH) -> str:
    """Text as a person can see it: NFC, no control or direction characters, single spaces, at most `limit` characters.

    Never empty for a text that had anything to show; still needs HTML escaping.
    """
    composed = unicodedata.normalize("NFC", value)
    spaced = "".join(" " if sign.isspace() else sign for sign in composed)
    kept = "".join(sign for sign in spaced if unicodedata.category(sign) not in _DROPPED)
    text = " ".join(kept.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def slug(kind: str, entity_id: str, digits: int = SLUG_DIGITS) -> str:
    """File name stem of an entity: first letter of its kind, then the start of its id's SHA-256, e.g. "t-1a2b3c4d".

    Says nothing about the person, is safe on every file system, and stays the same when a name changes.
    Takes one id; use `slugs` where all ids are known, which also settles collisions.
    """
    digest = hashlib.sha256(entity_id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind[0].lower()}-{digest[:digits]}"


def slugs(kind: str, entity_ids: Iterable[str]) -> dict[str, str]:
    """Slug of every id, all different: ids that collide get twice the digits, the others keep the short form."""
    ids = sorted(set(entity_ids))
    chosen: dict[str, str] = {}
    digits = SLUG_DIGITS
    while ids:
        by_slug: dict[str, list[str]] = {}
        for entity_id in ids:
            by_slug.setdefault(slug(kind, entity_id, digits), []).append(entity_id)
        chosen |= {same[0]: short for short, same in by_slug.items() if len(same) == 1}
        ids = [entity_id for same in by_slug.values() if len(same) > 1 for entity_id in same]
        digits *= 2
    return chosen


def json_for_html(value: object) -> Markup:
    """JSON that is safe inside a script element and an attribute in double quotes of a data island.

    Raises ValueError for a number that is not finite.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(_JSON_ESCAPES))  # noqa: S704 - escaped for HTML on this line


def search_text(value: str, limit: int) -> str:
    """Text for a search entry, which the theme prints as HTML."""
    return html.escape(visible_text(value, limit), quote=False)
