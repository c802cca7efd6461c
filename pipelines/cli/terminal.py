"""How a run looks on a terminal: bars where somebody watches, plain lines everywhere else.

Belongs here: drawing progress, problems and tables. Does not belong here: what is wrong or how far a stage is.
Data goes to stdout, everything else to stderr. NO_COLOR and TERM=dumb are honoured by rich's own detection.
"""

from __future__ import annotations

import json
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.table import Table

from pipelines.errors import Problem
from pipelines.progress import Progress

PLAIN_LINE_SECONDS = 5.0
"""A plain log says how far a stage is at most this often."""


class Crash(Exception):
    """An unexpected fault whose traceback is already saved in `file`."""

    def __init__(self, cause: BaseException, file: Path) -> None:
        self.cause, self.file = cause, file
        super().__init__(f"{type(cause).__name__}: {cause}")


@contextmanager
def tracebacks_in(folder: Path) -> Iterator[None]:
    """Save the traceback of an unexpected exception in `folder/errors`, or the temporary folder, and raise Crash."""
    from pipelines.errors import FloorwalkError

    try:
        yield
    except (FloorwalkError, Crash):
        raise
    except Exception as error:
        raise Crash(error, save_traceback(error, folder)) from error


def save_traceback(error: BaseException, folder: Path | None = None) -> Path:
    """Write the traceback to a new file that only its owner can read; returns the file."""
    text = "".join(traceback.format_exception(error))
    for place in (folder / "errors" if folder else None, Path(tempfile.gettempdir())):
        if place is None:
            continue
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=place, prefix="floorwalk-error-", suffix=".txt", delete=False, encoding="utf-8"
            ) as file:
                file.write(text)
        except OSError:
            continue
        return Path(file.name)
    raise error


class Plain:
    """Progress as lines of a log: one when a stage begins, then one every few seconds while it counts."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = self._spoke = time.monotonic()
        self._name, self._done, self._total = "", 0, 0

    def stage(self, name: str, total: int | None = None) -> None:
        self._name, self._done, self._total = name, 0, total or 0
        self._spoke = time.monotonic()
        self._say(f"{name} ({total:,})" if total else name)

    def advance(self, steps: int = 1, note: str = "") -> None:
        self._done += steps
        if time.monotonic() - self._spoke >= PLAIN_LINE_SECONDS:
            self._spoke = time.monotonic()
            of_total = f" of {self._total:,}" if self._total else ""
            self._say(f"{self._name}: {self._done:,}{of_total}" + (f", {note}" if note else ""))

    def _say(self, text: str) -> None:
        elapsed = time.monotonic() - self._began
        self._console.print(f"{elapsed:7.1f} s  {text}", markup=False, highlight=False, soft_wrap=True)


class Drawn:
    """Progress as one bar per stage with counts and the time left; finished stages stay on screen."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        self.finish()
        self._task = self._bars.add_task(escape(name), total=total, note="")

    def advance(self, steps: int = 1, note: str = "") -> None:
        if self._task is not None:
            self._bars.update(self._task, advance=steps, note=escape(note))

    def finish(self) -> None:
        """Mark the current stage as done, whatever it counted."""
        if self._task is None:
            return
        task = next(task for task in self._bars.tasks if task.id == self._task)
        total = task.total if task.total is not None else max(task.completed, 1)
        self._bars.update(self._task, total=total, completed=total, note="")
        self._bars.stop_task(self._task)
        self._task = None


@contextmanager
def progress(console: Console) -> Iterator[Progress]:
    """Bars when `console` is a terminal that can redraw a line, plain lines otherwise."""
    if not console.is_terminal or console.is_dumb_terminal:
        yield Plain(console)
        return
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("[dim]{task.fields[note]}"),
    )
    with Bars(*columns, console=console) as bars:
        drawn = Drawn(bars)
        yield drawn
        drawn.finish()


def print_problems(console: Console, problems: Iterable[Problem], style: str = "red") -> None:
    """Each problem as it stands, the first line set off; texts from data are never read as markup."""
    for problem in problems:
        first, *rest = str(problem).splitlines()
        console.print(f"[bold {style}]{escape(first)}[/]", highlight=False, soft_wrap=True)
        for line in rest:
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def print_rows(headers: Sequence[str], found: Iterable[Sequence[str]]) -> None:
    """A table of text on stdout."""
    grid = Table(*headers)
    for row in found:
        grid.add_row(*row)
    Console().print(grid)


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object on stdout, nothing else."""
    Console(soft_wrap=True).out(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2), highlight=False)
