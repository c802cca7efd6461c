"""From a file to a proposed layout, in one call. The rows are read into a place that is thrown away.

Belongs here: the order of the steps. Does not belong here: each step.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest.aliases import NAME, Aliases, load_aliases
from pipelines.ingest.contract import Contract, load_contract
from pipelines.mapping.known import Known, known_layouts
from pipelines.mapping.look import Look, exploded, look_at
from pipelines.mapping.match import matches
from pipelines.mapping.propose import Proposal, propose
from pipelines.mapping.rows import cells_of

_MOST_LISTS = 6
"""Lists inside a record that are tried as rows."""


def map_file(file: Path, dbt_project: Path, table: str = "") -> Proposal:
    """Look at the file and propose a layout for the table it fits best, or the named one.

    Raises FloorwalkError: USAGE for a file or table that does not exist, INPUT_REJECTED when the file cannot be read or
    can feed no table.
    """
    aliases = load_aliases(dbt_project)
    if aliases is None:
        raise FloorwalkError(Problem("there are no spellings of columns", where=NAME, fix="restore the file"))
    contract = load_contract(dbt_project)
    known = known_layouts(dbt_project, contract)
    with TemporaryDirectory(prefix="floorwalk-map-") as scratch:
        look = _rows_of(look_at(file, Path(scratch), aliases), dbt_project, contract, aliases, known, table)
        with cells_of(look, dbt_project) as cells:
            found = matches(contract, cells.facts, aliases, known)
            return propose(look, cells, found, aliases, table, known)


def _rows_of(look: Look, dbt_project: Path, contract: Contract, aliases: Aliases, known: Known, table: str) -> Look:
    """For JSON the list whose elements are the rows, if it feeds a table that the records alone do not."""
    if look.shape is None or not look.shape.lists:
        return look
    tried = [look, *(exploded(look, path) for path in list(look.shape.lists)[:_MOST_LISTS])]
    scores: list[tuple[bool, float]] = []
    for one in tried:
        with cells_of(one, dbt_project) as cells:
            found = [m for m in matches(contract, cells.facts, aliases, known) if table in ("", m.table.name)]
        inside = f"{one.explode}."
        scores.append(max(
            ((m.is_possible, m.score) for m in found
             if not one.explode or any(pair.facts.header.startswith(inside) for pair in m.telling)),
            default=(False, -99.0),
        ))  # fmt: skip
    best = max(range(len(tried)), key=lambda place: (scores[place][0], scores[place][1], -place))
    return tried[best]
