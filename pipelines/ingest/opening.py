"""Opens files that somebody else put down: only ordinary files, never through a link, never waiting for anybody.

Belongs here: the one way to open a file of the drop, the names that half-written files have, and the words for a file
that cannot be opened. Does not belong here: what is in the file (`identify`, `decode`).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from pipelines.ingest.readers import Unreadable

_DOWNLOADS = (".crdownload", ".opdownload", ".partial")
_COPIES = (".part", ".tmp", ".temp", ".download", ".filepart", ".swp", ".writing")
_WORDS = {
    errno.EACCES: "the rights of the file do not let this program read it",
    errno.EPERM: "the rights of the file do not let this program read it",
    errno.ENOENT: "it was gone before it could be read",
    errno.ESTALE: "it was gone before it could be read",
    errno.ELOOP: "it is a link, and links are not followed",
    errno.ENXIO: "it is not an ordinary file",
    errno.EINVAL: "it is not an ordinary file",
    errno.EIO: "the disk or the network could not read it",
}


def opened(file: Path) -> BinaryIO:
    """The file for reading. Raises OSError for links, pipes, devices, folders, and files without the right to read.

    A pipe is opened without waiting for a writer, found not to be a file, and closed again.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(file, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not an ordinary file", str(file))
    return os.fdopen(descriptor, "rb")


def is_unfinished(name: str, data_suffixes: Collection[str]) -> bool:
    """Whether a file's name says that a data file is being copied, downloaded or edited at this moment."""
    stem, dot, ending = name.lower().rpartition(".")
    if name.startswith("~$"):
        return dot + ending in data_suffixes
    return dot + ending in _DOWNLOADS or (dot + ending in _COPIES and Path(stem).suffix in data_suffixes)


def no_access(error: OSError, file: Path) -> Unreadable:
    """The error in words when it concerns this file alone; raised again when it concerns anything else."""
    if error.errno not in _WORDS or Path(str(error.filename)).absolute() != file.absolute():
        raise error
    return Unreadable(_WORDS[error.errno], "no_access")
