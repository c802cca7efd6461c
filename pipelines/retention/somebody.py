"""One person or customer: planned and removed from the lake, with a mark so that they do not come back.

Belongs here: the steps of an erasure that concern the lake. Does not belong here: releases, caches, receipts (`purge`),
what is theirs (`ingest.persons`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipelines import ingest
from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest import Mark
from pipelines.retention import stale
from pipelines.retention.erasure import Erasure, Touched
from pipelines.settings import PROJECT, Settings

DBT_PROJECT = PROJECT / "dbt_project"


@dataclass(frozen=True)
class Asked:
    """Whose erasure is asked for: `kind` person or customer, `given` the id or the code on the site, `by` whoever asks
    for it, in their own words."""

    kind: str
    given: str
    by: str = ""


def plan(settings: Settings, asked: Asked, at: str) -> Erasure:
    """What the lake holds of them; changes nothing. Raises FloorwalkError for a name, or for words that name them."""
    with ingest.searching(settings.lake, DBT_PROJECT, settings.memory_limit) as search:
        who = search.somebody(asked.kind, asked.given, settings.privacy.key)
        if any(text in asked.by for text in who.texts if len(text) > 1):
            fix = "write a number of the case, and keep the name beside it where it belongs"
            raise FloorwalkError(Problem("the words of --by name who is erased", why="receipts name nobody", fix=fix))
        held = search.held(who)
    return Erasure(
        at=at,
        by=asked.by,
        mark=Mark(ingest.new_label(), asked.kind, at[:10], ("made when it is put in place",)),
        deliveries=tuple(_touched(one) for one in held.deliveries),
        tiers=held.tiers,
        releases=len(stale.others(settings)),
        shared_names=who.shared_names,
        somebody=who,
        hanging=held.links,
    )


def remove(settings: Settings, planned: Erasure) -> Erasure:
    """Mark them and take them out of the lake; returns what was done, with the mark and without who is meant."""
    who = planned.somebody
    if who is None:
        raise AssertionError("an erasure that was receipted is not carried out again")
    with ingest.searching(settings.lake, DBT_PROJECT, settings.memory_limit) as search:
        mark = search.mark(who, planned.mark.label, planned.mark.erased_on, planned.hanging)
        search.remove(who, {touched.sha256 for touched in planned.deliveries})
    return replace(planned, mark=mark, somebody=None, hanging={})


def _touched(one: ingest.Holding) -> Touched:
    first, last = (day.isoformat() if day else "" for day in (one.first_day, one.last_day))
    tables = {name: dict(counts) for name, counts in one.tables.items()}
    return Touched(one.record.sha256, one.record.layout, first, last, tables)
