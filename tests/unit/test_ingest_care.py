"""Damage to a lake is found, explained, mended from the originals, and never built upon."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest import care, mending
from pipelines.ingest.lake import Lake
from pipelines.ingest.records import FORMAT
from pipelines.progress import Silent
from tests.unit.ingest_centre import ENGLISH, LAYOUT, Centre, delimited

DAY = "2024-03-01 09:00:00"


def _calls(*calls: tuple[str, str]) -> str:
    return delimited(ENGLISH[:5], tuple((call, "a", DAY, "Y", talk) for call, talk in calls))


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """Two deliveries; the second corrects a row of the first and has a row that is refused."""
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(("C1", "1"), ("C2", "2")))
    centre.deliver("2.csv", _calls(("C2", "22"), ("C3", "a while")))
    centre.take_in()
    return centre


def _examine(centre: Centre) -> mending.Health:
    return mending.examine(centre.lake, centre.project, memory_limit="1GB", scratch=centre.lake.parent / "look")


def _mend(centre: Centre) -> mending.Health:
    scratch = centre.lake.parent / "mend"
    return mending.mend(centre.lake, centre.project, _examine(centre), memory_limit="1GB", scratch=scratch)


def _told(centre: Centre) -> str:
    return "\n".join(map(str, _examine(centre).problems))


def _talk(centre: Centre) -> dict[str, float]:
    intake = centre.take_in()
    with centre.raw(intake) as connection:
        return dict(connection.execute("select contact_id, talk_seconds from raw.contacts").fetchall())


def _original(centre: Centre, number: int = 0) -> Path:
    lake = Lake(centre.lake)
    return lake.original(lake.records()[number])


def _rows(centre: Centre, number: int = 0) -> Path:
    """Accepted contacts of one delivery."""
    lake = Lake(centre.lake)
    return lake.rows_of(lake.records()[number])[0]


def _flip(file: Path) -> None:
    """Change one bit in the middle; the size stays."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_a_whole_lake_has_nothing_to_say(centre: Centre) -> None:
    health = _examine(centre)
    assert (health.problems, health.leftovers, len(health.records)) == ((), (), 2)


def test_every_record_names_size_and_checksum_of_all_its_files(centre: Centre) -> None:
    for record in Lake(centre.lake).records():
        assert len(record.kept) == 1 + 2 * len(record.tables)
        for kept in record.kept:
            assert (centre.lake / kept.name).stat().st_size == kept.size


def test_rows_of_another_size_are_made_again_by_the_next_build_which_says_so(centre: Centre) -> None:
    before = _rows(centre).read_bytes()
    for damage in (lambda file: file.write_bytes(before[:-9]), Path.unlink):
        damage(_rows(centre))
        (note,) = centre.take_in().notes
        assert "of 1.csv is" in note.what
        assert note.what.endswith("it is made again from the archived original")
        assert _rows(centre).read_bytes() == before
    assert centre.take_in().notes == ()


def test_a_changed_bit_in_rows_is_found_and_mended(centre: Centre) -> None:
    _flip(_rows(centre))
    assert _told(centre) == (
        f"lake/contacts/{_rows(centre).name}: a file with rows of 1.csv is not what was written\n"
        "  why it matters: figures over what is left would be wrong\n"
        "  what to do: floorwalk doctor --work FOLDER --mend makes it again from the archived original"
    )
    assert _mend(centre).problems == ()
    assert _talk(centre) == {"C1": 1.0, "C2": 22.0}


def test_a_build_that_stumbles_over_damage_says_the_same_words(centre: Centre) -> None:
    file = _rows(centre)
    file.write_bytes(b"x" * file.stat().st_size)
    shutil.rmtree(centre.lake / "superseded")
    words = _told(centre)
    with pytest.raises(FloorwalkError) as caught:
        centre.take_in()
    assert (str(caught.value), caught.value.exit_code) == (words, Exit.CHECKS_FAILED)


