"""A proposal as the text of a layout: every line with its reason, every open question with its answers.

Belongs here: YAML and comments. Does not belong here: what is proposed (`propose`), what a terminal shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import yaml

from pipelines.mapping.moments import ZONE_PLACE, ZONE_QUESTION
from pipelines.mapping.personal import masked
from pipelines.mapping.propose import Proposal
from pipelines.mapping.rows import Facts, reading
from pipelines.mapping.table import TableProposal
from pipelines.mapping.value import Value

_WIDTH = 118


def as_layout(proposal: Proposal, name: str, *, assumed: bool = False) -> str:
    """The text of `<name>.yml`. `assumed`: with the first answer to every question, to show how rows would read."""
    lines = [
        *_preface(proposal),
        f"name: {name}",
        f"title: {{en: {_flow(_title(name))}, zh: {_flow(_title(name))}}}   # as shown on the data page",
        *(["people: by_name"] if proposal.by_name else []),
        "",
        "read:",
        *(f"  {key}: {_value(value)}" for key, value in reading(proposal.look).items()),
        "",
        "# name for expressions: [every heading under which the export may write it]",
        "columns:",
        *_columns(proposal),
        "",
        "tables:",
        *(line for table in proposal.tables for line in _table(proposal, table, assumed)),
    ]
    return "\n".join(lines) + "\n"


def _preface(proposal: Proposal) -> Iterator[str]:
    file = _clean(proposal.look.file.name)
    yield f"# Proposed by `floorwalk map` from {proposal.rows:,} rows of {file}: a start to be checked."
    for sentence in proposal.look.evidence():
        yield from _comment(sentence)
    if proposal.questions:
        yield from _comment(
            f"{len(proposal.questions)} line(s) below hold a question in place of an expression. "
            "Put one of the expressions above the line there; until then the file is refused."
        )
    if proposal.needs_zone:
        yield from _comment(f"TO DECIDE, once for all exports: {ZONE_QUESTION}? State it in {ZONE_PLACE}.")
    yield from _comment("The format is explained in dbt_project/exports/README.md.")
    if proposal.unknown:
        yield "#"
        yield "# What this file cannot tell:"
        for sentence in proposal.unknown:
            yield from _comment(sentence, bullet="- ")


def _table(proposal: Proposal, table: TableProposal, assumed: bool) -> Iterator[str]:
    if table.why:
        yield from _comment(table.why, indent=2)
    yield f"  {table.match.table.name}:"
    if table.when:
        yield f"    when: {_scalar(table.when)}"
    yield from _refuse(proposal, table, assumed)
    yield "    columns:"
    for column, value in table.values.items():
        yield from _column(column, value, assumed)


def _columns(proposal: Proposal) -> Iterator[str]:
    pairs = [pair for table in proposal.tables for pair in table.match.pairs.values()]
    for facts, name in sorted(proposal.ids.items(), key=lambda item: item[0].place):
        becomes = list(dict.fromkeys(pair.column.name for pair in pairs if pair.facts is facts))
        how = next((pair.how for pair in pairs if pair.facts is facts), "")
        said = f"{' and '.join(becomes)}, {how}" if becomes else "helps to read another column"
        if proposal.look.without_header is not None:
            yield f'  {name}: ["{facts.header}"]   # {_examples(facts)}; {_filled(facts)}'
        else:
            yield f"  {name}: [{_flow(facts.header)}]   # {said}; {_filled(facts)}"
    for header, why in proposal.not_read:
        yield f"  # {_clean(header)}: {why}"


def _filled(facts: Facts) -> str:
    return (
        "in every row"
        if facts.filled == facts.rows
        else f"empty in {facts.rows - facts.filled:,} of {facts.rows:,} rows"
    )


def _examples(facts: Facts) -> str:
    shown = [masked(text) for text, _ in facts.values[:2]] if not facts.personal else [facts.personal]
    return f"such as {_clean(', '.join(shown))[:60]}" if shown else "never filled"


def _refuse(proposal: Proposal, table: TableProposal, assumed: bool) -> Iterator[str]:
    totals = table.totals
    read = table.values.items()
    utc = next(((name, one.utc) for name, one in read if one.utc and not (assumed and one.shown_as)), None)
    if totals is None and utc is None:
        return
    yield "    refuse:"
    if utc is not None:
        column, text = utc
        when = _scalar(f"centre_zone() is null and {text} is not null", in_flow=True)
        yield f"      - {{when: {when}, column: {column}, reason: no_time_zone}}"
    if totals is not None:
        pairs = table.match.pairs.items()
        at_fault = next((name for name, pair in pairs if pair.facts is totals.facts), table.match.table.key[0])
        yield f"      # {totals.rows:,} rows are totals of others: {_clean(', '.join(totals.words))}"
        when = _scalar(totals.condition(proposal.ids[totals.facts]), in_flow=True)
        yield f"      - {{when: {when}, column: {at_fault}, reason: total_row}}"


def _column(column: str, value: Value, assumed: bool) -> Iterator[str]:
    for why in value.why:
        yield from _comment(why, indent=6)
    if value.is_open and not assumed:
        yield from _comment(f"TO DECIDE: {value.question}?", indent=6)
        for option in value.options:
            yield f"      #   {column}: {_scalar(option.expression)}   # {_clean(option.meaning)}"
    yield f"      {column}: {_scalar(value.assumed if assumed else value.written)}"


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_value(item)}' for key, item in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)


def _scalar(text: str, in_flow: bool = False) -> str:
    """Plain where YAML reads it back as it is, else in quotes."""
    document = f"{{k: {text}}}" if in_flow else f"k: {text}"
    try:
        plain = yaml.safe_load(document) == {"k": text} and " #" not in text
    except yaml.YAMLError:
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)


def _flow(text: str) -> str:
    return _scalar(text, in_flow=True) if not set(text) & set("[]{},") else json.dumps(text, ensure_ascii=False)


def _comment(text: str, indent: int = 0, bullet: str = "") -> Iterator[str]:
    """A sentence as comment lines of bounded length; Chinese is not cut."""
    start, line = " " * indent + "# ", bullet
    for word in _clean(text).split(" "):
        if line.strip(" -") and len(start) + len(line) + len(word) + 1 > _WIDTH:
            yield (start + line).rstrip()
            line = " " * len(bullet)
        line += ("" if line in ("", bullet, " " * len(bullet)) else " ") + word
    yield (start + line).rstrip()


def _clean(text: str) -> str:
    """On one line and printable: texts of the file stand in comments."""
    return "".join(c if c.isprintable() else " " for c in text)


def layout_name(file: Path) -> str:
    """A name for the layout of a file, as file names of layouts are."""
    stem = file.name.split(".")[0]
    name = "_".join("".join(c if c.isascii() and c.isalnum() else " " for c in stem.lower()).split())
    return name if name and name[0].isalpha() else f"export_{name}".rstrip("_")
