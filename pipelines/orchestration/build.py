"""The resource every asset shares: one attempt to build, opened once per run and holding the lock until the run ends.

Belongs here: settings of a run as Dagster shows them, progress as log lines. Does not belong here: the stages.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
from pydantic import PrivateAttr

from pipelines import stages
from pipelines.errors import FloorwalkError
from pipelines.settings import Settings, load_settings


class LoggedProgress:
    """Tells Dagster's log when a stage begins; counting steps would flood it."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log

    def stage(self, name: str, total: int | None = None) -> None:
        self._log.info(f"{name} ({total:,})" if total else name)

    def advance(self, steps: int = 1, note: str = "") -> None:
        return None


@contextmanager
def in_words() -> Iterator[None]:
    """Show a fault of the input in its own words instead of a stack trace, and do not try it again."""
    try:
        yield
    except FloorwalkError as error:
        raise dg.Failure(str(error), allow_retries=False) from None


class Build(dg.ConfigurableResource):  # type: ignore[type-arg]  # generic only towards other resources
    """Which drop is built where. Empty fields leave the choice to floorwalk.toml and FLOORWALK_* variables."""

    drop: str = ""
    work: str = ""
    languages: str = ""
    _attempt: stages.Attempt | None = PrivateAttr(default=None)

    def settings(self) -> Settings:
        """Settings of the run; FloorwalkError when no drop folder is named anywhere."""
        return load_settings(
            {"drop": self.drop or None, "work": self.work or None, "languages": self.languages or None}
        )

    @property
    def attempt(self) -> stages.Attempt:
        """The attempt of the run in progress."""
        if self._attempt is None:
            raise RuntimeError("the build is only open while a run is in progress")
        return self._attempt

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Build]:
        """Open the attempt for one run and close it, whatever happens."""
        log = context.log or logging.getLogger("floorwalk")
        with stages.attempt(self.settings(), LoggedProgress(log)) as attempt:
            self._attempt = attempt
            try:
                yield self
            finally:
                self._attempt = None
