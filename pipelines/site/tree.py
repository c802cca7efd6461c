"""The tree of one site as it grows: every file written once, or taken over unchanged from the previous release.

Belongs here: writing, linking, counting. Does not belong here: what the files say (`build`), the manifest's format
(`manifest`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.site import manifest


@dataclass
class Tree:
    """Files below `root`. `previous` is the release to take unchanged files from."""

    root: Path
    previous: Path | None
    files: dict[str, str] = field(default_factory=dict)
    """Path → SHA-256 of everything in the tree so far."""
    fingerprints: dict[str, str] = field(default_factory=dict)
    """Generated page → what it depends on."""
    rewritten: int = 0
    reused: int = 0
    bytes_written: int = 0
    _folders: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        known = manifest.read(self.previous)
        self._known_files = known.files if known else {}
        self._known_fingerprints = known.fingerprints if known else {}

    def write(self, path: str, text: str) -> bool:
        """Write a new file, or link it when the previous release holds the same bytes; tells whether it was written."""
        return self._write(path, text.encode("utf-8"))

    def _write(self, path: str, content: bytes) -> bool:
        digest = hashlib.sha256(content).hexdigest()
        if self._known_files.get(path) == digest and self._take_over(path):
            return False
        with self._target(path).open("xb") as file:
            file.write(content)
        self.files[path] = digest
        self.bytes_written += len(content)
        return True

    def write_page(self, path: str, fingerprint: str, text: str) -> None:
        """Write a generated page that `reuse_page` did not find; counted as reused if it came out the same."""
        is_new = self.write(path, text)
        self.rewritten += is_new
        self.reused += not is_new
        self.fingerprints[path] = fingerprint

    def write_file(self, path: str, fingerprint: str, content: bytes) -> None:
        """Write a generated download that `reuse_file` did not find."""
        self._write(path, content)
        self.fingerprints[path] = fingerprint

    def reuse_file(self, path: str, fingerprint: str) -> bool:
        """Take a generated download over from the previous release on the same terms as a page."""
        if self._known_fingerprints.get(path) != fingerprint or not self._take_over(path):
            return False
        self.fingerprints[path] = fingerprint
        return True

    def reuse_page(self, path: str, fingerprint: str) -> bool:
        """Take a generated page over from the previous release if it depended on the same things and is intact."""
        is_same = self.reuse_file(path, fingerprint)
        self.reused += is_same
        return is_same

    def add(self, file: Path, path: str) -> None:
        """Put a finished file of somewhere else into the tree."""
        digest = manifest.digest_of(file)
        if self._known_files.get(path) == digest and self._take_over(path):
            return
        manifest.place(file, self._target(path))
        self.files[path] = digest

    def _take_over(self, path: str) -> bool:
        """Link a file of the previous release, unless somebody changed it there."""
        listed = self._known_files.get(path)
        if self.previous is None or listed is None:
            return False
        file = self.previous / path
        if not file.is_file() or manifest.digest_of(file) != listed:
            return False
        manifest.place(file, self._target(path))
        self.files[path] = listed
        return True

    def _target(self, path: str) -> Path:
        if path in self.files:
            raise manifest.claimed_twice(path)
        file = self.root / path
        if file.parent not in self._folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(file.parent)
        return file
