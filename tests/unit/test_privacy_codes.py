"""Under codes nobody is named, one person has one code everywhere, and only the key makes it. Invented people."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import FloorwalkError
from pipelines.ingest import Intake, create_raw_views, publish_tiers
from pipelines.privacy import Privacy, codes
from tests.unit.ingest_centre import Centre

KEY, OTHER_KEY = b"k" * 40, b"another key that is also long enough"
CODED, WITH_WORDS = Privacy(key=KEY), Privacy("redacted", KEY)
STAFF = """\
name: staff
title: {en: Staff, zh: 人员}
read: {kinds: [csv]}
columns: {agent: [agent no], name: [agent name], team: [team], leader: [led by], since: [since]}
tables:
  agents:
    columns: {agent_id: agent, name: name, team_id: team, leader: leader, valid_from: as_date(since)}
  teams:
    columns: {team_id: team, leader: leader, valid_from: as_date(since)}
"""
QUALITY = """\
name: quality
title: {en: Quality, zh: 质检}
read: {kinds: [csv]}
columns: {form: [form no], agent: [graded], moment: [graded at], grader: [grader], words: [words], customer: [customer]}
tables:
  qa_scores:
    columns:
      evaluation_id: form
      agent_id: agent
      scored_at: as_timestamp(moment)
      item: "'Greeting'"
      grader: grader
      quote: words
  complaints:
    columns: {complaint_id: form, customer_key: customer, received_at: as_timestamp(moment), agent_id: agent}
"""
TOTALS = """\
name: totals
title: {en: Totals, zh: 汇总}
read: {kinds: [csv]}
columns: {scope: [total of], id: [which], day: [of day], answered: [answered]}
tables:
  contact_totals:
    columns:
      scope: scope
      scope_id: id
      first_day: as_date(day)
      last_day: as_date(day)
      channel: "'all'"
      direction: "'all'"
      answered: as_number(answered)
