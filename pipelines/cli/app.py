"""The commands of `floorwalk` and how each ends. Heavy modules are imported by the command that needs them.

Belongs here: flags, help, exit codes. Does not belong here: work, drawing (`terminal`), what is wrong (`errors`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipelines.cli import mapping, purge, terminal
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.settings import LANGUAGES, PROJECT, Settings, load_settings, quiet_tools

if TYPE_CHECKING:
    from pipelines.stages import BuildRecord

app = typer.Typer(
    name="floorwalk",
    help="Call-centre performance and coaching as a static site, from a folder of exports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 fault of ours, 2 usage or settings, 3 input rejected, 4 checks failed and site not "
    "switched, 5 disk or publishing failed and old site live, 6 nothing to do, 75 another build is running.",
)
explain_app = typer.Typer(no_args_is_help=True, help="Say what something is and how it is computed.")
app.add_typer(explain_app, name="explain")
app.command("map", epilog=mapping.MAP_EXAMPLES)(mapping.map_export)
app.command("templates", epilog=mapping.TEMPLATES_EXAMPLES)(mapping.templates)
app.command("key", epilog=purge.KEY_EXAMPLE)(purge.key)
app.command("purge", epilog=purge.PURGE_EXAMPLES)(purge.purge)

Work = Annotated[Path | None, typer.Option(help="Folder the build owns.", show_default="work/<name of the drop>")]
Languages = Annotated[str | None, typer.Option(help="Languages, comma-separated.", show_default=",".join(LANGUAGES))]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (that of the process by default) and return its exit code."""
    quiet_tools()
    problems = Console(stderr=True)
    try:
        app(args=list(sys.argv[1:] if arguments is None else arguments), prog_name="floorwalk")
    except SystemExit as end:
        return int(end.code or 0)
    except FloorwalkError as error:
        terminal.print_problems(problems, error.problems)
        return int(error.exit_code)
    except terminal.Crash as crash:
        return _apologise(problems, crash)
    except Exception as error:  # noqa: BLE001 - the last line of defence: saved to a file and said plainly
        return _apologise(problems, terminal.Crash(error, terminal.save_traceback(error)))
    return int(Exit.OK)


def _apologise(console: Console, crash: terminal.Crash) -> int:
    problem = Problem(
        f"a fault in Floorwalk itself stopped this command ({crash})",
        fix=f"the published site is unchanged; the details are in {crash.file}",
    )
    terminal.print_problems(console, [problem])
    return int(Exit.BUG)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"floorwalk {version('floorwalk')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    return None


@app.command(epilog="Examples: floorwalk demo | floorwalk demo --agents 1000 --teams 60 --contacts 10000000")
def demo(
    agents: Annotated[int, typer.Option(min=1, help="People who take contacts.")] = 150,
    teams: Annotated[int, typer.Option(min=1)] = 12,
    contacts: Annotated[int, typer.Option(min=1, help="Contacts over six quarters.")] = 400_000,
    work: Annotated[Path, typer.Option(help="Folder for the exports (drop/) and the site.")] = Path("work/demo"),
    lang: Languages = None,
    as_json: AsJson = False,
) -> None:
    """Write a believable centre's exports and build its site."""
    from pipelines.demo import write_demo

    invented = {"free_text": "redacted"}  # nobody has said these words
    settings = load_settings({"drop": work / "drop", "work": work, "languages": lang}, usual=invented)
    console = Console(stderr=True)
    with terminal.tracebacks_in(settings.work), terminal.progress(console) as progress:
        write_demo(settings.work, agents=agents, teams=teams, contacts=contacts, progress=progress)
    _build(settings, fresh=False, as_json=as_json, idle=Exit.OK)


