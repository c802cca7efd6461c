"""Which of a file's first rows is the header, and which layouts find their columns under it.

Belongs here: comparing rows with the spellings of all layouts at once. Does not belong here: getting the first rows out
of a file (`readers`), choosing among the layouts that fit (`identify`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import duckdb

from pipelines.ingest.expressions import source_ids
from pipelines.ingest.layout import Layout
from pipelines.ingest.layout_reading import Reading, header_key, header_text
from pipelines.ingest.readers import BLANKS, Head, Header, HeadRow, literal

LONGEST_HEADER = 300
_LONGEST_PREAMBLE = 2000
_SHARE_RECOGNISED = 0.9


@dataclass(frozen=True)
class Fit:
    """A layout beside one row taken for its header; complete when nothing is missing."""

    layout: Layout
    header: Header

    @cached_property
    def positions(self) -> dict[str, int | None]:
        """Source id → column of the file from 0, None for a column that is not there."""
        return positions_in(self.header.cells, self.layout)

    @cached_property
    def spread(self) -> dict[int, str]:
        """Columns that `unpivot` makes rows of, with what each is called."""
        return spread_in(self.header.cells, self.layout, self.positions.values())

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Source ids that the layout needs and the header lacks."""
        lacking = [c.source_id for c in self.layout.columns if not c.optional and self.positions[c.source_id] is None]
        unpivot = self.layout.read.unpivot
        return (*lacking, unpivot.name) if unpivot and not self.spread else tuple(lacking)

    @property
    def explained(self) -> int:
        """How many columns of the file the layout knows."""
        return sum(number is not None for number in self.positions.values()) + len(self.spread)


def positions_in(cells: Sequence[str], layout: Layout) -> dict[str, int | None]:
    """Source id → first column whose header is one of its spellings."""
    places: dict[str, int] = {}
    for number, cell in enumerate(cells):
        places.setdefault(header_key(cell), number)
    return {
        column.source_id: next((places[key] for key in column.keys if key in places), None) for column in layout.columns
    }


def spread_in(cells: Sequence[str], layout: Layout, taken: Collection[int | None]) -> dict[int, str]:
    """Columns whose header matches the layout's `unpivot` and belongs to no source id."""
    unpivot = layout.read.unpivot
    if unpivot is None:
        return {}
    named = {number: unpivot.named(cell) for number, cell in enumerate(cells) if number not in taken}
    return {number: name for number, name in named.items() if name is not None}


class Spellings:
    """The spellings of many layouts, so that a row is compared with all of them in one go."""

    def __init__(self, layouts: Iterable[Layout]) -> None:
        self._layouts = list(layouts)
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._required = [{n for n, c in enumerate(one.columns) if not c.optional} for one in self._layouts]
        for place, layout in enumerate(self._layouts):
            for number, column in enumerate(layout.columns):
                for key in column.keys:
                    self._places.setdefault(key, []).append((place, number))

    def fits(self, head: Head, allowed: Callable[[Layout], bool]) -> Iterator[Fit]:
        """Each allowed layout with the first row under which it is complete, else with the row that comes nearest."""
        open_places = {place: layout.read for place, layout in enumerate(self._layouts) if allowed(layout)}
        for depth in {read.header_rows for read in open_places.values()}:
            waiting = {place: read for place, read in open_places.items() if read.header_rows == depth}
            yield from self._below(head, list(joined_rows(head.rows, depth)), waiting)

    def _below(self, head: Head, rows: Sequence[HeadRow], waiting: dict[int, Reading]) -> Iterator[Fit]:
        nearest: dict[int, tuple[int, HeadRow]] = {}
        for row in rows:
            for place, found in self._found(row).items():
                if place not in waiting or row.first <= waiting[place].skip_rows:
                    continue
                count = len(found & self._required[place])
                if count > nearest.get(place, (0, row))[0]:
                    nearest[place] = (count, row)
                if count == len(self._required[place]) and not (fit := self._fit(place, head, row)).missing:
                    del waiting[place]
                    yield fit
        if rows:
            for place in waiting:
                yield self._fit(place, head, nearest.get(place, (0, rows[0]))[1])

    def _found(self, row: HeadRow) -> dict[int, set[int]]:
        """For each layout that knows any cell of the row, which of its columns these are."""
        found: dict[int, set[int]] = {}
        for cell in row.cells:
            if len(cell) <= LONGEST_HEADER and (places := self._places.get(header_key(cell))):
                for place, number in places:
                    found.setdefault(place, set()).add(number)
        return found

    def _fit(self, place: int, head: Head, row: HeadRow) -> Fit:
        layout = self._layouts[place]
        above = preamble_of(head.rows, row) if layout.read.preamble else ""
        ragged = layout.read.is_ragged
        return Fit(layout, replace(head.header, cells=row.cells, line=row.last, is_ragged=ragged, preamble=above))


def preamble_of(rows: Iterable[HeadRow], header: HeadRow) -> str:
    """The text of the rows above the header, as people read it."""
    above = (row for row in rows if row.last < header.first)
    texts = (" ".join(header_text(cell) for cell in row.cells if cell.strip()) for row in above)
    return "\n".join(text for text in texts if text)[:_LONGEST_PREAMBLE]


def joined_rows(rows: Sequence[HeadRow], depth: int) -> Iterator[HeadRow]:
    """Every `depth` rows in a row as one header: merged upper cells continue to the right, texts join downwards."""
    if depth == 1:
        yield from rows
        return
    for at in range(len(rows) - depth + 1):
        *upper, lowest = rows[at : at + depth]
        width = max(len(row.cells) for row in (*upper, lowest))
        last = (*lowest.cells, *[""] * (width - len(lowest.cells)))
        columns = [*(_continued(row.cells, width) for row in upper), last]
        cells = tuple(" ".join(text.strip() for text in texts if text.strip()) for texts in zip(*columns, strict=True))
        yield HeadRow(rows[at].first, lowest.last, cells)


def _continued(cells: Sequence[str], width: int) -> tuple[str, ...]:
    texts: list[str] = []
    for number in range(width):
        text = cells[number] if number < len(cells) else ""
        texts.append(text if text.strip() or not texts else texts[-1])
    return tuple(texts)


def is_recognised(layout: Layout, head: Head, parsers: str) -> bool:
    """Whether the layout's `recognise` holds for nine of ten of the first rows of a file without a header."""
    if not head.rows or layout.read.recognise is None:
        return False
    used = source_ids(layout.read.recognise, layout.source_ids)
    texts = ", ".join(
        f"nullif(trim(cells[{number + 1}], {literal(BLANKS)}), '') as \"{source_id}\""
        if number is not None
        else f'null::varchar as "{source_id}"'
        for source_id, number in positions_in(head.header.cells, layout).items()
        if source_id in used
    )
    sql = (
        f"with texts as materialized (select {texts or '1'} from (select unnest(?::varchar[][]) as cells)) "
        f"select avg(case when ({layout.read.recognise}) then 1 else 0 end) from texts"
    )
    try:
        share = _tester(parsers).execute(sql, [[list(row.cells) for row in head.rows]]).fetchone()
    except duckdb.Error:
        return False  # the expression fails on a text it was not made for
    return share is not None and share[0] is not None and bool(share[0] >= _SHARE_RECOGNISED)


@lru_cache(maxsize=2)
def _tester(parsers: str) -> duckdb.DuckDBPyConnection:
    """A connection that knows the parsers and nothing of the machine; making one takes longer than asking it."""
    connection = duckdb.connect(":memory:")
    connection.execute("set threads = 1")
    connection.execute(parsers)
    connection.execute("set enable_external_access = false")
    return connection
