"""From a file to a proposed layout, in one call. The rows are read into a place that is thrown away.

Belongs here: the order of the steps. Does not belong here: each step.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest.aliases import NAME, load_aliases
from pipelines.ingest.contract import load_contract
from pipelines.mapping.look import look_at
from pipelines.mapping.match import matches
from pipelines.mapping.propose import Proposal, propose
from pipelines.mapping.rows import cells_of


def map_file(file: Path, dbt_project: Path, table: str = "") -> Proposal:
    """Look at the file and propose a layout for the table it fits best, or the named one.

    Raises FloorwalkError: USAGE for a file or table that does not exist, INPUT_REJECTED when the file cannot be read or
    can feed no table.
    """
    aliases = load_aliases(dbt_project)
    if aliases is None:
        raise FloorwalkError(Problem("there are no spellings of columns", where=NAME, fix="restore the file"))
    contract = load_contract(dbt_project)
    with TemporaryDirectory(prefix="floorwalk-map-") as scratch:
        look = look_at(file, Path(scratch), aliases)
        with cells_of(look, dbt_project) as cells:
            return propose(look, cells, matches(contract, cells.facts, aliases), aliases, table)
