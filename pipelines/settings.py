"""Where things are and how this run behaves. The only module that reads the environment.

Belongs here: paths, languages, limits of the machine. Does not belong here: what a KPI means, its targets or its
windows (`dbt_project/dbt_project.yml` and `dbt_project/seeds`). Nothing is read when this module is imported.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from pipelines import privacy
from pipelines.errors import FloorwalkError, Problem

PROJECT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "zh")
"""Languages a site has unless somebody chooses others; people write both."""
OFFERED_LANGUAGES = (*LANGUAGES, "zh-hant")
"""Languages a site can have; zh-hant is generated from zh (`chinese`)."""

OWNER, GROUP = "owner", "group"
"""Who may read what holds people's data in a work folder."""

QUIET_TOOLS = {
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DAGSTER_DG_UPDATE_CHECK_ENABLED": "0",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "DO_NOT_TRACK": "1",
    "NO_MKDOCS_2_WARNING": "1",
}
"""Environment that keeps the tools underneath from phoning home or printing notices."""


@dataclass(frozen=True)
class Settings:
    """One run's settings, built by `load_settings`.

    Every field can be set in floorwalk.toml or as FLOORWALK_<FIELD>.
    """

    drop: Path
    """Folder of exports as delivered; only read."""
    work: Path
    """Folder the build owns: lake, marts, releases, site."""
    languages: tuple[str, ...] = LANGUAGES
    """Languages of the site, first is the default."""
    render_processes: int = 2
    """Worker processes that render charts."""
    memory_limit: str = "3GB"
    """DuckDB's memory limit; it spills to the work folder beyond it."""
    board_packs: str = "auto"
    """auto: board packs are printed to PDF where a Chromium is found; off: they stay pages."""
    keep_releases: int = 5
    """Releases kept for going back; older ones are removed after a successful switch."""
    dictionary: bool = True
    """Whether the data dictionary for analysts is published with the site."""
    identity: str = "named"
    """named: people appear by name; pseudonymised: under codes that only the key can make."""
    identity_key_file: Path | None = None
    """The key of the codes; outside the drop, work and site folders, for its owner only."""
    free_text: str = "off"
    """off: no words that somebody typed are taken in; redacted: without telephone, identity and card numbers."""
    retention_months: int | None = None
    """Complete months that deliveries are kept; older ones are named until `floorwalk purge` removes them."""
    work_readers: str = "owner"
    """owner: what holds people's data in the work folder is for the account that builds; group: its group may read."""

    @property
    def privacy(self) -> privacy.Privacy:
        """What pages may tell of people; reads the key where people stand under codes."""
        key = privacy.read(self.identity_key_file) if self.identity_key_file else None
        return privacy.Privacy(self.free_text, key if self.identity == "pseudonymised" else None)

    @property
    def lake(self) -> Path:
        return self.work / "lake"

    @property
    def marts(self) -> Path:
        return self.work / "marts"

    @property
    def releases(self) -> Path:
        return self.work / "releases"

    @property
    def site(self) -> Path:
        return self.work / "site"

    @property
    def cache(self) -> Path:
        return self.work / "cache"

    @property
    def runs(self) -> Path:
        return self.work / "runs"

    @property
    def build_record(self) -> Path:
        return self.work / "build.json"


def quiet_tools() -> None:
    """Set `QUIET_TOOLS` for this process and its children; what the user has set stays."""
    for name, value in QUIET_TOOLS.items():
        os.environ.setdefault(name, value)


