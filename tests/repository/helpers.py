"""What the tests of this folder share: which files the repository holds."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path

from pipelines.settings import PROJECT


@lru_cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is tracked or would be (not ignored), relative to the project; without git, every file."""
    listed = subprocess.run(
        ["git", "-C", str(PROJECT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        names = (Path(name) for name in listed.stdout.split("\0") if name)
        return tuple(sorted(name for name in names if (PROJECT / name).is_file()))
    skipped = {".git", ".venv", "work", "__pycache__", ".dagster", "target", "logs", "floorwalk.egg-info"}
    found = (path.relative_to(PROJECT) for path in PROJECT.rglob("*") if path.is_file())
    return tuple(sorted(n for n in found if not skipped.intersection(n.parts) and n.parts[0] != "bench"))


def python_modules() -> list[Path]:
    """Modules of the machinery, relative to the project."""
    return [name for name in repository_files() if name.parts[0] == "pipelines" and name.suffix == ".py"]


def text_of(name: Path) -> str | None:
    """A file's text; None for pictures, fonts and other bytes."""
    try:
        return (PROJECT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
