"""Compressed deliveries: one data file is taken out within caps; whatever an honest export is not stays outside."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest

from pipelines.ingest import unpack
from pipelines.ingest.readers import Unreadable
from tests.unit.ingest_centre import Centre, delimited


def _zip(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def _left(centre: Centre) -> dict[str, tuple[str, str]]:
    """File → reason and what was found exactly, of everything that was left."""
    intake = centre.take_in()
    why = {note.where: note.why for note in intake.notes}
    return {file.file: (file.reason, why.get(file.file, "")) for file in intake.unrecognised}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("calls.csv.gz", gzip.compress(delimited().encode())),
        ("calls.gz", gzip.compress(delimited().encode())),
        ("two members.csv.gz", b"".join(gzip.compress(part.encode()) for part in delimited().splitlines(True))),
        ("calls.zip", _zip(("calls.csv", delimited().encode()))),
        ("stored.zip", _zip(("march/calls.tsv", delimited(by="\t").encode()), method=zipfile.ZIP_STORED)),
        ("from a mac.zip", _zip(("calls.csv", delimited().encode()), ("__MACOSX/._calls.csv", b"x"), ("folder/", b""))),
        ("named wrongly.csv", gzip.compress(delimited().encode())),
    ],
)
def test_one_data_file_in_an_archive_is_read_like_the_file_itself(name: str, content: bytes, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver(name, content)
    intake = centre.take_in()
    assert intake.tables["contacts"] == {"accepted": 3, "refused": 2, "held": 3}
    assert [file for file, *_ in centre.faults()] == [name] * 4
    archived = [file.read_bytes() for file in (centre.lake / "originals").iterdir()]
    assert archived == [content]
    assert centre.take_in().new_deliveries == ()


def test_an_archived_archive_is_read_again_when_its_mapping_changes(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv.gz", gzip.compress(delimited().encode()))
    centre.take_in()
    (centre.drop / "calls.csv.gz").unlink()
    layout = (centre.project / "exports" / "calls.yml").read_text(encoding="utf-8")
    centre.layout(layout.replace("as_seconds(talk)", "as_seconds(talk) * 2"))
    with centre.raw(centre.take_in()) as connection:
        talk = connection.execute("select sum(talk_seconds) from raw.contacts").fetchone()
    assert talk == (446.0,)


def test_archives_that_are_not_one_data_file_are_left_with_the_reason(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    calls = delimited(rows=(("C9", "a", "2024-03-01 09:00:00", "Y", "1", ""),)).encode()
    whole = _zip(("calls.csv", calls))
    centre.deliver("two.zip", _zip(("a.csv", calls), ("b.csv", calls)))
    centre.deliver("none.zip", _zip())
    centre.deliver("only folders.zip", _zip(("a/", b""), ("__MACOSX/x", b"")))
    centre.deliver("zip in zip.zip", _zip(("inner.zip", whole)))
    centre.deliver("gzip in zip.zip", _zip(("calls.csv.gz", gzip.compress(calls))))
    centre.deliver("gzip in gzip.csv.gz", gzip.compress(gzip.compress(calls)))
    centre.deliver(
        "tar in gzip.tar.gz", gzip.compress(b"calls.csv".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0"))
    )
    centre.deliver("cut off.csv.gz", gzip.compress(calls * 50)[:-20])
    centre.deliver("broken.zip", whole[: len(whole) // 2])
    centre.deliver("odd method.zip", _zip(("calls.csv", calls), method=zipfile.ZIP_LZMA))
    locked = bytearray(whole)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        locked[locked.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    centre.deliver("locked.zip", bytes(locked))
    told = _left(centre)
    assert {name: reason for name, (reason, _) in told.items()} == {
        "two.zip": "several_files",
        "none.zip": "several_files",
        "only folders.zip": "several_files",
        "zip in zip.zip": "several_files",
        "gzip in zip.zip": "several_files",
        "gzip in gzip.csv.gz": "several_files",
        "tar in gzip.tar.gz": "several_files",
        "cut off.csv.gz": "unreadable",
        "broken.zip": "unreadable",
        "odd method.zip": "unreadable",
        "locked.zip": "protected",
    }
    assert told["two.zip"][1] == "it holds 2 files"
    assert told["zip in zip.zip"][1] == "it holds another archive"
    assert told["locked.zip"][1] == "the archive asks for a password"


def test_names_inside_an_archive_are_never_paths(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    names = (
        "../../../escaped.csv",
        str(tmp_path / "escaped_to.csv"),
        "..\\..\\escaped.csv",
        "a" * 300 + ".csv",
        "con.csv",
    )
    for number, name in enumerate(names):
        rows = ((f"C{number}", "a", "2024-03-01 09:00:00", "Y", "1", ""),)
        centre.deliver(f"{number}.zip", _zip((name, delimited(rows=rows).encode())))
    before = {file for file in tmp_path.rglob("*") if "escaped" in file.name}
    assert centre.take_in().tables["contacts"]["accepted"] == len(names)
    assert {file for file in tmp_path.rglob("*") if "escaped" in file.name} == before == set()


@pytest.mark.parametrize("packing", ["gzip", "zip"])
def test_a_bomb_is_stopped_while_it_unpacks_and_nothing_of_it_stays(packing: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    zeros = b"0,0,0,0,0\n" * (7 << 20)
    bomb = centre.deliver(f"bomb.{'csv.gz' if packing == 'gzip' else 'zip'}", b"")
    bomb.write_bytes(gzip.compress(zeros, 9) if packing == "gzip" else _zip(("bomb.csv", zeros)))
    assert bomb.stat().st_size < len(zeros) // 200
    told = _left(centre)
    assert told[bomb.name] == (
        "too_large",
        "every byte of it becomes more than 200, as in a file made to fill the disk",
    )
    assert not list(tmp_path.rglob("unpacked*"))


def test_the_cap_on_bytes_holds_whatever_the_archive_states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "UNPACKED_BYTES", 1000)
    content = bytes(range(32, 127)) * 40
    honest = tmp_path / "honest.zip"
    honest.write_bytes(_zip(("a.csv", content), method=zipfile.ZIP_STORED))
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(content))
    lying = bytearray(_zip(("a.csv", content)))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", lying, lying.index(mark) + at, 10)
    (tmp_path / "lying.zip").write_bytes(bytes(lying))
    for file, code in ((honest, "too_large"), (packed, "too_large"), (tmp_path / "lying.zip", "unreadable")):
        with pytest.raises(Unreadable) as caught:
            unpack.unpacked(file, tmp_path / "out")
        assert caught.value.code == code
        assert sum(part.stat().st_size for part in (tmp_path / "out").iterdir()) <= 1000


def test_an_endless_table_of_contents_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "many.zip"
    entry = b"PK\x01\x02" + struct.pack("<HHHHHHLLLHHHHHLL", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 60_000
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 60_000, 60_000, len(directory), 4, 0)
    file.write_bytes(b"PK\x03\x04" + directory + end)
    with pytest.raises(Unreadable, match="table of contents") as caught:
        unpack.packing_of(file)
    assert caught.value.code == "several_files"
