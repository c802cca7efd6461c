"""Names of the centre's own people in texts, as SQL: where codes stand for people, no text may name them.

Numbers and addresses are taken out by dbt_project/exports/_redaction.sql. Only names and ids that were delivered are
known: a first name alone, a nickname, a customer's name stay.
Belongs here: this SQL. Does not belong here: running it (`ingest.views`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SHORTEST = {True: 2, False: 3}
"""Fewest signs of a name that is looked for: Chinese, other."""
_AT_ONCE = 300
"""Names in one pattern: RE2 refuses very large ones."""


def names_macro(names: Iterable[str]) -> str:
    """Temporary macro without_names(text): a known name or id becomes [name], in Chinese texts ［姓名］."""
    known = sorted({name.strip() for name in names if _is_sought(name.strip())}, key=lambda name: (-len(name), name))
    told = "t"
    for start in range(0, len(known), _AT_ONCE):
        pattern = "|".join(_pattern(name) for name in known[start : start + _AT_ONCE])
        told = f"regexp_replace({told}, '{pattern}', word, 'gi')"
    return f"""
        create or replace temp macro _without_names(t, word) as {told};
        create or replace temp macro without_names(t) as
        _without_names(t, case when regexp_matches(t, '\\p{{Han}}') then '［姓名］' else '[name]' end);
    """


def _is_sought(name: str) -> bool:
    return len(name) >= _SHORTEST[bool(re.search("[\u3400-\u9fff]", name))]


def _pattern(name: str) -> str:
    """The name as RE2 text within quotes of SQL; words of Latin letters only as whole words."""
    before, after = (r"\b" if sign.isascii() and sign.isalnum() else "" for sign in (name[0], name[-1]))
    return f"{before}{re.escape(name)}{after}".replace("'", "''")
