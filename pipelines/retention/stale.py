"""Releases and caches made from rows that have since been removed.

Belongs here: finding and removing them. Does not belong here: releases beyond the number that is kept (`site.release`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines.retention import receipt
from pipelines.settings import Settings
from pipelines.site import manifest, release


def forget(settings: Settings) -> int:
    """Remove every release but the shown one that was made before the newest receipt; returns how many.

    A build calls it after the switch, so that the release it replaced does not stay with what was removed.
    """
    newest = receipt.newest(settings)
    if newest is None:
        return 0
    removed_at = newest.stat().st_mtime_ns
    old = [folder for folder in others(settings) if (folder / manifest.NAME).stat().st_mtime_ns < removed_at]
    for folder in old:
        release.remove(settings, folder)
    return len(old)


def is_shown_still(settings: Settings) -> bool:
    """Whether the shown site was made before the newest receipt."""
    newest, shown = receipt.newest(settings), release.current(settings)
    if newest is None or shown is None or not (shown / manifest.NAME).is_file():
        return False
    return (shown / manifest.NAME).stat().st_mtime_ns < newest.stat().st_mtime_ns


def others(settings: Settings) -> list[Path]:
    """Every release but the shown one."""
    shown = release.current(settings)
    return [folder for folder in release.releases(settings) if folder.resolve() != shown]


def remove_caches(settings: Settings) -> None:
    """Remove what saves time and what tells of faults; both may quote what was delivered."""
    for folder in (settings.cache, settings.work / "errors"):
        shutil.rmtree(folder, ignore_errors=True)
