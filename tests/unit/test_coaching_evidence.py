"""From a complaint to the words of the call: the worked case of source 002 through the chain, from delivered rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import duckdb
import pytest
import yaml

from tests.model_sql import DBT, Project, database, put, rows

CHINESE = ("推诿", "负责到底，不推诿", "没有接到通知，所以无法答复")
ENGLISH = ("evading", "Owns the matter to the end", "I have had no notice, so I cannot answer that")


def deliver(connection: duckdb.DuckDBPyConnection, table: str, given: list[dict[str, Any]]) -> None:
    """Put rows of a contract table in place, with the columns that the contract gives it."""
    [source] = yaml.safe_load((DBT / "models/staging/_sources.yml").read_text(encoding="utf-8"))["sources"]
    [columns] = [found["columns"] for found in source["tables"] if found["name"] == table]
    put(connection, f"raw_{table}", given, ", ".join(f"{column['name']} {column['data_type']}" for column in columns))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def call(contact_id: str, agent_id: str, started_at: datetime, customer: str) -> dict[str, Any]:
    return {
        "contact_id": contact_id,
        "agent_id": agent_id,
        "started_at": started_at,
        "direction": "inbound",
        "reason": "relocation",
        "is_answered": True,
        "customer_key": customer,
    }


def complaint(complaint_id: str, received_at: datetime, kind: str, customer: str) -> dict[str, Any]:
    return {
        "complaint_id": complaint_id,
        "received_at": received_at,
        "complaint_type": kind,
        "customer_key": customer,
        "verdict": "justified",
    }


def scored(item: str, points: float, **more: Any) -> dict[str, Any]:
    return {
        "evaluation_id": "record",
        "contact_id": "call",
        "agent_id": "wang",
        "scored_at": at("2026-06-13 09:00"),
        "item": item,
        "points": points,
        "max_points": 10.0,
        "grader": "grader",
        "kind": "monitor",
    } | more


@contextmanager
def centre(
    calls: list[dict[str, Any]], complaints: list[dict[str, Any]], scores: list[dict[str, Any]]
) -> Iterator[duckdb.DuckDBPyConnection]:
    with database() as connection:
        deliver(connection, "contacts", calls)
        deliver(connection, "complaints", complaints)
        deliver(connection, "qa_scores", scores)
        deliver(connection, "surveys", [])
        deliver(connection, "agents", [{"agent_id": "wang", "team_id": "red", "valid_from": date(2025, 1, 1)}])
        put(
            connection,
            "int_first_contact_window",
            [{"first_contact_window_days": 7}],
            "first_contact_window_days integer",
        )
        quarter = {"window_start": date(2026, 4, 1), "window_end": date(2026, 6, 30), "is_current": True}
        put(connection, "int_window", [{"window_kind": "quarter", **quarter}])
        Project().build(connection, "fct_coaching_evidence")
        yield connection


@pytest.mark.parametrize(("kind", "item", "words"), [CHINESE, ENGLISH])
def test_a_complaint_about_evading_is_traced_to_the_second_of_the_words(kind: str, item: str, words: str) -> None:
    """No contact is named: the customer's key leads to the call that began at 13:58:47, the record to 14:00:23."""
    calls = [
        call("earlier", "li", at("2026-06-01 09:00"), "customer"),
        call("call", "wang", at("2026-06-12 13:58:47"), "customer"),
        call("after", "li", at("2026-06-13 17:00"), "customer"),
        call("elsewhere", "li", at("2026-06-29 09:00"), "somebody"),
    ]
    complaints = [complaint("complaint", at("2026-06-13 08:30"), kind, "customer")]
    scores = [
        scored(item, 3.0, quote=words, offset_seconds=96.0),
        scored("Greets and builds rapport", 0.0, quote="Yes?", offset_seconds=2.0),
    ]
    with centre(calls, complaints, scores) as connection:
        [card] = rows(connection, "from fct_coaching_evidence where source = 'complaint'")
    assert card["agent_id"] == "wang" and card["team_id"] == "red"
    assert card["match_quality"] == "customer" and card["contact_id"] == "call"
    assert card["call_started_at"] == at("2026-06-12 13:58:47")
    assert card["said_at"] == at("2026-06-12 14:00:23")
    assert card["quote"] == words and card["item"] == item
    assert card["error_type"] == "evading"
    assert card["standard_policy_id"] == "first_contact_ownership" and card["consequence_policy_id"] is None
    assert (card["agent_complaints_in_month"], card["centre_complaints_in_month"]) == (1, 1)
    assert card["came_back"] is True
    assert card["is_complete"] and not card["lacks_quote"] and not card["lacks_time"] and not card["lacks_technique"]


