"""The contacts of one month: arrival, waiting, who took them, how long, whether it was solved, who called again.

A contact that was not solved leads, mostly within a week, to another by the same customer about the same reason; the
follow-ups of a month are drawn with that month, so every month can be made on its own. Belongs here: that drawing.
Does not belong here: skills (`skills`), answers and complaints (`feedback`), the export (`exports`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from pipelines.demo.floor import Floor, Rules
from pipelines.demo.plan import CARRY_DAYS, Bools, Ints, Month, Subject
from pipelines.demo.work import (
    BUSINESS,
    CONSUMER,
    EMAIL,
    HOURS,
    OPENING_HOUR,
    OUTBOUND_QUEUE,
    PHONE,
    QUEUES,
    REASONS,
    VIP_QUEUE,
    VIP_SEGMENT,
    cumulative_reasons,
    hour_shares,
    resolution_chance,
)

NOBODY = -1
"""Agent of a contact nobody took, customer who is not known, seconds that were not measured."""
REPEATS_PER_INBOUND = 0.427
"""Follow-ups per original inbound contact over the whole chain; measured, so that the asked number comes out."""
_REPEAT_AFTER_UNSOLVED, _REPEAT_AFTER_HANG_UP, _GENERATIONS = 0.85, 0.45, 3
_DELAY_SHARES = np.array([0.18, 0.20, 0.16, 0.13, 0.11, 0.09, 0.07, 0.04, 0.02])
_CHANNEL_SHARES = np.array([0.76, 0.17, 0.07])
_VIP_CUSTOMER_SHARE, _ANONYMOUS = 0.07, 0.03


@dataclass(frozen=True)
class Arrivals:
    """Contacts before anybody took them; parallel arrays."""

    day: Ints
    second: Ints
    queue: Ints
    reason: Ints
    channel: Ints
    customer: Ints


@dataclass(frozen=True)
class Contacts:
    """Contacts as they went; parallel arrays, seconds as whole numbers, NOBODY where not measured."""

    number: Ints
    day: Ints
    second: Ints
    queue: Ints
    reason: Ints
    channel: Ints
    segment: Ints
    customer: Ints
    agent: Ints
    offered: Bools
    answered: Bools
    wait: Ints
    talk: Ints
    hold: Ints
    acw: Ints
    dial: Ints
    first_response: Ints
    transferred: Bools
    solved: Bools
    """The truth; never exported."""
    recorded_solved: Bools

    def __len__(self) -> int:
        return len(self.number)

    def take(self, chosen: Bools | Ints) -> Contacts:
        """Some of the contacts."""
        return Contacts(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})


def join(parts: list[Contacts]) -> Contacts:
    """One table of several."""
    return Contacts(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Contacts)})


def month_contacts(rules: Rules, month: Month) -> Contacts:
    """Contacts that begin in `month` and all their follow-ups, which may fall into the next month; by start time."""
    draw = rules.plan.stream(Subject.CONTACTS, month.index)
    floor = Floor(rules, month.first_day, min(month.end_day + CARRY_DAYS, rules.plan.horizon))
    arrivals = _originals(rules, month, draw)
    waves: list[Contacts] = []
    for generation in range(_GENERATIONS + 1):
        handled = _handle(rules, floor, arrivals, draw)
        waves.append(handled)
        if generation < _GENERATIONS:
            arrivals = _follow_ups(rules, handled, draw)
    everything = join(waves)
    everything = everything.take(np.lexsort((everything.second, everything.day)))
    label = int(month.label.replace("-", "")[2:])
    number = label * 10_000_000 + np.arange(1, len(everything) + 1)
    return Contacts(
        **{f.name: getattr(everything, f.name) for f in fields(Contacts) if f.name != "number"}, number=number
    )


def _originals(rules: Rules, month: Month, draw: np.random.Generator) -> Arrivals:
    plan = rules.plan
    inbound_share = float(rules.cumulative_queues[OUTBOUND_QUEUE - 1])
    originals = plan.contacts / (1 + REPEATS_PER_INBOUND * inbound_share)
    expected = rules.hourly_demand[month.first_day : month.end_day] * originals
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
    pool = max(500, round(rules.plan.contacts * 0.30))
    vips = round(pool * _VIP_CUSTOMER_SHARE)
    luck = draw.random(len(queue)) ** 1.4
    vip = np.minimum((luck * vips).astype(np.int64), vips - 1)
    other = np.minimum(vips + (luck * (pool - vips)).astype(np.int64), pool - 1)
    known = np.where(queue == VIP_QUEUE, vip, other)
    return np.where(draw.random(len(queue)) < _ANONYMOUS, NOBODY, known)


def _handle(rules: Rules, floor: Floor, arrivals: Arrivals, draw: np.random.Generator) -> Contacts:
    count = len(arrivals.day)
    channel, reason, day, queue = arrivals.channel, arrivals.reason, arrivals.day, arrivals.queue
    outbound, email = queue == OUTBOUND_QUEUE, channel == EMAIL
    agent = floor.assign(day, arrivals.second // 3600 - OPENING_HOUR, queue, draw.random(count))
    wait = floor.wait_seconds(day, arrivals.second // 3600 - OPENING_HOUR, queue, draw)
    patience = np.rint(draw.lognormal(np.log(230), 0.8, count)).astype(np.int64)
    offered = ~((channel == PHONE) & ~outbound & (draw.random(count) < 0.025))
    inbound_answered = offered & (agent != NOBODY) & (email | (wait < patience))
    answered = np.where(outbound, (agent != NOBODY) & (draw.random(count) < 0.46), inbound_answered)
    agent = np.where(answered | outbound, agent, NOBODY)
    person = np.maximum(agent, 0)
    times = _times(rules, arrivals, person, draw)
    chance = resolution_chance(rules.plan, reason, day) + rules.skill("resolution", person, day)
    solved = answered & (draw.random(count) < np.clip(chance, 0.03, 0.97))
    tick = draw.random(count)
    moves_on = np.array([item.transfer for item in REASONS])[reason] + rules.skill("transfer", person, day)
    queued = offered & ~outbound & ~email
    first_response = np.where(
        email, draw.lognormal(np.log(3.1 * 3600), 0.7, count), draw.lognormal(np.log(28), 0.6, count)
    )
    known = np.where(answered, times, NOBODY)
    vip = (queue == VIP_QUEUE) | ((arrivals.customer != NOBODY) & (arrivals.customer < rules.vip_customers))
    return Contacts(
        number=np.zeros(count, dtype=np.int64),
        day=day,
        second=arrivals.second,
        queue=queue,
        reason=reason,
        channel=channel,
        segment=np.where(vip, VIP_SEGMENT, np.where(arrivals.customer % 5 == 0, BUSINESS, CONSUMER)),
        customer=arrivals.customer,
        agent=agent,
        offered=offered,
        answered=answered.astype(np.bool_),
        wait=np.where(queued, np.minimum(wait, patience), NOBODY),
        talk=known[0],
        hold=np.where(email, NOBODY, known[1]),
        acw=known[2],
        dial=np.where(outbound, np.rint(6 + draw.exponential(12, count)).astype(np.int64), NOBODY),
        first_response=np.where(answered & (channel != PHONE), np.rint(first_response).astype(np.int64), NOBODY),
        transferred=answered & (draw.random(count) < np.clip(moves_on, 0.005, 0.5)),
        solved=solved,
        recorded_solved=answered & (tick < np.where(solved, 0.97, 0.12)),
    )


def _times(rules: Rules, arrivals: Arrivals, person: Ints, draw: np.random.Generator) -> Ints:
    """Talk, hold and after-contact seconds (rows) of each contact (columns), as an agent of this skill takes them."""
    count = len(person)
    channel = arrivals.channel
    pace = rules.skill("handle_time", person, arrivals.day)
    by_channel = np.log(np.array([1.0, 1.5, 1.25]))[channel]
    median = np.log(np.array([item.talk_median_seconds for item in REASONS]))[arrivals.reason]
    talk = np.exp(median + by_channel + pace + draw.normal(size=count) * 0.72)
    talk = np.where(draw.random(count) < 0.008, draw.uniform(2, 9.4, count), np.clip(talk, 10, 4 * 3600))
    holds = (channel == PHONE) & (draw.random(count) < 0.17) & (talk > 60)
    hold = np.where(holds, np.minimum(8 + draw.exponential(50, count), 900), 0.0)
    after = np.clip(np.exp(np.log(38) + pace + draw.normal(size=count) * 0.8), 3, 1800)
    return np.asarray(np.rint(np.stack([talk, hold, after])), dtype=np.int64)


def _follow_ups(rules: Rules, handled: Contacts, draw: np.random.Generator) -> Arrivals:
    """Contacts that come again because the last one did not solve the matter."""
    count = len(handled)
    inbound = handled.queue != OUTBOUND_QUEUE
    chance = np.where(handled.answered, _REPEAT_AFTER_UNSOLVED, _REPEAT_AFTER_HANG_UP)
    again = inbound & ~handled.solved & (draw.random(count) < chance)
    delay = np.searchsorted(np.cumsum(_DELAY_SHARES)[:-1], draw.random(count), side="right")
    again &= handled.day + delay < rules.plan.horizon
    first = handled.take(again)
    delay = delay[again]
    hour = OPENING_HOUR + np.searchsorted(np.cumsum(hour_shares())[:-1], draw.random(len(first)), side="right")
    second = hour * 3600 + draw.integers(0, 3600, len(first))
    sooner = first.second + 900 + np.maximum(first.talk, 0) + draw.integers(0, 5400, len(first))
    closing = (OPENING_HOUR + HOURS) * 3600
    same_day = (delay == 0) & (sooner < closing)
    day = first.day + np.where((delay == 0) & ~same_day, 1, delay)
    by_phone = draw.random(len(first)) < 0.5
    channel = np.where((first.channel != PHONE) & by_phone, PHONE, first.channel)
    return Arrivals(
        np.minimum(day, rules.plan.horizon - 1),
        np.where(same_day, sooner, second).astype(np.int64),
        first.queue,
        first.reason,
        channel,
        first.customer,
    )
