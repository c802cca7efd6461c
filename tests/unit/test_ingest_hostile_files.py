"""Files that are not what a drop should hold: links, pipes, closed, vanishing and growing files, names made to harm."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import socket
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.cli.terminal import print_problems
from pipelines.errors import Problem, shown
from pipelines.ingest import arrivals, identify, intake
from pipelines.ingest.opening import opened
from tests.unit.ingest_centre import Centre, delimited


def _left(centre: Centre) -> dict[str, str]:
    return {file.file: file.reason for file in centre.take_in().unrecognised}


def test_pipes_sockets_and_links_are_left_without_waiting_for_anybody(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(delimited().replace("C1", "SECRET"), encoding="utf-8")
    os.mkfifo(centre.drop / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(centre.drop / "socket.csv"))
        (centre.drop / "link.csv").symlink_to(outside / "secret.csv")
        (centre.drop / "folder").symlink_to(outside)
        (centre.drop / "folder.csv").symlink_to(outside)
        (centre.drop / "nowhere.csv").symlink_to(tmp_path / "nowhere")
        (centre.drop / "round.csv").symlink_to(centre.drop)
        (centre.drop / "zero.csv").symlink_to("/dev/zero")
        taken = centre.take_in()
    names = ("pipe", "socket", "link", "folder", "nowhere", "round", "zero")
    expected = {f"{name}.csv" for name in names} | {"folder"}
    assert {file.file: file.reason for file in taken.unrecognised} == dict.fromkeys(expected, "not_a_data_file")
    with centre.raw(taken) as connection:
        assert connection.execute("select count(*) from raw.contacts where contact_id = 'SECRET'").fetchone() == (0,)


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_file_swapped_for_something_else_after_it_was_listed_is_not_opened(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    if kind == "link":
        file.symlink_to("/etc/passwd")
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.mkdir()
    with pytest.raises(OSError, match=r"ordinary|symbolic"):
        opened(file)


def test_a_hard_link_is_the_same_bytes_and_counts_once(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    (centre.drop / "again.csv").hardlink_to(centre.deliver("calls.csv", delimited()))
    taken = centre.take_in()
    assert taken.tables["contacts"]["accepted"] == 3
    assert [note.what for note in taken.notes if "same bytes" in note.what] == [
        "holds the same bytes as again.csv and is not counted again"
    ]


def test_files_that_are_still_coming_are_left_with_a_note_and_taken_once_they_are_there(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    later = ("a.csv.part", "b.xlsx.tmp", "Unconfirmed 1.crdownload", "~$c.xlsx", "d.csv.filepart", "e.csv.download")
    for name in (*later, "notes.tmp", ".calls.csv.swp"):
        centre.deliver(name, delimited().replace("C1", name))
    taken = centre.take_in()
    assert {file.file: file.reason for file in taken.unrecognised} == dict.fromkeys(later, "unfinished") | {
        "notes.tmp": "not_a_data_file"
    }
    assert {note.where for note in taken.notes if "still being written" in note.what} == set(later)
    (centre.drop / "a.csv.part").rename(centre.drop / "a.csv")
    assert {d.file for d in centre.take_in().new_deliveries} == {"a.csv"}


def _as_nobody(folder: Path, told: Path) -> None:
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    centre = Centre.__new__(Centre)
    centre.drop, centre.lake, centre.project = folder / "drop", folder / "own" / "lake", folder / "project"
    centre._scratch = folder / "own" / "scratch"
    taken = centre.take_in()
    notes = {note.where: [note.what, note.why] for note in taken.notes}
    told.write_text(json.dumps([taken.tables["contacts"]["accepted"], notes]))


def test_files_and_folders_without_the_right_to_read_are_left_with_words(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    centre.deliver("closed.csv", delimited().replace("C1", "C9")).chmod(0)
    centre.deliver("sub/inside.csv", delimited().replace("C1", "C8"))
    (tmp_path / "own").mkdir()
    for place in (tmp_path, *tmp_path.parents):
        if place == place.parent or place.stat().st_mode & 0o005 == 0o005:
            continue
        place.chmod(place.stat().st_mode | 0o055)
    (tmp_path / "own").chmod(0o777)
    (centre.drop / "sub").chmod(0)
    child = multiprocessing.get_context("fork").Process(
        target=_as_nobody, args=(tmp_path, tmp_path / "own" / "told.json")
    )
    child.start()
    child.join()
    (centre.drop / "sub").chmod(0o755)
    assert child.exitcode == 0
    words = "The file may not be read, or it changed or went away while it was read"
    assert json.loads((tmp_path / "own" / "told.json").read_text()) == [
        3,
        {
            "closed.csv": [words, "the rights of the file do not let this program read it"],
            "sub": [words, ""],
        },
    ]


def test_a_file_that_goes_away_while_others_are_read_is_left_with_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    gone = centre.deliver("gone.csv", delimited().replace("C1", "C9"))
    genuine = identify.recognise

    def recognise(file: Path, *rest: object) -> object:
        seen = genuine(file, *rest)  # type: ignore[arg-type]
        if file == gone:
            file.unlink()
        return seen

    monkeypatch.setattr(arrivals, "recognise", recognise)
    taken = centre.take_in()
    assert [(note.where, note.why) for note in taken.notes] == [("gone.csv", "it was gone before it could be read")]
    assert {d.file for d in taken.deliveries} == {"good.csv"}


def test_a_file_gone_before_it_was_looked_at_is_left_with_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    gone = centre.deliver("gone.csv", delimited().replace("C1", "C9"))
    found = list(identify.files_in(centre.drop))
    gone.unlink()
    monkeypatch.setattr(intake, "files_in", lambda _: iter(found))
    assert _left(centre) == {"gone.csv": "no_access"}


HOSTILE_NAMES: tuple[str | bytes, ...] = (
    "line\nend.csv",
    "bell\x07 and escape\x1b[31mred.csv",
    "gpj\u202evsc.csv",
    "zero\u200bwidth.csv",
    b"no \xff text.csv",
    "-rf.csv",
    "--help.csv",
    "CON.csv",
    "aux.csv",
    "a:b.csv",
    "..csv",
    "...csv",
    " .csv",
    "'; drop table x; --.csv",
    '"$(id)`id`".csv',
    "*.csv",
    "[a-z]?.csv",
    "{a,b}.csv",
    "%s%n%00.csv",
    "<script>alert(1)<script>.csv",
    "a" * 251 + ".csv",
    "王" * 83 + ".csv",
    "=cmd|' C'!A0.csv",
    "back\\slash\\..\\up.csv",
)


def test_names_made_to_harm_are_shown_as_text_and_never_become_a_path(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    for number, name in enumerate(HOSTILE_NAMES):
        content = delimited(rows=((f"N{number}", "a", "2024-03-01 09:00:00", "Y", "120", ""),))
        (centre.drop / os.fsdecode(name)).write_text(content, encoding="utf-8")
    before = {path for path in tmp_path.rglob("*") if "lake" not in path.parts}
    taken = centre.take_in()
    hidden = {"..csv", "...csv"}
    assert taken.tables["contacts"]["accepted"] == len(HOSTILE_NAMES) - len(hidden)
    written = {path for path in tmp_path.rglob("*") if "lake" not in path.parts and "scratch" not in path.parts}
    assert written - before <= {centre.lake, tmp_path / "scratch"}
    for path in centre.lake.rglob("*"):
        assert path.name.isascii() and path.name.isprintable() and " " not in path.name
    shown_names = {delivery.file for delivery in taken.deliveries}
    assert all(name.isprintable() for name in shown_names)
    assert {
        "line<U+000A>end.csv",
        "bell<U+0007> and escape<U+001B>[31mred.csv",
        "gpj<U+202E>vsc.csv",
        "zero<U+200B>width.csv",
        "no <FF> text.csv",
        "-rf.csv",
    } <= shown_names
    with centre.raw(taken) as connection:
        files = connection.execute("select count(distinct file) from raw.deliveries").fetchone()
    assert files == (len(shown_names),)
    assert centre.take_in().new_deliveries == ()


def test_no_problem_reaches_a_terminal_with_anything_that_steers_it() -> None:
    odd = "a\x1b[2Jb\rc\nd\x9be\u202ef\udcff[/bold]"
    problem = Problem(odd, odd, odd, odd)
    out = io.StringIO()
    print_problems(Console(file=out, force_terminal=False), [problem])
    assert set(out.getvalue()) - {"\n"} == {one for one in out.getvalue() if one.isprintable()}
    assert out.getvalue().count("\n") == 3
    assert "[/bold]" in out.getvalue()
    assert str(problem).count("\n") == 2


def test_what_is_shown_of_a_text_keeps_every_script_and_hides_nothing() -> None:
    kept = "王芳 calls (März) – ½ №5 😀 日本語 עברית हिन्दी.csv"
    assert shown(kept) == kept
    assert shown("a\tb\u2028c\ue000d\u0000") == "a<U+0009>b<U+2028>c<U+E000>d<U+0000>"


def test_folders_that_hold_people_are_for_their_owner_only(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv", delimited())
    before = os.umask(0)
    try:
        centre.take_in()
    finally:
        os.umask(before)
    assert centre.lake.stat().st_mode & 0o777 == 0o700
