"""What `floorwalk map` shows on a terminal: evidence, mapping, questions, the first rows as they would be read.

Belongs here: drawing. Does not belong here: what is true of the file (`pipelines.mapping`). Texts of the file are never
read as markup, and what looks like the number of a person is hidden before it gets here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from pipelines.mapping import Proposal, Read, TableProposal, Trial

_ROWS_SHOWN = 4


def proposal(console: Console, found: Proposal, file: Path) -> None:
    """Everything the proposal rests on and what it leaves open."""
    from pipelines.mapping.moments import ZONE_PLACE, ZONE_QUESTION

    _say(console, f"{file.name}: {found.rows:,} rows", bold=True)
    for sentence in found.look.evidence():
        _say(console, f"  {sentence}")
    if found.unread:
        _say(console, f"  {found.unread:,} lines could not be split into cells; a build quarantines them")
    _say(console, "")
    for place, table in enumerate(found.tables):
        _table(console, table, "It can feed the table" if place == 0 else "The same rows also feed the table")
    if found.totals is not None:
        _say(
            console,
            f"{found.totals.rows:,} rows are totals of others and will be refused ({', '.join(found.totals.words)})",
        )
    _list(console, "Not read:", _by_reason(found.not_read))
    others = (f"{match.table.name} ({', '.join(match.pairs)})" for match in found.others)
    _list(
        console,
        "It could also feed; --table proposes that, to be put below the other table of the same layout:",
        others,
    )
    _list(console, "What the file cannot tell:", found.unknown)
    if found.needs_zone:
        _say(console, f"To decide once, for all exports: {ZONE_QUESTION}?", bold=True)
        _say(
            console,
            f"  state it in {ZONE_PLACE}, such as 'Asia/Shanghai'; until then rows with these times are refused",
        )
        _say(console, "")
    for name, value in found.questions:
        _say(console, f"To decide, {name}: {value.question}?", bold=True)
        for option in value.options:
            _say(console, f"  {option.expression}   {option.meaning}")
        _say(console, "")


def _table(console: Console, table: TableProposal, title: str) -> None:
    _say(console, f"{title} {table.match.table.name}:", bold=True)
    if table.why:
        _say(console, f"  {table.why}")
    if table.when:
        _say(console, f"  for rows where {table.when}")
    headings = {name: pair.facts.header for name, pair in table.match.pairs.items()}
    width = max(map(len, table.values))
    for name, value in table.values.items():
        heading = f"  ({headings[name]})" if name in headings else ""
        _say(console, f"  {name:<{width}}  {'TO DECIDE' if value.is_open else value.expression}{heading}")
        for why in value.why:
            _say(console, f"  {'':<{width}}    {why}")
    _say(console, "")


def _by_reason(not_read: Iterable[tuple[str, str]]) -> Iterator[str]:
    headings: dict[str, list[str]] = {}
    for header, why in not_read:
        headings.setdefault(why, []).append(header)
    return (f"{', '.join(found)}: {why}" for why, found in headings.items())


def title_of_first_rows(found: Proposal) -> str:
    """What the first rows are shown as; with open questions, as if the first answers were right."""
    from pipelines.mapping.moments import ZONE_QUESTION

    assumed = [f"{name}: {value.options[0].meaning}" for name, value in found.questions]
    if found.needs_zone:
        assumed.insert(0, f"{ZONE_QUESTION}: that of Greenwich")
    if not assumed:
        return "The first rows as they would be read"
    answers = "; ".join(assumed)
    return f"The first rows as they would be read IF ({answers})"


def trial(console: Console, found: Trial, title: str) -> None:
    """Rows accepted and refused, why, and the first accepted ones."""
    from pipelines.ingest.reasons import FILE_REASONS

    _say(console, title, bold=True)
    if found.left is not None:
        missing = f"; missing: {found.left.missing_columns.replace(',', ', ')}" if found.left.missing_columns else ""
        _say(console, f"  {FILE_REASONS.get(found.left.reason, found.left.reason)}{missing}")
    for read in found.reads:
        _read(console, read)
    _list(console, "A build would say:", found.notes)


def _read(console: Console, read: Read) -> None:
    from pipelines.ingest.reasons import ROW_REASONS
    from pipelines.ingest.results import refused_days

    beside = f", {read.not_applicable:,} not about it" if read.not_applicable else ""
    again = f", {read.replaced:,} of the accepted replaced by a later row of the same key" if read.replaced else ""
    _say(
        console,
        f"  {read.table}: {read.accepted:,} accepted, {read.refused:,} refused{beside} of {read.file_rows:,}{again}",
    )
    for refusal in read.refusals:
        where = refusal.column or "whole line"
        words = ROW_REASONS.get(refusal.reason, refusal.reason)
        told = "; ".join(part for part in (f"lines {refusal.first_lines}", refused_days(refusal)) if part)
        _say(console, f"    refused, {where}: {words} ({refusal.rows:,}; {told})")
    if read.rows:
        _grid(console, read.columns, read.rows)


def what_next(console: Console, found: Proposal, file: Path, out: Path | None) -> None:
    """The next step, in one or two lines."""
    if out is None:
        _say(console, "Write the layout below to a file with --out dbt_project/exports/NAME.yml")
        return
    _say(console, f"Written: {out}", bold=True)
    if found.questions:
        many = f"{len(found.questions)} questions" if len(found.questions) > 1 else "1 question"
        _say(console, f"It holds {many}. Until they are answered there, a build stops at a file of this kind.")
    _say(console, f"After editing: floorwalk map {file} --check {out}")


def _grid(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """One line per column of the table and one column per row of the file, so that wide tables stay readable."""
    grid = Table(box=None, padding=(0, 2, 0, 2), show_header=False)
    for place, name in enumerate(columns):
        grid.add_row(*(escape(_plain(cell)) for cell in (name, *(row[place] for row in rows[:_ROWS_SHOWN]))))
    console.print(grid, highlight=False)
    console.print("")


def _list(console: Console, title: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if not found:
        return
    _say(console, title, bold=True)
    for line in found:
        _say(console, f"  - {line}")
    _say(console, "")


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _say(console: Console, text: str, *, bold: bool = False) -> None:
    shown = _plain(text)
    console.print(f"[bold]{escape(shown)}[/]" if bold and shown else escape(shown), highlight=False, soft_wrap=True)
