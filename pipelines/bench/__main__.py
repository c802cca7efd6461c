"""Measures every named size, prints the tables, writes bench/results.json."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console

from pipelines.bench import builds, intake
from pipelines.bench.watching import machine
from pipelines.settings import PROJECT, quiet_tools


def main(names: Sequence[str]) -> int:
    """Measure every named size, print the tables, write bench/results.json. Returns an exit code."""
    console = Console()
    known = [*builds.SIZES, *intake.LOADS]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        console.print(
            f"name sizes to measure: {', '.join(known)}" + (f"; unknown: {', '.join(unknown)}" if unknown else "")
        )
        return 2
    quiet_tools()
    taken = [intake.measure(name, intake.LOADS[name], console) for name in names if name in intake.LOADS]
    built = [row for name in names if name in builds.SIZES for row in builds.measure(name, builds.SIZES[name], console)]
    if taken:
        console.print(intake.table(taken))
    if built:
        console.print(builds.table(built))
    builds.FOLDER.mkdir(exist_ok=True)
    results = {
        "machine": machine(),
        "builds": [asdict(row) for row in built],
        "intakes": [asdict(row) for row in taken],
    }
    file = builds.FOLDER / "results.json"
    file.write_text(json.dumps(results, indent=1, allow_nan=False), encoding="utf-8")
    console.print(f"written to {file.relative_to(PROJECT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
