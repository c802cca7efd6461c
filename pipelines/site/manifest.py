"""What a finished site consists of: every file's digest, every page's fingerprint, the versions that made it.

Belongs here: build-manifest.json, the content digest, the build id, digests of files and placing them without
copying. Does not belong here: deciding what to reuse (`build`), switching releases (`release`).
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem

NAME = "build-manifest.json"
FORMAT = 1
_PACKAGES = ("altair", "babel", "dbt-core", "dbt-duckdb", "duckdb", "jieba", "jinja2", "mkdocs", "mkdocs-material",
             "vl-convert-python")  # fmt: skip


@dataclass(frozen=True)
class Manifest:
    """One release. Paths are below the release, with forward slashes."""

    build_id: str
    data_day: str
    pages: Mapping[str, int]
    """Generated pages per language."""
    fingerprints: Mapping[str, str]
    """Generated page or download → digest of everything it depends on, for a page its shell included."""
    files: Mapping[str, str]
    """Every file but the manifest → SHA-256 of its bytes."""
    packages: Mapping[str, str]
    format: int = FORMAT

    @property
    def content_digest(self) -> str:
        """SHA-256 over all paths and bytes: equal for equal sites."""
        return content_digest(self.files)


def make(
    data_day: str, pages: Mapping[str, int], fingerprints: Mapping[str, str], files: Mapping[str, str]
) -> Manifest:
    """The manifest of a finished tree; its build id sorts by the last day of the data and names the content."""
    packages = {name: version(name) for name in _PACKAGES} | {"python": platform.python_version()}
    identity = f"{data_day or 'undated'}-{content_digest(files)[:8]}"
    return Manifest(identity, data_day, pages, fingerprints, files, packages)


def content_digest(files: Mapping[str, str]) -> str:
    """SHA-256 over sorted paths and their digests."""
    lines = "".join(f"{path}\n{files[path]}\n" for path in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


def write(manifest: Manifest, release: Path) -> None:
    """Write build-manifest.json; an existing one is replaced in one step."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    beside = release / f".{NAME}.new"
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(release / NAME)


def read(release: Path | None) -> Manifest | None:
    """The manifest of a release; None when there is none, it cannot be read or was written in another format."""
    if release is None or not (release / NAME).is_file():
        return None
    try:
        raw = json.loads((release / NAME).read_text(encoding="utf-8"))
        made = Manifest(**raw)
        told = [*made.files.items(), *made.fingerprints.items()]
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return made if made.format == FORMAT and all(isinstance(text, str) for pair in told for text in pair) else None


def differences(release: Path) -> list[Problem]:
    """Everything in a release that is not as its manifest says: changed, missing or added since."""
    manifest = read(release)
    if manifest is None:
        return [Problem(f"no readable {NAME}", release.name, fix="build again")]
    found = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()} - {NAME}
    problems = [Problem("file is missing", path) for path in sorted(manifest.files.keys() - found)]
    problems += [Problem("file is not of this build", path) for path in sorted(found - manifest.files.keys())]
    both = sorted(found & manifest.files.keys())
    changed = [path for path in both if digest_of(release / path) != manifest.files[path]]
    return problems + [Problem("file was changed after the build", path) for path in changed]


def digest_of(file: Path) -> str:
    """SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def place(source: Path, target: Path) -> None:
    """Put an unchanging file at `target` without copying where the file system allows it.

    Both names may share one inode, so files of a release are never written again, only replaced.
    Raises FloorwalkError when two things want the same path.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise claimed_twice(target.name) from None
    except OSError:
        shutil.copyfile(source, target)


def claimed_twice(path: str) -> FloorwalkError:
    """Two pages or files want one path."""
    problem = Problem("two pages want this path", path, "one would hide the other", "give one of them another path")
    return FloorwalkError(problem, Exit.BUG)
