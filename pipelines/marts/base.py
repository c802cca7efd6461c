"""What every mart has, and how its rows are read.

Does not belong here: the marts themselves (the modules beside this one), arithmetic, text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import ClassVar, TypeVar

from pipelines import warehouse


class Mart:
    """Base of all marts. `name` is the dbt model and Parquet file; `order` makes reading deterministic."""

    name: ClassVar[str]
    order: ClassVar[str]


M = TypeVar("M", bound=Mart)


def columns(mart: type[Mart]) -> list[str]:
    """Column names of a mart in contract order."""
    return [field.name for field in fields(mart)]  # type: ignore[arg-type]


def rows(folder: Path, mart: type[M], where: str = "", parameters: Sequence[object] = ()) -> list[M]:
    """All rows of `<folder>/<mart>.parquet` as typed objects, in the mart's order.

    `where` filters by plain columns with ? placeholders. Raises FileNotFoundError when the mart was not exported.
    """
    file = folder / f"{mart.name}.parquet"
    if not file.is_file():
        raise FileNotFoundError(file)
    query = f"select {', '.join(columns(mart))} from read_parquet(?) where {where or 'true'} order by {mart.order}"
    return [mart(*row) for row in warehouse.read(query, [str(file), *parameters])]
