"""Looks whether this machine can build a site, and says what to do where it cannot.

Belongs here: one function per thing of the machine. Does not belong here: the work folder and mending it (`upkeep`),
judging data (`check`).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import yaml
from rich.console import Console
from rich.markup import escape

from pipelines.settings import PROJECT, QUIET_TOOLS
from pipelines.storage import existing

State = Literal["ok", "warn", "fail"]
OLDEST, NEWEST = (3, 11), (3, 13)
DISK_NEEDED_GB, DISK_WANTED_GB = 1, 5
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)([^\\]*)")


@dataclass(frozen=True)
class Finding:
    """One line of the report; `advice` and `why` are mostly empty when all is well."""

    subject: str
    state: State
    says: str
    advice: str = ""
    why: str = ""


def findings(work: Path, project: Path = PROJECT) -> Iterator[Finding]:
    """Every finding, in the order a newcomer would mend them."""
    yield python()
    yield packages(project / "requirements.lock")
    yield database()
    yield browser()
    yield chinese_font()
    yield disk(work)
    yield writable(work)
    yield telemetry(project)


def python(version: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """The running interpreter against what is tested."""
    says = ".".join(map(str, version))
    if OLDEST <= version <= NEWEST:
        return Finding("Python", "ok", says)
    tested = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
    return Finding("Python", "fail", says, f"install Python {tested}, remove .venv and run make setup")


def pins(lock: Path) -> dict[str, tuple[set[str], bool]]:
    """Name → (versions, only on some machines) for every package of a requirements file.

    A package has several versions when they differ between Pythons.
    """
    found: dict[str, tuple[set[str], bool]] = {}
    for match in filter(None, map(PIN.match, lock.read_text(encoding="utf-8").splitlines())):
        versions, conditional = found.get(match[1].lower().replace("_", "-"), (set(), True))
        found[match[1].lower().replace("_", "-")] = (versions | {match[2]}, conditional and ";" in match[3])
    return found


def packages(lock: Path, installed: Callable[[str], str] = metadata.version) -> Finding:
    """Installed versions against requirements.lock."""
    absent: list[str] = []
    other: list[str] = []
    wanted = pins(lock)
    for name, (versions, conditional) in wanted.items():
        try:
            found = installed(name)
        except metadata.PackageNotFoundError:
            absent += [] if conditional else [name]
            continue
        if found not in versions:
            other.append(f"{name} {found} instead of {' or '.join(sorted(versions))}")
    if absent:
        return Finding("Packages", "fail", "missing: " + ", ".join(absent), "run make setup")
    if other:
        return Finding("Packages", "warn", "; ".join(other), "tested versions come with make setup")
    return Finding("Packages", "ok", f"{len(wanted)} packages as in {lock.name}")


def database() -> Finding:
    """DuckDB starts and answers."""
    from pipelines import warehouse

    ((version,),) = warehouse.read("select version()")
    return Finding("DuckDB", "ok", str(version))


def browser(which: Callable[[str], str | None] = shutil.which) -> Finding:
    """Chromium, which only the browser tests and screenshots use."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := which(name):
            return Finding("Chromium", "ok", found)
    return Finding("Chromium", "warn", "not found; browser tests are skipped", "Debian: apt-get install chromium")


def chinese_font(which: Callable[[str], str | None] = shutil.which) -> Finding:
    """A font with Chinese characters, which screenshots and printed pages made on this machine need."""
    advice = "Debian: apt-get install fontconfig fonts-noto-cjk"
    if which("fc-list") is None:
        return Finding("Chinese font", "warn", "cannot look: fc-list is missing", advice)
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, timeout=30, check=False)
    families = sorted({line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()})
    if not families:
        return Finding("Chinese font", "warn", "none; pictures made here would show boxes", advice)
    return Finding("Chinese font", "ok", families[0])


def disk(work: Path) -> Finding:
    """Free space where the work folder lies."""
    free = shutil.disk_usage(existing(work)).free / 1e9
    says = f"{free:.1f} GB free for {work}"
    if free < DISK_NEEDED_GB:
        return Finding("Disk", "fail", says, "make room, or choose another folder with --work")
    if free < DISK_WANTED_GB:
        return Finding("Disk", "warn", says, f"{DISK_WANTED_GB} GB carry a large centre with its kept releases")
    return Finding("Disk", "ok", says)


def writable(work: Path) -> Finding:
    """A file and a link can be made in the work folder; releases are switched by a link."""
    try:
        with tempfile.TemporaryDirectory(dir=existing(work), prefix=".floorwalk-doctor-") as folder:
            (Path(folder) / "link").symlink_to("target")
    except OSError as error:
        return Finding("Work folder", "fail", f"{work}: {error.strerror}", "choose another folder with --work")
    return Finding("Work folder", "ok", f"{work} can be written")


def telemetry(project: Path) -> Finding:
    """Nothing phones home: dbt's flag, Dagster's setting, and the switches every command sets."""
    loud: list[str] = []
    flags = yaml.safe_load((project / "dbt_project" / "dbt_project.yml").read_text(encoding="utf-8")).get("flags", {})
    if flags.get("send_anonymous_usage_stats") is not False:
        loud.append("dbt_project/dbt_project.yml: flags.send_anonymous_usage_stats")
    dagster = project / "pipelines" / "orchestration" / "dagster.yaml"
    if yaml.safe_load(dagster.read_text(encoding="utf-8")).get("telemetry", {}).get("enabled") is not False:
        loud.append("pipelines/orchestration/dagster.yaml: telemetry.enabled")
    if loud:
        return Finding("Telemetry", "fail", "on: " + ", ".join(loud), "set each of them to false")
    return Finding("Telemetry", "ok", f"off: dbt, Dagster and {len(QUIET_TOOLS)} environment switches")


def show(finding: Finding, console: Console) -> None:
    """One line for a person, and one more when something is to be done."""
    style = {"ok": "green", "warn": "yellow", "fail": "bold red"}[finding.state]
    console.print(
        f"[{style}]{finding.state:<5}[/]{finding.subject:<13} {escape(finding.says)}", highlight=False, soft_wrap=True
    )
    if finding.why:
        console.print(f"{'':<19}why it matters: {finding.why}", markup=False, highlight=False, soft_wrap=True)
    if finding.advice:
        console.print(f"{'':<19}→ {finding.advice}", markup=False, highlight=False, soft_wrap=True)
