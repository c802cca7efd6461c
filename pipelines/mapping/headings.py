"""How well a heading names a column of the contract, and whether the values below it can be that.

Belongs here: one heading beside one column. Does not belong here: sharing out all columns of a file (`match`), the
spellings (dbt_project/exports/_aliases.yml), what other layouts say (`known`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.ingest.aliases import Aliases, bare_key, spelling_key, split_words
from pipelines.ingest.contract import Column, Table
from pipelines.mapping import codes, moments
from pipelines.mapping.known import Known
from pipelines.mapping.rows import Facts

WRONG_TYPE = 0.5
_OF_IDS = 0.9
"""Share of texts with a digit from which a column may hold ids and no names."""
GENERIC = frozenset({
    "id", "name", "type", "kind", "status", "state", "date", "day", "time", "duration", "length", "value", "score",
    "title", "code", "text", "reason", "时长", "时间", "名称", "状态", "类型", "编号", "日期", "数量", "次数",
})  # fmt: skip
"""Words that mean something only with what stands before them, in a path or above."""
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_STEM = re.compile(r"^(is_)|(_id|_at|_on|_date|_key|_seconds|_minutes|_points)$")
Rank = tuple[int, int]


def rank(table: Table, column: Column, facts: Facts, aliases: Aliases, known: Known) -> tuple[Rank, str] | None:
    """As it is, without brackets, as the end of a path, without a unit, half of it, its stem; None if not at all."""
    if not can_be(facts, column, aliases):
        return None
    spellings = [spelling_key(text) for text in (column.name, *aliases.of(table, column.name).all)]
    for level, key in enumerate(_keys_of(facts, aliases)):
        if key in spellings:
            return (level, spellings.index(key)), "by its heading"
    stem, may_be_id = spelling_key(_STEM.sub("", column.name)), facts.share("digit") >= _OF_IDS
    if stem in _halves(facts.header) and (may_be_id or not column.name.endswith("_id")):
        return (20, 0), "by its heading"
    if (may_be_id or column.name != "agent_id") and known.column(table.name, facts.header) == column.name:
        return (30, 0), "as in another layout of this project"
    return None


def can_be(facts: Facts, column: Column, aliases: Aliases) -> bool:
    """Whether the values can be what the contract asks for."""
    if column.data_type in ("timestamp", "date"):
        return moments.is_moments(facts)
    if column.data_type == "boolean" or column.values:
        return codes.share_known(facts, column, aliases) >= WRONG_TYPE or codes.is_codes(facts)
    if column.data_type in ("double", "integer", "bigint"):
        readable = facts.share("seconds") if column.unit in ("seconds", "minutes", "hours") else facts.share("number")
        return readable >= WRONG_TYPE and not moments.is_moments(facts)
    if column.name == "channel":
        return codes.is_codes(facts) and facts.share("digit") < WRONG_TYPE and not moments.is_moments(facts)
    if column.name == "name":
        return facts.share("number") < WRONG_TYPE and not moments.is_moments(facts)
    return not moments.is_moments(facts) and facts.share("json") < WRONG_TYPE


def keys_of_list(texts: Sequence[str]) -> list[str]:
    """The keys of several spellings, in their order."""
    return [spelling_key(text) for text in texts]


def _keys_of(facts: Facts, aliases: Aliases) -> Iterator[str]:
    """The heading in ever weaker readings; what only one heading of the file ends with may stand for it alone."""
    yield spelling_key(facts.header)
    yield bare_key(facts.header)
    tail = facts.short or ("" if "." in facts.header else facts.header)
    if tail and (tail == facts.header or spelling_key(tail) not in GENERIC):
        yield spelling_key(tail)
        yield bare_key(tail)
        yield spelling_key(split_words(tail))
        yield aliases.without_unit(tail)
    yield from _halves(facts.header)
    if facts.header.count(".") > 1:
        yield spelling_key(split_words(" ".join(facts.header.rsplit(".", 2)[1:])))


def _halves(header: str) -> list[str]:
    """`工号 Agent` says it twice; also without brackets."""
    chinese = " ".join(_CHINESE.findall(header))
    other = bare_key(_CHINESE.sub(" ", header))
    return [part for part in (spelling_key(chinese), other) if part] if chinese and other else [bare_key(header)]
