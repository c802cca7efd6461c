"""Watching a process from outside: work in a fresh process, its memory sampled, what the machine is.

Belongs here: processes and samples. Does not belong here: what is measured (`builds`, `intake`).
Memory is the sum of resident sets of a process and its children, sampled, so pages they share are counted more than
once and short peaks may be missed.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

SAMPLE_SECONDS = 0.05


def watched(work: Callable[..., Any], *arguments: Any) -> tuple[Any, float, list[tuple[float, float]]]:
    """Do work in a fresh process; returns its result, the seconds, and samples (seconds since its start, MB)."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(work, arguments, sender))
    child.start()
    sender.close()
    try:
        receiver.recv()
        began = time.monotonic()
        with sampling(child.pid or 0, began) as samples:
            result = receiver.recv()
            whole = time.monotonic() - began
    except EOFError as error:
        raise RuntimeError("the work being measured did not finish; its own words are above") from error
    finally:
        child.join()
    return result, whole, samples


def _child(work: Callable[..., Any], arguments: tuple[Any, ...], sender: Connection) -> None:
    sender.send("begin")
    sender.send(work(*arguments))


@contextmanager
def sampling(process: int, began: float) -> Iterator[list[tuple[float, float]]]:
    """Samples of a process tree's memory while the block runs."""
    samples: list[tuple[float, float]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(SAMPLE_SECONDS):
            samples.append((time.monotonic() - began, tree_megabytes(process)))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield samples
    finally:
        stop.set()
        watcher.join()


def tree_megabytes(process: int, proc: Path = Path("/proc")) -> float:
    """Resident memory of a process and all its descendants in MB; 0 where the system has no /proc."""
    try:
        pages = int((proc / str(process) / "statm").read_text().split()[1])
        children = [
            int(c) for task in (proc / str(process) / "task").glob("*/children") for c in task.read_text().split()
        ]
    except (OSError, IndexError):
        return 0.0
    own = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return own + sum(tree_megabytes(child, proc) for child in children)


def peaks(stages: Mapping[str, float], samples: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Highest sample within each stage; stages follow one another from the start.

    A stage shorter than the time between samples has the sample before its end.
    """
    found: dict[str, float] = {}
    begins = 0.0
    for stage, seconds in stages.items():
        ends = begins + seconds
        before = [mb for at, mb in samples if at < ends]
        within = [mb for at, mb in samples if begins <= at < ends]
        found[stage] = round(max(within or before[-1:] or [0.0]), 1)
        begins = ends
    return found


def machine() -> dict[str, Any]:
    """What the numbers were measured on."""
    return {"python": platform.python_version(), "system": platform.system(), "processors": os.cpu_count()}