def test_a_damaged_original_is_set_aside_and_archived_anew_when_the_file_comes_again(centre: Centre) -> None:
    whole = _original(centre).read_bytes()
    (centre.drop / "1.csv").unlink()
    _flip(_original(centre))
    assert "the original of 1.csv is not what was written" in _told(centre)
    (problem,) = _mend(centre).problems
    assert problem.what == "the original of 1.csv is missing"
    assert problem.fix == "put 1.csv, as it was delivered, into the drop and build; it is archived anew"
    assert [file.name for file in (centre.lake / "aside").iterdir()] == [_original(centre).name]
    assert _talk(centre) == {"C1": 1.0, "C2": 22.0}
    assert problem in centre.take_in().notes
    centre.deliver("again.CSV", whole)
    assert "the archived original was lost and is archived anew" in [note.what for note in centre.take_in().notes]
    assert _examine(centre).problems == ()


def test_a_build_stops_when_neither_rows_nor_original_are_there_until_the_file_comes_again(centre: Centre) -> None:
    whole = (centre.drop / "1.csv").read_bytes()
    (centre.drop / "1.csv").unlink()
    _original(centre).unlink()
    _rows(centre).unlink()
    with pytest.raises(FloorwalkError) as caught:
        centre.take_in()
    assert caught.value.exit_code is Exit.CHECKS_FAILED
    assert str(caught.value).endswith("what to do: put 1.csv, as it was delivered, into the drop and build")
    centre.deliver("1.csv", whole)
    assert _talk(centre) == {"C1": 1.0, "C2": 22.0}
    assert _examine(centre).problems == ()


def test_a_damaged_original_is_never_read_again_for_a_new_mapping(centre: Centre) -> None:
    (centre.drop / "1.csv").unlink()
    _flip(_original(centre))
    centre.layout(LAYOUT.replace("as_seconds(talk)", "as_seconds(talk) * 60"))
    with pytest.raises(FloorwalkError, match="its rows have to be read again, and cannot be") as caught:
        centre.take_in()
    assert caught.value.exit_code is Exit.CHECKS_FAILED


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"tables": 3}', b"\xff\xfe"])
def test_a_record_that_cannot_be_read_stops_builds_and_nothing_is_swept_away(centre: Centre, content: bytes) -> None:
    record = next((centre.lake / "deliveries").glob("*.json"))
    record.write_bytes(content)
    before = sorted(centre.lake.rglob("*"))
    with pytest.raises(FloorwalkError, match="the record of a delivery cannot be read") as caught:
        centre.take_in()
    assert (str(caught.value), caught.value.exit_code) == (_told(centre), Exit.CHECKS_FAILED)
    assert sorted(centre.lake.rglob("*")) == before
    assert _mend(centre).unreadable


def test_a_record_under_another_name_is_not_believed(centre: Centre) -> None:
    record = next((centre.lake / "deliveries").glob("*.json"))
    record.rename(record.with_name("0123456789abcdef.json"))
    assert "the record of a delivery cannot be read" in _told(centre)


def test_a_lake_of_a_newer_version_is_left_alone(centre: Centre) -> None:
    record = next((centre.lake / "deliveries").glob("*.json"))
    content = {**json.loads(record.read_text()), "format": FORMAT + 1, "what_comes_later": True}
    record.write_text(json.dumps(content))
    assert "taken in by a newer version of Floorwalk" in _told(centre)


def test_records_from_before_checksums_are_still_looked_at(centre: Centre) -> None:
    for file in (centre.lake / "deliveries").glob("*.json"):
        content = json.loads(file.read_text())
        del content["kept"], content["format"]
        file.write_text(json.dumps(content))
    assert _examine(centre).problems == ()
    _flip(_original(centre))
    _rows(centre, 1).write_bytes(b"no parquet")
    assert [problem.what for problem in _examine(centre).problems] == [
        "the original of 1.csv is not what was written",
        "a file with rows of 2.csv is not what was written",
    ]


