"""Looks whether the lake still holds what was put into it, and says what is wrong, why it matters and what to do.

Two ways of looking: a build compares names and sizes; `floorwalk doctor` reads every byte against its checksum.
Belongs here: finding damage in originals, accepted and refused rows, and its words. Does not belong here: making
anything again (`mending`), the words for records (`records`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import duckdb

from pipelines import storage
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.lake import Lake, archive, sha256_of
from pipelines.ingest.published import FOLDER as PUBLISHED
from pipelines.ingest.records import Kept, Record

MEND = "floorwalk doctor --work FOLDER --mend"

State = Literal["missing", "changed"]
_STATES: Mapping[State, str] = {"missing": "is missing", "changed": "is not what was written"}


@dataclass(frozen=True)
class Damage:
    """A data file of a delivery that is not what was committed. `is_original`: else rows, made from the original."""

    record: Record
    file: Path
    state: State
    is_original: bool

    @property
    def words(self) -> Problem:
        """What a person reads; the same on a build, in the doctor and on the data page."""
        if not self.is_original:
            fix = f"{MEND} makes it again from the archived original"
            return Problem(self._what("a file with rows"), self._where, "figures over what is left would be wrong", fix)
        if self.record.erasures:
            what = self._what("the archive of what an erasure left")
            why = "its rows could not be made again from it; they are there and used"
            return Problem(what, self._where, why, f"{MEND}, or the next build, makes it again from the rows")
        why = "its rows are there and used, but could not be read again when a mapping or the contract changes"
        bring = f"put {self.record.file}, as it was delivered, into the drop and build; it is archived anew"
        aside = f"run {MEND}, which sets the damaged copy aside; then {bring}"
        return Problem(self._what("the original"), self._where, why, bring if self.state == "missing" else aside)

    @property
    def made_again(self) -> Problem:
        """What a build says that makes rows again by itself."""
        what = f"{self._what('a file with rows')}; it is made again from the archived original"
        if self.is_original:
            what = f"{self._what('the archive of what an erasure left')}; it is made again from the rows"
        return Problem(what, self._where, fix="look at the disk if this happens again")

    @property
    def lost(self) -> Problem:
        """What a build says when neither rows nor original are whole."""
        what = f"{self._what('a file with rows')}, and its original cannot be read either"
        fix = f"put {self.record.file}, as it was delivered, into the drop and build"
        if self.record.erasures:
            fix = "restore both from the backup of the lake; without one, remove lake/deliveries/"
            fix += f"{self.record.delivery_id}.json, put the file as it was delivered into the drop and build: nobody "
            fix += "who was erased comes back with it"
        return Problem(what, self._where, "figures over what is left would be wrong, so no site is built", fix)

    def _what(self, kind: str) -> str:
        return f"{kind} of {self.record.file} {_STATES[self.state]}"

    @property
    def _where(self) -> str:
        return f"lake/{self.file.parent.name}/{self.file.name}"


def look(lake: Lake, records: Iterable[Record], *, thorough: bool = False) -> tuple[Damage, ...]:
    """Every damaged data file of the records. Thorough reads every byte; otherwise names and sizes are compared."""
    return tuple(damage for record in records for damage in _of(lake, record, thorough))


def _of(lake: Lake, record: Record, thorough: bool) -> Iterator[Damage]:
    known = {kept.name: kept for kept in record.kept}
    original = lake.original(record)
    for file in (original, *lake.rows_of(record)):
        is_original = file == original
        kept = known.get(file.relative_to(lake.root).as_posix())
        state = _state(file, kept, record, is_original, thorough)
        if state is not None:
            yield Damage(record, file, state, is_original)


def _state(file: Path, kept: Kept | None, record: Record, is_original: bool, thorough: bool) -> State | None:
    if not file.is_file():
        return "missing"
    if kept is not None and file.stat().st_size != kept.size:
        return "changed"
    if not thorough:
        return None
    if kept is not None or is_original:
        expected = kept.sha256 if kept is not None else archived_sha256(record)
        return None if sha256_of(file) == expected else "changed"
    return None if is_readable(file) else "changed"  # a record of format 1 has no checksums of rows


def is_readable(file: Path) -> bool:
    """Whether every value of a Parquet file can be read."""
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute("select count(columns(*)) from read_parquet(?)", [str(file)]).fetchall()
    except duckdb.Error:
        return False
    return True


@dataclass(frozen=True)
class Attended:
    """What a build did about damage before it went on. `remake`: deliveries whose rows are to be read again."""

    notes: tuple[Problem, ...]
    remake: frozenset[str]


def attend(lake: Lake, records: Sequence[Record], returned: Mapping[str, Path]) -> Attended:
    """Archive lost originals anew that the drop holds again, and say which rows are to be made again.

    `returned` maps sha256 to a file of the drop. Raises FloorwalkError (CHECKS_FAILED) for rows that cannot be made.
    """
    notes = _restore(lake, look(lake, records), returned)
    damages = look(lake, records)
    without = {damage.record.delivery_id for damage in damages if damage.is_original}
    of_rows = {damage.record.delivery_id for damage in damages if not damage.is_original}
    left = [d for d in damages if d.is_original and d.record.erasures and d.record.delivery_id not in of_rows]
    rows = [damage for damage in damages if not damage.is_original]
    if lost := [damage.lost for damage in rows if damage.record.delivery_id in without]:
        raise FloorwalkError(lost, Exit.CHECKS_FAILED)
    notes += [damage.words for damage in damages if damage.is_original and not damage.record.erasures]
    notes += [damage.made_again for damage in (*rows, *left)]
    return Attended(tuple(notes), frozenset(damage.record.delivery_id for damage in (*rows, *left)))


def _restore(lake: Lake, damages: Iterable[Damage], returned: Mapping[str, Path]) -> list[Problem]:
    notes = list[Problem]()
    for damage in damages:
        file = returned.get(damage.record.sha256)
        if not damage.is_original or file is None or damage.record.erasures:
            continue
        sha256, name = archive(file, lake.root / "originals")
        if sha256 == damage.record.sha256:
            (lake.root / "originals" / name).replace(damage.file)
            notes.append(Problem("the archived original was lost and is archived anew", where=damage.record.file))
    return notes


def archived_sha256(record: Record) -> str:
    """What the archived file of a delivery must have: of the file as delivered, or of what an erasure left of it."""
    return record.kept[0].sha256 if record.erasures and record.kept else record.sha256


def list_words(file: Path) -> Problem:
    """Words for a list of replaced rows that is not what the accepted rows give."""
    return Problem(
        "a list of replaced rows is not what the accepted rows give",
        where=f"lake/superseded/{file.parent.name}/{file.name}",
        why="rows that a later delivery replaced would be counted, or rows that count would be left out",
        fix=f"{MEND} makes it again from the accepted rows",
    )


def demand_original(lake: Lake, record: Record, why: str) -> None:
    """Raise FloorwalkError when a file that is about to be read again is not the one that was delivered.

    `why` says what it is read again for.
    """
    original = lake.original(record)
    state: State | None = "missing" if not original.is_file() else None
    if state is None and sha256_of(original) != archived_sha256(record):
        state = "changed"
    if state is not None:
        words = Damage(record, original, state, is_original=True).words
        raise FloorwalkError(replace(words, why=why), Exit.CHECKS_FAILED)


@contextmanager
def blamed(lake: Path) -> Iterator[None]:
    """When the block fails over a damaged lake, say the damage (CHECKS_FAILED) instead of what came of it."""
    try:
        yield
    except FloorwalkError:
        raise
    except Exception as error:
        if storage.number_of(error) is not None:
            raise
        if words := damage(lake):
            raise FloorwalkError(words, Exit.CHECKS_FAILED) from error
        raise


def damage(lake: Path) -> tuple[Problem, ...]:
    """Damage to rows, which figures would suffer from, in words; reads every byte."""
    held = Lake(lake.resolve())
    records, faults = held.read_records()
    rows = (found.words for found in look(held, records, thorough=True) if not found.is_original)
    of_published = published(held)
    lists = sorted((held.root / "superseded").glob("*/*.parquet"))
    return (*faults, *rows, *(list_words(file) for file in lists if not is_readable(file)), *of_published)


def published(lake: Lake) -> list[Problem]:
    """What was published and cannot be read any more."""
    return [
        Problem(
            "a record of what was published cannot be read",
            where=f"lake/{PUBLISHED}/{file.name}",
            why="what changed since then could not be told any more; it cannot be made again",
            fix="restore this one file from the backup of the lake",
        )
        for file in sorted((lake.root / PUBLISHED).glob("*.parquet"))
        if not is_readable(file)
    ]
