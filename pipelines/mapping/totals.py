"""Rows of an unseen file that are totals of other rows: found by their words, proposed to be refused.

Belongs here: finding them and the condition that names them. Does not belong here: the words
(dbt_project/exports/_aliases.yml).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.ingest.aliases import Aliases
from pipelines.ingest.readers import literal
from pipelines.mapping.rows import Ask, Facts


@dataclass(frozen=True)
class Totals:
    """Rows whose cell in `facts` is one of `words`."""

    facts: Facts
    words: tuple[str, ...]
    rows: int

    def condition(self, name: str) -> str:
        """True for these rows. A Chinese word may stand at the end of a group's name, an English one stands alone."""
        ends = [f"ends_with({name}, {literal(word)})" for word in self.words if not word.isascii()]
        alone = [literal(word.lower()) for word in self.words if word.isascii()]
        same = [f"lower({name}) in ({', '.join(alone)})"] if alone else []
        return " or ".join([*ends, *same])


def totals_in(ask: Ask, found: tuple[Facts, ...], aliases: Aliases) -> Totals | None:
    """The column whose cells say so in most rows; None when no row is a total."""
    seen = [totals for facts in found if facts.filled and (totals := _of(ask, facts, aliases)) is not None]
    return max(seen, key=lambda totals: (totals.rows, -totals.facts.place), default=None)


def _of(ask: Ask, facts: Facts, aliases: Aliases) -> Totals | None:
    words = [
        word
        for word in aliases.totals
        if ask(f"select 1 from cells where {Totals(facts, (word,), 0).condition(facts.id)} limit 1")
    ]
    if not words:
        return None
    totals = Totals(facts, tuple(words), 0)
    rows = ask(f"select count(*) from cells where {totals.condition(facts.id)}")[0][0]
    return Totals(facts, totals.words, int(rows)) if rows < facts.rows / 2 else None
