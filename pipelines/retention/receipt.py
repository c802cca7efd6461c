"""The receipt of a removal: when, what, counts, and the SHA-256 of every delivery it touched. No names, no rows.

  receipts/.pending.json             what is to go, written before anything goes: a killed run is completed from it
  receipts/<time>-<what>.json        the receipt, for programs
  receipts/<time>-<what>.txt         the same, for people

While an erasure is under way, and only then, the pending file says in clear who is meant.
Belongs here: files of receipts, what of them is damaged. Does not belong here: words (`outdated`, `erasure`), removing
(`purge`).
"""

from __future__ import annotations

import json
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import ASIDE, write_atomically
from pipelines.retention.aged import Receipt
from pipelines.retention.erasure import Erasure
from pipelines.settings import Settings

FORMAT = 1
PENDING = ".pending.json"
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, AttributeError)
Any = Receipt | Erasure


def folder(settings: Settings) -> Path:
    """Where receipts are; for the owner only."""
    return settings.work / "receipts"


def pending(settings: Settings) -> Any | None:
    """A removal that was begun and not ended. Raises FloorwalkError (CHECKS_FAILED) when it cannot be read."""
    file = folder(settings) / PENDING
    if not file.exists():
        return None
    try:
        return _read(file)
    except _UNREADABLE:
        raise FloorwalkError(_lost_plan(), Exit.CHECKS_FAILED) from None


def is_pending(settings: Settings) -> bool:
    """Whether a removal was begun and not ended."""
    return (folder(settings) / PENDING).exists()


def clear_up(settings: Settings) -> None:
    """Remove what a killed run was writing here or among the marks: it may say in clear who was meant."""
    for place in (folder(settings), settings.lake / "erased", settings.lake / "removed"):
        for file in place.glob(".writing-*"):
            file.unlink()


def begin(settings: Settings, receipt: Any) -> None:
    """Write down what is to go."""
    folder(settings).mkdir(mode=0o700, exist_ok=True)
    write_atomically(folder(settings) / PENDING, _json(receipt, is_pending=True))


def end(settings: Settings, receipt: Any) -> Path:
    """Write the receipt and forget the plan; returns the file for people."""
    told = folder(settings) / f"{receipt.name}.txt"
    write_atomically(folder(settings) / f"{receipt.name}.json", _json(receipt, is_pending=False))
    write_atomically(told, (text(receipt) + "\n").encode())
    (folder(settings) / PENDING).unlink(missing_ok=True)
    return told


def newest(settings: Settings) -> Path | None:
    """The receipt written last."""
    found = sorted(folder(settings).glob("[0-9]*.json"))
    return found[-1] if found else None


def text(receipt: Any, *, is_done: bool = True, most: int | None = None) -> str:
    """The receipt for people; `most` deliveries are listed, by default all."""
    return receipt.text(is_done=is_done, most=most)


def all_of(settings: Settings) -> tuple[tuple[Any, ...], tuple[Problem, ...]]:
    """Every receipt in order of time, and what is wrong with those that cannot be read and with the pending plan."""
    found, faults = list[Receipt | Erasure](), list[Problem]()
    for file in sorted(folder(settings).glob("[0-9]*.json")):
        try:
            found.append(_read(file))
        except _UNREADABLE:
            faults.append(_unreadable(file))
    try:
        pending(settings)
    except FloorwalkError as error:
        faults += error.problems
    return tuple(found), tuple(faults)


def set_aside(settings: Settings) -> list[Problem]:
    """Put damaged receipts and a plan that cannot be read out of use, where a person can look at them."""
    faults = all_of(settings)[1]
    for problem in faults:
        file = settings.work / problem.where
        aside = folder(settings) / ASIDE
        aside.mkdir(mode=0o700, exist_ok=True)
        number = sum(1 for _ in aside.iterdir()) + 1
        file.rename(aside / f"{number}-{file.name.lstrip('.')}")
    return list(faults)


def _read(file: Path) -> Any:
    raw = json.loads(file.read_text(encoding="utf-8"))
    if raw.pop("format") != FORMAT:
        raise ValueError("another format")
    return Erasure.read(raw) if raw.pop("kind", "age") == "erasure" else Receipt.read(raw)


def _json(receipt: Any, *, is_pending: bool) -> bytes:
    kind = "erasure" if isinstance(receipt, Erasure) else "age"
    content = {"format": FORMAT, "kind": kind} | receipt.as_json(is_pending=is_pending)
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _unreadable(file: Path) -> Problem:
    return Problem(
        "a receipt of a removal cannot be read",
        where=f"receipts/{file.name}",
        why="it is the proof that this removal took place; nothing else depends on it",
        fix=f"restore it from the backup; {file.stem}.txt beside it says the same for people",
    )


def _lost_plan() -> Problem:
    return Problem(
        "a removal was begun and not ended, and what it was to remove cannot be read",
        where=f"receipts/{PENDING}",
        why="some of it is gone, some may still be there",
        fix="floorwalk doctor --work FOLDER --mend sets the file aside; then run the same floorwalk purge again, which "
        "removes what is left",
    )
