"""Invented marts about what changed between two sites: an edition with every kind of change, and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pipelines.marts import Change, Edition, Restatement
from pipelines.site.areas._changes_parts import Book
from pipelines.site.model import Site
from tests.unit import fake_marts

NOW, BEFORE, MARCH = date(2024, 3, 31), date(2024, 3, 24), date(2024, 3, 1)
QUARTER, WEEK, ALWAYS = date(2024, 1, 1), date(2024, 3, 25), date(1900, 1, 1)
HOSTILE = "<b>x</b>.csv"
OWNER = "Ann <b>"
CENTRE = {"grain": "centre", "entity_id": "centre"}
EVERYBODY = {"grain": "role", "entity_id": "*"}


def edition(number: int, *, is_current: bool = False) -> Edition:
    """An edition; the first has none before it."""
    if number == 1:
        return Edition(1, BEFORE, None, True, is_current, "d1")
    return Edition(number, NOW, BEFORE, False, is_current, f"d{number}")


def change(kind: str, subject: str, item: str, **more: Any) -> Change:
    """A change of the second edition."""
    base = Change(
        edition=2, is_current=True, position=0, kind=kind, subject=subject, grain="", entity_id="", item=item, part="",
        period_kind="", period_start=None, value_before=None, value=None, n_before=None, n=None, verdict_before=None,
        verdict=None, is_verdict_flip=False, is_beyond_rounding=True, reason="", owner=None,
    )  # fmt: skip
    return replace(base, **more)


def restatement(kpi_id: str, grain: str, entity_id: str, **more: Any) -> Restatement:
    """A figure of March that fell by five points, by a new file."""
    base = Restatement(
        edition=2, as_of=NOW, previous_as_of=BEFORE, is_current=True, kpi_id=kpi_id, grain=grain, entity_id=entity_id,
        period_kind="month", period_start=MARCH, value_before=0.8, value=0.75, difference=-0.05, n_before=900, n=910,
        verdict_before="worse_than_target", verdict="worse_than_target", is_beyond_rounding=True, is_verdict_flip=False,
        reason="delivery", files="calls_march.csv", file_count=1,
    )  # fmt: skip
    return replace(base, **more)


def signal(team_id: str, good: bool, **more: Any) -> Change:
    """A new signal of a team's answer rate."""
    base = change(
        "new_finding", "finding", "answer_rate", grain="team", entity_id=team_id, period_kind="week", period_start=WEEK,
        value=0.71, n=1, verdict="run", part=f"special_cause_{'improvement' if good else 'concern'}",
    )  # fmt: skip
    return replace(base, **more)


RULE = change(
    "rule_changed",
    "rule",
    "tier_low_cut",
    part="points",
    value_before=60.0,
    value=65.0,
    owner=OWNER,
    period_start=MARCH,
)
STANDARD = change(
    "rule_changed", "standard", "csat_mean", part="target", value_before=4.0, value=4.2, verdict="value",
    owner="default", period_start=ALWAYS, **EVERYBODY,
)  # fmt: skip
EVERYTHING = (
    signal("T1", good=False),
    signal("T2", good=True),
    signal("T1", good=True, kind="finding_gone", value=None, n=None),
    change("systemic_opened", "systemic", "csat_mean", n=1, **CENTRE),
    change("new_period", "value", "", period_kind="month", period_start=MARCH, **CENTRE),
    change("tier_counts", "tier", "high", period_start=QUARTER, n=41, n_before=40, **CENTRE),
    change("tier_counts", "tier", "low", period_start=QUARTER, n=None, n_before=5, **CENTRE),
    RULE,
    STANDARD,
    change("rule_changed", "definition", "answer_rate"),
    replace(RULE, item="a_rule_of_tomorrow", value_before=1.0, value=2.0, owner="default"),
    change("table_missing", "table", "surveys", verdict_before="delivered", verdict="late"),
    change("table_new", "table", "training", verdict_before="absent", verdict="delivered"),
    change("delivered", "delivery", "contacts", value=5000.0, n=3),
    change("refused", "delivery", "contacts", value=7.0, n=1),
)
NO_FILE = {"files": "", "file_count": 0}
CORRECTED = (
    restatement("answer_rate", "centre", "centre"),
    restatement(
        "answer_rate", "team", "T1", verdict="too_close_to_call", is_verdict_flip=True, files=HOSTILE, file_count=5
    ),
    restatement("csat_mean", "team", "T2", value=None, difference=None, verdict=None, reason="other", **NO_FILE),
    restatement("speed_of_answer", "team", "T2", value_before=61.2, value=65.4, reason="settled", **NO_FILE),
)


def numbered(told: Sequence[Change]) -> list[Change]:
    """These changes with their places."""
    return [replace(each, position=place) for place, each in enumerate(told, start=1)]


def centre() -> fake_marts.Rows:
    """The invented centre after every kind of change."""
    marts = fake_marts.centre()
    marts[Edition], marts[Restatement] = [edition(1), edition(2, is_current=True)], list(CORRECTED)
    marts[Change] = numbered(EVERYTHING)
    return marts


def with_book(site: Site, editions: Sequence[Edition], told: Sequence[Change] = ()) -> Site:
    """A site with these editions, oldest first, and changes of the second."""
    book = Book(tuple(reversed(editions)), {2: tuple(numbered(told))}, {})
    return replace(site, books={**site.books, "changes": book})
