"""The contacts of one month: arrival, waiting, who took them, how long, whether it was solved, who called again.

A contact that was not solved leads, mostly within a week, to another by the same customer about the same reason; the
follow-ups of a month are drawn with that month, so every month can be made on its own. Belongs here: that drawing.
Does not belong here: skills (`skills`), answers and complaints (`feedback`), the export (`exports`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from pipelines.demo.arrivals import NOBODY, Arrivals, originals
from pipelines.demo.durations import draw_times
from pipelines.demo.endings import Conversation, dropped_calls, releases
from pipelines.demo.floor import Floor, Rules
from pipelines.demo.plan import CARRY_DAYS, Bools, Floats, Ints, Month, Subject
from pipelines.demo.work import (
    BUSINESS,
    CONSUMER,
    EMAIL,
    HOURS,
    OPENING_HOUR,
    OUTBOUND_QUEUE,
    PHONE,
    REASONS,
    VIP_QUEUE,
    VIP_SEGMENT,
    hour_shares,
    resolution_chance,
)

REPEAT_AFTER_UNSOLVED, REPEAT_AFTER_HANG_UP, GENERATIONS = 0.85, 0.45, 3
FIRST_NUMBER = 10_000_000
"""Contact numbers of a month begin above a multiple of this and go up by one, in the order of the month's contacts."""
DELAY_SHARES = np.array([0.18, 0.20, 0.16, 0.13, 0.11, 0.09, 0.07, 0.04, 0.02])


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
    released_by: Ints
    complained: Bools
    """The customer complained in this contact; known once the month's complaints are."""

    def __len__(self) -> int:
        return len(self.number)

    def take(self, chosen: Bools | Ints) -> Contacts:
        """Some of the contacts."""
        return Contacts(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})


def join(parts: list[Contacts]) -> Contacts:
    """One table of several."""
    return Contacts(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Contacts)})


def contact_id(number: int) -> str:
    """A contact's number as every system of the centre writes it."""
    return f"FW-{number // FIRST_NUMBER:04d}-{number % FIRST_NUMBER:07d}"


def complaint_id(number: int) -> str:
    """Number of the complaint about a contact."""
    return f"CM{contact_id(number)[2:]}"


def month_contacts(rules: Rules, month: Month) -> Contacts:
    """Contacts that begin in `month` and all their follow-ups, which may fall into the next month; by start time."""
    draw, ends = rules.plan.stream(Subject.CONTACTS, month.index), rules.plan.stream(Subject.ENDINGS, month.index)
    floor = Floor(rules, month.first_day, min(month.end_day + CARRY_DAYS, rules.plan.horizon))
    arrivals = originals(rules, month, draw)
    waves: list[Contacts] = []
    for generation in range(GENERATIONS + 1):
        handled = _handle(rules, floor, arrivals, draw, ends)
        waves.append(handled)
        if generation < GENERATIONS:
            arrivals = _follow_ups(rules, handled, draw)
    everything = join(waves)
    everything = everything.take(np.lexsort((everything.second, everything.day)))
    label = int(month.label.replace("-", "")[2:])
    number = label * FIRST_NUMBER + np.arange(1, len(everything) + 1)
    return Contacts(
        **{f.name: getattr(everything, f.name) for f in fields(Contacts) if f.name != "number"}, number=number
    )


def _handle(
    rules: Rules, floor: Floor, arrivals: Arrivals, draw: np.random.Generator, ends: np.random.Generator
) -> Contacts:
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
    taken = Conversation(queue, channel, agent, answered.astype(np.bool_))
    dropped = dropped_calls(rules, taken, ends)
    times = draw_times(channel, reason, rules.skill("handle_time", person, day), dropped, draw)
    solved = answered & (draw.random(count) < solving_chance(rules, person, day, reason)) & ~dropped
    tick = draw.random(count)
    moves_on = np.array([item.transfer for item in REASONS])[reason] + rules.skill("transfer", person, day)
    queued = offered & ~outbound & ~email
    first_response = np.where(
        email, draw.lognormal(np.log(3.1 * 3600), 0.7, count), draw.lognormal(np.log(28), 0.6, count)
    )
    known = np.where(answered, times, NOBODY)
    vip = (queue == VIP_QUEUE) | ((arrivals.customer != NOBODY) & (arrivals.customer < rules.plan.vip_customers))
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
        answered=taken.answered,
        wait=np.where(queued, np.minimum(wait, patience), NOBODY),
        talk=known[0],
        hold=np.where(email, NOBODY, known[1]),
        acw=known[2],
        dial=np.where(outbound, np.rint(6 + draw.exponential(12, count)).astype(np.int64), NOBODY),
        first_response=np.where(answered & (channel != PHONE), np.rint(first_response).astype(np.int64), NOBODY),
        transferred=answered & (draw.random(count) < np.clip(moves_on, 0.005, 0.5)) & ~dropped,
        solved=solved,
        recorded_solved=answered & (tick < np.where(solved, 0.97, 0.12)),
        released_by=releases(rules, taken, dropped, times[0], ends),
        complained=np.zeros(count, dtype=np.bool_),
    )


def solving_chance(rules: Rules, agent: Ints, day: Ints, reason: Ints) -> Floats:
    """Chance that each agent solves a matter of this reason on this day, when the call is not dropped."""
    chance = resolution_chance(rules.plan, reason, day) + rules.skill("resolution", agent, day)
    return np.asarray(np.clip(chance, 0.03, 0.97), dtype=np.float64)


def _follow_ups(rules: Rules, handled: Contacts, draw: np.random.Generator) -> Arrivals:
    """Contacts that come again because the last one did not solve the matter."""
    count = len(handled)
    inbound = handled.queue != OUTBOUND_QUEUE
    chance = np.where(handled.answered, REPEAT_AFTER_UNSOLVED, REPEAT_AFTER_HANG_UP)
    again = inbound & ~handled.solved & (draw.random(count) < chance)
    delay = np.searchsorted(np.cumsum(DELAY_SHARES)[:-1], draw.random(count), side="right")
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
