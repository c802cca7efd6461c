"""Pictures of the site: large charts through Altair (one module each), small ones written directly (`small`).

Belongs here: asking for a chart, finding chart modules, rendering with a cache. Does not belong here: what a chart
looks like (its module), words around it (site_templates). This file imports neither Altair nor the renderer, so that a
worker process starts quickly.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

from pipelines.progress import Progress

FOLDER = Path(__file__).resolve().parent
LEAST_KEPT = 1_000
"""Pictures of earlier builds that stay in the cache however few the last build asked for."""


@dataclass(frozen=True)
class ChartRequest:
    """One chart to draw: `chart` is a module of this package, `data` exactly what its `Data` documents, JSON-able."""

    chart: str
    data: Mapping[str, object]

    @cached_property
    def digest(self) -> str:
        """32 hex digits: the same for the same picture. Raises ValueError for a number that is not finite."""
        text = json.dumps(self.data, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(f"{_fingerprint(self.chart)}\n{text}".encode()).hexdigest()[:32]

    def specification(self) -> dict[str, Any]:
        """The chart as a Vega-Lite specification. Raises ValueError naming missing or unknown keys of `data`."""
        module = chart_modules()[self.chart]
        documented = set(module.Data.__annotations__)
        if wrong := sorted(documented ^ set(self.data)):
            raise ValueError(f"chart {self.chart} takes {sorted(documented)}; missing or unknown: {wrong}")
        specification: dict[str, Any] = module.draw(self.data)
        return specification

    @property
    def answers(self) -> bool:
        """Whether marks of such a chart tell which row of the data they speak of: only then it may be made live."""
        return _answers(self.chart)

    def live(self) -> dict[str, Any]:
        """The chart for the browser, JSON-able; see `_live.chart`."""
        from pipelines.charts import _live  # a heavy import, like the renderer

        return _live.chart(self.specification(), getattr(chart_modules()[self.chart], "BRUSH", None))


def render(requests: Iterable[ChartRequest], cache: Path, processes: int, progress: Progress) -> dict[str, str]:
    """Digest → inline SVG of every request; equal requests are drawn once.

    Pictures are kept as `cache`/<digest>.svg and read back when the same is asked again. What is new is drawn here
    when little, else in `processes` spawned workers. Beside what is asked, as many others stay, those used last. Each
    distinct picture advances `progress` by one; the caller announces the stage.
    """
    wanted = {request.digest: request for request in requests}
    cache.mkdir(parents=True, exist_ok=True)
    pictures: dict[str, str] = {}
    for digest in wanted:
        if (kept := _kept(cache / f"{digest}.svg")) is not None:
            os.utime(cache / f"{digest}.svg")
            pictures[digest] = kept
            progress.advance()
    missing = {digest: request for digest, request in wanted.items() if digest not in pictures}
    if missing:
        from pipelines.charts import _render  # the renderer is a heavy import; a build with a full cache never needs it

        for digest, picture in _render.draw_all(missing, processes):
            _keep(cache / f"{digest}.svg", picture)
            pictures[digest] = picture
            progress.advance(1, missing[digest].chart)
    _forget(cache, wanted)
    return {digest: pictures[digest] for digest in wanted}


@cache
def chart_modules() -> dict[str, ModuleType]:
    """Every chart module by name, found by file name: public modules of this package that draw."""
    return {name: module for name, module in _modules().items() if hasattr(module, "draw")}


@cache
def direct_modules() -> dict[str, ModuleType]:
    """Modules with an EXAMPLE whose `picture(data)` writes the SVG itself: those that stand on every agent's page."""
    return {
        name: module for name, module in _modules().items() if hasattr(module, "picture") and hasattr(module, "EXAMPLE")
    }


@cache
def _modules() -> dict[str, ModuleType]:
    names = sorted(file.stem for file in FOLDER.glob("*.py") if not file.stem.startswith("_"))
    return {name: importlib.import_module(f"pipelines.charts.{name}") for name in names}


def live_library() -> str:
    """The script that draws live charts in the browser; made from the pinned package, without any network."""
    from pipelines.charts import _live

    return _live.library()


@cache
def _answers(chart: str) -> bool:
    tables = ChartRequest(chart, chart_modules()[chart].EXAMPLE).specification()["datasets"]
    return any(row.get("about") for table in tables.values() for row in table)


@cache
def _fingerprint(chart: str) -> str:
    """Digest of everything but the data that a picture depends on: code, palette, library versions."""
    files = [FOLDER / f"{chart}.py", *sorted(FOLDER.glob("_*.py")), *_read_elsewhere()]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes() + b"\0")
    for library in ("altair", "vl-convert-python"):
        digest.update(f"{library} {version(library)}\0".encode())
    return digest.hexdigest()


def _read_elsewhere() -> Iterator[Path]:
    """Files outside `_*.py` that shape a picture: the palette, and the writer of tick texts."""
    from pipelines.charts.palette import PALETTE_FILE

    yield from (PALETTE_FILE, FOLDER / "palette.py", FOLDER.parent / "figures.py")


def _kept(file: Path) -> str | None:
    """A picture from the cache; None when there is none or a file there is not a whole picture."""
    try:
        text = file.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return text if text.startswith("<svg") and text.endswith("</svg>") else None


def _forget(cache: Path, wanted: Collection[str]) -> None:
    """Remove pictures of earlier builds beyond as many as this one asked for: a cache must not grow for ever."""
    others = [file for file in cache.glob("*.svg") if file.stem not in wanted]
    others.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in others[max(len(wanted), LEAST_KEPT) :]:
        file.unlink(missing_ok=True)


def _keep(file: Path, picture: str) -> None:
    """Write into the cache so that a reader sees the whole picture or none."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(picture)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
