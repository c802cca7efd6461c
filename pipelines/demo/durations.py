"""How long a contact takes: conversation, hold, work afterwards, and what that comes to on average.

Belongs here: the law of these times, drawn and as an expectation. Does not belong here: which contacts they are of
(`contacts`), who is how fast (`skills`).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from pipelines.demo.luck import normal_nodes
from pipelines.demo.plan import Bools, Floats, Ints
from pipelines.demo.work import CHANNELS, PHONE, REASONS

SHORT_SECONDS = (2.0, 9.4)
"""Conversation of a call that ends before it begins."""
_SHORT_SHARE, _TALK_SPREAD, _CHANNEL_FACTOR = 0.008, 0.72, (1.0, 1.5, 1.25)
_TALK_RANGE, _AFTER_RANGE = (10.0, 14_400.0), (3.0, 1_800.0)
_HOLD_SHARE, _HOLD_FROM_TALK, _HOLD_LEAST, _HOLD_MEAN_MORE, _HOLD_MOST = 0.17, 60, 8, 50, 900
_AFTER_MEDIAN, _AFTER_SPREAD = 38, 0.8
_DROPPED_AFTER = (3, 9)
_NODES = 2_000
_PACES = np.linspace(-1.2, 1.2, 97)


def draw_times(channel: Ints, reason: Ints, pace: Floats, dropped: Bools, draw: np.random.Generator) -> Ints:
    """Talk, hold and after-contact seconds (rows) of each contact (columns), taken at this pace (log ratio)."""
    count = len(channel)
    median = _median_talk()[channel, reason]
    talk = np.exp(np.log(median) + pace + draw.normal(size=count) * _TALK_SPREAD)
    short = draw.random(count) < _SHORT_SHARE
    talk = np.where(short | dropped, draw.uniform(*SHORT_SECONDS, count), np.clip(talk, *_TALK_RANGE))
    holds = (channel == PHONE) & (draw.random(count) < _HOLD_SHARE) & (talk > _HOLD_FROM_TALK)
    hold = np.where(holds, np.minimum(_HOLD_LEAST + draw.exponential(_HOLD_MEAN_MORE, count), _HOLD_MOST), 0.0)
    after = np.clip(np.exp(np.log(_AFTER_MEDIAN) + pace + draw.normal(size=count) * _AFTER_SPREAD), *_AFTER_RANGE)
    after = np.where(dropped, draw.uniform(*_DROPPED_AFTER, count), after)
    return np.asarray(np.rint(np.stack([talk, hold, after])), dtype=np.int64)


def expected_handle_seconds(pace: Floats, channel: int, reason: int, dropped_share: Floats) -> Floats:
    """Mean talk, hold and after-contact seconds of a contact of this kind, at each pace and share of dropped calls."""
    usual = np.interp(pace, _PACES, _expected_at_paces(channel, reason))
    short = sum(SHORT_SECONDS) / 2 + sum(_DROPPED_AFTER) / 2
    share = np.where(channel == PHONE, dropped_share, 0.0)
    return np.asarray(usual * (1 - share) + short * share, dtype=np.float64)


@lru_cache
def _expected_at_paces(channel: int, reason: int) -> Floats:
    talk = np.exp(
        _PACES[:, None] + np.log(_median_talk()[channel, reason]) + _TALK_SPREAD * normal_nodes(_NODES)[None, :]
    )
    after = np.exp(_PACES[:, None] + np.log(_AFTER_MEDIAN) + _AFTER_SPREAD * normal_nodes(_NODES)[None, :])
    mean_talk = (1 - _SHORT_SHARE) * np.clip(talk, *_TALK_RANGE).mean(axis=1) + _SHORT_SHARE * sum(SHORT_SECONDS) / 2
    held = (1 - _SHORT_SHARE) * (talk > _HOLD_FROM_TALK).mean(axis=1) * _HOLD_SHARE * (channel == PHONE)
    return np.asarray(
        mean_talk + held * (_HOLD_LEAST + _HOLD_MEAN_MORE) + np.clip(after, *_AFTER_RANGE).mean(axis=1),
        dtype=np.float64,
    )


def _median_talk() -> Floats:
    """Median seconds of conversation of an average agent, by channel (rows) and reason (columns)."""
    seconds = np.array([item.talk_median_seconds for item in REASONS])
    return np.asarray(np.array(_CHANNEL_FACTOR)[: len(CHANNELS), None] * seconds[None, :], dtype=np.float64)
