"""Texts that look like the number of a person: a telephone, an identity card, a payment card.

Belongs here: recognising them so that they are neither proposed nor shown. Does not belong here: what is done about
columns that hold them (`match`), privacy of what is loaded (`pipelines.ingest`).
"""

from __future__ import annotations

import re

PATTERNS = {
    "phone number": r"(\+?\d{1,3}[ -]?)?1[3-9]\d{9}|\+\d{1,3}[ -]?\(?\d{1,4}\)?([ -]?\d{2,4}){2,4}"
    r"|0\d{2,3}-\d{7,8}|\(?\d{3}\)?[ -]\d{3}-\d{4}",
    "identity document": r"[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[0-9Xx]|\d{3}-\d{2}-\d{4}",
    "payment card": r"(62|4\d|5[1-5])\d{2}([ -]?\d{4}){3}(\d{0,3})",
    "address": r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}",
}
"""What it is → a pattern the whole text matches, valid in Python and in DuckDB."""
HIDDEN = "•••"


def masked(value: object) -> str:
    """A value as shown to a person: hidden when it looks like the number of somebody."""
    text = "" if value is None else str(value)
    return HIDDEN if any(re.fullmatch(pattern, text.strip()) for pattern in PATTERNS.values()) else text
