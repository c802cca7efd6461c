"""Checks agent_state_meanings.csv: what a state of an agent means, from which day on.

Belongs here: activities that exist, a state that would mean two things. Does not belong here: how a state finds its
meaning (int_agent_state_meaning), what an activity counts as (int_state_day).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipelines.errors import Problem
from pipelines.rules.seeds import Catalogue, Seeds, day, text, twice

ACTIVITIES = (
    "contact",
    "available",
    "off_phone",
    "break",
    "meal",
    "training",
    "meeting",
    "leave",
    "absent",
    "off",
    "signed_in",
)


def _state(cell: str) -> str:
    """A state as the models compare it."""
    spelling = text(cell).lower().replace("_", " ")
    if "*" in spelling and (not spelling.endswith(" *") or spelling.count("*") > 1 or spelling == " *"):
        raise ValueError(f"{cell!r} has a * in it: a * stands at the end, after a blank, for example break *")
    return spelling


def _activity(cell: str) -> str:
    if cell not in ACTIVITIES:
        raise ValueError(f"{cell!r} is no activity: write {', '.join(ACTIVITIES)}")
    return cell


COLUMNS: Mapping[str, Callable[[str], Any]] = {"state": _state, "activity": _activity, "owner": text, "valid_from": day}


def faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[Problem]:
    """Everything wrong with agent_state_meanings.csv."""
    del catalogue
    yield from twice(seeds["agent_state_meanings"], "state", "valid_from")
