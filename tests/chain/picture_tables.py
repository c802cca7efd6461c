"""What each kind of picture must share with the table beside it: the numbers it was drawn from, as displayed.

One function per chart: (data it was drawn from, rows of the table) → what does not fit. A chart without a function here
fails the test that uses it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.chain.picture_reader import NOTHING, shows

Data = Mapping[str, Any]
Rows = Sequence[Sequence[str]]
Check = Callable[[Data, Rows], Iterator[str]]


def _pairs(shown: Sequence[Any], rows: Rows) -> Iterator[tuple[Any, Sequence[str]]]:
    if len(shown) > len(rows):
        raise AssertionError(f"{len(shown)} drawn, {len(rows)} in the table")
    yield from zip(shown, rows, strict=False)


def _fits(cells: Mapping[str, tuple[int, float | None]], row: Sequence[str], unit: str) -> Iterator[str]:
    """Where a column does not show its value. A value that is not drawn may still be told."""
    for name, (column, value) in cells.items():
        if value is not None and not shows(row[column], value, unit):
            yield f"{name} is drawn at {value}, the table says {row[column]!r}"


def _columns(rows_of: str, columns: Mapping[str, int], unit: str | None = None) -> Check:
    """Row n of the data stands in row n of the table, each key in its column."""

    def check(data: Data, rows: Rows) -> Iterator[str]:
        for drawn, row in _pairs(data[rows_of], rows):
            yield from _fits({key: (column, drawn[key]) for key, column in columns.items()}, row, unit or data["unit"])

    return check


def _funnel(data: Data, rows: Rows) -> Iterator[str]:
    if not any(point["label"] for point in data["points"]):
        counts = sorted(Counter(point["position"] for point in data["points"]).values())
        told = sorted(int(row[1].replace(",", "")) for row in rows)
        if counts != told:
            yield f"{counts} points lie in the areas, the table says {told}"
        return
    by_name: dict[str, list[Sequence[str]]] = {}
    for row in rows:
        by_name.setdefault(row[0], []).append(row)
    for point in data["points"]:
        own = [row for name, found in by_name.items() if name in point["label"] for row in found]
        cells = {"value": (1, point["value"]), "n": (2, point["n"])}
        if all([*_fits(cells, row, data["unit"])] for row in own):
            yield f"{point['label']} is drawn at {point['value']} of {point['n']}, the table says {own}"


def _quadrant(data: Data, rows: Rows) -> Iterator[str]:
    columns = {"x": 1, "x_low": 2, "x_high": 2, "y": 3, "y_low": 4, "y_high": 4, "x_before": 5, "y_before": 5}
    for point, row in _pairs(data["points"], rows) if data["points"] else ():
        yield from _fits({key: (column, point[key]) for key, column in columns.items()}, row, "points")
    told = Counter(row[1] for row in rows)
    if missing := Counter(each["text"] for each in data["bins"]) - told:
        yield f"cells say {sorted(missing)}, the table does not"


def _effects(data: Data, rows: Rows) -> Iterator[str]:
    for drawn, row in _pairs(data["rows"], rows):
        for key in ("low", "high"):
            if not any(shows(row[column], drawn[key], data["unit"]) for column in (1, 2)):
                yield f"{key} is drawn at {drawn[key]}, the estimates are {row[1]!r} and {row[2]!r}"
        yield from _fits({"naive": (3, drawn["naive"]), "detectable": (4, drawn["detectable"])}, row, data["unit"])


def _decay(data: Data, rows: Rows) -> Iterator[str]:
    points = [point for programme in data["programmes"] for point in programme["points"]]
    for point, row in _pairs(points, rows):
        yield from _fits(
            {"value": (2, point["value"]), "low": (3, point["low"]), "high": (3, point["high"])}, row, data["unit"]
        )


def _months(data: Data, rows: Rows) -> Iterator[str]:
    for month, row in _pairs(data["months"][::-1], rows):
        columns = {"value": 1, "total": 2, "mix": 3, "performance": 4}
        yield from _fits({key: (column, month[key]) for key, column in columns.items()}, row, data["unit"])


def _gaps(data: Data, rows: Rows) -> Iterator[str]:
    """Rows may stand in different units, so a value is sought as a share, as seconds and as it is."""
    for drawn, row in _pairs(data["rows"], rows):
        for column, part in enumerate(drawn["parts"], start=4):
            if not any(shows(row[column], part["value"], unit) for unit in ("share", "seconds", "per_thousand")):
                yield f"{part['label']} is drawn at {part['value']}, the table says {row[column]!r}"


def _tiers(data: Data, rows: Rows) -> Iterator[str]:
    for drawn, row in _pairs(data["rows"], rows):
        told = Counter(row[1:])
        if (
            missing := Counter(
                str(part["count"]) for part in drawn["parts"] if part["count"] and part["tier"] != "hidden"
            )
            - told
        ):
            yield f"{drawn['label']}: {sorted(missing)} drawn, the table says {row[1:]}"


def _moves(data: Data, rows: Rows) -> Iterator[str]:
    for cells, row in _pairs(data["cells"], rows):
        for cell, text in zip(cells, row[1:], strict=True):
            if cell["count"] is not None and str(cell["count"]) != text.replace(",", ""):
                yield f"{cell['count']} drawn, the table says {text!r}"
            if cell["count"] is None and text.replace(",", "").isdigit():
                yield f"a withheld number stands in the table: {text!r}"


def _hovering(data: Data, rows: Rows) -> Iterator[str]:
    for each, row in _pairs(data["bins"], rows):
        yield from _fits({"days": (1, each["days"]), "expected": (2, each["expected"])}, row, "contacts")


def _bars(data: Data, rows: Rows) -> Iterator[str]:
    for drawn, row in _pairs(data["rows"], rows):
        cells = {"value": (1, drawn["value"]), "low": (3, drawn["low"]), "high": (3, drawn["high"])}
        yield from _fits(cells, row, data["unit"])


def _ramp(data: Data, rows: Rows) -> Iterator[str]:
    for point, row in _pairs(data["points"], rows):
        yield from _fits(
            {"share": (1, point["share"]), "low": (2, point["low"]), "high": (2, point["high"])}, row, "share"
        )
        yield from _fits({"weeks": (0, point["weeks"]), "people": (3, point["people"])}, row, "contacts")


def _skills(data: Data, rows: Rows) -> Iterator[str]:
    for drawn, row in _pairs(data["rows"], rows):
        cells = {"value": (1, drawn["value"]), "centre": (3, drawn["centre"])}
        if row[2] != NOTHING:
            cells |= {"low": (2, drawn["low"]), "high": (2, drawn["high"])}
        yield from _fits(cells, row, data["unit"])


def _days(data: Data, rows: Rows) -> Iterator[str]:
    """A week per row, a weekday per column."""
    for day in data["days"]:
        cell = rows[day["week"]][1 + day["weekday"]]
        if day["text"] and not shows(cell, float(day["text"]), "points"):
            yield f"day {day['weekday']} of {data['weeks'][day['week']]} says {day['text']}, the table {cell!r}"


def _flows(data: Data, rows: Rows) -> Iterator[str]:
    """Steps between quarters, then tiers before, then tiers now."""
    tiers = ("high", "mid", "low")
    for flow in data["flows"]:
        row = rows[9 * flow["stage"] + 3 * tiers.index(flow["source"]) + tiers.index(flow["target"])]
        if row[3].replace(",", "") != str(flow["count"]):
            yield f"{flow['count']} drawn from {flow['source']} to {flow['target']}, the table says {row}"


TABLES: Mapping[str, Check] = {
    "agreement": _columns("pairs", {"mean": 0, "difference": 1}),
    "alluvial": _flows,
    "bullets": _bars,
    "calendar": _days,
    "decay": _decay,
    "distribution": _columns("bins", {"bin_low": 0, "bin_high": 0, "entities": 1}),
    "dot_interval": _columns("rows", {"value": 1, "low": 2, "high": 2}),
    "effect_range": _effects,
    "funnel": _funnel,
    "gap_parts": _gaps,
    "hovering": _hovering,
    "mix_split": _months,
    "quadrant": _quadrant,
    "ramp": _ramp,
    "skill_profile": _skills,
    "tier_mix": _tiers,
    "transition": _moves,
    "weights": _columns("rows", {"value": 1, "target": 2, "full": 3}, "points"),
    "xmr": _columns("points", {"value": 1, "centre_line": 2, "lower_limit": 3, "upper_limit": 3}),
}
