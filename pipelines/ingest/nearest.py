"""Of the layouts that do not fit a file, the one that comes nearest: what an operator is told first.

Belongs here: measuring likeness. Does not belong here: the words (`results`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipelines.ingest.headers import LONGEST_HEADER, Fit
from pipelines.ingest.layout_reading import header_key

LEAST_LIKENESS = 0.25
"""Below it a layout has nothing to do with the file, and naming one would send people on a wrong way."""


def nearest(seen: Sequence[Fit]) -> Fit | None:
    """The layout that lacks the smallest share of what it needs; where none shares a column, the most similar one.

    A column that a pattern takes is no shared column: a bare number is a day of the month to some layouts.
    """
    sharing = [fit for fit in seen if shares_a_column(fit)]
    if sharing:
        return min(sharing, key=lambda fit: (len(fit.missing) / _needed(fit), -fit.explained, fit.layout.name))
    best = max(seen, key=lambda fit: (_similarity(fit), fit.layout.name), default=None)
    return best if best is not None and _similarity(best) >= LEAST_LIKENESS else None


def shares_a_column(fit: Fit) -> bool:
    """Whether a column that the layout names is in the file."""
    return any(number is not None for number in fit.positions.values())


def _needed(fit: Fit) -> int:
    return sum(not column.optional for column in fit.layout.columns) + (fit.layout.read.unpivot is not None)


def _similarity(fit: Fit) -> float:
    """How alike the file's headers and the layout's spellings are, as the mean over the layout's columns, 0 to 1."""
    nearest = _nearest_of(fit.header.cells)
    best = [max((nearest[key] for key in column.keys), default=0.0) for column in fit.layout.columns]
    return sum(best) / len(best)


class _Nearest(dict[str, float]):
    """Spelling → how alike the most similar of some headers is; each spelling is compared once for all layouts."""

    def __init__(self, cells: tuple[str, ...]) -> None:
        self._cells = {_pairs(header_key(cell)) for cell in cells if len(cell) <= LONGEST_HEADER}

    def __missing__(self, key: str) -> float:
        pairs = _pairs(key)
        self[key] = max((_alike(cell, pairs) for cell in self._cells), default=0.0)
        return self[key]


@lru_cache(maxsize=8)
def _nearest_of(cells: tuple[str, ...]) -> _Nearest:
    return _Nearest(cells)


@lru_cache(maxsize=1 << 14)
def _pairs(key: str) -> frozenset[str]:
    return frozenset(f" {key} "[at : at + 2] for at in range(len(key) + 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of neighbouring characters two headers have in common."""
    return 2 * len(one & other) / (len(one) + len(other))
