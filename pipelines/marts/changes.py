"""What was published before and what changed since. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class Edition(Mart):
    name: ClassVar[str] = "dim_edition"
    order: ClassVar[str] = "edition"
    edition: int
    as_of: date | None
    previous_as_of: date | None
    is_first: bool
    is_current: bool
    content_digest: str


@dataclass(frozen=True)
class Change(Mart):
    name: ClassVar[str] = "fct_change"
    order: ClassVar[str] = "edition desc, position"
    edition: int
    is_current: bool
    position: int
    kind: str
    subject: str
    grain: str
    entity_id: str
    item: str
    part: str
    period_kind: str
    period_start: date | None
    value_before: float | None
    value: float | None
    n_before: int | None
    n: int | None
    verdict_before: str | None
    verdict: str | None
    is_verdict_flip: bool
    is_beyond_rounding: bool
    reason: str
    owner: str | None


@dataclass(frozen=True)
class Restatement(Mart):
    name: ClassVar[str] = "fct_restatement"
    order: ClassVar[str] = (
        "edition desc, is_verdict_flip desc, grain, period_start desc, period_kind, kpi_id, entity_id"
    )
    edition: int
    as_of: date | None
    previous_as_of: date | None
    is_current: bool
    kpi_id: str
    grain: str
    entity_id: str
    period_kind: str
    period_start: date
    value_before: float | None
    value: float | None
    difference: float | None
    n_before: int | None
    n: int | None
    verdict_before: str | None
    verdict: str | None
    is_beyond_rounding: bool
    is_verdict_flip: bool
    reason: str
    files: str
    file_count: int


@dataclass(frozen=True)
class PublishedItem(Mart):
    """Kept by `pipelines/ingest/published.py`; no page reads it."""

    name: ClassVar[str] = "fct_published_item"
    order: ClassVar[str] = "kind, grain, entity_id, item, part, period_kind, period_start"
    edition: int
    as_of: date | None
    is_gone: bool
    kind: str
    grain: str
    entity_id: str
    item: str
    part: str
    period_kind: str
    period_start: date | None
    n: int | None
    value: float | None
    interval_low: float | None
    interval_high: float | None
    reference: float | None
    verdict: str | None
    first_day: date | None
    last_day: date | None
    detail: str | None
