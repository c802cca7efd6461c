"""What each agent's figures would be without chance, on the work that an average agent of the centre is asked to do.

Every law is the one that the exports are drawn from; only luck is replaced by its mean. Belongs here: those means per
agent and quarter, by the KPI they are of. Does not belong here: the laws (the module of each subject), the file
(`truth`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipelines.demo.arrivals import ANONYMOUS, FREQUENCY_POWER
from pipelines.demo.attendance import expected_adherence
from pipelines.demo.centre import Centre
from pipelines.demo.contacts import (
    DELAY_SHARES,
    GENERATIONS,
    REPEAT_AFTER_HANG_UP,
    REPEAT_AFTER_UNSOLVED,
    solving_chance,
)
from pipelines.demo.durations import expected_handle_seconds
from pipelines.demo.feedback import RESPONSE_BY_CHANNEL, complaint_chance, content_chance, justified_share
from pipelines.demo.floor import readiness
from pipelines.demo.mix import LOSS_STEPS, Mix
from pipelines.demo.plan import Floats, Ints
from pipelines.demo.quality import expected_score, grader_severity
from pipelines.demo.work import CHANNELS, OUTBOUND_QUEUE, PHONE, REASONS, VIP_QUEUE, day_demand, resolution_chance

WINDOW_DAYS = 7
"""A return within so many days counts as a repeat; it is what the centre's own repeats say (`DELAY_SHARES`)."""
_BUNCH = 1.2
"""Contacts of one matter come in a bunch; so many of them stand for one return by chance."""
INBOUND_ONLY = ("first_contact_resolution", "csat_top2")
KPIS = ("average_handle_time", *INBOUND_ONLY, "qa_score", "adherence", "complaint_rate")


@dataclass(frozen=True)
class AgentDays:
    """The days of one quarter on which agents take contacts. `share` is each day's part of the agent's own contacts."""

    quarter: int
    agent: Ints
    day: Ints
    share: Floats
    agents: int

    def mean(self, value: Floats, share: Floats | None = None) -> Floats:
        """Mean of a daily value per agent; NaN for whoever has no such days."""
        weight = self.share if share is None else share
        total = np.bincount(self.agent, weights=weight, minlength=self.agents)
        found = np.bincount(self.agent, weights=weight * value, minlength=self.agents)
        mean = np.divide(found, total, out=np.full(self.agents, np.nan), where=total > 0)
        return np.asarray(mean, dtype=np.float64)


def expected_kpis(centre: Centre, mix: Mix) -> Iterator[tuple[int, str, Floats]]:
    """(quarter, KPI, value per agent) for every delivered quarter; NaN where an agent has no such work."""
    for quarter in range(centre.plan.quarters):
        days = _agent_days(centre, quarter)
        answered = mix.answered[quarter].astype(np.float64)
        yield quarter, "average_handle_time", days.mean(_handle_seconds(centre, days, answered))
        yield quarter, "first_contact_resolution", days.mean(_first_contact(centre, days, mix), _settled(centre, days))
        yield quarter, "csat_top2", days.mean(_content(centre, days, mix))
        severity = grader_severity(centre.rules)
        skill = centre.rules.skill("qa", days.agent, days.day) + centre.training.quality_gain(days.agent, days.day)
        yield quarter, "qa_score", days.mean(expected_score(skill, severity))
        share, due = expected_adherence(centre.plan, centre.people, centre.skills, days.agent, days.day)
        yield quarter, "adherence", days.mean(share, due)
        yield quarter, "complaint_rate", days.mean(_complaints(centre, days, answered))


def _agent_days(centre: Centre, quarter: int) -> AgentDays:
    plan = centre.plan
    days = np.arange(plan.quarter_starts[quarter], plan.quarter_starts[quarter + 1])
    agent, day = (table.ravel() for table in np.meshgrid(np.arange(plan.agents), days, indexing="ij"))
    ready = readiness(centre.people, agent, day) * centre.attendance.working[day, agent]
    staff = np.maximum(centre.attendance.working.sum(axis=1), 1)
    return AgentDays(quarter, agent, day, ready * (day_demand(plan) / staff)[day], plan.agents)


def _settled(centre: Centre, days: AgentDays) -> Floats:
    """Contacts of the last days are still open and do not count yet."""
    return np.where(days.day < centre.plan.days - WINDOW_DAYS, days.share, 0.0)


def _handle_seconds(centre: Centre, days: AgentDays, answered: Floats) -> Floats:
    pace = centre.rules.skill("handle_time", days.agent, days.day)
    dropped = centre.rules.dropped_share[days.agent]
    weights = answered.sum(axis=0)
    total = np.zeros(len(days.day))
    for reason, channel in np.argwhere(weights > 0).tolist():
        total += weights[reason, channel] * expected_handle_seconds(pace, channel, reason, dropped)
    return np.asarray(total / weights.sum(), dtype=np.float64)


def _solved(centre: Centre, days: AgentDays) -> dict[tuple[int, bool], Floats]:
    """Chance to solve a matter of each reason, by telephone (where calls may be dropped) or not."""
    kept = 1 - centre.rules.dropped_share[days.agent]
    found = {}
    for reason in range(len(REASONS)):
        chance = solving_chance(centre.rules, days.agent, days.day, np.full(len(days.day), reason))
        found[reason, True], found[reason, False] = chance * kept, chance
    return found


