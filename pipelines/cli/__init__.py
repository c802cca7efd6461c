"""The command `floorwalk`: what a person types, what they see, and the exit code a scheduler reads.

Belongs here: commands, the terminal's look, the self-checks a person asks for. Does not belong here: the work itself
(`stages` and the floors below), or anything that must also run under Dagster.
"""

from __future__ import annotations


def main() -> None:
    """Entry point of the console script; the exit code is one of `pipelines.errors.Exit`."""
    from pipelines.cli.app import run

    raise SystemExit(run())