@pytest.mark.parametrize(("kind", "item", "words"), [CHINESE, ENGLISH])
def test_a_complaint_without_recorded_words_says_that_they_are_lacking(kind: str, item: str, words: str) -> None:
    calls = [
        call("call", "wang", at("2026-06-12 13:58:47"), "customer"),
        call("silent", "wang", at("2026-05-04 10:00"), "other"),
    ]
    complaints = [
        complaint("heard", at("2026-06-13 08:30"), kind, "customer"),
        complaint("unheard", at("2026-05-05 08:30"), kind, "other"),
    ]
    with centre(calls, complaints, [scored(item, 3.0, quote=words, offset_seconds=96.0)]) as connection:
        cards = {card["complaint_id"]: card for card in rows(connection, "from fct_coaching_evidence")}
    assert cards["heard"]["is_complete"]
    lacking = cards["unheard"]
    assert lacking["lacks_quote"] and lacking["lacks_time"] and not lacking["is_complete"]
    assert lacking["call_started_at"] == at("2026-05-04 10:00") and lacking["said_at"] is None
    assert lacking["error_type"] == "evading" and not lacking["lacks_technique"]
    assert (lacking["agent_complaints_in_month"], lacking["centre_complaints_in_month"]) == (1, 1)


def test_the_words_of_another_call_are_never_laid_on_who_is_only_named() -> None:
    """Without the customer's key the latest call of the agent is a guess; it dates the complaint and no more."""
    calls = [call("call", "wang", at("2026-06-12 13:58:47"), "customer")]
    named = {**complaint("named", at("2026-06-13 08:30"), "推诿", ""), "customer_key": None, "agent_id": "wang"}
    scores = [scored("Owns the matter to the end", 3.0, quote="no", offset_seconds=96.0)]
    with centre(calls, [named], scores) as connection:
        [card] = rows(connection, "from fct_coaching_evidence where source = 'complaint'")
    assert card["match_quality"] == "agent" and card["contact_id"] is None
    assert card["quote"] is None and card["call_started_at"] is None and not card["is_complete"]


def test_a_review_of_a_complaint_is_evidence_and_nothing_else() -> None:
    """Such a form was chosen because something went wrong: adding it changes no score, skill, item or grader."""
    calls = [call("call", "wang", at("2026-06-12 13:58:47"), "customer")]
    complaints = [complaint("complaint", at("2026-06-13 08:30"), "推诿", "customer")]
    drawn = [
        scored("Owns the matter to the end", 8.0, evaluation_id="drawn", dimension="responsibility"),
        scored("Checks identity before account changes", 10.0, evaluation_id="drawn", is_critical=True),
    ]
    words = {"quote": "no", "offset_seconds": 96.0, "dimension": "responsibility"}
    review = [
        scored("Owns the matter to the end", 0.0, kind="complaint_review", is_critical=True, **words),
        scored(
            "Owns the matter to the end", 0.0, kind="complaint_review", evaluation_id="drawn", grader="other", **words
        ),
    ]
    read = (
        "int_evaluation_form", "int_evaluation_dimension", "int_item_sum", "int_grader_cell", "int_calibration_rating",
        "int_focus_item_sum",
    )  # fmt: skip
    counted = []
    for scores in (drawn, drawn + review):
        with centre(calls, complaints, scores) as connection:
            put(connection, "int_grader_leniency", [], "grader varchar, quarter_start date, leniency_points double")
            put(
                connection,
                "int_agent_window",
                [],
                "window_kind varchar, window_start date, agent_id varchar, team_id varchar",
            )
            Project().build(connection, *read)
            counted.append({name: rows(connection, f"select * from {name} order by all") for name in read})
            told = rows(connection, "select quote from fct_coaching_evidence where source = 'complaint'")
    assert counted[0]["int_evaluation_form"] and counted[0]["int_focus_item_sum"]
    assert counted[0] == counted[1]
    assert told == [{"quote": "no"}]
