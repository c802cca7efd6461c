"""The centre's mix of work by quarter: what it is that an average agent is asked to do.

Belongs here: counts of contacts and of waiting, added up as the months go by. Does not belong here: what they lead to
(`expected`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.arrivals import NOBODY
from pipelines.demo.contacts import Contacts
from pipelines.demo.feedback import patience_lost
from pipelines.demo.plan import Floats, Ints, Plan
from pipelines.demo.work import CHANNELS, QUEUES, REASONS

_LOSSES = 29
LOSS_STEPS = np.linspace(0.0, 0.14, _LOSSES)
"""What waiting takes off a customer's chance to be content, in steps."""


@dataclass
class Mix:
    """Contacts per quarter, queue, reason and channel; answered ones per quarter, channel and step of lost patience."""

    made: Ints
    answered: Ints
    known: Ints
    """Of the made ones, those of a known customer."""
    losses: Ints

    def add(self, quarter: int, contacts: Contacts) -> None:
        """Count a month; quarters after the delivered ones are left out."""
        if quarter >= len(self.made):
            return
        shape = self.made.shape[1:]
        cell = np.ravel_multi_index((contacts.queue, contacts.reason, contacts.channel), shape)
        size = int(np.prod(shape))
        for table, chosen in (
            (self.made, np.ones(len(contacts), dtype=np.bool_)),
            (self.answered, contacts.answered),
            (self.known, contacts.customer != NOBODY),
        ):
            table[quarter] += np.bincount(cell[chosen], minlength=size).reshape(shape)
        done = contacts.take(contacts.answered)
        step = np.rint(patience_lost(done.wait) / LOSS_STEPS[1]).astype(np.int64)
        cell = done.channel * _LOSSES + step
        counted = np.bincount(cell, minlength=len(CHANNELS) * _LOSSES)
        self.losses[quarter] += counted.reshape(len(CHANNELS), _LOSSES)

    def loss_shares(self, quarter: int) -> Floats:
        """Share of each step of lost patience (columns) in the answered contacts of each channel (rows)."""
        counts = self.losses[quarter]
        return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), dtype=np.float64)


def empty_mix(plan: Plan) -> Mix:
    """A mix of nothing."""
    shape = (plan.quarters, len(QUEUES), len(REASONS), len(CHANNELS))
    made, answered, known = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    return Mix(made, answered, known, np.zeros((plan.quarters, len(CHANNELS), _LOSSES), dtype=np.int64))
