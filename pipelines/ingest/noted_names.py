"""Notes written into the cell of a name: "Li Wei (on leave until May)", 王芳（产假）, "see HR 4471".

Every such cell is told, by row and line and never by its words, which may say why somebody is away. A note in brackets
behind a name is left out of the name where that leaves a name that nobody else of the file has.
Belongs here: telling a name from a note. Does not belong here: ids (`plain_ids`), what becomes of a doubt (`judge`).

A rule that half of a column's names break is how that centre writes its names, and no fault: "Agent 1042", 王芳(1042).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import duckdb

from pipelines.ingest.layout import Layout, TableMapping
from pipelines.ingest.oddity import Oddity
from pipelines.ingest.readers import literal

DOUBT = "notes_in_names"
LONGEST = 50
"""Characters of a name; the longest of full Spanish, Arabic or Malay names stay below."""
LONGEST_ALIAS = 30
MOST_DIGITS = 2
"""Two tell apart people of the same name."""
MOST_CUT = 200
"""More names with notes than this are told and left as they are."""
_MOST_TEXTS = 20_000
ENOUGH_NAMES = 10
"""So many names show how names are written."""
OWNER = "agent_id"
"""Whose name a name is: one person may be written with a note in one row and without in another."""
_OPENING, _CLOSING = "([{（［【〔「<《〈", ")]}）］】〕」>》〉"
_LOOKED_AT = rf"[0-9０-９:：{re.escape(_OPENING)}]|^(see|siehe|ask)[ .]|^[参详见待空同备]"
"""SQL pattern of the texts worth a look; all others are names."""
_BRACKETS = re.compile(rf"\s*[{re.escape(_OPENING)}]([^{re.escape(_OPENING + _CLOSING)}]*)[{re.escape(_CLOSING)}]?\s*")
_INSTEAD = re.compile(r"(see|siehe|ask)[ .]+[a-z]|see [A-Z]{2}|(参见|详见|见[备附表下上注]|待定|待补|空缺|同上|备注)")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORDS_OF_NOTES = re.compile(
    r"\b(absent|absence|away|leave|left|leaving|sick|ill|illness|maternity|paternity|parental|holiday|vacation|"
    r"temp|temporary|part|full|time|half|trainee|training|intern|new|ex|former|formerly|acting|interim|deputy|lead|"
    r"leader|manager|supervisor|team|group|night|day|shift|resigned|quit|retired|terminated|until|till|from|since|"
    r"back|see|note|remark|check|tbc|tbd|hr|only|not|no|inactive|active|test|on|off|wfh|remote|loan)\b",
    re.IGNORECASE,
)
_HAN_OF_NOTES = re.compile("[假休病调离职岗班组兼临实习培训退停待借备注请孕新入转代管理期已走年月日周天]")
_OTHER_NAME = re.compile(r"(?:[^\W\d_]+\.?[ '’·.-]*){1,3}")
_NAME = re.compile(r"[^\W\d_][^\d_()\[\]{}（）【】:：;；/\\@#*?？!！]{1,39}\d{0,2}")


def is_noted(text: str) -> bool:
    """Whether the cell holds more than a name."""
    return any(rule(text) for rule in _RULES)


def without_note(text: str) -> str | None:
    """The name before a bracket at the end of the cell; None where what is left is no name."""
    found = _BRACKETS.search(text)
    if found is None or found.end() != len(text) or not _is_note(found[1]):
        return None
    name = text[: found.start()].strip()
    return name if _NAME.fullmatch(name) and not is_noted(name) else None


def _is_note(inside: str) -> bool:
    """Whether what stands in brackets is no other name of the person and no sign that tells namesakes apart."""
    inside = inside.strip()
    if len(inside) <= 1 or re.fullmatch(r"\d{1,2}|[A-Za-z]\d?", inside):
        return False
    if _HAN.search(inside):
        is_name = re.fullmatch(r"[\u3400-\u9fff·]{1,4}", inside) is not None
        return not is_name or _HAN_OF_NOTES.search(inside) is not None
    if len(inside) > LONGEST_ALIAS or _OTHER_NAME.fullmatch(inside) is None or _WORDS_OF_NOTES.search(inside):
        return True
    return inside.islower() and " " in inside


def _has_brackets(text: str) -> bool:
    return any(_is_note(found[1]) for found in _BRACKETS.finditer(text))


def _has_digits(text: str) -> bool:
    return sum(character.isdigit() for character in text) > MOST_DIGITS


def _has_colon(text: str) -> bool:
    return ":" in text or "：" in text


def _is_long(text: str) -> bool:
    return len(text) > LONGEST


def _stands_instead(text: str) -> bool:
    return _INSTEAD.match(text) is not None


_RULES: tuple[Callable[[str], bool], ...] = (_has_brackets, _has_digits, _has_colon, _is_long, _stands_instead)


def cut_short(connection: duckdb.DuckDBPyConnection, layout: Layout) -> tuple[Layout, dict[str, list[Oddity]]]:
    """The layout that leaves notes out of the names of table `source`, and by contract table the rows that have any."""
    tables, told = list[TableMapping](), dict[str, list[Oddity]]()
    for mapping in layout.tables:
        short = dict(mapping.columns)
        for column in (column.name for column in mapping.table.columns if column.personal == "name"):
            if column in short and (noted := _noted(connection, mapping, column)):
                short[column] = _shortened(connection, mapping, column, noted)
                told.setdefault(mapping.table.name, []).append(_oddity(mapping, column, noted))
        tables.append(replace(mapping, columns=short))
    return (replace(layout, tables=tuple(tables)), told) if told else (layout, told)


def _noted(connection: duckdb.DuckDBPyConnection, mapping: TableMapping, column: str) -> list[str]:
    """Texts of a column that hold more than a name, unless that is how half of them are written."""
    names = f"(select distinct {_text(mapping, column)} as name from source{_where(mapping)}) as named"
    looked_at = f"regexp_matches(name, {literal(_LOOKED_AT)}) or length(name) > {LONGEST}"
    found = connection.execute(f"select name from {names} where {looked_at} limit {_MOST_TEXTS}").fetchall()
    if not found:
        return []
    texts = [str(text) for (text,) in found]
    row = connection.execute(f"select count(name) from {names}").fetchone() or (0,)
    rules = [rule for rule in _RULES if not _is_usual(rule, texts, row[0])]
    return sorted(text for text in texts if any(rule(text) for rule in rules))


def _is_usual(rule: Callable[[str], bool], texts: Iterable[str], names: int) -> bool:
    """Whether names of this column are written so; a number is a name in short lists too, a bracket is not."""
    return 2 * sum(map(rule, texts)) > names and (names >= ENOUGH_NAMES or rule is _has_digits)


def _shortened(connection: duckdb.DuckDBPyConnection, mapping: TableMapping, column: str, noted: Iterable[str]) -> str:
    """The expression without the notes of those who alone have the name that is left."""
    expression = mapping.columns[column]
    short = {text: name for text in noted if (name := without_note(text)) is not None}
    if not short or len(short) > MOST_CUT:
        return expression
    owner = mapping.columns.get(OWNER) if column == "name" else None
    pairs = f"select distinct {_text(mapping, column)}, cast(({owner or expression}) as varchar) from source"
    owners: dict[str, set[str]] = {}
    for text, its in connection.execute(f"{pairs}{_where(mapping)}").fetchall():
        owners.setdefault(short.get(text, text), set()).add(str(its))
    alone = {text: name for text, name in short.items() if len(owners[name]) == 1}
    whens = " ".join(f"when {literal(text)} then {literal(name)}" for text, name in sorted(alone.items()))
    return f"case ({expression}) {whens} else ({expression}) end" if alone else expression


def _oddity(mapping: TableMapping, column: str, noted: Iterable[str]) -> Oddity:
    """The rows that hold such a cell, and the line of the first."""
    when = f"{_text(mapping, column)} in ({', '.join(map(literal, noted))})"
    return Oddity(DOUBT, column, when, "min(source_line)")


def _text(mapping: TableMapping, column: str) -> str:
    return f"cast(({mapping.columns[column]}) as varchar)"


def _where(mapping: TableMapping) -> str:
    return f" where ({mapping.when})" if mapping.when else ""
