"""Builds centres with known truth, one seed after another, and counts how often the judgement layer was right.

Belongs here: one centre's way through the real chain, and adding centres up. Does not belong here: counting (`people`,
`findings`), the promises (`table`).
"""

from __future__ import annotations

import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines import ingest, transform, warehouse
from pipelines.demo import write_demo
from pipelines.errors import Exit, FloorwalkError
from pipelines.progress import Progress, Silent
from pipelines.settings import Settings
from pipelines.truth.findings import count_guards, count_programmes, count_systemic, read_stories
from pipelines.truth.people import count_people, judged_people
from pipelines.truth.table import Counts, Table, added, table

QUARTERS, CONTACTS_PER_AGENT, AGENTS_PER_TEAM = 8, 12_000, 16
FIRST_SEED = 101
"""Seeds below were looked at while the generator's sizes and the standards were settled; none of those is scored."""
MARTS = (
    "fct_tier",
    "fct_standing",
    "fct_systemic",
    "fct_systemic_team",
    "fct_systemic_agent",
    "fct_programme_effect",
    "fct_guard",
)


@dataclass(frozen=True)
class Size:
    """How large each centre is."""

    agents: int
    teams: int
    contacts: int
    quarters: int = QUARTERS


def measure(
    folder: Path,
    seeds: int = 20,
    agents: int = 200,
    contacts_per_agent: int | None = None,
    progress: Progress | None = None,
) -> Table:
    """Score `seeds` centres of seeds 101 and following; each is made in `folder`/centre and removed again.

    Raises FloorwalkError when `agents` is impossible or a model or test of the project fails.
    """
    began = time.monotonic()
    size = Size(agents, max(3, agents // AGENTS_PER_TEAM), agents * (contacts_per_agent or CONTACTS_PER_AGENT))
    work = folder / "centre"
    listener, counts = progress or Silent(), list[Counts]()
    listener.stage("centres with known truth", seeds)
    try:
        for seed in range(FIRST_SEED, FIRST_SEED + seeds):
            counts.append(score(work, seed, size))
            listener.advance(note=f"seed {seed}")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return table(added(counts), seeds, asdict(size), time.monotonic() - began)


def score(work: Path, seed: int, size: Size) -> Counts:
    """Counts of one centre: written, taken in, computed and compared with its truth."""
    settings = Settings(drop=work / "drop", work=work)
    for left_over in (settings.lake, settings.runs):  # the cache stays: dbt reads the project once for all centres
        shutil.rmtree(left_over, ignore_errors=True)
    write_demo(work, agents=size.agents, teams=size.teams, contacts=size.contacts, quarters=size.quarters, seed=seed)
    return counted(_computed(settings), work / "truth")


def counted(marts: Path, truth: Path) -> Counts:
    """Everything that is counted about one centre."""
    stories = read_stories(truth)
    return {
        **count_people(judged_people(marts, truth, stories.dropping)),
        **count_systemic(marts, truth, stories),
        **count_programmes(marts, stories),
        **count_guards(marts, stories),
    }


def _computed(settings: Settings) -> Path:
    """The marts of one drop, by the same chain as a build, without the site."""
    quiet, run = Silent(), settings.runs / "truth"
    intake = ingest.take_in(
        settings.drop,
        settings.lake,
        transform.DBT_PROJECT,
        memory_limit=settings.memory_limit,
        scratch=run / "scratch",
        progress=quiet,
    )
    result = transform.compute(settings, run, intake, quiet)
    if result.failures:
        raise FloorwalkError(result.failures, Exit.CHECKS_FAILED)
    folder = run / "judged"
    warehouse.export(settings.cache / "warehouse.duckdb", MARTS, folder)
    return folder
