"""One run over a drop folder: recognise every file, refuse a drop that mixes data sets, take in what is new.

Belongs here: the order of things and the words a person reads when a drop is refused. Does not belong here: how a file
is recognised (`identify`), taken in (`receive`), or what the run hands on (`results`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.contract import Contract, load_contract
from pipelines.ingest.identify import Found, Recognised, Unrecognised, files_in, recognise
from pipelines.ingest.lake import Lake, Record, sha256_of
from pipelines.ingest.layout import Layouts, load_layouts
from pipelines.ingest.readers import Unreadable
from pipelines.ingest.receive import Arrival, Receiver
from pipelines.ingest.results import Intake, deliveries_of, explain
from pipelines.ingest.supersede import Superseded, reconcile
from pipelines.progress import Progress


def take_in(
    drop: Path, lake: Path, dbt_project: Path, *, memory_limit: str, scratch: Path, progress: Progress
) -> Intake:
    """Take every new file of `drop` into `lake`; `scratch` is a folder of this run that may be deleted afterwards.

    Raises FloorwalkError: USAGE for a missing folder or a faulty layout, INPUT_REJECTED for a drop that mixes closed
    data sets or, with an empty lake, holds nothing that is recognised. Nothing is written to the lake then.
    """
    if not drop.is_dir():
        raise FloorwalkError(
            Problem("there is no such folder", where=str(drop), fix="name the folder with the exports")
        )
    contract = load_contract(dbt_project)
    layouts = load_layouts(dbt_project, contract)
    receiver = Receiver(Lake(lake.resolve()), layouts.parsers, memory_limit, scratch.resolve())
    return _Run(contract, layouts, receiver, progress).over(drop)


@dataclass
class _Run:
    contract: Contract
    layouts: Layouts
    receiver: Receiver
    progress: Progress
    notes: list[Problem] = field(default_factory=list)
    read_again: dict[str, list[str]] = field(default_factory=dict)
    unrecognised: list[Unrecognised] = field(default_factory=list)

    def over(self, drop: Path) -> Intake:
        found = list(files_in(drop))
        self.progress.stage("take in", total=len(found))
        held = {record.sha256: record for record in self.receiver.lake.records()}
        arrivals = self._recognise_all(found, held)
        self._refuse_mixture(drop, arrivals, list(held.values()))
        if not arrivals and not held:
            raise FloorwalkError(self._nothing_recognised(drop), Exit.INPUT_REJECTED)
        self.notes += [explain(file) for file in self.unrecognised if file.reason != "not_a_data_file"]
        self.receiver.lake.prepare()
        current = [record for old in held.values() if (record := self._as_mapped_now(old)) is not None]
        sequence = max((record.sequence for record in held.values()), default=0)
        new: list[Record] = []
        for arrival in arrivals:
            try:
                new.append(self.receiver.take(arrival, sequence + len(new) + 1))
            except Unreadable as error:
                self._left_unreadable(arrival.found.name, error)
        return self._intake([*current, *new], {record.delivery_id for record in new}, list(held.values()))

    def _left_unreadable(self, name: str, error: Unreadable) -> None:
        file = Unrecognised(name, "", "", "unreadable")
        self.unrecognised.append(file)
        self.notes.append(replace(explain(file), why=str(error)))

    def _recognise_all(self, found: Sequence[Found], held: Mapping[str, Record]) -> list[Arrival]:
        arrivals: dict[str, Arrival] = {}
        for number, file in enumerate(found):
            if not file.is_data:
                self.unrecognised.append(Unrecognised(file.name, "", "", "not_a_data_file"))
            elif (sha256 := sha256_of(file.path)) in held or sha256 in arrivals:
                self._note_same_bytes(file.name, held[sha256].file if sha256 in held else arrivals[sha256].found.name)
            else:
                seen = recognise(file.path, file.name, self.layouts.by_name, self.receiver.scratch / f"look{number}")
                if isinstance(seen, Recognised):
                    arrivals[sha256] = Arrival(file, sha256, seen)
                    self._note_doubts(file.name, seen)
                else:
                    self.unrecognised.append(seen)
            self.progress.advance(note=file.name)
        return list(arrivals.values())

    def _note_same_bytes(self, name: str, earlier: str) -> None:
        if name != earlier:
            what = f"holds the same bytes as {earlier} and is not counted again"
            self.notes.append(Problem(what, where=name))

    def _note_doubts(self, name: str, seen: Recognised) -> None:
        if seen.also_fits:
            what = f"fits the mappings {seen.layout.name} and {seen.also_fits} equally; read as {seen.layout.name}"
            self.notes.append(Problem(what, where=name, fix="make one of the two ask for a column the other lacks"))
        for header in seen.repeated:
            what = f"the header {header!r} is there more than once; the first column was read"
            self.notes.append(Problem(what, where=name, fix="give the columns of the export different names"))
        if seen.encoding.evidence.startswith("best guess"):
            what = f"read as {seen.encoding.name}, a guess from the bytes"
            self.notes.append(Problem(what, where=name, fix=f"state `encoding` in {seen.layout.name}.yml"))

    def _refuse_mixture(self, drop: Path, arrivals: Sequence[Arrival], held: Sequence[Record]) -> None:
        sets: dict[str, list[str]] = {}
        for record in held:
            if record.data_set is not None:
                sets.setdefault(record.data_set, []).append(f"{record.file} (taken in earlier)")
        for arrival in arrivals:
            if arrival.recognised.layout.data_set is not None:
                sets.setdefault(arrival.recognised.layout.data_set, []).append(arrival.found.name)
        if len(sets) > 1:
            listed = "; ".join(f"{name}: {', '.join(sorted(files))}" for name, files in sorted(sets.items()))
            problem = Problem(
                f"the files belong to {len(sets)} data sets that are not one centre: {listed}",
                where=str(drop),
                why="figures over a mixture would describe no centre at all; nothing was taken in",
                fix="keep one data set per drop folder and build each into a work folder of its own (--drop, --work)",
            )
            raise FloorwalkError(problem, Exit.INPUT_REJECTED)

    def _nothing_recognised(self, drop: Path) -> list[Problem]:
        if not self.unrecognised:
            return [Problem("the folder holds no file", where=str(drop), fix="put the exports of the centre into it")]
        return [explain(file) for file in self.unrecognised]

    def _as_mapped_now(self, record: Record) -> Record | None:
        """The record as it is, or read again from the archive when its layout has changed; None if nothing fits now."""
        layout = self.layouts.by_name.get(record.layout)
        if layout is not None and layout.digest == record.mapping:
            return record
        original = self.receiver.lake.original(record)
        seen = recognise(original, record.file, self.layouts.by_name, self.receiver.scratch / f"again{record.sequence}")
        if isinstance(seen, Unrecognised):
            self.unrecognised.append(seen)
            what = f"was read as {record.layout} before; no mapping knows it now, so its rows are left out"
            self.notes.append(Problem(what, where=record.file, fix=f"restore the mapping {record.layout}.yml"))
            return None
        self.read_again.setdefault(seen.layout.name, []).append(record.file)
        try:
            return self.receiver.again(record, seen)
        except Unreadable as error:
            self._left_unreadable(record.file, error)
            return None

    def _told_again(self) -> list[Problem]:
        """One note per mapping: a change of the contract concerns every file of the lake."""
        return [
            Problem(
                f"read again from the archive because {layout}.yml, a parser or the contract changed: {len(files)}"
                + (" files" if len(files) > 1 else " file"),
                where=files[0] if len(files) == 1 else f"{files[0]} to {files[-1]}",
            )
            for layout, files in sorted(self.read_again.items())
        ]

    def _intake(self, records: list[Record], new: set[str], held: Sequence[Record]) -> Intake:
        records.sort(key=lambda record: record.sequence)
        files: dict[str, tuple[Path, ...]] = {}
        superseded: dict[str, Superseded] = {}
        keep: list[Path] = []
        with self.receiver.connection() as (connection, _):
            for table in self.contract.delivered.values():
                files[table.name] = tuple(
                    self.receiver.lake.accepted(table.name, record.delivery_id, record.mapping)
                    for record in records
                    if any(loaded.table == table.name for loaded in record.tables)
                )
                superseded[table.name], stored = reconcile(connection, self.receiver.lake, table, files[table.name])
                keep += [*files[table.name], *stored]
        for record in {old.delivery_id: old for old in [*held, *records]}.values():
            keep.append(self.receiver.lake.original(record))
            for loaded in record.tables:
                keep.append(self.receiver.lake.accepted(loaded.table, record.delivery_id, record.mapping))
                keep.append(self.receiver.lake.refused(loaded.table, record.delivery_id, record.mapping))
        self.receiver.lake.sweep(self.contract.delivered, keep)
        deliveries = tuple(deliveries_of(records, superseded))
        return Intake(
            deliveries=deliveries,
            new_deliveries=tuple(delivery for delivery in deliveries if delivery.delivery_id in new),
            unrecognised=tuple(sorted(self.unrecognised, key=lambda file: file.file)),
            notes=(*self.notes, *self._told_again()),
            accepted_files=files,
            superseded=superseded,
            refusals={(r.delivery_id, loaded.table): loaded.refusals for r in records for loaded in r.tables},
            mappings={record.delivery_id: record.mapping for record in records},
        )
