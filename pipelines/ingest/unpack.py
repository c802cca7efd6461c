"""Compressed deliveries: one data file in gzip or zip becomes that file in a scratch folder, within caps.

Belongs here: telling archives from workbooks, unpacking while counting bytes, and refusing what an honest export does
not do. Does not belong here: what the unpacked file is (`identify`).
Names inside an archive are never used as paths; of the one file's name only a known ending is kept.
"""

from __future__ import annotations

import errno
import gzip
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from pipelines.ingest.opening import opened
from pipelines.ingest.readers import Unreadable

UNPACKED_BYTES = 8 << 30
RATIO = 200
"""Most bytes that one packed byte may become, once more than RATIO_FROM_BYTES came out. Exports reach 10 to 50."""
RATIO_FROM_BYTES = 64 << 20
DIRECTORY_BYTES = 1 << 20
"""Longest table of contents of a zip that is read."""
SUFFIXES = (".csv", ".tsv", ".txt", ".dat", ".xlsx", ".xlsm", ".xls", ".json", ".jsonl", ".ndjson", ".parquet", ".pq")
"""Endings an unpacked file may keep; any other becomes .csv, and its content decides."""
_CHUNK = 1 << 20
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_WORKBOOK = "[Content_Types].xml"
_OTHER_ARCHIVES = (_GZIP, b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_DAMAGE = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError,
           OverflowError)  # fmt: skip
_CLUTTER = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What file managers put into archives by themselves, beside the folder __MACOSX."""


def packing_of(file: Path) -> str:
    """'gzip' or 'zip' for an archive to unpack; empty for anything else, workbooks included.

    Raises Unreadable for a zip whose table of contents is damaged or endless.
    """
    with opened(file) as stream:
        start = stream.read(4)
    if start.startswith(_GZIP):
        return "gzip"
    if start.startswith(_EMPTY_ZIP):
        return "zip"
    if not start.startswith(_ZIP):
        return ""
    with _Archive(file) as archive:
        return "" if _WORKBOOK in archive.namelist() else "zip"


def unpacked(file: Path, scratch: Path, name: str = "") -> Path:
    """The data file: `file` itself when it is no archive, else what it holds, unpacked into `scratch`.

    `name` is what the file was delivered as; the archive knows it only by its content address.
    Raises Unreadable, with the code of the reason, for everything that is not one data file within the caps.
    """
    packing = packing_of(file)
    if not packing:
        return file
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    if packing == "gzip":
        inner = PurePosixPath(name or file.name).stem
        return _whole(_gunzip(file, scratch / f"unpacked{_ending(inner)}"))
    with _Archive(file) as archive:
        entry = _the_one_file(archive)
        target = scratch / f"unpacked{_ending(entry.filename)}"
        try:
            with archive.open(entry) as stream:
                _copy(stream, target, max(entry.compress_size, 1))
        except _DAMAGE as error:
            raise Unreadable("the archive is damaged") from error
        except OSError as error:
            if error.errno != errno.EINVAL:  # a place before the beginning of the file
                raise
            raise Unreadable("the archive is damaged") from error
    return _whole(target)


class _Directory(io.FileIO):
    """A file that never gives more than DIRECTORY_BYTES at once, so that no table of contents fills the memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > DIRECTORY_BYTES:
            raise Unreadable("its table of contents is longer than any export's", "several_files")
        return super().read(DIRECTORY_BYTES if size is None or size < 0 else size) or b""


class _Archive(zipfile.ZipFile):
    """A zip whose table of contents is read within bounds."""

    def __init__(self, file: Path) -> None:
        self._source = _Directory(str(file), "rb", opener=lambda *_: _descriptor(file))
        try:
            super().__init__(self._source)
        except (*_DAMAGE, OSError) as error:
            self._source.close()
            raise Unreadable("the archive is damaged") from error
        except Unreadable:
            self._source.close()
            raise

    def close(self) -> None:
        super().close()
        self._source.close()


def _descriptor(file: Path) -> int:
    with opened(file) as stream:
        return os.dup(stream.fileno())


def _the_one_file(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_clutter(entry.filename)]
    if len(entries) != 1:
        raise Unreadable(f"it holds {len(entries)} files", "several_files")
    entry = entries[0]
    if entry.flag_bits & 0x1:
        raise Unreadable("the archive asks for a password", "protected")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("it is compressed in a way that is not read; the usual way is deflate")
    if entry.file_size > UNPACKED_BYTES:
        raise Unreadable(_beyond(), "too_large")
    return entry


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in _CLUTTER


def _gunzip(file: Path, target: Path) -> Path:
    with opened(file) as packed:
        size = packed.seek(0, io.SEEK_END)
        packed.seek(0)
        try:
            with gzip.GzipFile(fileobj=packed) as stream:
                _copy(stream, target, max(size, 1))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise Unreadable("the archive is damaged or cut off") from error
    return target


def _copy(stream: IO[bytes] | gzip.GzipFile, target: Path, packed_bytes: int) -> None:
    """Copy in small steps; stop at the first step beyond a cap, and leave nothing of it."""
    total = 0
    try:
        with target.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > UNPACKED_BYTES:
                    raise Unreadable(_beyond(), "too_large")
                if total > RATIO_FROM_BYTES and total > RATIO * packed_bytes:
                    words = f"every byte of it becomes more than {RATIO}, as in a file made to fill the disk"
                    raise Unreadable(words, "too_large")
                out.write(chunk)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _whole(file: Path) -> Path:
    """The unpacked file, unless it is an archive again."""
    with opened(file) as stream:
        start = stream.read(512)
    is_archive = start.startswith(_OTHER_ARCHIVES) or start[257:262] == b"ustar"
    if start.startswith((_ZIP, _EMPTY_ZIP)):
        is_archive = packing_of(file) == "zip"
    if is_archive:
        raise Unreadable("it holds another archive", "several_files")
    return file


def _ending(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in SUFFIXES else ".csv"


def _beyond() -> str:
    return f"it unpacks to more than {UNPACKED_BYTES >> 30} GB"
