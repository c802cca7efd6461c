"""What a person reads when something is wrong with their input, and the exit code a scheduler reads.

Belongs here: `Problem`, `Problems`, exit codes. Does not belong here: deciding what is wrong (each module does),
and colours or layout of the terminal (`cli`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line; documented in docs/*/guide/running.md."""

    OK = 0
    BUG = 1
    USAGE = 2
    INPUT_REJECTED = 3
    CHECKS_FAILED = 4
    PUBLISH_FAILED = 5
    NOTHING_TO_DO = 6
    BUSY = 75


@dataclass(frozen=True, order=True)
class Problem:
    """One fault, in the words a person reads: the same on the terminal, in Dagster and on the data page."""

    what: str
    where: str = ""
    why: str = ""
    fix: str = ""

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}" if self.where else self.what]
        lines += [f"  why it matters: {self.why}"] if self.why else []
        lines += [f"  what to do: {self.fix}"] if self.fix else []
        return "\n".join(lines)


class FloorwalkError(Exception):
    """A fault that is the user's to mend. Carries every problem found, never only the first.

    Raise it with all problems at once; the command line prints them without a traceback and ends with `exit_code`.
    """

    def __init__(self, problems: Problem | Iterable[Problem], exit_code: Exit = Exit.USAGE) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.exit_code = exit_code
        super().__init__("\n".join(str(problem) for problem in self.problems))
