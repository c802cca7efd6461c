"""The commands `key` and `purge`: the key for codes in place of names, and the removal of what has grown old.

Belongs here: flags, help, exit codes, which day counts. Does not belong here: removing (`retention`), keys (`privacy`).
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines import privacy
from pipelines.cli import terminal
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.settings import Settings, load_settings

KEY_EXAMPLE = "Example: floorwalk key ~/floorwalk.key"
PURGE_EXAMPLES = (
    "Examples: floorwalk purge --before 2024-01-01 --dry-run | floorwalk purge --before 2024-01-01 --work work/exports"
)


def key(file: Annotated[Path, typer.Argument(help="Where the new key is put; nothing may stand there.")]) -> None:
    """Make the key for codes in place of names (setting identity = pseudonymised)."""
    privacy.make(file.expanduser())
    typer.echo(f"{file}: a new key, for its owner only. Keep a copy where no export and no page is kept.")


def purge(
    work: Annotated[Path, typer.Option(help="Work folder of a build.")] = Path("work"),
    before: Annotated[
        str | None, typer.Option(help="First day that is kept, such as 2024-01-01.", show_default="by retention_months")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")] = False,
) -> None:
    """Remove deliveries that are older than a day, with everything made from them, and write a receipt."""
    from pipelines import retention

    now, folder = datetime.now(UTC), work.expanduser().resolve()
    settings = load_settings({"work": folder}, usual={"drop": folder})
    day = first_day_kept(before, settings, now)
    receipts: tuple[retention.Receipt, ...] = (retention.plan(settings, day, now),)
    file: Path | None = None
    if not dry_run:
        receipts, file = retention.purge(settings, day, now)
    if as_json:
        terminal.print_json({"dry_run": dry_run, "receipts": [asdict(receipt) for receipt in receipts]})
    else:
        for receipt in receipts:
            typer.echo(retention.text(receipt, is_done=file is not None))
        typer.echo(f"Receipt: {file}" if file else "Nothing was removed.")
    if file is None and not dry_run:
        raise typer.Exit(int(Exit.NOTHING_TO_DO))


def first_day_kept(given: str | None, settings: Settings, now: datetime) -> date:
    """The day before which everything goes: as given, or by `retention_months`; FloorwalkError without either."""
    from pipelines.ingest import months_before

    if given is not None:
        try:
            return date.fromisoformat(given)
        except ValueError:
            fix = "give year, month and day: --before 2024-01-01"
            raise FloorwalkError(Problem(f"{given!r} is no day", fix=fix)) from None
    if settings.retention_months is None:
        fix = "name a day: --before 2024-01-01, or say how long deliveries are kept: retention_months in floorwalk.toml"
        raise FloorwalkError(Problem("it is not said what is old", fix=fix))
    return months_before(now.date(), settings.retention_months)
