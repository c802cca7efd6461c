"""Whoever was erased is in no byte of the work folder after the next build, and comes back with no file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.conftest import SmallCentre
from tests.every_byte import places_of
from tests.floorwalk_command import build, run


def test_after_an_erasure_and_a_build_no_byte_of_the_work_folder_tells_of_the_person(
    small_centre: SmallCentre, tmp_path: Path
) -> None:
    drop, work = tmp_path / "drop", tmp_path / "work"
    shutil.copytree(small_centre.folder / "drop", drop)
    shutil.copytree(small_centre.built.work, work, symlinks=True)
    names = ("A0002", "Dugu Feihong", "独孤飞鸿")
    assert {name for name, _ in places_of(work / "lake", *names)} >= {"A0002"}
    done = run("purge", "--person", "A0002", "--by", "case 17", "--work", work, "--json")
    assert done.returncode == 0, done.stderr
    (receipt,) = json.loads(done.stdout)["receipts"]
    assert places_of(work / "lake", *names) == places_of(work / "receipts", *names) == []
    told = run("doctor", "--work", work)
    assert "the shown site was made before the last of them" in told.stdout
    again = drop / "telephony" / "contacts_2026-09.csv"
    lines = again.read_text(encoding="utf-8").splitlines()
    assert any("A0002" in line for line in lines[:-1])
    again.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")  # other bytes, the same person
    built = build(drop, work)
    assert places_of(work, *names) == []
    gone = sum(counts["rows"] for touched in receipt["deliveries"] for counts in touched["tables"].values())
    ((refused,),) = built.mart("select sum(refused_rows) from {fct_refusal} where reason = 'erased'")
    assert int(refused) > gone > 0
    assert "应本人要求删除的数据" in built.page("zh/data/index.html")
    assert any("one erased person left the totals" in note["what"] for note in built.record["notes"])
