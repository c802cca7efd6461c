"""Who makes contact, when, about what and by which channel, before anybody takes it.

Belongs here: the drawing of contacts that follow from no earlier one. Does not belong here: how they go and who comes
again (`contacts`), demand itself (`work`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.floor import Rules
from pipelines.demo.plan import Ints, Month
from pipelines.demo.work import (
    HOURS,
    OPENING_HOUR,
    OUTBOUND_QUEUE,
    PHONE,
    QUEUES,
    REASONS,
    VIP_QUEUE,
    cumulative_reasons,
)

NOBODY = -1
"""Agent of a contact nobody took, customer who is not known, seconds that were not measured."""
REPEATS_PER_INBOUND = 0.427
"""Follow-ups per original inbound contact over the whole chain; measured, so that the asked number comes out."""
ANONYMOUS = 0.03
FREQUENCY_POWER = 1.4
"""A customer's place in the pool is a uniform number to this power: some make contact more often than others."""
_CHANNEL_SHARES = np.array([0.76, 0.17, 0.07])


@dataclass(frozen=True)
class Arrivals:
    """Contacts before anybody took them; parallel arrays."""

    day: Ints
    second: Ints
    queue: Ints
    reason: Ints
    channel: Ints
    customer: Ints


def originals(rules: Rules, month: Month, draw: np.random.Generator) -> Arrivals:
    """Contacts of a month that follow from no earlier one, by day and hour of the demand."""
    plan = rules.plan
    inbound_share = float(rules.cumulative_queues[OUTBOUND_QUEUE - 1])
    wanted = plan.contacts / (1 + REPEATS_PER_INBOUND * inbound_share)
    expected = rules.hourly_demand[month.first_day : month.end_day] * wanted
    surprise = draw.lognormal(0, 0.05, len(expected))[:, None]
    counts = draw.poisson(expected * surprise)
    total = int(counts.sum())
    cell = np.repeat(np.arange(counts.size), counts.ravel())
    day = month.first_day + cell // HOURS
    second = (OPENING_HOUR + cell % HOURS) * 3600 + draw.integers(0, 3600, total)
    queue = np.searchsorted(rules.cumulative_queues, draw.random(total), side="right").astype(np.int64)
    channel = np.searchsorted(np.cumsum(_CHANNEL_SHARES)[:-1], draw.random(total), side="right").astype(np.int64)
    channel = np.where(queue == OUTBOUND_QUEUE, PHONE, channel)
    chances = cumulative_reasons()
    luck = draw.random(total)
    reason = np.zeros(total, dtype=np.int64)
    for index in range(len(QUEUES)):
        mine = queue == index
        reason[mine] = np.searchsorted(chances[index][:-1], luck[mine], side="right")
    reason = np.minimum(reason, len(REASONS) - 1)
    return Arrivals(day, second, queue, reason, channel, _customers(rules, queue, draw))


def _customers(rules: Rules, queue: Ints, draw: np.random.Generator) -> Ints:
    """VIP customers have the lowest keys. Some customers make contact more often than others."""
    pool, vips = rules.plan.customers, rules.plan.vip_customers
    luck = draw.random(len(queue)) ** FREQUENCY_POWER
    vip = np.minimum((luck * vips).astype(np.int64), vips - 1)
    other = np.minimum(vips + (luck * (pool - vips)).astype(np.int64), pool - 1)
    known = np.where(queue == VIP_QUEUE, vip, other)
    return np.where(draw.random(len(queue)) < ANONYMOUS, NOBODY, known)
