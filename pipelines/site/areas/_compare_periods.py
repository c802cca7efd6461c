"""Any two periods of one entity: how far back they go, and the data that the script reads of them.

Belongs here: the shape of those data, rows of two teams included. Does not belong here: sentences (`_compare_words`),
which pairs are worked out (dbt_project, models/intermediate/compare), which teams (`compare`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pipelines.marts import Difference, Period
from pipelines.site import timeline
from pipelines.site.areas import _compare_words as words
from pipelines.site.areas import periods
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import Site

Pairs = Mapping[tuple[str, date, date], Sequence[Difference]]
"""Kind, first day of the later period, that of the earlier -> differences, told of the later."""


class Texts:
    """Every text of a file once, in the order in which it was first said: figures repeat, and files stay small."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def places(self, *texts: str) -> list[int]:
        """Where each of them stands in `all`."""
        return [self._places.setdefault(text, len(self._places)) for text in texts]

    def all(self) -> list[str]:
        """The texts so far."""
        return list(self._places)


def of_all(site: Site, say: Voice, pairs: Pairs) -> dict[str, object]:
    """What holds for everybody: names of periods, the one before and a year before each, how far back any two go.

    `pairs` are those of the centre. `oldest` has the kinds of which only the newest are compared with each other.
    """
    told = timeline.told(site)
    ways = {"previous": timeline.before, "year_ago": timeline.year_ago}
    before = {
        timeline.stem(period): {
            word: timeline.stem(found) for word, way in ways.items() if (found := way(site, period))
        }
        for period in told
    }
    return {
        "periods": {timeline.stem(period): say.period(period) for period in told},
        "before": before,
        "oldest": {kind: timeline.stem(shown[-1]) for kind, shown in newest(site, pairs).items()},
    }


def newest(site: Site, pairs: Pairs) -> dict[str, tuple[Period, ...]]:
    """Kind of period -> the newest of it, any two of which are compared; only kinds of which older ones are not."""
    seen = {
        (kind, start)
        for (kind, *starts), found in pairs.items()
        if found[0].comparison == "earlier"
        for start in starts
    }
    found = {}
    for kind in timeline.MONTHS_OF:
        of_kind = [period for period in timeline.told(site) if period.period_kind == kind]
        oldest = min((start for of, start in seen if of == kind), default=None)
        shown = tuple(period for period in of_kind if oldest and period.period_start >= oldest)
        if shown and len(shown) < len(of_kind):
            found[kind] = shown
    return found


def of_entity(site: Site, say: Voice, entity: tuple[str, str], pairs: Pairs, texts: Texts) -> dict[str, object]:
    """Every pair of periods of an entity, told of the later one, and its value and likely range in each period.

    Figures are places in `texts`, in rows in the order of `kpis`; 0 stands where a KPI has none.
    """
    kpis = compared(site, entity[0])
    who = say.name(Finder(site, "").link(*entity))
    told: dict[str, dict[str, object]] = {}
    for later, earlier, found in _newest_first(site, pairs):
        told.setdefault(timeline.stem(later), {})[timeline.stem(earlier)] = {
            "told": words.of_two_periods(say, later, earlier, who, in_order(kpis, found)),
            "rows": rows(say, kpis, found, texts),
        }
    values = {
        timeline.stem(period): [
            texts.places(say.plain(kpi_id, value.value), say.interval(value))
            if (value := site.value(kpi_id, *entity, period))
            else 0
            for kpi_id in kpis
        ]
        for period in timeline.told(site)
    }
    return {"kpis": kpis, "periods": told, "values": values}


def compared(site: Site, grain: str) -> list[str]:
    """Ids of the KPIs that differences are told of, in the order of the catalogue."""
    return [kpi.kpi_id for kpi in site.delivered(grain) if not kpi.guards and kpi.family not in ("volume", "index")]


def in_order(kpis: Sequence[str], found: Iterable[Difference]) -> list[Difference]:
    """Differences of these KPIs, in their order."""
    return sorted((row for row in found if row.kpi_id in kpis), key=lambda row: kpis.index(row.kpi_id))


def rows(say: Voice, kpis: Sequence[str], found: Iterable[Difference], texts: Texts) -> list[list[int] | int]:
    """Verdict, difference and its likely range per KPI; without range where too little was observed.

    A star marks the difference on the same work.
    """
    by_kpi = {row.kpi_id: row for row in found}

    def said(row: Difference) -> Iterator[str]:
        yield row.verdict
        yield periods.words.change(say, row) + ("*" if row.is_adjusted else "")
        if row.difference_low is not None:
            yield periods.words.range_of(say, row)

    return [texts.places(*said(by_kpi[kpi_id])) if kpi_id in by_kpi else 0 for kpi_id in kpis]


def _newest_first(site: Site, pairs: Pairs) -> Iterator[tuple[Period, Period, Sequence[Difference]]]:
    for (kind, start, other_start), found in sorted(pairs.items(), key=lambda pair: pair[0], reverse=True):
        yield site.periods[kind, start], site.periods[kind, other_start], found
