"""The commands `key` and `purge`: the key for codes in place of names; removing what is old, or all of one person.

Belongs here: flags, help, exit codes, which day counts. Does not belong here: removing (`retention`), keys (`privacy`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines import privacy
from pipelines.cli import terminal
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.settings import Settings, load_settings

if TYPE_CHECKING:
    from pipelines import retention

KEY_EXAMPLE = "Example: floorwalk key ~/floorwalk.key"
PURGE_EXAMPLES = (
    "Examples: floorwalk purge --before 2024-01-01 --dry-run | floorwalk purge --before 2024-01-01 --work work/exports "
    '| floorwalk purge --person 1003 --by "case 17" --work work/exports'
)

LISTED = 5
"""Deliveries that a terminal lists; the receipt holds them all."""


def key(file: Annotated[Path, typer.Argument(help="Where the new key is put; nothing may stand there.")]) -> None:
    """Make the key for codes in place of names (setting identity = pseudonymised)."""
    privacy.make(file.expanduser())
    typer.echo(f"{file}: a new key, for its owner only. Keep a copy where no export and no page is kept.")


def purge(
    work: Annotated[Path, typer.Option(help="Work folder of a build.")] = Path("work"),
    before: Annotated[
        str | None, typer.Option(help="First day that is kept, such as 2024-01-01.", show_default="by retention_months")
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="Erase everything of one person instead: the id, or the code on the site.")
    ] = None,
    customer: Annotated[
        str | None, typer.Option(help="Erase every trace of one customer instead: the key, or the code on the site.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who runs it and why, for the receipt; no name of the person erased.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")] = False,
) -> None:
    """Remove what is older than a day, or all of one person, with everything made from it, and write a receipt."""
    from pipelines import retention

    now, folder = datetime.now(UTC), work.expanduser().resolve()
    settings = load_settings({"work": folder}, usual={"drop": folder})
    receipts: tuple[retention.Receipt | retention.Erasure, ...]
    file: Path | None = None
    if (who := asked(before, person, customer, by)) is not None:
        receipts = (retention.plan_erasure(settings, who, now),) if dry_run else ()
        if not dry_run:
            receipts, file = retention.erase(settings, who, now)
    else:
        day = first_day_kept(before, settings, now)
        receipts = (retention.plan(settings, day, now),)
        if not dry_run:
            receipts, file = retention.purge(settings, day, now)
    if as_json:
        terminal.print_json({"dry_run": dry_run, "receipts": [receipt.as_json() for receipt in receipts]})
    else:
        for receipt in receipts:
            typer.echo(retention.text(receipt, is_done=file is not None, most=LISTED))
        typer.echo(f"Receipt: {file}" if file else "Nothing was removed.")
    if file is None and not dry_run:
        raise typer.Exit(int(Exit.NOTHING_TO_DO))


def asked(before: str | None, person: str | None, customer: str | None, by: str) -> retention.Asked | None:
    """Whose erasure is asked for; None when it is about what is old. Raises FloorwalkError for two at once."""
    from pipelines import ingest, retention

    given = [(kind, text) for kind, text in ((ingest.PERSON, person), (ingest.CUSTOMER, customer)) if text is not None]
    if len(given) > 1 or (given and before is not None):
        fix = "give one of --before, --person and --customer, and run the command again for the next"
        raise FloorwalkError(Problem("several removals are asked for at once", fix=fix))
    if not given:
        return None
    ((kind, text),) = given
    if not text.strip():
        raise FloorwalkError(Problem(f"no {kind} is named", fix=f"give the id: --{kind} ID"))
    return retention.Asked(kind, text, by)


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
