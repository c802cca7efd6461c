"""Mappings with open questions, as `floorwalk map` writes them: they read no file, and stop nobody else's.

A build stops when a file needs such a mapping, and tells every question with file and line; until then it says once
that the mapping is not used.
Belongs here: that stop and that note. Does not belong here: finding the questions (`layout`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest.layout import Layout, Layouts


class Undecided(FloorwalkError):
    """A file needs a mapping whose questions are still open."""


def demand_decided(layout: Layout, name: str) -> None:
    """Raise Undecided, with every question, when the mapping of the file called `name` still has any."""
    if layout.questions:
        why = f"{name} is read by this mapping"
        raise Undecided([replace(question, why=why) for question in layout.questions])


def tell_all(waiting: Iterable[Undecided]) -> None:
    """Raise one Undecided with every question of all of them, each once; nothing when there is none."""
    questions = {question.where: question for error in waiting for question in error.problems}
    if questions:
        raise Undecided(list(questions.values()))


def undecided_notes(layouts: Layouts) -> Iterator[Problem]:
    """Each mapping that is not used yet, once, with the place of its first question."""
    for layout in layouts.by_name.values():
        if layout.questions:
            many = f"{len(layout.questions)} questions" if len(layout.questions) > 1 else "1 question"
            yield Problem(
                f"the mapping {layout.name} is not used: {many} still to be decided",
                where=layout.questions[0].where,
                why="a file of this kind would stop a build",
                fix="answer each question in the file, or remove the file",
            )