"""
PEOPLE = ("1001", "1002", "1003", "1004", "王芳", "李强", "Dana Fox", "Grader Gray", "C-77", "13800138000")


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    made = Centre(tmp_path, STAFF.replace("name: staff", "name: calls"))
    for name, layout in (
        ("calls", STAFF.replace("name: staff", "name: calls")),
        ("quality", QUALITY),
        ("totals", TOTALS),
    ):
        made.layout(layout, name)
    made.deliver(
        "staff.csv",
        "agent no,agent name,team,led by,since\n"
        "1001,王芳,T1,Dana Fox,2024-01-01\n"
        "1002,李强,T1,1004,2024-01-01\n"
        "1003,李强,T2,李强,2024-01-01\n"
        "1004,Dana Fox,T2,Dana Fox,2024-01-01\n",
    )
    made.deliver(
        "quality.csv",
        "form no,graded,graded at,grader,words,customer\n"
        "F1,1001,2024-03-01 10:00:00,Grader Gray,王芳说：打13800138000，订单20240301123456,C-77\n"
        "F2,1002,2024-03-01 11:00:00,Dana Fox,Thanks Dana Fox,C-77\n",
    )
    made.deliver("totals.csv", "total of,which,of day,answered\ncentre,centre,2024-03-01,2\nagent,1001,2024-03-01,1\n")
    return made


@contextmanager
def raw(centre: Centre, intake: Intake, privacy: Privacy) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        create_raw_views(connection, centre.lake, centre.project, intake, privacy)
        yield connection


def table(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


def expected(person: str, key: bytes = KEY) -> str:
    """The code as its definition says, without SQL."""
    digest = hmac.new(key, b"person\0" + person.encode(), hashlib.sha256).digest()
    bits = int.from_bytes(digest[:5], "big")
    return "A-" + "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> shift & 31] for shift in range(35, -1, -5))


def test_a_code_is_the_keyed_hash_of_the_id_in_signs_that_can_be_read_aloud(centre: Centre) -> None:
    with raw(centre, centre.take_in(), CODED) as connection:
        found = table(connection, "select agent_id, name from raw.agents order by delivery_id, source_line")
    assert found == [(expected(person),) * 2 for person in ("1001", "1002", "1003", "1004")]
    assert all(re.fullmatch("A-[0-9A-HJKMNP-TV-Z]{8}", str(code)) for code, _ in found)


def test_a_leader_given_by_name_here_and_by_id_there_has_one_code(centre: Centre) -> None:
    with raw(centre, centre.take_in(), CODED) as connection:
        leaders = table(connection, "select leader from raw.agents order by source_line")
        graders = table(connection, "select grader from raw.qa_scores order by source_line")
    assert leaders[0] == leaders[1] == leaders[3] == (expected("1004"),)
    assert graders == [(expected("Grader Gray"),), (expected("1004"),)]


def test_a_name_that_two_agents_have_is_neither_of_them(centre: Centre) -> None:
    with raw(centre, centre.take_in(), CODED) as connection:
        (leader,) = table(connection, "select leader from raw.agents where source_line = 4")
    assert leader == (expected("李强"),)
    assert leader[0] not in (expected("1002"), expected("1003"))


def test_nobody_is_named_in_any_table(centre: Centre) -> None:
    with raw(centre, centre.take_in(), WITH_WORDS) as connection:
        names = [
            name for (name,) in table(connection, "select table_name from duckdb_tables() where schema_name = 'raw'")
        ]
        names += [
            name for (name,) in table(connection, "select view_name from duckdb_views() where schema_name = 'raw'")
        ]
        told = "\n".join(str(table(connection, f"select * from raw.{name}")) for name in names)
    assert len(names) > 20
    assert [person for person in PEOPLE if person in told.replace("20240301123456", "")] == []


def test_neither_key_nor_names_stay_in_the_build_s_database(centre: Centre, tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(file)) as connection:
        create_raw_views(connection, centre.lake, centre.project, centre.take_in(), WITH_WORDS)
    content = file.read_bytes()
    inner = bytes(byte ^ 0x36 for byte in KEY.ljust(64, b"\0"))
    for secret in (KEY, inner, inner.hex().encode(), "王芳".encode(), b"Dana Fox", b"Grader Gray"):
        assert secret not in content


def test_customers_get_a_keyed_hash_that_is_not_that_of_a_person(centre: Centre) -> None:
    with raw(centre, centre.take_in(), CODED) as connection:
        ((customer,),) = table(connection, "select distinct customer_key from raw.complaints")
        (person,) = connection.execute("select person_code_of('C-77')").fetchone() or ()
    assert customer == "C-" + hmac.new(KEY, b"customer\0C-77", hashlib.sha256).hexdigest()[:24]
    assert customer != person


def test_a_total_names_an_agent_by_the_code_and_the_centre_by_its_name(centre: Centre) -> None:
    with raw(centre, centre.take_in(), CODED) as connection:
        totals = table(connection, "select scope, scope_id from raw.contact_totals order by source_line")
    assert totals == [("centre", "centre"), ("agent", expected("1001"))]


def test_codes_are_the_same_in_every_build_and_others_with_another_key(centre: Centre) -> None:
    intake, found = centre.take_in(), []
    for privacy in (CODED, CODED, Privacy(key=OTHER_KEY)):
        with raw(centre, intake, privacy) as connection:
            found.append(set(table(connection, "select agent_id from raw.agents")))
    assert found[0] == found[1]
    assert not found[0] & found[2]
    assert CODED.identity != Privacy(key=OTHER_KEY).identity


def test_a_key_longer_than_a_block_is_hashed_first_as_the_standard_says() -> None:
    key = bytes(range(100))
    with duckdb.connect(":memory:") as connection:
        connection.execute(codes.macros(key))
        assert connection.execute("select person_code_of('1001')").fetchone() == (expected("1001", key),)


def test_two_spellings_of_the_same_signs_are_one_person() -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(codes.macros(KEY))
        connection.execute(
            codes.people("select unnest(['Zoe\u0308', ' Zo\u00eb ']) as value", "select 'x' as agent_id, null as name")
        )
        assert table(connection, "select count(distinct code) from person_code") == [(1,)]


def test_two_people_with_one_code_stop_the_build(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    short = codes.macros(KEY).replace("'A-' ||", "'A-' || left(").replace("as bigint));\n", "as bigint)), 0);\n", 1)
    monkeypatch.setattr(codes, "macros", lambda key: short)
    with pytest.raises(FloorwalkError, match="people would have the same code"), raw(centre, centre.take_in(), CODED):
        pass


def test_words_are_left_out_unless_they_are_asked_for(centre: Centre) -> None:
    intake = centre.take_in()
    with raw(centre, intake, Privacy()) as connection:
        assert table(connection, "select distinct quote from raw.qa_scores") == [(None,)]
        assert table(connection, "select name from raw.agents where source_line = 2") == [("王芳",)]
    with raw(centre, intake, Privacy("redacted")) as connection:
        assert table(connection, "select quote from raw.qa_scores order by source_line") == [
            ("王芳说：打［电话］，订单20240301123456",),
            ("Thanks Dana Fox",),
        ]
    with raw(centre, intake, WITH_WORDS) as connection:
        assert table(connection, "select quote from raw.qa_scores order by source_line") == [
            ("［姓名］说：打［电话］，订单20240301123456",),
            ("Thanks [name]",),
        ]


def test_the_lake_stays_as_delivered(centre: Centre) -> None:
    intake = centre.take_in()
    with raw(centre, intake, WITH_WORDS) as connection:
        files = [str(file) for file in intake.accepted_files["agents"]]
        assert ("王芳",) in connection.execute("select name from read_parquet(?)", [files]).fetchall()


def test_published_tiers_of_names_and_of_codes_are_never_mixed(centre: Centre, tmp_path: Path) -> None:
    intake, marts = centre.take_in(), tmp_path / "marts"
    marts.mkdir()
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"copy (select 'all' as period_kind, date '2024-06-30' as period_end) to '{marts}/dim_period.parquet'"
        )
        for agent, privacy in (("1001", Privacy()), (expected("1001"), CODED), ("A-OTHER", Privacy(key=OTHER_KEY))):
            connection.execute(
                f"""copy (select '{agent}' as agent_id, 'quarter' as window_kind, date '2024-01-01' as window_start,
                1 as revision, 'r' as rules, 'mid' as tier, 70.0 as score, 1.0 as score_sd, 0.1 as p_low, 0.1 as p_high)
                to '{marts}/fct_tier.parquet'"""
            )
            assert publish_tiers(centre.lake, marts, privacy) == 1
            assert publish_tiers(centre.lake, marts, privacy) == 0
            with raw(centre, intake, privacy) as views:
                assert table(views, "select agent_id from raw.published_tiers") == [(agent,)]
