"""The walk from drop to site: order, record, nothing to do, refusals, and kills at any moment.

The stages' own work is replaced by a few lines each; locking, switching, manifest and record are the real ones.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipelines import ingest, stages, transform
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.progress import Silent
from pipelines.settings import Settings
from pipelines.site import manifest, release, verify, weight
from pipelines.site.build import Rendered

TABLES = {"contacts": {"accepted": 5, "refused": 1, "held": 5}}


@dataclass
class Chain:
    """Stages that can be told what to make and where to fail; `walked` lists those that ran."""

    settings: Settings
    lake: str = "lake one"
    page: str = "page one"
    failures: tuple[Problem, ...] = ()
    walked: list[str] = field(default_factory=list)
    at: dict[str, Callable[[], None]] = field(default_factory=dict)

    def enter(self, stage: str) -> None:
        self.walked.append(stage)
        self.at.get(stage, lambda: None)()

    def take_in(self, drop: Path, lake: Path, dbt_project: Path, **_: object) -> SimpleNamespace:
        self.enter("take in")
        return SimpleNamespace(digest=self.lake, tables=TABLES, notes=(Problem("guessed"),))

    def compute(self, settings: Settings, run: Path, intake: object, progress: object) -> SimpleNamespace:
        self.enter("compute")
        (run / "marts").mkdir()
        (run / "marts" / "dim_kpi.parquet").write_text(self.lake)
        return SimpleNamespace(failures=self.failures, marts=run / "marts")

    def render(self, settings: Settings, marts: Path, run: Path, previous: Path | None, progress: object) -> Rendered:
        self.enter("render")
        tree = run / "site"
        tree.mkdir()
        (tree / "index.html").write_text(self.page)
        made = manifest.make("2026-01-31", {"en": 1}, {}, {"index.html": manifest.digest_of(tree / "index.html")})
        manifest.write(made, tree)
        return Rendered(1, 1, 0, len(self.page), made.build_id, tree)

    def verify(self, tree: Path, languages: object, memory: object = None) -> int:
        self.enter("verify")
        return 1

    def build(self, **options: bool) -> stages.BuildRecord:
        return stages.build(self.settings, Silent(), **options)

    @property
    def shown(self) -> str:
        return (self.settings.site / "index.html").read_text()

    @property
    def record(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.settings.build_record.read_text())
        return content


@pytest.fixture
def chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chain:
    (tmp_path / "drop").mkdir()
    chain = Chain(Settings(drop=tmp_path / "drop", work=tmp_path / "work"))
    monkeypatch.setattr(ingest, "take_in", chain.take_in)
    monkeypatch.setattr(ingest, "publish_tiers", lambda lake, marts, privacy: 0)
    monkeypatch.setattr(ingest, "publish_items", lambda lake, marts: 0)
    monkeypatch.setattr(transform, "compute", chain.compute)
    monkeypatch.setattr(stages, "render_site", chain.render)
    monkeypatch.setattr(verify, "check", chain.verify)
    monkeypatch.setattr(weight, "heavy", lambda site, languages: [])
    monkeypatch.setattr(stages, "project_digest", lambda: "project one")
    return chain


def test_a_build_walks_every_stage_in_order_and_leaves_site_marts_and_record(chain: Chain) -> None:
    record = chain.build()
    assert chain.walked == ["take in", "compute", "render", "verify"]
    assert chain.shown == "page one"
    assert (chain.settings.marts / "dim_kpi.parquet").read_text() == "lake one"
    assert chain.settings.site.resolve().name == record.build_id
    assert list(chain.settings.runs.iterdir()) == []


def test_the_record_says_what_was_built_and_how_long_each_stage_took(chain: Chain) -> None:
    record = chain.build()
    assert chain.record == json.loads(json.dumps(record.as_json()))
    assert chain.record["tables"] == TABLES
    assert chain.record["site"] == str(chain.settings.site)
    assert list(chain.record["stages"]) == ["take in", "compute", "render", "verify", "switch"]
    assert all(seconds >= 0 for seconds in chain.record["stages"].values())
    assert chain.record["notes"][0]["what"] == "guessed"


def test_the_same_again_is_nothing_to_do_and_gives_the_record_of_what_is_shown(chain: Chain) -> None:
    first = chain.build()
    chain.walked.clear()
    second = chain.build()
    assert chain.walked == ["take in"]
    assert (first.is_new, second.is_new) == (True, False)
    assert second == first


def test_fresh_builds_all_the_same(chain: Chain) -> None:
    chain.build()
    assert chain.build(fresh=True).is_new


def test_a_change_of_data_project_or_languages_is_something_to_do(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.build()
    chain.lake = "lake two"
    assert chain.build().is_new
    monkeypatch.setattr(stages, "project_digest", lambda: "project two")
    assert chain.build().is_new
    chain.settings = Settings(drop=chain.settings.drop, work=chain.settings.work, languages=("zh",))
    assert chain.build().is_new
    assert not chain.build().is_new


@pytest.mark.parametrize("lost", ["marts", "site", "build.json"])
def test_a_work_folder_with_something_missing_is_built_again(chain: Chain, lost: str) -> None:
    chain.build()
    place = chain.settings.work / lost
    place.rename(chain.settings.work.parent / "gone")
    assert chain.build().is_new
    assert place.exists()


def test_a_record_that_cannot_be_read_is_not_believed(chain: Chain) -> None:
    chain.build()
    chain.settings.build_record.write_text("{")
    assert chain.build().is_new


def test_a_failed_test_of_the_data_leaves_the_site_as_it_was(chain: Chain) -> None:
    chain.build()
    chain.lake, chain.page, chain.failures = "lake two", "page two", (Problem("shares above 1"), Problem("no agents"))
    before = chain.record
    with pytest.raises(FloorwalkError) as caught:
        chain.build()
    assert caught.value.exit_code == Exit.CHECKS_FAILED
    assert [problem.what for problem in caught.value.problems] == ["shares above 1", "no agents"]
    assert chain.shown == "page one"
    assert chain.record == before
    assert (chain.settings.marts / "dim_kpi.parquet").read_text() == "lake one"


def test_a_site_that_does_not_verify_is_not_switched_to(chain: Chain) -> None:
    def refuse() -> None:
        raise FloorwalkError(Problem("a link leads nowhere"), Exit.CHECKS_FAILED)

    chain.build()
    chain.lake, chain.page, chain.at["verify"] = "lake two", "page two", refuse
    with pytest.raises(FloorwalkError):
        chain.build()
    assert chain.shown == "page one"
    assert list(chain.settings.runs.iterdir()) == []


def test_a_full_disk_at_the_switch_is_a_failed_publication_and_the_old_site_stays(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(settings: Settings, tree: Path) -> Path:
        raise OSError(28, "No space left on device")

    chain.build()
    chain.lake, chain.page = "lake two", "page two"
    monkeypatch.setattr(release, "switch", full)
    with pytest.raises(FloorwalkError) as caught:
        chain.build()
    assert caught.value.exit_code == Exit.PUBLISH_FAILED
    assert "No space left" in str(caught.value)
    assert chain.shown == "page one"


def test_a_drop_that_is_not_there_is_a_usage_error_and_makes_nothing(chain: Chain) -> None:
    chain.settings.drop.rmdir()
    with pytest.raises(FloorwalkError) as caught:
        chain.build()
    assert caught.value.exit_code == Exit.USAGE
    assert not chain.settings.work.exists()


def test_a_second_build_in_the_same_work_folder_is_told_to_wait(chain: Chain) -> None:
    with release.lock(chain.settings), pytest.raises(FloorwalkError) as caught:
        chain.build()
    assert caught.value.exit_code == Exit.BUSY


def test_releases_beyond_those_to_keep_are_removed(chain: Chain) -> None:
    chain.settings = Settings(drop=chain.settings.drop, work=chain.settings.work, keep_releases=2)
    for number in range(4):
        chain.lake = chain.page = f"number {number}"
        chain.build()
    assert len(release.releases(chain.settings)) == 2
    assert chain.shown == "number 3"


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_in(chain: Chain, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the build be killed with -9 at a moment: a stage, or before or after one of the last steps."""
    steps = {"switch": (release, "switch"), "marts": (stages, "_replace_folder"), "record": (stages, "_write")}
    if moment not in {f"{when} {step}" for step in steps for when in ("before", "after")}:
        chain.at[moment] = kill
        return
    when, step = moment.split()
    holder, name = steps[step]
    real = getattr(holder, name)

    def killing(*arguments: Any) -> Any:
        if when == "before":
            kill()
        real(*arguments)
        kill()

    monkeypatch.setattr(holder, name, killing)