@app.command(
    epilog="Examples: floorwalk build --drop exports | floorwalk build --drop exports --lang zh --json | "
    "floorwalk build --drop exports --fresh"
)
def build(
    drop: Annotated[Path | None, typer.Option(help="Folder of exports as delivered; only read.")] = None,
    work: Work = None,
    lang: Languages = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Build even when nothing has changed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take exports in, compute, render, verify and switch the site."""
    _build(
        load_settings({"drop": drop, "work": work, "languages": lang}),
        fresh=fresh,
        as_json=as_json,
        idle=Exit.NOTHING_TO_DO,
    )


def _build(settings: Settings, *, fresh: bool, as_json: bool, idle: Exit) -> None:
    from pipelines import stages

    console = Console(stderr=True)
    with terminal.tracebacks_in(settings.work), terminal.progress(console) as progress:
        record = stages.build(settings, progress, fresh=fresh)
    terminal.print_problems(console, record.notes, style="yellow")
    if not record.is_new:
        console.print("Nothing has changed since the last build; --fresh builds all the same.", highlight=False)
    if as_json:
        terminal.print_json(record.as_json())
    else:
        _show(record, Console(), settings)
    if not record.is_new:
        raise typer.Exit(int(idle))


def _show(record: BuildRecord, console: Console, settings: Settings) -> None:
    from rich.table import Table

    table = Table("table", box=None, padding=(0, 2, 0, 0))
    for heading in ("accepted", "refused", "held"):
        table.add_column(heading, justify="right")
    for name, rows in record.tables.items():
        table.add_row(name, *(f"{rows[key]:,}" for key in ("accepted", "refused", "held")))
    console.print(table, highlight=False)
    spent = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in record.stages.items())
    console.print(f"\n{record.pages:,} pages, {record.rewritten_pages:,} of them rewritten ({spent})", highlight=False)
    shown = settings.work.relative_to(Path.cwd()) if settings.work.is_relative_to(Path.cwd()) else settings.work
    console.print(f"Serve it with: floorwalk serve --work {shown}", markup=False, highlight=False, soft_wrap=True)
    start = settings.site / "index.html"
    console.print(f"Open {start.as_uri()}", highlight=False, soft_wrap=True)


@app.command(epilog="Examples: floorwalk serve | floorwalk serve --work work/exports --port 8080")
def serve(
    work: Annotated[Path, typer.Option(help="Work folder of a build.")] = Path("work/demo"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8000,
) -> None:
    """Show the current site on this machine only, until Ctrl-C."""
    from pipelines import loopback

    with loopback.server(work.expanduser().resolve() / "site", port) as server:
        typer.echo(f"http://{loopback.HOST}:{server.server_port}/  (Ctrl-C ends it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            raise typer.Exit from None


@app.command(epilog="Example: floorwalk check")
def check(
    truth: Annotated[
        bool, typer.Option("--truth", help="Score the judgement layer on centres whose truth is known instead.")
    ] = False,
    seeds: Annotated[int, typer.Option(help="Centres to make with --truth; promises need 20.", min=1)] = 20,
    agents: Annotated[int, typer.Option(help="Agents of each of them.", min=24)] = 200,
    contacts: Annotated[
        int | None,
        typer.Option(help="Contacts of each agent over all quarters, if not as many as promises need.", min=200),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look whether everything people edit is whole: contract, layouts, KPIs, words, pages, documents, dbt project."""
    from pipelines.cli import check as checking

    if truth:
        _check_truth(seeds, agents, contacts, as_json)
        return
    console, found = Console(stderr=True), {}
    with terminal.tracebacks_in(PROJECT / "work"):
        for name, problems in checking.run():
            found[name] = problems
            console.print(f"{'fail' if problems else 'ok':<5} {name}", highlight=False)
            terminal.print_problems(console, problems)
    if as_json:
        terminal.print_json({name: [vars(problem) for problem in problems] for name, problems in found.items()})
    if any(found.values()):
        raise typer.Exit(int(Exit.CHECKS_FAILED))


def _check_truth(seeds: int, agents: int, contacts: int | None, as_json: bool) -> None:
    """Print how often the judgement layer was right; exit non-zero when a promise is broken."""
    from pipelines.truth import measure

    console = Console(stderr=True)
    with (
        terminal.tracebacks_in(PROJECT / "work"),
        TemporaryDirectory(prefix="floorwalk-truth-") as folder,
        terminal.progress(console) as progress,
    ):
        table = measure(Path(folder), seeds, agents, contacts, progress)
    if as_json:
        terminal.print_json(table.as_json())
    else:
        terminal.print_rows(("What was counted", "Share", "Likely range (90 %)", "Promise", ""), table.as_rows())
    if not table.is_kept:
        raise typer.Exit(int(Exit.CHECKS_FAILED))


@app.command(epilog="Examples: floorwalk doctor --work /srv/floorwalk | floorwalk doctor --work /srv/floorwalk --mend")
def doctor(
    work: Annotated[Path, typer.Option(help="Work folder a build would use.")] = Path("work"),
    mend: Annotated[bool, typer.Option("--mend", help="Make what is damaged again, from the originals.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild-check", help="Make the lake anew from its originals, beside it, and compare.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look whether this machine can build and the work folder is whole, and say what to do where not."""
    from pipelines.cli import upkeep

    raise typer.Exit(int(upkeep.run(work.expanduser().resolve(), mend=mend, rebuild=rebuild, as_json=as_json)))


@explain_app.command("kpi", epilog="Example: floorwalk explain kpi average_handle_time")
def explain_kpi(
    kpi_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the KPI, as in the address of its page.")],
    as_json: AsJson = False,
) -> None:
    """Names, meaning, the formula that runs, unit and needs of one KPI."""
    from pipelines.cli import catalogue, explain

    entry = catalogue.find(kpi_id, catalogue.entries(PROJECT / "dbt_project"))
    if as_json:
        terminal.print_json(explain.as_json(entry))
    else:
        explain.show(entry, Console())
