"""The planted dirt: a little of what real exports bring, counted.

Belongs here: how much of it, and the ledger that the truth folder states. Does not belong here: writing it (each
export writes its own and enters it here).
"""

from __future__ import annotations

from dataclasses import dataclass, field

NEGATIVE_DURATION, UNREADABLE_DATE = 1, 2
"""Codes of a faulty contact row."""
DIRTY_CONTACT_MONTHS = (2, 4, 7)
RESENT_MONTH = 5
"""Its first delivery lacks after-contact work; a corrected file with the same keys follows."""
DIRTY_ATTENDANCE_MONTH = 3
UNREADABLE_MINUTES = 2
UNREADABLE_SURVEYS = 2
BROKEN_COMPLAINT_LINES = ('{"complaint": "CP-',)
BLANK_LINES = 3


def faulty_contacts(rows: int) -> tuple[int, int]:
    """How many rows with a negative duration and with an unreadable date a month of this many contacts gets."""
    return max(2, rows // 5_000), max(1, rows // 10_000)


@dataclass
class Ledger:
    """What a correct intake must find, by file relative to the drop folder."""

    refused: dict[str, int] = field(default_factory=dict)
    superseded: dict[str, int] = field(default_factory=dict)
    blank_lines: dict[str, int] = field(default_factory=dict)
    unrecognised: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, object]:
        """Plain data for the truth folder."""
        return {
            "refused_rows": dict(sorted(self.refused.items())),
            "superseded_rows": dict(sorted(self.superseded.items())),
            "blank_lines": dict(sorted(self.blank_lines.items())),
            "unrecognised_files": sorted(self.unrecognised),
        }
