"""What an erasure leaves of a lake: found in any original, mended from either half, read again, made again."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest import examine, mend, rebuild
from pipelines.ingest.contract import load_contract
from pipelines.ingest.sought import Needles, holds
from pipelines.progress import Silent
from pipelines.retention import somebody
from pipelines.settings import PROJECT
from tests.every_byte import places_of
from tests.unit.erasure_centre import CALLS, NAME, PERSON, copied, erase, held, lost, marked_centre
from tests.unit.ingest_centre import Centre


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    return marked_centre(tmp_path_factory.mktemp("marked"))


@pytest.fixture
def centre(template: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    made = copied(template, tmp_path)
    monkeypatch.setattr(somebody, "DBT_PROJECT", made.project)
    return made


def test_a_lake_made_again_from_its_archive_is_the_same_and_nobody_comes_back(centre: Centre, tmp_path: Path) -> None:
    erase(centre)
    centre.take_in()
    other = tmp_path / "other"
    made = rebuild(
        centre.lake, centre.project, other, memory_limit="1GB", scratch=tmp_path / "beside", progress=Silent()
    )
    assert (made.differences, made.rows["contacts"]) == ((), 2)
    assert places_of(other, PERSON, NAME) == []


@pytest.mark.parametrize("folder", ["contacts", "originals", "refused"])
def test_damage_to_what_is_left_is_made_again_from_the_other_half(centre: Centre, tmp_path: Path, folder: str) -> None:
    erase(centre)
    rows = "select * exclude (delivery_id) from raw.contacts order by contact_id"
    before = held(centre, rows)
    for file in (centre.lake / folder).glob("*"):
        file.write_bytes(file.read_bytes()[:-9] + b"otherwise")
    look = {"memory_limit": "1GB", "scratch": tmp_path / "look"}
    health = examine(centre.lake, centre.project, **look)  # type: ignore[arg-type]
    assert len(health.problems) >= 2
    assert mend(centre.lake, centre.project, health, **look).problems == ()  # type: ignore[arg-type]
    assert held(centre, rows) == before
    (centre.lake / folder / next(iter((centre.lake / folder).glob("*"))).name).unlink()
    assert any("made again" in note.what for note in centre.take_in().notes)
    assert held(centre, rows) == before
    assert lost(centre) == []


def test_another_mapping_cannot_read_what_is_left_and_a_build_says_so(centre: Centre) -> None:
    erase(centre)
    centre.layout(CALLS.replace("as_seconds(talk)", "as_seconds(talk) * 60"))
    notes = [note.what for note in centre.take_in().notes]
    said = "not read by calls.yml as it is now, because somebody was erased and the original is gone: 2 files"
    assert said in notes
    assert said not in [note.what for note in centre.take_in().notes]
    assert held(centre, "select talk_seconds from raw.contacts order by all") == [(90.0,), (90.0,)]


def test_a_column_that_the_contract_gains_is_empty_in_what_is_left(centre: Centre) -> None:
    erase(centre)
    contract = centre.project / "models" / "staging" / "_sources.yml"
    gained = "          - {name: is_new, data_type: boolean, description: Invented}\n"
    place = "          - {name: contact_id, data_type: varchar, description: Identifies the leg"
    contract.write_text(contract.read_text(encoding="utf-8").replace(place, gained + place), encoding="utf-8")
    centre.layout(
        CALLS.replace(
            "      contact_id: call\n      agent_id", "      is_new: 'true'\n      contact_id: call\n      agent_id"
        )
    )
    assert held(centre, "select contact_id, is_new from raw.contacts order by all") == [("C3", None), ("C9", None)]


def test_two_people_are_erased_from_the_same_deliveries_one_after_the_other(centre: Centre) -> None:
    erase(centre)
    erase(centre, "K2003")
    assert held(centre, "select contact_id from raw.contacts") == []
    assert held(centre, "select agent_id from raw.agents") == []
    assert places_of(centre.lake, PERSON, NAME, "K2003", "Other Person") == []
    (first, *_) = held(
        centre, "select sum(refused_rows) from raw.refusals where reason = 'erased' and table_name = 'contacts'"
    )
    assert first == (3,)


def test_published_tiers_of_the_person_go_under_id_and_code(centre: Centre) -> None:
    folder = centre.lake / "published"
    folder.mkdir()
    with duckdb.connect(":memory:") as connection:
        tiers = "select * from (values ('K2002', 1), ('K2003', 2)) as t(agent_id, revision)"
        items = f"select * from (values ('delivery', '{NAME} extra.csv'), ('rule', 'Some Leader')) as t(kind, detail)"
        connection.execute(f"copy ({tiers}) to '{folder / 'tiers-000001.parquet'}' (format parquet)")
        connection.execute(f"copy ({items}) to '{folder / 'items-000001.parquet'}' (format parquet)")
        receipt, _ = erase(centre)
        kept = connection.execute("select agent_id from read_parquet(?)", [str(folder / "tiers-*.parquet")]).fetchall()
        told = connection.execute("select detail from read_parquet(?)", [str(folder / "items-*.parquet")]).fetchall()
    assert (receipt.tiers, kept, told) == (1, [("K2003",)], [("[name] extra.csv",), ("Some Leader",)])


def test_every_column_that_names_somebody_has_a_decision() -> None:
    contract = load_contract(PROJECT / "dbt_project")
    own = {
        (table.name, column.name)
        for table in contract.delivered.values()
        for column in table.columns
        if column.erasing == "row"
    }
    named = {
        (table.name, column.name)
        for table in contract.delivered.values()
        for column in table.columns
        if column.personal == "id"
    }
    only_named = {
        ("qa_scores", "grader"),
        ("training", "trainer"),
        ("coaching_log", "coach"),
        ("goal_reviews", "reviewer"),
        ("ratings", "rater"),
    }
    assert own | only_named == named
    for table in contract.delivered.values():
        for column in table.columns:
            assert column.erasing in ("", "row") or column.erasing.removeprefix("with ") in contract.delivered


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_an_original_is_searched_in_every_encoding_and_packed(encoding: str, tmp_path: Path) -> None:
    content = "工號,姓名\n7,諸葛明\n".encode(encoding)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("staff.csv", content)
    with duckdb.connect(":memory:") as connection:
        for form in (content, gzip.compress(content), packed.getvalue(), gzip.compress(packed.getvalue())):
            (tmp_path / "file").write_bytes(form)
            assert holds(tmp_path / "file", Needles(["諸葛明"]), connection)
            assert holds(tmp_path / "file", Needles(["7"]), connection)
            assert not holds(tmp_path / "file", Needles(["17", "諸葛亮"]), connection)
        (tmp_path / "file").write_bytes(gzip.compress(content)[:-4])
        assert holds(tmp_path / "file", Needles(["nobody"]), connection), "what cannot be searched is taken to hold it"
        connection.execute(f"copy (select 'K2002' as who) to '{tmp_path / 'file'}' (format parquet)")
        assert holds(tmp_path / "file", Needles(["K2002"]), connection)
        assert not holds(tmp_path / "file", Needles(["K2003"]), connection)


def test_a_lake_whose_rows_are_damaged_is_mended_first(centre: Centre) -> None:
    next((centre.lake / "contacts").glob("*.parquet")).unlink()
    with pytest.raises(FloorwalkError) as caught:
        erase(centre)
    assert caught.value.exit_code is Exit.CHECKS_FAILED
    assert not (centre.lake / "erased").exists()


def test_rows_of_an_earlier_version_are_read_again_by_a_build_first(centre: Centre) -> None:
    file = next((centre.lake / "qa_scores").glob("*.parquet"))
    record = centre.lake / "deliveries" / f"{file.name.split('.')[0]}.json"
    with duckdb.connect(":memory:") as connection:
        older = f"select * exclude (source_part) from read_parquet('{file}')"
        connection.execute(f"copy ({older}) to '{file}.older' (format parquet)")
    Path(f"{file}.older").replace(file)
    kept = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps(kept | {"kept": []}), encoding="utf-8")  # as records were before checksums
    with pytest.raises(FloorwalkError, match="written by an earlier version of Floorwalk"):
        erase(centre)
    assert not (centre.lake / "erased").exists()
