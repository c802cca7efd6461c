"""Who of this machine may read a work folder: what holds people's data is for the owner, or also for the group.

The published site is as open as the operator's umask makes it: a web server has to read it.
Belongs here: rights of files and folders. Does not belong here: what pages tell (`privacy`), the disk (`storage`).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipelines.errors import Problem
from pipelines.settings import GROUP, Settings

_OWNER_MASK, _GROUP_MASK = 0o077, 0o027
_GROUP_FOLDER, _GROUP_FILE = 0o050, 0o040


@contextmanager
def kept(settings: Settings) -> Iterator[None]:
    """What is made inside the block can be opened by nobody who may not."""
    before = os.umask(_mask(settings))
    try:
        yield
    finally:
        os.umask(before)


def tighten(settings: Settings) -> list[Problem]:
    """Give every file and folder that holds people's data the rights it should have; a note when any was too open."""
    parts = ("lake", "marts", "receipts", "runs", "cache", "errors", "build.json")
    opened = sum(_set(place, settings) for part in parts for place in _below(settings.work / part))
    if not opened:
        return []
    who = "its owner and the group" if settings.work_readers == GROUP else "its owner"
    number = "1 file or folder" if opened == 1 else f"{opened:,} files and folders"
    return [
        Problem(
            f"{number} with people's data could be opened by other accounts; now by {who} only",
            where=str(settings.work),
            fix='nothing; work_readers = "group" lets the group of the account read them',
        )
    ]


def _below(place: Path) -> Iterable[Path]:
    """A file or folder and everything in it; links are not followed."""
    if place.is_symlink() or not place.exists():
        return
    yield place
    for folder, folders, files in os.walk(place):
        yield from (Path(folder) / name for name in (*folders, *files))


def _set(place: Path, settings: Settings) -> bool:
    """Set the rights of one; whether it was open to somebody who may not. A file that a release shares is left: its
    folder keeps others out."""
    with suppress(OSError):  # a file may go while one looks, or belong to somebody else
        facts = place.lstat()
        is_folder = stat.S_ISDIR(facts.st_mode)
        if not is_folder and (not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1):
            return False
        held = stat.S_IMODE(facts.st_mode)
        shared = (_GROUP_FOLDER if is_folder else _GROUP_FILE) if settings.work_readers == GROUP else 0
        wanted = (held | shared) & ~_mask(settings)
        if wanted != held:
            place.chmod(wanted)
        return bool(held & _mask(settings))
    return False


def _mask(settings: Settings) -> int:
    return _GROUP_MASK if settings.work_readers == GROUP else _OWNER_MASK