def load_settings(
    given: Mapping[str, object],
    *,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
    usual: Mapping[str, object] | None = None,
) -> Settings:
    """Merge floorwalk.toml < FLOORWALK_* environment < given flags (None = not given) into Settings.

    `usual` are a command's own defaults, which all of these beat.
    Raises FloorwalkError naming every unknown or unreadable setting at once.
    """
    environment = os.environ if environment is None else environment
    file = Path("floorwalk.toml") if file is None else file
    known = {field.name: field for field in fields(Settings)}
    merged: dict[str, object] = dict(usual or {})
    problems: list[Problem] = []
    if file.is_file():
        for name, value in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if name in known:
                merged[name] = value
            else:
                problems.append(_unknown(name, str(file), known))
    for variable, text in environment.items():
        name = variable.removeprefix("FLOORWALK_").lower()
        if variable.startswith("FLOORWALK_") and name in known:
            merged[name] = text
        elif variable.startswith("FLOORWALK_"):
            problems.append(_unknown(variable, "environment", known))
    merged |= {name: value for name, value in given.items() if value is not None}
    if "drop" not in merged:
        problems.append(Problem("no drop folder given", fix="name it: floorwalk build --drop FOLDER"))
    if problems:
        raise FloorwalkError(problems)
    return _typed(merged)


def _unknown(name: str, where: str, known: Mapping[str, object]) -> Problem:
    return Problem(f"unknown setting {name!r}", where=where, fix="known settings: " + ", ".join(sorted(known)))


def _typed(raw: Mapping[str, object]) -> Settings:
    drop = Path(str(raw["drop"])).expanduser().resolve()
    work = Path(str(raw["work"])).expanduser().resolve() if "work" in raw else Path.cwd() / "work" / drop.name
    problems: list[Problem] = []
    languages = raw.get("languages", LANGUAGES)
    chosen = tuple(languages.split(",")) if isinstance(languages, str) else tuple(str(item) for item in languages)  # type: ignore[attr-defined]
    if not chosen or set(chosen) - set(OFFERED_LANGUAGES):
        fix = f"choose from {', '.join(OFFERED_LANGUAGES)}, comma-separated"
        problems.append(Problem(f"unknown language in {','.join(chosen)!r}", fix=fix))
    numbers: dict[str, int] = {}
    for name in ("render_processes", "keep_releases", "retention_months"):
        if name in raw:
            try:
                numbers[name] = int(str(raw[name]))
            except ValueError:
                problems.append(Problem(f"{name} is {raw[name]!r}", fix="give a whole number"))
            else:
                if numbers[name] < 1:
                    problems.append(Problem(f"{name} is {raw[name]!r}", fix="give a whole number of at least 1"))
    packs = str(raw.get("board_packs", "auto"))
    if packs not in ("auto", "off"):
        problems.append(Problem(f"board_packs is {packs!r}", fix="give auto or off"))
    readers = str(raw.get("work_readers", OWNER))
    if readers not in (OWNER, GROUP):
        problems.append(Problem(f"work_readers is {readers!r}", fix=f"give {OWNER} or {GROUP}"))
    dictionary = str(raw.get("dictionary", True)).lower()
    if dictionary not in ("true", "false"):
        problems.append(Problem(f"dictionary is {raw['dictionary']!r}", fix="give true or false"))
    of_people = _privacy(raw, {"drop": drop, "work": work, "project": PROJECT}, problems)
    if problems:
        raise FloorwalkError(problems)
    memory = {"memory_limit": str(raw["memory_limit"])} if "memory_limit" in raw else {}
    shown = {"board_packs": packs, "dictionary": dictionary == "true", "work_readers": readers}
    return Settings(drop=drop, work=work, languages=chosen, **shown, **numbers, **memory, **of_people)  # type: ignore[arg-type]


def _privacy(raw: Mapping[str, object], kept_apart: Mapping[str, Path], problems: list[Problem]) -> dict[str, object]:
    """The settings that say what pages tell of people; adds what is wrong with them to `problems`."""
    chosen: dict[str, object] = {}
    for name, offered in (("identity", privacy.IDENTITIES), ("free_text", privacy.FREE_TEXT)):
        chosen[name] = str(raw.get(name, offered[0]))
        if chosen[name] not in offered:
            problems.append(Problem(f"{name} is {chosen[name]!r}", fix=f"give {' or '.join(offered)}"))
    given = str(raw.get("identity_key_file") or "")
    file = Path(given).expanduser().absolute() if given else None
    if chosen["identity"] == "pseudonymised":
        problems += privacy.faults(file, kept_apart)
    return chosen | {"identity_key_file": file}
