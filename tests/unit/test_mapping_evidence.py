"""What is decided from the values of a column, what is asked, and what is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.ingest.aliases import Aliases, load_aliases
from pipelines.ingest.contract import Column, load_contract
from pipelines.mapping import amounts, map_file
from pipelines.mapping.personal import HIDDEN, masked
from pipelines.mapping.rows import Facts
from pipelines.mapping.value import Value, source_id
from pipelines.settings import PROJECT

DBT = PROJECT / "dbt_project"
CONTACTS = load_contract(DBT).delivered["contacts"]
FILLED = 100


@pytest.fixture(scope="module")
def aliases() -> Aliases:
    found = load_aliases(DBT)
    assert found is not None
    return found


def numbers(header: str, median: float, highest: float, **shares: float) -> Facts:
    values = (("1", FILLED),)
    known = {"number": 1.0, "seconds": 1.0, **shares}
    return Facts(0, header, FILLED, FILLED, FILLED, values, known, median, 0.0, highest)


def read_as(facts: Facts, aliases: Aliases, column: str = "talk_seconds", beside: str = "") -> Value:
    return amounts.amount(facts, "x", CONTACTS.by_name[column], aliases, beside)


@pytest.mark.parametrize(
    ("header", "median", "highest", "expression"),
    [
        ("Talk", 180, 2_000, "as_seconds(x)"),
        ("Talk", 240_000, 900_000, "as_seconds(x) / 1000"),
        ("Talk (ms)", 900, 2_000, "as_seconds(x) / 1000"),
        ("talkDurationMs", 900, 2_000, "as_seconds(x) / 1000"),
        ("通话毫秒", 900, 2_000, "as_seconds(x) / 1000"),
        ("call duration in minutes", 3, 45, "as_seconds(x) * 60"),
        ("通话时长（分钟）", 3, 45, "as_seconds(x) * 60"),
    ],
)
def test_the_unit_of_a_length_comes_from_its_heading_or_its_size(
    header: str, median: float, highest: float, expression: str, aliases: Aliases
) -> None:
    value = read_as(numbers(header, median, highest), aliases)
    assert (value.expression, value.is_open) == (expression, False)
    assert value.why


def test_a_short_wait_beside_talk_in_milliseconds_is_in_milliseconds_too(aliases: Aliases) -> None:
    assert read_as(numbers("Wait", 2_500, 30_000), aliases, "wait_seconds", "Talk").expression == "as_seconds(x) / 1000"


@pytest.mark.parametrize(
    ("median", "highest", "decimal", "question"),
    [
        (3.5, 40, 1.0, "whether these are minutes or seconds"),
        (8_000, 90_000, 0.0, "whether these are milliseconds or seconds"),
    ],
)
def test_a_length_that_could_be_either_is_asked(
    median: float, highest: float, decimal: float, question: str, aliases: Aliases
) -> None:
    value = read_as(numbers("Talk", median, highest, decimal=decimal), aliases)
    assert (value.expression, value.question) == ("", question)
    assert len(value.options) == 2


def test_minutes_of_a_day_that_are_never_above_24_are_asked(aliases: Aliases) -> None:
    column = Column("worked_minutes", "double", unit="minutes")
    value = amounts.amount(numbers("Worked", 7.5, 12), "x", column, aliases)
    assert value.question == "whether these are hours or minutes"
    assert [option.expression for option in value.options] == ["as_number(x) * 60", "as_number(x)"]


def calls(folder: Path, dates: list[str]) -> Path:
    file = folder / "unseen.csv"
    rows = "".join(f"C{n},{date},yes,60\n" for n, date in enumerate(dates))
    file.write_text("Call ID,Call Start,Answered,Talk (s)\n" + rows, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("dates", "expression"),
    [
        (["2024-03-01 09:00:00", "2024-03-02 09:00:00"], "as_timestamp(call_start)"),
        (["01/03/2024 09:00", "13/03/2024 09:00"], "as_timestamp(call_start, 'dmy')"),
        (["03/01/2024 09:00", "03/13/2024 09:00"], "as_timestamp(call_start, 'mdy')"),
        (["14-Aug-23 09:00", "03-Aug-23 09:00"], "as_timestamp(call_start, 'dmy')"),
        (["2024-03-01T09:00:00+08:00", "2024-03-02T09:00:00+08:00"], "as_timestamp(left(call_start, 19))"),
        (["01/03/2024 09:00", "04/03/2024 09:00"], ""),
        (["13/02/2026 01:15 PM", "03/03/2026 12:05 am"], "as_timestamp(call_start, 'dmy')"),
        (["13.02.2026 下午 1:15", "03.03.2026 上午 9:05"], "as_timestamp(call_start, 'dmy')"),
        (["2026/2/13 下午 1:15:30", "2026/3/3 上午 9:05:00"], "as_timestamp(call_start)"),
        (["13.02.26 09:00", "14.03.26 09:00", "15.04.26 09:00"], "as_timestamp(call_start, 'dmy')"),
        (["26-02-13 09:00", "26-03-14 09:00", "26-04-15 09:00"], ""),
        (["1709251200", "1709337600"], "as_epoch(call_start)"),
        (["2024-03-01T09:00:00Z", "2024-03-02T09:00:00Z"], "as_local(call_start)"),
    ],
)
def test_the_order_of_a_date_is_decided_by_its_values_or_asked(
    dates: list[str], expression: str, tmp_path: Path
) -> None:
    value = map_file(calls(tmp_path, dates), DBT).values["started_at"]
    assert value.expression == expression
    assert value.is_open == (expression == "")


def test_dates_in_both_orders_are_read_in_that_of_the_most_and_the_others_named(tmp_path: Path) -> None:
    value = map_file(calls(tmp_path, ["13/01/2024 09:00"] * 3 + ["01/14/2024 09:00"]), DBT).values["started_at"]
    assert value.expression == "as_timestamp(call_start, 'dmy')"
    assert "1 row such as '01/14/2024 09:00' will be refused" in value.why[0]


@pytest.mark.parametrize("text", ["13800001234", "+44 20 7946 0018", "11010519491231002X", "a@b.example"])
def test_what_looks_like_the_number_of_a_person_is_hidden(text: str) -> None:
    assert masked(text) == HIDDEN


@pytest.mark.parametrize("text", ["C00017", "2024-03-01 09:00:00", "180.0", "1001", ""])
def test_other_texts_are_shown_as_they_are(text: str) -> None:
    assert masked(text) == text


def test_a_source_id_is_no_word_of_sql_and_never_there_twice() -> None:
    assert source_id("Order", frozenset(), 0) == "order_text"
    assert source_id("talkDuration", frozenset(), 0) == "talk_duration"
    assert source_id("坐席", frozenset(), 2) == "column_3"
    assert source_id("Talk", frozenset({"talk"}), 4) == "talk_5"
