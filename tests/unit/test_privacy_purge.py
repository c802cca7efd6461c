"""What is old leaves for good, whole deliveries only, with a receipt that names nobody; a killed run is completed."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines import retention
from pipelines.cli import purge as command
from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest import months_before
from pipelines.retention import Receipt
from pipelines.retention.aged import Removed
from pipelines.settings import Settings
from pipelines.site import manifest, release
from tests.unit.ingest_centre import ENGLISH, Centre, delimited
from tests.unit.test_privacy_codes import STAFF

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
BEFORE = date(2024, 1, 1)


def calls(*rows: tuple[str, str]) -> str:
    """Calls of one marked person: number and day."""
    return delimited(ENGLISH, tuple((call, "Marked Person", f"{day} 09:00:00", "Y", "80", "5") for call, day in rows))


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """Old, straddling and new calls taken in."""
    made = Centre(tmp_path)
    made.deliver("a-2022.csv", calls(("C1", "2022-05-01"), ("C2", "2023-12-31")))
    made.deliver("b-turn.csv", calls(("C3", "2023-12-31"), ("C4", "2024-01-01")))
    made.deliver("c-2024.csv", calls(("C5", "2024-05-01")))
    made.take_in()
    return made


def settings_of(centre: Centre) -> Settings:
    return Settings(drop=centre.drop, work=centre.drop.parent)


def purge(centre: Centre, before: date = BEFORE) -> tuple[tuple[Receipt, ...], Path | None]:
    made, file = retention.purge(settings_of(centre), before, NOW)
    aged = tuple(each for each in made if isinstance(each, Receipt))
    assert aged == made
    return aged, file


def test_a_terminal_lists_a_few_deliveries_and_the_receipt_all() -> None:
    removed = [Removed(f"{n:064}", "calls", "2022-01-01", "2022-01-31", {}, ()) for n in range(7)]
    receipt = Receipt("2026-01-01T00:00:00Z", "2024-01-01", tuple(removed), 0, 0, {})
    assert retention.text(receipt, most=5).count("  calls: ") == 5
    assert "    and 2 more, all of them in the receipt and with --json" in retention.text(receipt, most=5)
    assert retention.text(receipt).count("  calls: ") == 7


def held_calls(centre: Centre) -> list[str]:
    with centre.raw(centre.take_in()) as connection:
        return [
            str(row[0]) for row in connection.execute("select contact_id from raw.contacts order by all").fetchall()
        ]


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def a_release(settings: Settings, name: str, *, is_shown: bool = False) -> Path:
    folder = settings.releases / name
    folder.mkdir(parents=True)
    manifest.write(manifest.Manifest(name, "", {}, {}, {}, {}), folder)
    if is_shown:
        release.point(settings, folder)
    return folder


def test_a_delivery_goes_only_when_all_its_rows_are_older(centre: Centre) -> None:
    (receipt,), file = purge(centre)
    assert file is not None
    assert [(removed.first_day, removed.last_day) for removed in receipt.deliveries] == [("2022-05-01", "2023-12-31")]
    assert receipt.kept == {"straddles": 1}
    assert held_calls(centre) == ["C3", "C4", "C5"]


def test_a_removed_file_that_still_lies_in_the_drop_does_not_come_back_and_says_so(centre: Centre) -> None:
    purge(centre)
    (note,) = centre.take_in().notes
    assert note.where == "a-2022.csv"
    assert note.what == "was removed with `floorwalk purge` on 2026-11-22 and is not taken in again"


def test_a_drop_that_holds_nothing_but_removed_files_is_told_as_that(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("old.csv", calls(("C1", "2022-05-01")))
    centre.take_in()
    purge(centre)
    with pytest.raises(FloorwalkError, match="was removed with `floorwalk purge`"):
        centre.take_in()


def test_nothing_of_a_removed_delivery_stays_in_the_lake(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("old.csv", calls(("OLD1", "2022-05-01")) + "OLD2,Marked Person,2022-05-02 09:00:00,Y,a while,\n")
    centre.deliver("new.csv", calls(("NEW1", "2024-05-01")))
    centre.take_in()
    (receipt,), _ = purge(centre)
    assert receipt.deliveries[0].tables["contacts"] == {"accepted": 1, "refused": 1}
    assert receipt.rows == 3  # a call and its survey accepted, a call refused
    assert b"OLD2" not in everything_in(centre.lake)
    assert [file.suffix for file in (centre.lake / "originals").iterdir()] == [".csv"]


def test_the_receipt_counts_and_names_nobody(centre: Centre) -> None:
    settings = settings_of(centre)
    (receipt,), file = purge(centre)
    assert file is not None
    assert stat.S_IMODE((settings.work / "receipts").stat().st_mode) == 0o700
    told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    assert told["deliveries"][0]["sha256"] == receipt.deliveries[0].sha256
    assert told["before"] == "2024-01-01"
    assert told["at"] == "2026-11-22T12:00:00Z"
    words = file.read_text(encoding="utf-8")
    assert receipt.deliveries[0].sha256 in words
    assert "deliveries: 1, with 4 rows" in words
    assert "kept although there are older rows: 1, because some of its rows are not older" in words
    assert "build it again now" in words
    for secret in ("Marked", "a-2022", "C1"):
        assert secret not in words + file.with_suffix(".json").read_text(encoding="utf-8")


def test_a_dry_run_says_the_same_and_changes_nothing(centre: Centre) -> None:
    settings, before = settings_of(centre), everything_in(centre.lake)
    planned = retention.plan(settings, BEFORE, NOW)
    assert retention.text(planned, is_done=False).startswith("Would be removed: what is older than 2024-01-01\n")
    assert everything_in(centre.lake) == before
    assert not (settings.work / "receipts").exists()
    assert purge(centre)[0] == (planned,)


def test_a_second_time_there_is_nothing_to_remove(centre: Centre) -> None:
    purge(centre)
    (receipt,), file = purge(centre)
    assert receipt.is_empty
    assert file is None


def test_a_correction_of_rows_that_stay_is_kept_because_the_wrong_rows_would_come_back(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("turn.csv", calls(("C3", "2023-12-30"), ("C4", "2024-01-02")))
    centre.take_in()
    centre.deliver("corrected.csv", calls(("C3", "2023-12-31")))
    centre.take_in()
    (receipt,), file = purge(centre)
    assert file is None
    assert receipt.kept == {"straddles": 1, "corrects": 1}


def test_staff_lists_stay_while_they_say_what_holds(tmp_path: Path) -> None:
    centre = Centre(tmp_path, STAFF.replace("name: staff", "name: calls"))
    header = "agent no,agent name,team,led by,since\n"
    centre.deliver("staff-1.csv", header + "1001,Old Name,T1,L,2020-01-01\n")
    centre.take_in()
    assert purge(centre)[0][0].kept == {"holds": 1}
    centre.deliver("staff-2.csv", header + "1001,New Name,T1,L,2020-01-01\n1002,B,T1,L,2025-01-01\n")
    centre.take_in()
    (receipt,), _ = purge(centre)
    assert len(receipt.deliveries) == 1
    assert b"Old Name" not in everything_in(centre.lake)


def test_published_tiers_of_quarters_that_were_over_go_and_later_ones_stay(centre: Centre) -> None:
    folder = centre.lake / "published"
    folder.mkdir()
    tiers = "select * from (values ('1', date '2023-10-01'), ('2', date '2024-01-01')) as t(agent_id, window_start)"
    with duckdb.connect(":memory:") as connection:
        for name in ("tiers-000001", "tiers-0a1b2c3d-000001"):
            connection.execute(f"copy ({tiers}) to '{folder / name}.parquet' (format parquet)")
        (receipt,), _ = purge(centre)
        kept = connection.execute("select agent_id from read_parquet(?)", [str(folder / "tiers-*.parquet")]).fetchall()
    assert receipt.tiers == 2
    assert kept == [("2",), ("2",)]


def test_releases_and_caches_made_from_the_rows_go_and_the_shown_site_stays(centre: Centre) -> None:
    settings = settings_of(centre)
    shown, old = a_release(settings, "shown", is_shown=True), a_release(settings, "old")
    for folder in (settings.cache, settings.work / "errors"):
        folder.mkdir()
        (folder / "trace.txt").write_text("Marked Person", encoding="utf-8")
    (receipt,), _ = purge(centre)
    assert receipt.releases == 1
    assert shown.is_dir()
    assert not old.exists()
    assert not settings.cache.exists()
    assert not (settings.work / "errors").exists()


def test_the_build_after_it_removes_the_release_that_was_shown(centre: Centre) -> None:
    settings = settings_of(centre)
    replaced = a_release(settings, "replaced", is_shown=True)
    purge(centre)
    time.sleep(0.02)
    fresh = a_release(settings, "fresh", is_shown=True)
    assert retention.forget(settings) == 1
    assert not replaced.exists()
    assert fresh.is_dir()
    assert retention.forget(settings) == 0


def test_without_a_receipt_releases_are_left_alone(centre: Centre) -> None:
    settings = settings_of(centre)
    a_release(settings, "shown", is_shown=True)
    a_release(settings, "old")
    assert retention.forget(settings) == 0


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Run in a child that kills itself with signal 9 before its n-th change of the disk; whether it came to that."""
    child = os.fork()
    if child == 0:
        left = [step]

        def counted(event: str, _: object) -> None:
            if event in ("os.remove", "os.rename", "shutil.rmtree", "os.rmdir", "os.mkdir"):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(counted)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_killed_before_any_change_of_the_disk_the_next_run_completes_it(tmp_path: Path) -> None:
    steps, step = 0, 1
    while True:
        folder = tmp_path / str(step)
        folder.mkdir()
        centre = Centre(folder)
        centre.deliver("old.csv", calls(("OLD1", "2022-05-01")))
        centre.deliver("new.csv", calls(("NEW1", "2024-05-01")))
        centre.take_in()
        settings = settings_of(centre)
        a_release(settings, "shown", is_shown=True)
        a_release(settings, "old")
        if not killed_at(step, lambda: purge(centre)):  # noqa: B023  runs at once
            break
        steps, step = steps + 1, step + 1
        assert held_calls(centre) in (["NEW1", "OLD1"], ["NEW1"])  # a build in between finds a whole lake
        purge(centre)
        assert held_calls(centre) == ["NEW1"]
        assert b"OLD1" not in everything_in(centre.lake)
        assert not (settings.releases / "old").exists()
        assert len(list((settings.work / "receipts").glob("*.json"))) == 1
        assert not (settings.work / "receipts" / ".pending.json").exists()
    assert steps >= 10