def test_what_an_interrupted_run_left_is_named_and_goes(centre: Centre) -> None:
    for name in ("originals/.writing-a", "originals/0f.csv", "contacts/0f.parquet", "superseded/contacts/0f.parquet"):
        (centre.lake / name).write_bytes(b"x")
    assert len(_examine(centre).leftovers) == 4
    assert _mend(centre).leftovers == ()


def test_a_wrong_list_of_replaced_rows_is_found_and_made_again(centre: Centre) -> None:
    files = (centre.lake / "superseded" / "contacts").glob("*.parquet")
    empty, full = sorted(files, key=lambda file: duckdb.read_parquet(str(file)).shape)
    shutil.copy(empty, full)
    assert "a list of replaced rows is not what the accepted rows give" in _told(centre)
    assert _mend(centre).problems == ()
    assert _talk(centre) == {"C1": 1.0, "C2": 22.0}
    full.write_bytes(b"no parquet")
    words = _told(centre)
    with pytest.raises(FloorwalkError) as caught:
        centre.take_in()
    assert str(caught.value) == words
    assert _mend(centre).problems == ()


def test_what_was_published_cannot_be_made_again_and_that_is_said(centre: Centre) -> None:
    (centre.lake / "published").mkdir()
    (centre.lake / "published" / "tiers-000001.parquet").write_bytes(b"no parquet")
    (problem,) = _examine(centre).problems
    assert problem.fix == "restore this one file from the backup of the lake"


def _rebuild(centre: Centre, name: str = "new") -> mending.Rebuilt:
    folder = centre.lake.parent / name
    return mending.rebuild(
        centre.lake,
        centre.project,
        folder / "lake",
        memory_limit="1GB",
        scratch=folder / "scratch",
        progress=Silent(),
    )


def test_a_lake_made_again_from_its_originals_holds_the_same_rows(centre: Centre) -> None:
    before = centre.take_in()
    shutil.rmtree(centre.drop)
    rebuilt = _rebuild(centre)
    assert rebuilt.differences == ()
    assert rebuilt.rows["contacts"] == 3
    assert rebuilt.intake.deliveries == before.deliveries
    assert rebuilt.intake.refusals == before.refusals


def test_corrections_of_one_name_and_a_changed_mapping_come_out_the_same(centre: Centre) -> None:
    centre.deliver("1.csv", _calls(("C1", "111")))
    centre.take_in()
    centre.layout(LAYOUT.replace("as_seconds(talk)", "as_seconds(talk) * 60"))
    assert _talk(centre) == {"C1": 6660.0, "C2": 1320.0}
    rebuilt = _rebuild(centre)
    assert rebuilt.differences == ()
    assert rebuilt.intake.deliveries == centre.take_in().deliveries


def test_rows_that_the_originals_do_not_give_are_told(centre: Centre) -> None:
    lake = Lake(centre.lake)
    first, second = lake.records()
    shutil.copy(lake.rows_of(second)[0], lake.rows_of(first)[0])
    (difference,) = _rebuild(centre).differences
    assert difference.what.startswith("made again from the originals, contacts has other rows: 3 accepted instead of 2")


def test_a_lake_whose_original_is_damaged_cannot_be_made_again_and_says_which(centre: Centre) -> None:
    _flip(_original(centre, 1))
    with pytest.raises(FloorwalkError, match=r"the original of 2\.csv is not what was written"):
        _rebuild(centre)


def test_an_empty_lake_is_healthy(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    assert replace(_examine(centre), leftovers=()) == mending.Health((), ())


def test_damage_is_looked_for_by_size_on_a_build_and_by_content_in_the_doctor(centre: Centre) -> None:
    _flip(_rows(centre))
    lake = Lake(centre.lake)
    assert care.look(lake, lake.records()) == ()
    assert [damage.state for damage in care.look(lake, lake.records(), thorough=True)] == ["changed"]
