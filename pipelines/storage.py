"""The disk: how much room there is, and its faults in words. One sentence for each, wherever it is met.

Belongs here: telling a full, read-only or broken disk from other faults, its words and exit code; sizes of folders.
Does not belong here: making room, looking for damage (`ingest.care`, `cli.upkeep`).
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem

WHY = "this run counts for nothing; what was taken in before and the site that is shown stay as they were"
_ROOM = "make room (floorwalk doctor --work FOLDER says what takes it and what may go), then build again"
_RIGHTS = "let the account that builds read the drop and write the work folder, then build again"
_LOOK = "look at the disk, then at the lake with floorwalk doctor --work FOLDER, then build again"
_PLACE = "move away what stands there, then build again"
_WORDS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("there is no room left on the disk", _ROOM),
    errno.EDQUOT: ("the share of the disk given to this account is used up", _ROOM),
    errno.EFBIG: ("a file may not grow as large here as this run needs", _ROOM),
    errno.EROFS: ("the disk is read-only", _RIGHTS),
    errno.EACCES: ("this account may not use the file or folder", _RIGHTS),
    errno.EPERM: ("this account may not use the file or folder", _RIGHTS),
    errno.ENOMEM: ("the work needs more memory than memory_limit allows", "raise memory_limit, then build again"),
    errno.EIO: ("the disk reports a fault", _LOOK),
    errno.ENOTDIR: ("something else stands where a folder belongs", _PLACE),
    errno.EEXIST: ("something else stands where a folder belongs", _PLACE),
    errno.EISDIR: ("a folder stands where a file belongs", _PLACE),
}


_DATABASE_DISK, _DATABASE_MEMORY = "IO Error: ", "Out of Memory Error: "
"""How DuckDB begins what it says of them; the disk's own words follow."""


def number_of(error: BaseException) -> int | None:
    """The errno of a fault of the disk; also of one that a library passed on in its own exception, as text."""
    if isinstance(error, OSError):
        return error.errno if error.errno in _WORDS else None
    text = str(error)
    if text.startswith(_DATABASE_MEMORY):
        return errno.ENOSPC if "max_temp_directory_size" in text else errno.ENOMEM
    if text.startswith(_DATABASE_DISK):
        return next((number for number in _WORDS if os.strerror(number) in text), None)
    return None


def passed_on(last_words: str, folder: Path) -> OSError | None:
    """The fault of the disk that a child process died of, from what it wrote to standard error."""
    found = re.findall(r"^\w*Error: \[Errno ([0-9]+)\]", last_words, re.MULTILINE)
    number = int(found[-1]) if found else 0
    return OSError(number, os.strerror(number), str(folder)) if number in _WORDS else None


def problem(error: BaseException, folder: Path) -> Problem | None:
    """The fault in words, or None when it is not one of the disk. `folder` is named when the error names no file."""
    number = number_of(error)
    if number is None:
        return None
    named = str(error.filename2 or error.filename or "") if isinstance(error, OSError) else ""
    what, fix = _WORDS[number]
    return Problem(what, where=named or str(folder), why=WHY, fix=fix)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn a fault of the disk inside the block into a FloorwalkError (PUBLISH_FAILED); other errors pass."""
    try:
        yield
    except Exception as error:
        found = problem(error, folder)
        if found is None:
            raise
        raise FloorwalkError(found, Exit.PUBLISH_FAILED) from error


def demand_room(folder: Path, needed: int, task: str) -> None:
    """Raise FloorwalkError (PUBLISH_FAILED) before a run begins that would not find room in `folder`."""
    free = shutil.disk_usage(existing(folder)).free
    if needed > free:
        what = f"there is too little room on the disk {task}: about {told_size(needed)} needed, {told_size(free)} free"
        raise FloorwalkError(Problem(what, str(folder), WHY, _ROOM), Exit.PUBLISH_FAILED)


def existing(folder: Path) -> Path:
    """The folder itself or its nearest parent that exists."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def size_of(*places: Path) -> int:
    """Bytes of files and of everything below folders; a file with several names counts once, a link nothing."""
    sizes: dict[tuple[int, int], int] = {}
    for place in places:
        for folder, _, names in os.walk(place) if place.is_dir() else [(place.parent, (), [place.name])]:
            for name in names:
                with suppress(OSError):  # a file may go while one looks
                    found = (Path(folder) / name).lstat()
                    sizes[found.st_dev, found.st_ino] = found.st_size
    return sum(sizes.values())


def told_size(size: int) -> str:
    """A size for people: 12 kB, 3 MB, 1.4 GB."""
    if size >= 10**9:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.0f} MB" if size >= 10**6 else f"{-(-size // 1000)} kB"
