"""How conversations end: who releases them, and the calls that some agents drop within seconds.

Belongs here: those two things. Does not belong here: who drops calls and how many (`stories`), how a conversation goes
(`contacts`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.durations import SHORT_SECONDS
from pipelines.demo.floor import Rules
from pipelines.demo.plan import Bools, Ints
from pipelines.demo.work import EMAIL, OUTBOUND_QUEUE, PHONE

RELEASED_BY = ("agent", "customer", "system")
AGENT, CUSTOMER, SYSTEM = range(3)
_USUALLY, _WHEN_SHORT, _WHEN_EARLY = (0.26, 0.985), (0.05, 0.90), (0.55, 0.99)
"""Chance of the agent, and of the agent or the customer, to end a conversation; the line fails otherwise."""
_EARLY_SECONDS = 30


@dataclass(frozen=True)
class Conversation:
    """What is known while a contact goes on; parallel arrays."""

    queue: Ints
    channel: Ints
    agent: Ints
    answered: Bools


def dropped_calls(rules: Rules, taken: Conversation, draw: np.random.Generator) -> Bools:
    """Calls that their agent ends within seconds; only callers who came in by telephone are dropped."""
    can_be = taken.answered & (taken.channel == PHONE) & (taken.queue != OUTBOUND_QUEUE)
    share = rules.dropped_share[np.maximum(taken.agent, 0)]
    return np.asarray(can_be & (draw.random(len(share)) < share), dtype=np.bool_)


def releases(rules: Rules, taken: Conversation, dropped: Bools, talk: Ints, draw: np.random.Generator) -> Ints:
    """Who ended each conversation; NOBODY where there was none. Who drops calls also ends others early."""
    hasty = rules.dropped_share[np.maximum(taken.agent, 0)] > 0
    kinds = np.where(talk <= SHORT_SECONDS[1], 1, np.where(hasty & (talk < _EARLY_SECONDS), 2, 0))
    limits = np.array([_USUALLY, _WHEN_SHORT, _WHEN_EARLY])[kinds]
    luck = draw.random(len(talk))
    found = np.where(luck < limits[:, 0], AGENT, np.where(luck < limits[:, 1], CUSTOMER, SYSTEM))
    spoken = taken.answered & (taken.channel != EMAIL)
    return np.where(spoken, np.where(dropped, AGENT, found), NOBODY).astype(np.int64)
