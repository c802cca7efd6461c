"""The commands `map` and `templates`: what is asked for, where it is written, how each ends.

Belongs here: flags, help, exit codes of the two. Does not belong here: proposing (`pipelines.mapping`), drawing
(`mapping_shown`).
"""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from pipelines.cli import mapping_shown, terminal
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.settings import PROJECT

if TYPE_CHECKING:
    from pipelines.mapping import Proposal, Trial

DBT_PROJECT = PROJECT / "dbt_project"
MAP_EXAMPLES = (
    "Examples: floorwalk map calls.csv | floorwalk map calls.csv --out dbt_project/exports/calls.yml | "
    "floorwalk map calls.csv --check dbt_project/exports/calls.yml"
)
TEMPLATES_EXAMPLES = "Examples: floorwalk templates work/templates | floorwalk templates work/templates --table agents"


def map_export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One file as the source system exported it; only read.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Where the proposed layout is written; one that is there is checked instead. Else: stdout."),
    ] = None,
    table: Annotated[str, typer.Option(help="Contract table to feed, if not the one that fits best.")] = "",
    check: Annotated[Path | None, typer.Option(help="Only show how the file reads with this layout.")] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Propose even where a layout reads the file.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")] = False,
) -> None:
    """Propose a layout for an unseen export, or show how a file reads with one. No lake is touched."""
    from pipelines import mapping

    chosen = check or (out if out is not None and out.exists() else None)
    with terminal.tracebacks_in(PROJECT / "work"):
        known = None if chosen or anyway else mapping.try_project(_there(file), DBT_PROJECT)
        if chosen is not None:
            end = _check(file, chosen, as_json)
        elif known is not None and known.layout:
            end = _known(file, known, as_json)
        else:
            end = _propose(file, out, table, as_json)
    if end is not Exit.OK:
        raise typer.Exit(int(end))


def _there(file: Path) -> Path:
    if not file.is_file():
        raise FloorwalkError(Problem("there is no such file", where=str(file), fix="name the export to look at"))
    return file


def _check(file: Path, layout: Path, as_json: bool) -> Exit:
    """Show how the file reads with an edited layout; ends with 3 when no row can be used."""
    from pipelines import mapping

    if not layout.is_file():
        raise FloorwalkError(Problem("there is no such layout", where=str(layout), fix="name the .yml file to check"))
    trial = mapping.try_layout(_there(file), DBT_PROJECT, layout.stem, layout.read_text(encoding="utf-8"))
    if as_json:
        terminal.print_json({"layout": layout.stem, "trial": _trial_json(trial)})
    else:
        mapping_shown.trial(Console(), trial, f"{file.name} as {layout.name} reads it")
    return Exit.OK if trial.accepted else Exit.INPUT_REJECTED


def _known(file: Path, trial: Trial, as_json: bool) -> Exit:
    """A layout reads the file already: say how well, and end with 6."""
    if as_json:
        terminal.print_json({"layout": trial.layout, "trial": _trial_json(trial)})
    else:
        console = Console()
        mapping_shown.trial(console, trial, f"The layout {trial.layout} reads {file.name} already")
        console.print("Nothing to do; --anyway proposes another layout.", highlight=False)
    return Exit.NOTHING_TO_DO


def _propose(file: Path, out: Path | None, table: str, as_json: bool) -> Exit:
    from pipelines import mapping

    name = out.stem if out is not None else mapping.layout_name(file)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or (out is not None and out.suffix != ".yml"):
        fix = "lower case letters, digits and underscores, ending in .yml"
        raise FloorwalkError(Problem(f"{out} is no name for a layout", fix=fix))
    proposal = mapping.map_file(file, DBT_PROJECT, table)
    text = mapping.as_layout(proposal, name)
    try:
        trial = mapping.try_layout(file, DBT_PROJECT, name, mapping.as_layout(proposal, name, assumed=True))
        faults: tuple[Problem, ...] = ()
    except FloorwalkError as error:
        trial, faults = None, error.problems
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    if as_json:
        terminal.print_json(_json(proposal, name, text, trial, faults))
        return Exit.OK
    console = Console(stderr=out is None)
    mapping_shown.proposal(console, proposal, file)
    if trial is not None:
        mapping_shown.trial(console, trial, mapping_shown.title_of_first_rows(proposal))
    terminal.print_problems(console, faults)
    mapping_shown.what_next(console, proposal, file, out)
    if out is None:
        typer.echo(text, nl=False)
    return Exit.OK


def _json(proposal: Proposal, name: str, text: str, trial: Trial | None, faults: tuple[Problem, ...]) -> dict[str, Any]:
    return {
        "layout": name,
        "evidence": list(proposal.look.evidence()),
        "table": proposal.match.table.name,
        "tables": {
            table.match.table.name: {
                "columns": {column: value.written for column, value in table.values.items()},
                "when": table.when,
                "why": table.why,
            }
            for table in proposal.tables
        },
        "other_tables": [match.table.name for match in proposal.others],
        "needs_time_zone": proposal.needs_zone,
        "columns": {column: value.written for column, value in proposal.values.items()},
        "why": {column: list(value.why) for column, value in proposal.values.items()},
        "questions": [
            {"column": column, "question": value.question, "answers": [asdict(option) for option in value.options]}
            for column, value in proposal.questions
        ],
        "not_read": dict(proposal.not_read),
        "unknown": list(proposal.unknown),
        "text": text,
        "trial": None if trial is None else _trial_json(trial),
        "problems": [vars(problem) for problem in faults],
    }


def _trial_json(trial: Trial) -> dict[str, Any]:
    reads = [{**asdict(read), "refusals": [asdict(refusal) for refusal in read.refusals]} for read in trial.reads]
    left = None if trial.left is None else asdict(trial.left)
    return {"layout": trial.layout, "tables": reads, "notes": list(trial.notes), "left": left}


def templates(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write en/ and zh/ into.")],
    table: Annotated[list[str] | None, typer.Option(help="Contract table; may be given several times.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")] = False,
) -> None:
    """Write empty tables to fill in, one CSV and one workbook per contract table, in English and Chinese."""
    from pipelines import mapping

    with terminal.tracebacks_in(PROJECT / "work"):
        written = mapping.write_templates(folder, DBT_PROJECT, table or ())
    if as_json:
        terminal.print_json({"files": [str(file) for file in written]})
        return
    console = Console()
    console.print(f"{len(written)} files in {folder / 'en'} and {folder / 'zh'}", highlight=False, markup=False)
    console.print("Fill in what you need and put it into the drop folder; README.md says what goes where.")