def _weighted(weights: Floats, value: dict[tuple[int, bool], Floats]) -> Floats:
    """Mean of a value by reason and telephone, over weights by reason and channel."""
    total = np.zeros_like(value[0, True])
    for reason, channel in np.argwhere(weights > 0).tolist():
        total += weights[reason, channel] * value[reason, channel == PHONE]
    return np.asarray(total / weights.sum(), dtype=np.float64)


def _first_contact(centre: Centre, days: AgentDays, mix: Mix) -> Floats:
    """Share after which the customer does not come again: neither for the same matter nor by chance for another."""
    answered = mix.answered[days.quarter].astype(np.float64)
    inbound = answered[:OUTBOUND_QUEUE]
    returns = REPEAT_AFTER_UNSOLVED * (1 - float(DELAY_SHARES[WINDOW_DAYS + 1 :].sum()) - DELAY_SHARES[WINDOW_DAYS] / 2)
    last = _last_of_chain(centre, days, mix)
    usual, vip = _chance_returns(centre, days.quarter, mix)
    vip_share = inbound[VIP_QUEUE].sum(axis=1) / np.maximum(inbound.sum(axis=(0, 2)), 1)
    by_chance = (1 - vip_share) * usual + vip_share * vip
    value = {
        (reason, phone): (1 - returns * (1 - last[reason]) * (1 - solved)) * (1 - by_chance[reason])
        for (reason, phone), solved in _solved(centre, days).items()
    }
    return _weighted(inbound.sum(axis=0), value)


def _last_of_chain(centre: Centre, days: AgentDays, mix: Mix) -> Floats:
    """Share of each reason's contacts that are the last follow-up a matter can have; nobody comes again after those."""
    made = mix.made[days.quarter, :OUTBOUND_QUEUE].sum(axis=(0, 2))
    answered = mix.answered[days.quarter, :OUTBOUND_QUEUE].sum(axis=(0, 2)) / np.maximum(made, 1)
    every_day = np.unique(days.day)
    chances = [resolution_chance(centre.plan, np.full(len(every_day), r), every_day) for r in range(len(REASONS))]
    unsolved = 1 - np.mean(chances, axis=1)
    again = answered * unsolved * REPEAT_AFTER_UNSOLVED + (1 - answered) * REPEAT_AFTER_HANG_UP
    lengths = np.array([again**generation for generation in range(GENERATIONS + 1)])
    return np.asarray(lengths[-1] / lengths.sum(axis=0), dtype=np.float64)


def _chance_returns(centre: Centre, quarter: int, mix: Mix) -> tuple[Floats, Floats]:
    """Chance of a return by chance within the window, by reason: of usual customers and of VIPs, two separate pools."""
    plan = centre.plan
    days = plan.quarter_starts[quarter + 1] - plan.quarter_starts[quarter]
    known = mix.known[quarter].sum(axis=2) / days * WINDOW_DAYS
    # a contact is more often of a frequent customer: the mean squared density of a uniform number to a power
    crowding = 1 / (FREQUENCY_POWER * (2 - FREQUENCY_POWER))
    vip = known[VIP_QUEUE] / plan.vip_customers
    usual = (known[:OUTBOUND_QUEUE].sum(axis=0) - known[VIP_QUEUE]) / (plan.customers - plan.vip_customers)
    return 1 - np.exp(-crowding * usual / _BUNCH), 1 - np.exp(-crowding * vip / _BUNCH)


def _content(centre: Centre, days: AgentDays, mix: Mix) -> Floats:
    """Share of a 4 or 5 of 5 among those who answer the survey."""
    skill = centre.rules.skill("csat", days.agent, days.day)
    solved, losses = _solved(centre, days), mix.loss_shares(days.quarter)
    weights = mix.answered[days.quarter, :OUTBOUND_QUEUE].sum(axis=0) * RESPONSE_BY_CHANNEL[None, :]
    total = np.zeros(len(days.day))
    for channel in range(len(CHANNELS)):
        content = {
            outcome: sum(
                share * content_chance(np.array(outcome), np.array(lost), skill)
                for share, lost in zip(losses[channel], LOSS_STEPS, strict=True)
                if share > 0
            )
            for outcome in (True, False)
        }
        for reason in np.flatnonzero(weights[:, channel]).tolist():
            chance = solved[reason, channel == PHONE]
            total += weights[reason, channel] * (chance * content[True] + (1 - chance) * content[False])
    return np.asarray(total / weights.sum(), dtype=np.float64)


def _complaints(centre: Centre, days: AgentDays, answered: Floats) -> Floats:
    """Justified complaints per contact handled."""
    skill = centre.rules.skill("complaints", days.agent, days.day)
    found = {}
    for key, solved in _solved(centre, days).items():
        yes, no = (complaint_chance(np.array(o), skill) * justified_share(np.array(o)) for o in (True, False))
        found[key] = (1 - ANONYMOUS) * (solved * yes + (1 - solved) * no)
    return _weighted(answered.sum(axis=0), found)
