"""How a long run tells somebody how far it is. The terminal's look is `cli`'s; Dagster's is `orchestration`'s.

Belongs here: the protocol every stage speaks and the silent listener. Does not belong here: drawing.
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A listener of one run. Stages are told one after another, never nested."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins; `total` counts its steps when known."""

    def advance(self, steps: int = 1, note: str = "") -> None:
        """Some steps of the current stage are done; `note` names what was just finished."""


class Silent:
    """Listens and says nothing; for tests and for callers that report by other means."""

    def stage(self, name: str, total: int | None = None) -> None:
        return None

    def advance(self, steps: int = 1, note: str = "") -> None:
        return None
