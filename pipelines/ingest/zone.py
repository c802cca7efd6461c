"""The time zone of the centre, one line of dbt_project/exports/_parsers.sql that a person edits: is it a zone?

Belongs here: finding that line and every way in which it, or the file around it, may be spoilt. Does not belong here:
times themselves (the parsers), what happens to rows while no zone is stated (the layouts).
"""

from __future__ import annotations

import difflib
import re
from functools import lru_cache

import duckdb

from pipelines.errors import FloorwalkError, Problem

PARSERS = "dbt_project/exports/_parsers.sql"
_STATED = re.compile(r"\bmacro\s+centre_zone\s*\(\s*\)", re.IGNORECASE)
_IN_ERROR = re.compile(r"\bLINE (\d+):")
_EXAMPLE = "create or replace macro centre_zone() as 'Asia/Shanghai';"


def zone_line(parsers: str) -> int:
    """The line on which the zone is stated, counted from 1; 0 where the macro is gone."""
    lines = parsers.splitlines()
    return next((number for number, line in enumerate(lines, 1) if _STATED.search(line)), 0)


@lru_cache(maxsize=8)
def refuse_unknown_zone(parsers: str) -> None:
    """Raise FloorwalkError with file, line and the nearest right name unless the zone is one, or null."""
    line = zone_line(parsers)
    with duckdb.connect(":memory:") as connection:
        if line:
            _run(connection, parsers.splitlines()[line - 1], _spoilt(line))
        _run(connection, parsers, None)
        if not line:
            return
        zone = connection.execute("select centre_zone()::varchar").fetchall()[0][0]
        names = [str(name) for (name,) in connection.execute("select name from pg_timezone_names()").fetchall()]
    if zone is not None and not _is_zone(str(zone), names):
        raise FloorwalkError(
            Problem(
                f"{str(zone)!r} is no time zone",
                where=f"{PARSERS}, line {line}",
                why="times that systems write in UTC cannot become the centre's; short names such as CST mean several",
                fix=f"write {_nearest(str(zone), names)} there, in quotation marks",
            )
        )


def _run(connection: duckdb.DuckDBPyConnection, sql: str, spoilt: Problem | None) -> None:
    """Run one line, which has to end like a statement, or the whole file."""
    try:
        if spoilt is not None and not re.search(r";\s*(--.*)?$", sql):
            raise FloorwalkError(spoilt)
        connection.execute(sql)
        if spoilt is not None:
            connection.execute("select centre_zone()::varchar")
    except duckdb.Error as error:
        raise FloorwalkError(spoilt or _no_sql(str(error))) from error


def _is_zone(zone: str, names: list[str]) -> bool:
    return zone == "UTC" or (zone in names and "/" in zone)


def _nearest(zone: str, names: list[str]) -> str:
    """The right names that look most like it: by the whole, else by the city alone."""
    places = [name for name in names if "/" in name and not name.startswith(("Etc/", "SystemV/"))]
    folded = {name.lower(): name for name in places}
    near = difflib.get_close_matches(zone.lower(), folded, n=1, cutoff=0.75)
    if not near:
        cities = {name.rsplit("/", 1)[1].lower(): name for name in places}
        city = re.sub(r"\s+", "_", zone.strip()).rsplit("/", 1)[-1].lower()
        if not (found := difflib.get_close_matches(city, cities, n=1, cutoff=0.75)):
            return "an area with its city, such as 'Asia/Shanghai'"
        return f"'{cities[found[0]]}'"
    return f"'{folded[near[0]]}'"


def _spoilt(line: int) -> Problem:
    fix = f"the whole line reads, with your own zone: {_EXAMPLE}"
    return Problem("the time zone of the centre cannot be read", where=f"{PARSERS}, line {line}", fix=fix)


def _no_sql(said: str) -> Problem:
    found = _IN_ERROR.search(said)
    where = f"{PARSERS}, line {found[1]}" if found else PARSERS
    fix = "take back the last change of this file"
    return Problem("the file cannot be read as SQL", where=where, why=said.split("\n")[0], fix=fix)
