"""Layouts are written by people, or handed on: an expression computes a value of one row and reaches nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import FloorwalkError
from pipelines.ingest.contract import load_contract
from pipelines.ingest.lake import Lake
from pipelines.ingest.layout import load_layouts
from pipelines.ingest.permitted import Permission
from pipelines.ingest.receive import Receiver
from pipelines.settings import PROJECT
from tests.unit.ingest_centre import LAYOUT, Centre, delimited


@pytest.fixture(scope="module")
def permission() -> Iterator[Permission]:
    with duckdb.connect(":memory:") as connection:
        connection.execute((PROJECT / "dbt_project" / "exports" / "_parsers.sql").read_text(encoding="utf-8"))
        yield Permission(connection)


REFUSED = {
    "(select content from read_text('/etc/passwd'))": "it asks another table",
    "(select 1 from read_csv('/etc/passwd'))": "it asks another table",
    "(select count(*) from glob('/*'))": "it asks another table",
    "(from source limit 1)": "it asks another table",
    "exists (from source)": "it asks another table",
    "call in (select call from source)": "it asks another table",
    "array(select 1)": "it asks another table",
    "call) from read_csv('/etc/passwd') --": "syntax error",
    "call); copy (select 1) to '/tmp/x'; select (1": "Only SELECT",
    "call); attach '/tmp/x.db'; --": "",
    "call), (agent": "it is more than one value",
    "call) limit (1": "it is more than one value",
    "call) order by (1": "it is more than one value",
    "call) union select (1": "it is more than one value",
    "call) from source where (true": "it is more than one value",
    "count(*)": "looks at other rows",
    "max(call)": "looks at other rows",
    "row_number() over ()": "it looks at other rows",
    "first(call) over ()": "it looks at other rows",
    "columns(*)": "it stands for all columns",
    "$1": "it leaves a value open",
    "?": "it leaves a value open",
    "random()": "depends on more than the row",
    "uuid()": "depends on more than the row",
    "now()": "depends on more than the row",
    "today()": "depends on more than the row",
    "current_date": "depends on more than the row",
    "current_timestamp": "depends on more than the row",
    "current_user": "depends on more than the row",
    "session_user": "depends on more than the row",
    "getenv('HOME')": "depends on more than the row",
    "current_setting('temp_directory')": "depends on more than the row",
    "getvariable('x')": "depends on more than the row",
    "nextval('x')": "depends on more than the row",
    "write_log('x')": "depends on more than the row",
    "pg_typeof(call)": "depends on more than the row",
    "query('select 1')": "depends on more than the row",
    "upper(lower(case when call = '1' then current_setting('x') end))": "depends on more than the row",
}


@pytest.mark.parametrize("expression", REFUSED)
def test_what_is_more_than_a_value_of_the_row_is_refused(expression: str, permission: Permission) -> None:
    refusal = permission.refusal(expression, {"call", "agent"})
    assert refusal is not None and REFUSED[expression] in refusal


@pytest.mark.parametrize(
    "expression",
    [
        "call",
        "'phone'",
        "as_seconds(call) * 60",
        "case when call in ('a', 'b') then agent end",
        "coalesce(nullif(call, ''), agent) || '-' || source_line",
        "list_transform(string_split(call, ','), lambda x: trim(x))[1]",
        "regexp_extract(call, '([0-9]+)', 1)",
        "try_cast(call as date) + interval 1 day",
        "md5(call)",
        "call between '1' and '2' or call is not null and not (agent ilike '%x%')",
        "date_trunc('month', as_date(call))",
        "json_extract_string(call, '$.a')",
    ],
)
def test_what_computes_a_value_of_the_row_is_permitted(expression: str, permission: Permission) -> None:
    assert permission.refusal(expression, {"call", "agent", "source_line"}) is None


def test_every_shipped_layout_is_permitted() -> None:
    assert load_layouts(PROJECT / "dbt_project", load_contract(PROJECT / "dbt_project")).by_name


@pytest.mark.parametrize("place", ["columns", "when", "refuse"])
def test_a_layout_that_reaches_out_is_refused_before_any_file_is_opened(place: str, tmp_path: Path) -> None:
    reach = "(select count(*) > 0 from read_text('/etc/passwd'))"
    changed = {
        "columns": LAYOUT.replace("channel: ", "").replace("contact_id: call", f'contact_id: "{reach}::varchar"'),
        "when": LAYOUT.replace("when: rating is not null", f'when: "{reach}"'),
        "refuse": LAYOUT.replace("agent = '小计'", reach.replace('"', "")),
    }[place]
    centre = Centre(tmp_path, changed)
    centre.deliver("calls.csv", delimited())
    with pytest.raises(FloorwalkError, match="it asks another table"):
        centre.take_in()
    assert not centre.lake.exists()


def test_the_scratch_database_reads_and_writes_nothing_outside_and_cannot_be_opened_up(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "lake").mkdir()
    (tmp_path / "scratch").mkdir()
    receiver = Receiver(Lake(tmp_path / "lake"), "", "1GB", tmp_path / "scratch")
    (tmp_path / "lake" / "link.csv").symlink_to(outside / "secret.csv")
    with receiver.connection() as (connection, scratch):
        connection.execute(f"copy (select 1 as a) to '{scratch / 'mine.parquet'}' (format parquet)")
        for statement in (
            f"from read_csv('{outside / 'secret.csv'}')",
            f"from read_csv('{scratch}/../../../outside/secret.csv')",
            f"from read_text('{outside / 'secret.csv'}')",
            f"from read_blob('{outside / 'secret.csv'}')",
            "from read_text('/etc/passwd')",
            f"from glob('{outside}/*')",
            f"from '{outside / 'secret.csv'}'",
            f"copy (select 1) to '{outside / 'written.csv'}'",
            f"export database '{outside / 'all'}'",
            f"import database '{outside}'",
            f"attach '{outside / 'other.db'}'",
            "install httpfs",
            "load httpfs",
            "from read_csv('https://example.org/x.csv')",
            "set enable_external_access = true",
            "set lock_configuration = false",
            "reset lock_configuration",
            f"set allowed_directories = ['{outside}']",
            f"set temp_directory = '{outside}'",
            "set memory_limit = '100GB'",
            "pragma enable_external_access",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement).fetchall()
    assert [file.name for file in outside.iterdir()] == ["secret.csv"]


def test_a_link_put_into_the_lake_is_not_followed_to_a_file_outside(tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "lake").mkdir()
    (tmp_path / "scratch").mkdir()
    (tmp_path / "lake" / "link.csv").symlink_to(outside)
    receiver = Receiver(Lake(tmp_path / "lake"), "", "1GB", tmp_path / "scratch")
    with receiver.connection() as (connection, _), pytest.raises(duckdb.Error):
        connection.execute(f"from read_csv('{tmp_path / 'lake' / 'link.csv'}')").fetchall()
