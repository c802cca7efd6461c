"""Draws specifications: compiles each chart kind once, puts rows into the compiled form, renders in worker processes.

Belongs here: the way from a Vega-Lite specification to SVG text. Does not belong here: the cache (`__init__`), what the
SVG must not carry (`_svg`). Workers are spawned: forking after the renderer's first use deadlocks, and threads gain
nothing because it draws one picture at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import vl_convert

from pipelines.charts._svg import tidy

if TYPE_CHECKING:
    from pipelines.charts import ChartRequest

VEGALITE = "6.4"
"""The Vega-Lite release inside vl-convert that belongs to Altair 6."""
FEW = 200
"""Up to this many pictures are drawn in this process: starting workers takes longer."""
BATCH = 8


def draw_all(requests: Mapping[str, ChartRequest], processes: int) -> Iterator[tuple[str, str]]:
    """(digest, inline SVG) of every request, in order."""
    jobs = (
        (digest, json.dumps(compiled(request.specification()), allow_nan=False)) for digest, request in requests.items()
    )
    if processes < 2 or len(requests) <= FEW:
        yield from map(draw, jobs)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as workers:
        yield from workers.map(draw, jobs, chunksize=BATCH)


def draw(job: tuple[str, str]) -> tuple[str, str]:
    """One picture from (digest, Vega specification as JSON)."""
    digest, vega = job
    return digest, tidy(vl_convert.vega_to_svg(vega), digest)


def compiled(specification: Mapping[str, Any]) -> dict[str, Any]:
    """The Vega form of a spliced Vega-Lite specification; its chart kind is compiled once per process.

    Raises ValueError when the compiled form lost a table or a parameter, which would draw a wrong picture silently.
    """
    kind = {key: value for key, value in specification.items() if key not in ("datasets", "params")}
    names = sorted(parameter["name"] for parameter in specification["params"])
    vega = _compile(json.dumps(kind, sort_keys=True), tuple(names))
    tables = specification["datasets"]
    values = {parameter["name"]: parameter["value"] for parameter in specification["params"]}
    held = {table["name"] for table in vega["data"]} | {signal["name"] for signal in vega.get("signals", ())}
    if lost := (set(tables) | set(values)) - held:
        raise ValueError(f"the compiled chart does not use {sorted(lost)}")
    return {
        **vega,
        "data": [
            {**table, "values": tables[table["name"]]} if table["name"] in tables else table for table in vega["data"]
        ],
        "signals": [
            {**signal, "value": values[signal["name"]]} if signal["name"] in values else signal
            for signal in vega.get("signals", ())
        ],
    }


@lru_cache(maxsize=64)
def _compile(kind: str, parameters: tuple[str, ...]) -> dict[str, Any]:
    named = [{"name": name, "value": 0} for name in parameters]
    vega: dict[str, Any] = vl_convert.vegalite_to_vega({**json.loads(kind), "params": named}, vl_version=VEGALITE)
    return vega