def test_it_waits_for_no_build(centre: Centre) -> None:
    settings = settings_of(centre)
    with release.lock(settings), pytest.raises(FloorwalkError) as caught:
        purge(centre)
    assert caught.value.exit_code == Exit.BUSY


@pytest.mark.parametrize(
    ("before", "what"), [(date(2026, 11, 23), "the day lies in the future"), (date(2030, 1, 1), "the day lies in the")]
)
def test_a_day_that_has_not_come_yet_is_refused(centre: Centre, before: date, what: str) -> None:
    with pytest.raises(FloorwalkError, match=what):
        purge(centre, before)
    assert held_calls(centre) == ["C1", "C2", "C3", "C4", "C5"]


def test_a_folder_without_a_lake_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FloorwalkError, match="there is no lake in this work folder"):
        retention.purge(Settings(drop=tmp_path, work=tmp_path), BEFORE, NOW)
    assert list(tmp_path.iterdir()) == []


def test_the_first_day_kept_is_given_or_counted_in_complete_months(tmp_path: Path) -> None:
    named, counted = Settings(tmp_path, tmp_path), Settings(tmp_path, tmp_path, retention_months=24)
    assert command.first_day_kept("2024-02-03", counted, NOW) == date(2024, 2, 3)
    assert command.first_day_kept(None, counted, NOW) == date(2024, 11, 1)
    assert months_before(date(2026, 1, 31), 13) == date(2024, 12, 1)
    for given, what in (("soon", "'soon' is no day"), (None, "it is not said what is old")):
        with pytest.raises(FloorwalkError, match=what):
            command.first_day_kept(given, named, NOW)


def test_a_build_says_what_is_older_than_the_centre_keeps_and_removes_nothing(centre: Centre) -> None:
    settings = Settings(centre.drop, centre.drop.parent, retention_months=24)
    (note,) = retention.overdue(settings, NOW.date())
    assert note.what == "3 deliveries are older than 2024-11-01"
    assert "floorwalk purge --before 2024-11-01" in note.fix
    assert retention.overdue(Settings(centre.drop, centre.drop.parent), NOW.date()) == []
    assert held_calls(centre) == ["C1", "C2", "C3", "C4", "C5"]