MOMENTS = ["take in", "compute", "render", "verify"]
MOMENTS += [f"{when} {step}" for step in ("switch", "marts", "record") for when in ("before", "after")]


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_the_site_is_whole_and_the_next_build_succeeds(
    chain: Chain, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.build()
    chain.lake, chain.page = "lake two", "page two"
    with monkeypatch.context() as patch:
        kill_in(chain, moment, patch)
        child = multiprocessing.get_context("fork").Process(target=chain.build)
        child.start()
        child.join(30)
    assert child.exitcode == -signal.SIGKILL
    assert manifest.differences(chain.settings.site.resolve()) == []
    assert chain.shown in ("page one", "page two")
    chain.at.clear()
    chain.walked.clear()
    chain.build()
    assert chain.shown == "page two"
    assert (chain.settings.marts / "dim_kpi.parquet").read_text() == "lake two"
    assert chain.record["build_id"] == chain.settings.site.resolve().name
    assert list(chain.settings.runs.iterdir()) == []


def test_the_lock_of_a_killed_build_does_not_outlive_it(chain: Chain) -> None:
    chain.at["compute"] = kill
    child = multiprocessing.get_context("fork").Process(target=chain.build)
    child.start()
    child.join(30)
    chain.at.clear()
    began = time.monotonic()
    assert chain.build().is_new
    assert time.monotonic() - began < 10


def test_the_project_digest_sees_every_edit_and_no_output(tmp_path: Path) -> None:
    for name in ("dbt_project/models/a.sql", "site_templates/pages/a.html.j2", "mkdocs.yml"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("one")
    before = stages.project_digest(tmp_path)
    (tmp_path / "dbt_project" / "target").mkdir()
    (tmp_path / "dbt_project" / "target" / "manifest.json").write_text("output")
    assert stages.project_digest(tmp_path) == before
    (tmp_path / "dbt_project" / "models" / "a.sql").write_text("two")
    edited = stages.project_digest(tmp_path)
    assert edited != before
    (tmp_path / "dbt_project" / "models" / "a.sql").rename(tmp_path / "dbt_project" / "models" / "b.sql")
    assert stages.project_digest(tmp_path) not in (before, edited)
