"""Something odd about the cells of a column, as SQL over table `source`; who finds it and who counts it share this.

Belongs here: the object. Does not belong here: finding (`plain_ids`, `noted_names`), counting (`tidy`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Oddity:
    """Rows for which `when` holds are odd in `column` of the contract; `figure` is an aggregate over them."""

    doubt: str
    column: str
    when: str
    figure: str
