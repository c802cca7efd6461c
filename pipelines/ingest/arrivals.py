"""What a drop folder holds: every file is known by its bytes, recognised, or left with a reason.

Belongs here: going through the files, and what a person is told of each. Does not belong here: how a file is recognised
(`identify`), taking it in (`receive`), the run as a whole (`intake`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.errors import Problem
from pipelines.ingest import removed
from pipelines.ingest.identify import Found, Recognised, Unrecognised, recognise
from pipelines.ingest.layout import Layouts
from pipelines.ingest.opening import no_access
from pipelines.ingest.readers import Unreadable
from pipelines.ingest.receive import Arrival
from pipelines.ingest.records import Record
from pipelines.ingest.results import explain
from pipelines.ingest.undecided import Undecided, tell_all
from pipelines.progress import Progress


@dataclass
class Told:
    """What a person is told of the files of one run."""

    notes: list[Problem] = field(default_factory=list)
    unrecognised: list[Unrecognised] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    """File that was left → what exactly was found, beyond the words of its reason."""

    def leave(self, name: str, error: Unreadable) -> None:
        """Left because it cannot be read."""
        self.unrecognised.append(Unrecognised(name, "", "", error.code))
        self.why[name] = str(error)

    def leave_late(self, name: str, error: Unreadable) -> None:
        """Left although it had been recognised: noted at once, as the others were noted before."""
        self.leave(name, error)
        self.notes.append(self.explained(self.unrecognised[-1]))

    def explained(self, file: Unrecognised) -> Problem:
        """Why a file was left, as a problem to print."""
        problem = explain(file)
        return replace(problem, why=self.why.get(file.file) or problem.why)

    def nothing_recognised(self, drop: Path) -> list[Problem]:
        """Why a drop gives an empty lake nothing."""
        if self.notes and not self.unrecognised:
            return list(self.notes)
        if not self.unrecognised:
            return [Problem("the folder holds no file", where=str(drop), fix="put the exports of the centre into it")]
        return [self.explained(file) for file in self.unrecognised]


@dataclass
class Look:
    """One look through a drop. `held`: sha256 → record of the lake; `gone`: sha256 → day of its removal."""

    layouts: Layouts
    scratch: Path
    held: Mapping[str, Record]
    gone: Mapping[str, str]
    sha256_of: Callable[[Path], str]
    told: Told
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    returned: dict[str, Path] = field(default_factory=dict)
    """sha256 → file of the drop whose bytes the lake has taken in before."""

    def over(self, found: Sequence[Found], progress: Progress) -> list[Arrival]:
        """The new files. Raises FloorwalkError for files whose mapping has an open question."""
        waiting = list[Undecided]()
        for number, file in enumerate(found):
            try:
                self._see(file, self.scratch / f"look{number}")
            except Unreadable as error:
                self.told.leave(file.name, error)
            except OSError as error:
                self.told.leave(file.name, no_access(error, file.path))
            except Undecided as error:
                waiting.append(error)
            progress.advance(note=file.name)
        tell_all(waiting)
        return list(self.arrivals.values())

    def _see(self, file: Found, scratch: Path) -> None:
        """One file: known bytes, or a new arrival, or left because no mapping knows it."""
        if not file.is_data:
            self.told.unrecognised.append(Unrecognised(file.name, "", "", file.reason))
            return
        sha256 = self.sha256_of(file.path)
        if (known := self.held.get(sha256)) is not None:
            self.returned.setdefault(sha256, file.path)
            if not known.erasures:  # its name may tell of somebody erased
                self._note_same_bytes(file.name, known.file)
        elif sha256 in self.arrivals:
            self.returned.setdefault(sha256, file.path)
            self._note_same_bytes(file.name, self.arrivals[sha256].found.name)
        elif sha256 in self.gone:
            self.told.notes.append(removed.note(file.name, self.gone[sha256]))
        else:
            seen = recognise(file.path, file.name, self.layouts, scratch)
            if isinstance(seen, Recognised):
                self.arrivals[sha256] = Arrival(file, sha256, seen)
                self._note_doubts(file.name, seen)
            else:
                self.told.unrecognised.append(seen)

    def _note_same_bytes(self, name: str, earlier: str) -> None:
        if name != earlier:
            what = f"holds the same bytes as {earlier} and is not counted again"
            self.told.notes.append(Problem(what, where=name))

    def _note_doubts(self, name: str, seen: Recognised) -> None:
        notes = self.told.notes
        if seen.also_fits:
            what = f"fits the mappings {seen.layout.name} and {seen.also_fits} equally; read as {seen.layout.name}"
            notes.append(Problem(what, where=name, fix="make one of the two ask for a column the other lacks"))
        for header in seen.repeated:
            what = f"the header {header!r} is there more than once; the first column was read"
            notes.append(Problem(what, where=name, fix="give the columns of the export different names"))
        if seen.encoding.evidence.startswith("best guess"):
            what = f"read as {seen.encoding.name}, a guess from the bytes"
            notes.append(Problem(what, where=name, fix=f"state `encoding` in {seen.layout.name}.yml"))
