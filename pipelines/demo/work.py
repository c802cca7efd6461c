"""What the work is: channels, queues, reasons, segments, and how much of it comes when.

Belongs here: the fixed facts of the trade (how long a matter takes, how solvable it is, demand by weekday, hour,
season and holiday). Does not belong here: people (`people`, `skills`) and the drawing of single contacts (`contacts`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.plan import OUTAGE_DAY, OUTAGE_HOURS, PUBLIC_HOLIDAYS, RELEASE_DAY, Floats, Ints, Plan

CHANNELS = ("phone", "chat", "email")
PHONE, CHAT, EMAIL = range(3)
SEGMENTS = ("consumer", "business", "vip")
CONSUMER, BUSINESS, VIP_SEGMENT = range(3)
QUEUES = ("enquiries", "billing", "orders", "technical", "vip", "outbound")
ENQUIRIES, BILLING, ORDERS, TECHNICAL_QUEUE, VIP_QUEUE, OUTBOUND_QUEUE = range(6)
OPENING_HOUR, CLOSING_HOUR = 8, 22
HOURS = CLOSING_HOUR - OPENING_HOUR


@dataclass(frozen=True)
class Reason:
    """Why customers make contact, and what that means for the work."""

    code: str
    resolution: float
    """Chance that an average agent solves it, before the release."""
    release_change: float
    """Change of that chance by the release."""
    talk_median_seconds: float
    transfer: float


REASONS = (
    Reason("order_status", 0.785, -0.130, 140, 0.04),
    Reason("product_advice", 0.755, -0.077, 235, 0.06),
    Reason("account_access", 0.735, -0.170, 180, 0.06),
    Reason("billing_question", 0.705, -0.105, 220, 0.08),
    Reason("delivery_problem", 0.635, -0.087, 240, 0.09),
    Reason("return_refund", 0.630, -0.092, 255, 0.08),
    Reason("device_setup", 0.620, -0.083, 390, 0.09),
    Reason("device_fault", 0.510, -0.088, 450, 0.15),
    Reason("renewal_offer", 0.560, 0.0, 210, 0.02),
    Reason("agreed_callback", 0.700, 0.0, 170, 0.03),
)
_REASON_SHARES = {
    ENQUIRIES: {0: 0.30, 1: 0.40, 2: 0.30},
    BILLING: {3: 0.60, 5: 0.40},
    ORDERS: {0: 0.40, 4: 0.40, 5: 0.20},
    TECHNICAL_QUEUE: {2: 0.12, 6: 0.43, 7: 0.45},
    VIP_QUEUE: {0: 0.12, 1: 0.18, 2: 0.12, 3: 0.18, 4: 0.14, 5: 0.12, 6: 0.07, 7: 0.07},
    OUTBOUND_QUEUE: {8: 0.75, 9: 0.25},
}
_WEEKDAYS = np.array([1.16, 1.07, 1.02, 1.00, 1.03, 0.74, 0.58])
_SEASON = np.array([1.00, 0.93, 0.95, 0.96, 0.98, 1.08, 0.97, 0.96, 1.00, 1.03, 1.20, 1.10])
_HOUR_SHAPE = np.array([4.5, 8.5, 10.5, 10.5, 8.0, 8.5, 9.5, 9.5, 9.0, 8.0, 4.5, 3.8, 3.2, 2.0])
_HOLIDAY_DEMAND = 0.45
_OUTAGE_DEMAND = 1.9
_YEARLY_GROWTH = 0.03


def cumulative_reasons() -> Floats:
    """Cumulative chance of each reason (columns) in each queue (rows)."""
    table = np.zeros((len(QUEUES), len(REASONS)))
    for queue, shares in _REASON_SHARES.items():
        for reason, share in shares.items():
            table[queue, reason] = share
    return np.cumsum(table, axis=1)


def hour_shares() -> Floats:
    """Share of a day's contacts in each opening hour."""
    return np.asarray(_HOUR_SHAPE / _HOUR_SHAPE.sum(), dtype=np.float64)


def is_holiday(plan: Plan) -> Ints:
    """1 on public holidays, 0 otherwise, for every simulated day."""
    flags = np.zeros(plan.horizon, dtype=np.int64)
    for first, last, _, _ in PUBLIC_HOLIDAYS:
        flags[max(plan.day(first), 0) : max(plan.day(last) + 1, 0)] = 1
    return flags


def day_demand(plan: Plan) -> Floats:
    """Relative demand of every simulated day; the delivered days sum to 1."""
    dates = [plan.date(day) for day in range(plan.horizon)]
    weekday = _WEEKDAYS[[when.weekday() for when in dates]]
    season = _SEASON[[when.month - 1 for when in dates]]
    growth = 1 + _YEARLY_GROWTH * np.arange(plan.horizon) / 365
    demand = weekday * season * growth * np.where(is_holiday(plan) == 1, _HOLIDAY_DEMAND, 1.0)
    return np.asarray(demand / demand[: plan.days].sum(), dtype=np.float64)


def hourly_demand(plan: Plan) -> Floats:
    """Relative demand per simulated day and opening hour, the outage included."""
    table = day_demand(plan)[:, None] * hour_shares()[None, :]
    outage = plan.day(OUTAGE_DAY)
    table[outage, OUTAGE_HOURS[0] - OPENING_HOUR : OUTAGE_HOURS[1] - OPENING_HOUR + 1] *= _OUTAGE_DEMAND
    return np.asarray(table, dtype=np.float64)


def resolution_chance(plan: Plan, reason: Ints, day: Ints) -> Floats:
    """Chance that an average agent solves each contact on its day; the release lowers it from its day on."""
    before = np.array([item.resolution for item in REASONS])
    change = np.array([item.release_change for item in REASONS])
    return np.asarray(before[reason] + np.where(day >= plan.day(RELEASE_DAY), change[reason], 0.0), dtype=np.float64)
