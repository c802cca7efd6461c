"""One run over a drop folder: recognise every file, refuse a drop that mixes data sets, take in what is new.

Belongs here: the order of things and the words a person reads when a drop is refused. Does not belong here: how a file
is recognised (`identify`), taken in (`receive`), or what the run hands on (`results`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pipelines import storage
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import care, cut, erased, removed
from pipelines.ingest.accepted import Acceptance, read_accepted
from pipelines.ingest.arrivals import Look, Told
from pipelines.ingest.contract import Contract, load_contract
from pipelines.ingest.identify import Unrecognised, files_in, recognise
from pipelines.ingest.judge import Judge
from pipelines.ingest.lake import Lake, hashed_ahead
from pipelines.ingest.layout import Layout, Layouts, load_layouts
from pipelines.ingest.mixture import refuse_mixture
from pipelines.ingest.opening import no_access
from pipelines.ingest.owners import doubt_notes
from pipelines.ingest.readers import Unreadable
from pipelines.ingest.receive import Receiver, room_for
from pipelines.ingest.records import Record
from pipelines.ingest.results import Intake, deliveries_of
from pipelines.ingest.standing import discard, refuse_stopped, standing_doubts
from pipelines.ingest.stock import take_stock
from pipelines.ingest.undecided import undecided_notes
from pipelines.progress import Progress


def take_in(
    drop: Path,
    lake: Path,
    dbt_project: Path,
    *,
    memory_limit: str,
    scratch: Path,
    progress: Progress,
    now: datetime | None = None,
) -> Intake:
    """Take every new file of `drop` into `lake`; `scratch` is a folder of this run that may be deleted afterwards.

    `now` is the local time at which files are taken in; without it the clock is asked.

    Raises FloorwalkError: USAGE for a missing folder or a faulty layout, INPUT_REJECTED for a drop that mixes closed
    data sets, is stopped by a doubt or, with an empty lake, holds nothing that is recognised; nothing of it counts.
    CHECKS_FAILED for a lake whose damage cannot be mended from its originals, PUBLISH_FAILED for a disk that is full,
    read-only or broken: files that were committed before stay committed, nothing else counts.
    """
    if not drop.is_dir():
        raise FloorwalkError(
            Problem("there is no such folder", where=str(drop), fix="name the folder with the exports")
        )
    contract = load_contract(dbt_project)
    layouts = load_layouts(dbt_project, contract)
    receiver = Receiver(Lake(lake.resolve()), layouts.parsers, memory_limit, scratch.resolve())
    with storage.told(lake), care.blamed(lake):
        local = now or datetime.now().astimezone().replace(tzinfo=None)
        return _Run(contract, layouts, receiver, progress, dbt_project, local).over(drop)


FEW_MAPPINGS = 3
"""So many are named one by one when their files are read again."""


@dataclass
class _Run:
    contract: Contract
    layouts: Layouts
    receiver: Receiver
    progress: Progress
    dbt_project: Path
    now: datetime
    told: Told = field(default_factory=Told)
    read_again: dict[str, list[str]] = field(default_factory=dict)
    not_read_again: dict[str, list[str]] = field(default_factory=dict)
    remake: frozenset[str] = frozenset()
    """Deliveries whose rows are damaged and made again."""

    def over(self, drop: Path) -> Intake:
        accepted = read_accepted(self.dbt_project)
        erased.load(self.receiver.lake)  # a mark that cannot be read is told before any file is
        found = list(files_in(drop))
        self.progress.stage("take in", total=len(found))
        held = {record.sha256: record for record in self.receiver.lake.records()}
        gone, scratch = removed.removed(self.receiver.lake), self.receiver.scratch
        with hashed_ahead(file.path for file in found if file.is_data) as sha256_of:
            look = Look(self.layouts, scratch, held, gone, sha256_of, self.told)
            arrivals = look.over(found, self.progress)
        notes = self.told.notes
        notes += undecided_notes(self.layouts)
        refuse_mixture(drop, arrivals, list(held.values()))
        if not arrivals and not held:
            raise FloorwalkError(self.told.nothing_recognised(drop), Exit.INPUT_REJECTED)
        notes += [self.told.explained(file) for file in self.told.unrecognised if file.reason != "not_a_data_file"]
        storage.demand_room(self.receiver.lake.root, room_for(arrivals), "to take the new files in")
        self.receiver.lake.prepare()
        attended = care.attend(self.receiver.lake, list(held.values()), look.returned)
        notes += attended.notes
        self.remake = attended.remake
        current = [record for old in held.values() if (record := self._as_mapped_now(old)) is not None]
        sequence = max((record.sequence for record in held.values()), default=0)
        new: list[Record] = []
        with closing(self.receiver.take_all(arrivals, self.now)) as taking:
            for arrival, taken in taking:
                try:
                    new.append(replace(taken(), sequence=sequence + len(new) + 1))
                except Unreadable as error:
                    self.told.leave_late(arrival.found.name, error)
                except OSError as error:
                    self.told.leave_late(arrival.found.name, no_access(error, arrival.found.path))
        records = self._counted([*current, *new], list(held.values()), accepted)
        return self._intake(records, {record.delivery_id for record in new}, list(held.values()), accepted)

    def _counted(
        self, records: Sequence[Record], held: Sequence[Record], accepted: Sequence[Acceptance]
    ) -> list[Record]:
        """All records, those read in this run judged and then committed. Raises FloorwalkError when one is stopped."""
        lake, as_they_were = self.receiver.lake, {id(record) for record in held}
        fresh = [record for record in records if id(record) not in as_they_were]
        if not fresh:
            return list(records)
        standing = [record for record in records if id(record) in as_they_were]
        with self.receiver.connection() as (connection, _):
            judged = Judge(self.contract, lake, connection).judged(standing, fresh)
        try:
            refuse_stopped(judged, accepted)
        except FloorwalkError:
            discard(lake, fresh, held)
            raise
        committed = {record.delivery_id: lake.commit(record) for record in judged}
        return [committed.get(record.delivery_id, record) for record in records]

    def _as_mapped_now(self, record: Record) -> Record | None:
        """The record as it is, or read again from the archive when its layout has changed; None if nothing fits now."""
        layout = self.layouts.by_name.get(record.layout)
        damaged = record.delivery_id in self.remake
        if layout is not None and layout.digest == record.mapping and not damaged:
            return record
        if layout is not None and record.erasures:
            return self._left_of(record, layout)
        care.demand_original(self.receiver.lake, record, "its rows have to be read again, and cannot be")
        original = self.receiver.lake.original(record)
        try:
            seen = recognise(original, record.file, self.layouts, self.receiver.scratch / f"again{record.sequence}")
        except Unreadable as error:
            self.told.leave_late(record.file, error)
            return None
        if isinstance(seen, Unrecognised):
            self.told.unrecognised.append(seen)
            what = f"was read as {record.layout} before; no mapping knows it now, so its rows are left out"
            self.told.notes.append(Problem(what, where=record.file, fix=f"restore the mapping {record.layout}.yml"))
            return None
        if not damaged:
            self.read_again.setdefault(seen.layout.name, []).append(record.file)
        try:
            return self.receiver.again(record, seen)
        except Unreadable as error:
            self.told.leave_late(record.file, error)
            return None

    def _left_of(self, record: Record, layout: Layout) -> Record:
        """What an erasure left of a delivery, made again from its archive or, where that is damaged, from its rows."""
        if layout.digest != record.mapping:
            self.not_read_again.setdefault(layout.name, []).append(record.file)
        now = replace(record, mapping=layout.digest)
        lost = any(damage.is_original for damage in care.look(self.receiver.lake, [record], thorough=True))
        return self.receiver.left(record if lost else now, self.contract.delivered, rows_are_whole=lost)

    def _told_again(self) -> list[Problem]:
        """One note per mapping, or one for all: a change of the contract concerns every file of the lake."""
        kept = [cut.not_read_again(layout, files) for layout, files in sorted(self.not_read_again.items())]
        if len(self.read_again) > FEW_MAPPINGS:
            files = sum(map(len, self.read_again.values()))
            what = (
                f"read again from the archive because a parser, the contract or their mappings changed: {files:,} files"
            )
            return [*kept, Problem(what, where=f"{len(self.read_again)} mappings")]
        return kept + [
            Problem(
                f"read again from the archive because {layout}.yml, a parser or the contract changed: {len(files)}"
                + (" files" if len(files) > 1 else " file"),
                where=files[0] if len(files) == 1 else f"{files[0]} to {files[-1]}",
            )
            for layout, files in sorted(self.read_again.items())
        ]

    def _intake(
        self, records: list[Record], new: set[str], held: Sequence[Record], accepted: Sequence[Acceptance]
    ) -> Intake:
        records.sort(key=lambda record: record.sequence)
        layouts = self.layouts.by_name
        by_name = frozenset(r.delivery_id for r in records if layouts[r.layout].people == "by_name")
        stock = take_stock(self.receiver, self.contract, self.dbt_project, records, new, held, by_name)
        deliveries = tuple(deliveries_of(records, stock.superseded))
        doubts = standing_doubts(records, stock.superseded, accepted, stock.doubts)
        return Intake(
            deliveries=deliveries,
            new_deliveries=tuple(delivery for delivery in deliveries if delivery.delivery_id in new),
            unrecognised=tuple(sorted(self.told.unrecognised, key=lambda file: file.file)),
            notes=(
                *self.told.notes,
                *self._told_again(),
                *cut.note(self.receiver.erased, records, self.contract.delivered),
                *stock.notes,
                *doubt_notes(doubts, records, self.dbt_project),
            ),
            accepted_files=stock.files,
            superseded=stock.superseded,
            refusals={(r.delivery_id, loaded.table): loaded.refusals for r in records for loaded in r.tables},
            mappings={record.delivery_id: record.reading for record in records},
            doubts=doubts,
            by_name=by_name,
        )
