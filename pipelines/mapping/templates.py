"""The project's own templates: one CSV and one workbook per contract table and language, and a page that explains them.

Belongs here: which files there are and writing them. Does not belong here: the layouts that read them back
(`pipelines.ingest.plain`), their words (`template_words`), cells of workbooks (`template_book`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest.aliases import NAME, load_aliases
from pipelines.ingest.contract import Table, load_contract
from pipelines.mapping.template_book import workbook
from pipelines.mapping.template_words import Words, load_words

TEMPLATE_LANGUAGES = ("en", "zh")
README = "README.md"


def write_templates(folder: Path, dbt_project: Path, tables: Sequence[str] = ()) -> tuple[Path, ...]:
    """Write `<folder>/<language>/<table>.csv` and `.xlsx` and a README; all tables unless some are named.

    Raises FloorwalkError for unknown tables, and when a file is there already: people fill these files in.
    """
    chosen = _chosen(dbt_project, tables)
    aliases = load_aliases(dbt_project)
    if aliases is None:
        raise FloorwalkError(Problem("there are no spellings of columns", where=NAME, fix="restore the file"))
    files: dict[Path, bytes] = {}
    for language in TEMPLATE_LANGUAGES:
        words = load_words(dbt_project, language, aliases)
        files[folder / language / README] = _readme(words, chosen).encode()
        for table in chosen:
            files[folder / language / f"{table.name}.csv"] = as_csv(words, table)
            files[folder / language / f"{table.name}.xlsx"] = as_workbook(words, table)
    there = [file for file in files if file.exists()]
    if there:
        fix = "name another folder, or move these files away"
        raise FloorwalkError(Problem("is there already and may be filled in", str(file), fix=fix) for file in there)
    for file, content in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return tuple(files)


def as_csv(words: Words, table: Table) -> bytes:
    """Header and examples, in UTF-8 with the mark that makes Excel read it as that."""
    fields = words.fields(table)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([field.heading for field in fields])
    writer.writerows(zip(*(field.examples for field in fields), strict=True))
    return stream.getvalue().encode("utf-8-sig")


def as_workbook(words: Words, table: Table) -> bytes:
    """The same as a workbook, with lists, limits and a second sheet that says what goes where."""
    preface = [words.title(table), words.key(table)]
    preface += [line.removeprefix("- ").replace("**", "") for line in words.readme().splitlines()[2:] if line]
    yes, no = words.yes_no(True), words.yes_no(False)
    sheet, headings = str(words.texts["sheet"]), [str(text) for text in words.texts["headings"]]
    return workbook(words.title(table), words.fields(table), sheet, preface, headings, yes, no)


def _chosen(dbt_project: Path, names: Sequence[str]) -> list[Table]:
    delivered = load_contract(dbt_project).delivered
    if unknown := [name for name in names if name not in delivered]:
        fix = "tables: " + ", ".join(delivered)
        raise FloorwalkError(Problem(f"there is no table {name!r} in the contract", fix=fix) for name in unknown)
    return [table for table in delivered.values() if not names or table.name in names]


def _readme(words: Words, tables: Sequence[Table]) -> str:
    lines = [words.readme().rstrip()]
    headings = words.texts["headings"]
    for table in tables:
        lines += ["", f"## {words.title(table)} (`{table.name}`)", "", words.key(table), ""]
        lines += [f"| {' | '.join(headings)} |", "|---|---|---|---|"]
        lines += [
            f"| {field.heading} | {field.meaning} | {words.yes_no(field.is_required)} | {field.rule} |"
            for field in words.fields(table)
        ]
    return "\n".join(lines) + "\n"
