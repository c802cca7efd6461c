"""Releases: one finished folder per build, and a link that names the current one.

Belongs here: the lock on a work folder, clearing up after killed runs, the switch, removing old releases, going back.
Does not belong here: what is in a release (`build`, `manifest`), whether it is fit to be shown (`verify`).
Every step leaves the previous site whole: a release is never written to, and the link is replaced in one step.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.settings import Settings
from pipelines.site import manifest

_NEW_LINK = ".site.new"
_DOOMED = ".removing-"


@contextmanager
def lock(settings: Settings) -> Iterator[None]:
    """Hold the work folder for one build; the lock ends with the process, however it ends.

    Raises FloorwalkError with exit code BUSY when another build holds it.
    """
    settings.work.mkdir(parents=True, exist_ok=True)
    with (settings.work / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            problem = Problem(
                "another build is running in this work folder",
                where=settings.work.name,
                why="two builds would publish over each other",
                fix="wait for it to end, or give this build another --work folder",
            )
            raise FloorwalkError(problem, Exit.BUSY) from None
        yield


def clear_up(settings: Settings) -> None:
    """Remove what killed runs left: their folders, half-removed releases, a link not yet in place.

    Call it with the lock held, before a run makes its own folder. Everything in runs/ is removed.
    """
    for folder in _inside(settings.runs):
        _remove(folder)
    for folder in _inside(settings.releases):
        if folder.name.startswith("."):
            _remove(folder)
    for folder in (settings.cache / "shells").glob(".building-*"):
        _remove(folder)
    (settings.work / _NEW_LINK).unlink(missing_ok=True)


def current(settings: Settings) -> Path | None:
    """The release the site shows; None before the first one."""
    return settings.site.resolve() if settings.site.is_dir() else None


def releases(settings: Settings) -> list[Path]:
    """All finished releases, the one built last first."""
    finished = [folder for folder in _inside(settings.releases) if (folder / manifest.NAME).is_file()]
    visible = [folder for folder in finished if not folder.name.startswith(".")]
    return sorted(visible, key=lambda folder: (folder / manifest.NAME).stat().st_mtime_ns, reverse=True)


def switch(settings: Settings, tree: Path) -> Path:
    """Make a verified tree the current site and return its release folder.

    The tree moves into releases/<build id>. When that release is there already and intact, the tree is dropped and
    only the manifest, whose fingerprints may be newer, is replaced. A damaged release of that name, or one with other
    content, stays as it is and the new one gets a number behind its name.
    """
    made = manifest.read(tree)
    if made is None:
        problem = Problem(f"the tree has no {manifest.NAME}", tree.name, fix="build it before switching to it")
        raise FloorwalkError(problem, Exit.BUG)
    settings.releases.mkdir(parents=True, exist_ok=True)
    named = _named(settings, made)
    target = settings.releases / named.build_id
    if target.exists():
        manifest.write(named, target)
        shutil.rmtree(tree)
    else:
        manifest.write(named, tree)
        os.sync()  # a power cut after the switch must find whole files, not empty ones
        tree.rename(target)
        _flush_folder(settings.releases)
    point(settings, target)
    return target


def _named(settings: Settings, made: manifest.Manifest) -> manifest.Manifest:
    """The manifest under the first name that is free or holds exactly this content."""
    for name in itertools.chain([made.build_id], (f"{made.build_id}-{number}" for number in itertools.count(2))):
        folder = settings.releases / name
        if not folder.exists():
            return replace(made, build_id=name)
        existing = manifest.read(folder)
        if existing and existing.content_digest == made.content_digest and not manifest.differences(folder):
            return replace(made, build_id=name)
    raise AssertionError("itertools.count ended")


def point(settings: Settings, release: Path) -> None:
    """Let the site show a release: a new link beside the old one, then one replace."""
    beside = settings.work / _NEW_LINK
    beside.unlink(missing_ok=True)
    beside.symlink_to(Path(settings.releases.name) / release.name, target_is_directory=True)
    beside.replace(settings.site)
    _flush_folder(settings.work)


def prune(settings: Settings) -> list[str]:
    """Remove releases beyond `keep_releases`, the oldest builds first, never the current. Returns their build ids."""
    shown = current(settings)
    others = [folder for folder in releases(settings) if folder.resolve() != shown]
    doomed = others[settings.keep_releases - 1 :] if shown else others[settings.keep_releases :]
    for folder in doomed:
        remove(settings, folder)
    return [folder.name for folder in doomed]


def remove(settings: Settings, release: Path) -> None:
    """Remove one release that is not shown.

    Renamed first: a run killed while removing leaves no folder that looks like a release.
    """
    half_gone = settings.releases / f"{_DOOMED}{release.name}"
    _remove(half_gone)
    release.rename(half_gone)
    _remove(half_gone)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
