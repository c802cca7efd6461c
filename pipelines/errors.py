"""What a person reads when something is wrong with their input, and the exit code a scheduler reads.

Belongs here: `Problem`, exit codes, and `shown`, which makes foreign text safe to print. Does not belong here:
deciding what is wrong (each module does), and colours or layout of the terminal (`cli`).
"""

from __future__ import annotations

import unicodedata
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


_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_BYTES = range(0xDC80, 0xDD00)
"""Where Python puts the bytes of a file name that are not text."""


def shown(text: str) -> str:
    """A foreign text, such as a file's name, as it may be printed: what cannot be seen stands as its code.

    Line ends, control characters, characters that turn the writing direction, and bytes that are no text could
    otherwise change what a terminal or a log seems to say.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_code(one) if unicodedata.category(one) in _UNSEEN else one for one in text)


def _code(character: str) -> str:
    number = ord(character)
    return f"<{number - 0xDC00:02X}>" if number in _BYTES else f"<U+{number:04X}>"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault, in the words a person reads: the same on the terminal, in Dagster and on the data page."""

    what: str
    where: str = ""
    why: str = ""
    fix: str = ""

    def __str__(self) -> str:
        what, where, why, fix = (shown(part) for part in (self.what, self.where, self.why, self.fix))
        lines = [f"{where}: {what}" if where else what]
        lines += [f"  why it matters: {why}"] if why else []
        lines += [f"  what to do: {fix}"] if fix else []
        return "\n".join(lines)


class FloorwalkError(Exception):
    """A fault that is the user's to mend. Carries every problem found, never only the first.

    Raise it with all problems at once; the command line prints them without a traceback and ends with `exit_code`.
    """

    def __init__(self, problems: Problem | Iterable[Problem], exit_code: Exit = Exit.USAGE) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.exit_code = exit_code
        super().__init__("\n".join(str(problem) for problem in self.problems))
