"""How one contract column is to be read, with the reasons, and what a person has to decide first.

Belongs here: the objects that proposals are made of. Does not belong here: how they come about (`moments`, `amounts`,
`codes`), how they are written (`document`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.ingest.aliases import split_words

UNDECIDED = "?"
"""An expression that begins with it is a question; a layout with one is refused in the words of the question."""


@dataclass(frozen=True)
class Option:
    """One answer to a question: the expression to write, and what it would mean."""

    expression: str
    meaning: str


@dataclass(frozen=True)
class Value:
    """The expression for one contract column, why it is that one, or the question whose answer it is."""

    expression: str
    why: tuple[str, ...] = ()
    question: str = ""
    options: tuple[Option, ...] = ()
    utc: str = ""
    """What is read in the centre's zone: rows are refused while none is stated."""
    shown_as: str = ""
    """What the first rows are shown with while something outside the layout is not stated."""

    @property
    def is_open(self) -> bool:
        return bool(self.question)

    @property
    def written(self) -> str:
        """What stands in the layout: the expression, or the question in its place."""
        return f"{UNDECIDED} {self.question}" if self.is_open else self.expression

    @property
    def assumed(self) -> str:
        """What the rows are shown with before anybody has decided."""
        return self.options[0].expression if self.is_open else self.shown_as or self.expression


def asked(question: str, options: tuple[Option, ...], *why: str) -> Value:
    """A value that a person has to decide."""
    return Value("", why, question, options)


def source_id(header: str, taken: frozenset[str], place: int) -> str:
    """An id for expressions made of the header; a Chinese header gets a number, unless the caller has a better name."""
    bare = re.sub(r"[^a-z0-9]+", "_", split_words(header).casefold()).strip("_")
    name = bare if re.match(r"[a-z]", bare) else f"column_{place + 1}"
    name = f"{name}_text" if name in RESERVED else name
    return name if name not in taken else f"{name}_{place + 1}"


RESERVED = frozenset({
    "source_line", "source_part", "all", "and", "any", "as", "asc", "case", "cast", "check", "column", "create",
    "default", "desc", "distinct", "do", "else", "end", "except", "false", "for", "from", "group", "having", "in",
    "initially", "intersect", "into", "lambda", "lateral", "limit", "not", "null", "offset", "on", "only", "or",
    "order", "pivot", "primary", "qualify", "references", "select", "show", "some", "summarize", "symmetric", "table",
    "then", "to", "trailing", "true", "union", "unique", "unpivot", "using", "variadic", "when", "where", "window",
    "with", "describe", "constraint", "collate", "both", "leading", "foreign", "fetch", "deferrable", "array", "asof",
    "at", "grant", "returning", "placing", "like", "left", "right", "inner", "join", "full", "cross", "natural",
})  # fmt: skip
"""Words of SQL that may not stand alone in an expression."""
