"""Dagster's door: `dagster dev --module-name pipelines.definitions`, or `make dagster`.

Belongs here: the one object Dagster looks for. Does not belong here: assets and schedules (`orchestration`). Nothing
is read when this module is imported; Dagster calls `defs` when it loads the code location.
"""

from __future__ import annotations

import dagster as dg

from pipelines.settings import quiet_tools


@dg.definitions
def defs() -> dg.Definitions:
    """The whole chain from drop folder to site."""
    quiet_tools()
    from pipelines import orchestration

    return orchestration.definitions()
