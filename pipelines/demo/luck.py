"""Chance without drawing: equally likely values that stand for a whole distribution.

Belongs here: such values. Does not belong here: drawing (each subject has its own stream, `plan`).
"""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np

from pipelines.demo.plan import Floats


@lru_cache
def normal_nodes(count: int) -> Floats:
    """The middle of each of `count` equally likely slices of the standard normal."""
    normal = NormalDist()
    return np.array([normal.inv_cdf((index + 0.5) / count) for index in range(count)])


@lru_cache
def exponential_nodes(count: int) -> Floats:
    """The same of the exponential with mean 1."""
    return -np.log1p(-(np.arange(count) + 0.5) / count)
