"""Runs the installed command as a person or a scheduler would; shared by tests of the whole chain."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines import warehouse
from pipelines.settings import PROJECT


@dataclass(frozen=True)
class Built:
    """A finished build: its work folder and the object `--json` printed."""

    work: Path
    record: dict[str, Any]

    def mart(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query in which `{name}` stands for a mart's Parquet file."""
        files = {file.stem: f"read_parquet('{file}')" for file in (self.work / "marts").glob("*.parquet")}
        return warehouse.read(query.format_map(files))

    def page(self, path: str) -> str:
        """The HTML of a page, for instance en/kpis/answer_rate.html."""
        return (self.work / "site" / path).read_text(encoding="utf-8")


def command(*arguments: str | Path) -> list[str]:
    """The command line of the floorwalk that is installed beside this interpreter."""
    return [str(Path(sys.executable).with_name("floorwalk")), *map(str, arguments)]


def run(*arguments: str | Path, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """Run floorwalk to its end, in English and without a terminal."""
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command(*arguments), capture_output=True, text=True, cwd=cwd, env=environment, timeout=600)


def build(drop: Path, work: Path) -> Built:
    """Build a drop; fails the test with the command's own words when it does not end well."""
    done = run("build", "--drop", drop, "--work", work, "--json")
    assert done.returncode == 0, done.stderr
    return Built(work, json.loads(done.stdout))
