"""Yes and no, and values from a list: which texts of the export stand for which value of the contract.

Belongs here: the case expression and the texts nobody knows. Does not belong here: the spellings themselves
(dbt_project/exports/_aliases.yml).
"""

from __future__ import annotations

from pipelines.ingest.aliases import Aliases
from pipelines.ingest.contract import Column
from pipelines.ingest.readers import literal
from pipelines.mapping.personal import masked
from pipelines.mapping.rows import Facts
from pipelines.mapping.value import Option, Value, asked

_YES_NO = ("yes", "no")
_FEW = 0.5


def yes_no(facts: Facts, name: str, column: Column, aliases: Aliases) -> Value:
    """as_yes_no where it reads the texts, else the texts that stand for yes and no spelt out."""
    if facts.share("yes_no") >= 1:
        return Value(f"as_yes_no({name})")
    known, unknown = _sorted(facts, column.name, _YES_NO, aliases)
    why = [f"the texts {_listed(known, code)} are taken as {code}" for code in _YES_NO if known.get(code)]
    cases = _cases(known, name)
    if not cases:
        options = [Option(f"{name} = {literal(text)}", f"yes is {masked(text)!r}") for text, _ in facts.values[:4]]
        if not column.required:
            options.insert(0, Option("null", "leave it empty"))
        return asked(f"which texts of {facts.header} mean yes", tuple(options), *_of_unknown(unknown))
    other = f"else {name} end" if column.required or not unknown else "end"
    return Value(f"as_yes_no(case {cases} {other})", tuple(why + _of_unknown(unknown, column.required)))


def one_of(facts: Facts, name: str, column: Column, aliases: Aliases) -> Value:
    """A case expression over the texts that stand for a permitted value; others are refused until they are added."""
    known, unknown = _sorted(facts, column.name, column.values, aliases)
    if not known:
        return _what_they_mean(facts, name, column)
    already = all(text.lower() == code for code, texts in known.items() for text, _ in texts)
    why = [f"allowed: {', '.join(column.values)}", *_of_unknown(unknown, column.required)]
    if already and not unknown:
        return Value(f"lower({name})", tuple(why))
    other = f"else {name} end" if column.required else "end"
    return Value(f"case {_cases(known, name)} {other}", tuple(why))


def _what_they_mean(facts: Facts, name: str, column: Column) -> Value:
    """None of the texts is known: the person who knows them fills in what each stands for."""
    texts = [text for text, _ in facts.values[:6]]
    listed = " ".join(f"when {literal(text)} then {literal(column.values[0])}" for text in texts)
    options = [Option(f"case {name} {listed} end", f"put in what each stands for: {', '.join(column.values)}")]
    if not column.required:
        options.insert(0, Option("null", "leave it empty"))
    return asked(f"what the texts of {facts.header} stand for", tuple(options))


def channel(facts: Facts, name: str, aliases: Aliases) -> Value:
    """The channel in the words of the contract where they are known, else as delivered in small letters."""
    kinds = aliases.values.get("channel", {})
    known = {kind: [text for text, _ in facts.values if aliases.meaning("channel", text, (kind,))] for kind in kinds}
    whens = " ".join(
        f"when lower({name}) in ({', '.join(sorted({literal(text.lower()) for text in texts}))}) then {literal(kind)}"
        for kind, texts in known.items()
        if any(text.lower() != kind for text in texts)
    )
    why = ("known channels in the words of the contract, others in small letters",)
    return Value(f"case {whens} else lower({name}) end" if whens else f"lower({name})", why)


def share_known(facts: Facts, column: Column, aliases: Aliases) -> float:
    """Share of the rows whose text is known to stand for a permitted value."""
    allowed = _YES_NO if column.data_type == "boolean" else column.values
    known, _ = _sorted(facts, column.name, allowed, aliases)
    rows = sum(count for texts in known.values() for _, count in texts)
    return max(rows / facts.filled if facts.filled else 0.0, facts.share("yes_no") * (column.data_type == "boolean"))


def is_codes(facts: Facts) -> bool:
    """Whether a column repeats few texts."""
    return 0 < facts.distinct <= max(12, facts.filled * _FEW) and facts.distinct <= len(facts.values)


Texts = dict[str, list[tuple[str, int]]]


def _sorted(
    facts: Facts, column: str, allowed: tuple[str, ...], aliases: Aliases
) -> tuple[Texts, list[tuple[str, int]]]:
    known: Texts = {}
    unknown: list[tuple[str, int]] = []
    for text, count in facts.values:
        if code := aliases.meaning(column, text, allowed) or _plain(text, allowed, aliases):
            known.setdefault(code, []).append((text, count))
        else:
            unknown.append((text, count))
    return known, unknown


def _plain(text: str, allowed: tuple[str, ...], aliases: Aliases) -> str:
    return aliases.meaning("boolean", text, allowed) if allowed == _YES_NO else ""


def _cases(known: Texts, name: str) -> str:
    return " ".join(
        f"when {name} in ({', '.join(literal(text) for text, _ in texts)}) then {literal(code)}"
        for code, texts in known.items()
    )


def _listed(known: Texts, code: str) -> str:
    return ", ".join(f"{text!r} ({count:,})" for text, count in known[code][:6])


def _of_unknown(unknown: list[tuple[str, int]], is_refused: bool = True) -> list[str]:
    if not unknown:
        return []
    listed = ", ".join(f"{masked(text)!r} ({count:,} row{'s' * (count > 1)})" for text, count in unknown[:8])
    more = " and others" if len(unknown) > 8 else ""
    return [f"not known, {'refused' if is_refused else 'left empty'} until added to a list: {listed}{more}"]
