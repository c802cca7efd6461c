"""The layouts of the project's own plain templates, one per contract table, made from the contract and the spellings.

Belongs here: a layout's document for each table, and how an example row is marked. Does not belong here: the
templates themselves (`pipelines.mapping.templates`), the format of layouts (`layout`).
"""

from __future__ import annotations

from pathlib import Path

from pipelines.ingest.aliases import NAME, Aliases, load_aliases
from pipelines.ingest.contract import Column, Contract, Table
from pipelines.ingest.readers import literal

EXAMPLE = {"en": "EXAMPLE-", "zh": "示例-"}
"""How the ids of the example rows in a template begin, by language; such rows are refused."""
PREFIX = "plain_"


def plain_documents(dbt_project: Path, contract: Contract) -> dict[str, dict[str, object]]:
    """Layout name → the mapping its file would hold. Empty in a project without spellings."""
    aliases = load_aliases(dbt_project)
    if aliases is None:
        return {}
    return {PREFIX + table.name: _document(table, aliases) for table in contract.delivered.values()}


def example_column(table: Table) -> str:
    """The column whose text marks an example row: the first part of the key that may hold any text."""
    named = (table.by_name[name] for name in table.key)
    return next(column.name for column in named if column.data_type == "varchar" and not column.values)


def origin(name: str) -> str:
    """Where a fault in one of these layouts is to be mended."""
    return f"{NAME} ({name})"


def _document(table: Table, aliases: Aliases) -> dict[str, object]:
    marker = example_column(table)
    marked = " or ".join(f'starts_with("{marker}", {literal(prefix)})' for prefix in EXAMPLE.values())
    return {
        "name": PREFIX + table.name,
        "title": {"en": f"Template: {table.label['en']}", "zh": f"模板：{table.label['zh']}"},
        "read": {"kinds": ["csv", "tsv", "xlsx"]},
        "columns": {
            column.name: {"headers": _headers(table, column, aliases), "optional": not column.required}
            for column in table.columns
        },
        "tables": {
            table.name: {
                "refuse": [{"when": marked, "column": marker, "reason": "example_row"}],
                "columns": {column.name: expression(column, aliases) for column in table.columns},
            }
        },
    }


def _headers(table: Table, column: Column, aliases: Aliases) -> list[str]:
    known = aliases.of(table, column.name)
    return list(dict.fromkeys((column.name, known.label("en"), known.label("zh"))))


def expression(column: Column, aliases: Aliases) -> str:
    """How the text of a template's cell becomes a value of the contract."""
    text = f'"{column.name}"'
    if column.values:
        return cases(f"lower({text})", column, aliases)
    parser = {"timestamp": "as_timestamp", "date": "as_date", "boolean": "as_yes_no"}.get(column.data_type, "")
    if column.data_type in ("double", "integer", "bigint"):
        parser = "as_seconds" if column.unit == "seconds" else "as_number"
    return f"{parser}({text})" if parser else text


def cases(text: str, column: Column, aliases: Aliases) -> str:
    """`case` over every known spelling of the allowed values; any other text stays and is refused."""
    known = aliases.values.get(column.name, {})
    whens = [
        f"when {text} in ({', '.join(literal(spelling.lower()) for spelling in known[value])}) then {literal(value)}"
        for value in column.values
        if known.get(value)
    ]
    return f"case {' '.join(whens)} else {text} end" if whens else text
