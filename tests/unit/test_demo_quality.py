"""Words in the demo's quality files, the contacts behind its complaints, and the one worked case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.demo import write_demo
from pipelines.demo.forms import DIMENSIONS, ITEMS
from pipelines.demo.quotes import WORKED_CASE_WORDS, words
from tests.unit.demo_files import (
    Row,
    complaint_rows,
    current_staff,
    is_chinese,
    scored_items,
    seconds,
    stories,
    story,
    table,
    written,
)

ITEM_OF_TYPE = {
    "service_attitude": "Acknowledges the customer's feelings",
    "wrong_information": "Gives correct information",
    "unresolved_matter": "Offers a solution that fits",
    "evading": "Owns the matter to the end",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_demo(folder, agents=24, teams=3, contacts=6_000, quarters=3)
    return folder


@pytest.fixture(scope="module")
def scored(demo: Path) -> list[Row]:
    return scored_items(demo)


@pytest.fixture(scope="module")
def complaints(demo: Path) -> list[Row]:
    return complaint_rows(demo)


@pytest.fixture(scope="module")
def contacts(demo: Path) -> dict[str, Row]:
    """True contacts by id, with their begin and seconds of conversation."""
    found: dict[str, Row] = {}
    for file in sorted((demo / "drop/telephony").glob("contacts_*.csv")):
        for row in table(file):
            if not row["Talk Time"].startswith("-") and "?" not in row["Start Time"]:
                row["begin"] = datetime.fromisoformat(row["Start Time"])
                row["talk"] = seconds(row["Talk Time"]) if row["Talk Time"] else 0
                found[row["Call ID"]] = row
    return found


@pytest.mark.parametrize("in_chinese", [False, True], ids=["English", "Chinese"])
@pytest.mark.parametrize("is_good", [True, False], ids=["done well", "missed"])
def test_every_item_has_words_of_its_own_in_both_languages(is_good: bool, in_chinese: bool) -> None:
    shelves = {item.text: words(item.text, is_good=is_good, in_chinese=in_chinese) for item in ITEMS}
    assert all(len(set(shelf)) >= 4 for shelf in shelves.values())
    every = [text for shelf in shelves.values() for text in shelf]
    assert len(set(every)) == len(every)
    assert all(is_chinese(text) is in_chinese for text in every)
    assert not any(sign.isdigit() for text in every for sign in text)
    assert WORKED_CASE_WORDS not in every
    assert {item.dimension for item in ITEMS} == set(DIMENSIONS)


def test_words_fit_their_item_its_points_and_the_language_of_the_agent(demo: Path, scored: list[Row]) -> None:
    chinese = {row["工号 Employee ID"]: bool(row["姓名"]) for row in table(demo / "drop/people/花名册.csv")}
    quoted = [row for row in scored if row["Quote"] and row["Quote"] != WORKED_CASE_WORDS]
    assert len(quoted) > 5_000
    for row in quoted:
        is_good = int(row["Points"]) >= 0.75 * int(row["Max points"])
        assert row["Quote"] in words(row["Item"], is_good=is_good, in_chinese=chinese[row["Agent"]])


def test_four_in_five_missed_items_rest_on_words_and_a_moment_of_the_recording(
    scored: list[Row], contacts: dict[str, Row]
) -> None:
    missed = [row for row in scored if row["Points"] and 2 * int(row["Points"]) <= int(row["Max points"])]
    assert 0.76 < sum(bool(row["Quote"]) for row in missed) / len(missed) < 0.84
    others = [row for row in scored if row["Points"] and 2 * int(row["Points"]) > int(row["Max points"])]
    assert 0.20 < sum(bool(row["Quote"]) for row in others) / len(others) < 0.24
    for row in scored:
        assert bool(row["Quote"]) == bool(row["Offset (mm:ss)"])
        if row["Quote"]:
            assert seconds(row["Offset (mm:ss)"]) <= contacts[row["Contact"]]["talk"]


def test_the_contact_behind_every_justified_complaint_that_is_traced_is_reviewed_within_five_days(
    scored: list[Row], complaints: list[Row]
) -> None:
    reviews: dict[str, list[Row]] = {}
    for row in scored:
        if row["Kind"] == "Complaint review":
            reviews.setdefault(row["Contact"], []).append(row)
    last = "2026-09-25"
    justified = [row for row in complaints if row["finding"] == "justified" and row["received"] < last]
    assert len(justified) > 25
    for complaint in justified:
        contact = complaint["call"] or f"FW{complaint['complaint'][2:]}"
        if complaint["call"]:
            assert contact in reviews
        if contact not in reviews:
            continue
        rows = reviews.pop(contact)
        assert len(rows) == len(ITEMS)
        after = date.fromisoformat(rows[0]["Scored at"][:10]) - date.fromisoformat(complaint["received"][:10])
        assert timedelta(1) <= after <= timedelta(5)
        item = ITEM_OF_TYPE.get(complaint["type"])
        for row in rows:
            if row["Item"] == item:
                assert row["Applicable"] == "Yes"
                assert 2 * int(row["Points"]) <= int(row["Max points"])
                assert row["Quote"]
                assert row["Offset (mm:ss)"]
    assert {rows[0]["Evaluation"][0] for rows in reviews.values()} <= {"R"}
    assert all(rows[0]["Scored at"] > last for rows in reviews.values()), "reviews of other contacts"


def test_some_complaints_that_only_name_the_customer_are_reviewed_too(scored: list[Row], complaints: list[Row]) -> None:
    reviewed = {row["Contact"] for row in scored if row["Kind"] == "Complaint review"}
    unnamed = [row for row in complaints if row["finding"] == "justified" and not row["call"]]
    found = [row for row in unnamed if f"FW{row['complaint'][2:]}" in reviewed]
    assert 0 < len(found) <= len(unnamed)


@pytest.mark.parametrize("size", ["demo", "small"])
def test_the_complaint_about_evasion_leads_from_the_customer_to_the_second_of_the_words(
    size: str, request: pytest.FixtureRequest
) -> None:
    centre: Path = request.getfixturevalue(size)
    told = story(centre, "worked_case")
    (complaint,) = [row for row in complaint_rows(centre) if row["complaint"] == told["complaint_id"]]
    assert (complaint["finding"], complaint["type"]) == ("justified", "evading")
    assert complaint["call"] is None
    assert complaint["agent"] is None
    received = datetime.fromisoformat(complaint["received"])
    calls = [
        row
        for file in sorted((centre / "drop/telephony").glob("contacts_2026-0[89].csv"))
        for row in table(file)
        if row["Customer Ref"] == complaint["customer"] and row["Answered"] == "Y"
    ]
    before = [row for row in calls if datetime.fromisoformat(row["Start Time"]) <= received]
    call = max(before, key=lambda row: str(row["Start Time"]))
    assert (call["Call ID"], call["Agent ID"], call["Media"]) == (told["contact_id"], told["agent_id"], "phone")
    (record,) = [row for row in scored_items(centre) if row["Quote"] == WORKED_CASE_WORDS]
    assert record["Contact"] == call["Call ID"]
    assert (record["Kind"], record["Item"]) == ("Complaint review", "Owns the matter to the end")
    assert 2 * int(record["Points"]) <= int(record["Max points"])
    offset = seconds(record["Offset (mm:ss)"])
    assert offset <= seconds(call["Talk Time"])
    moment = datetime.fromisoformat(call["Start Time"]) + timedelta(seconds=offset)
    assert (moment.hour, moment.minute, moment.second) == (14, 0, 23)
    assert told["said_at"] == str(moment)


def test_the_worked_case_is_part_of_a_named_story_and_spoils_no_other(demo: Path) -> None:
    worked = story(demo, "worked_case")
    planted = [one for one in stories(demo) if one["story"] in ("weak_agent", "hidden_high_performer")]
    dropping = {agent["agent_id"] for agent in story(demo, "short_calls")["agents"]}
    assert worked["agent_id"] not in dropping | {one["agent_id"] for one in planted}
    members = {
        "coaching_programme": {
            agent["agent_id"]
            for one in stories(demo)
            if one["story"] == "coaching_programme"
            for agent in one["agents"]
        },
        "hovering_above_minimum": {
            agent
            for agent, row in current_staff(demo).items()
            if row["班组 Team"] == story(demo, "hovering_above_minimum")["team_id"]
        },
    }
    assert worked["agent_id"] in members[worked["part_of"]]


def test_the_worked_case_takes_the_place_of_another_complaint_about_the_same_role(
    demo: Path, complaints: list[Row], contacts: dict[str, Row]
) -> None:
    worked = story(demo, "worked_case")
    role = {agent: row["岗位"] for agent, row in current_staff(demo).items()}
    assert worked["instead_of"] not in {row["complaint"] for row in complaints}
    left_out = contacts[f"FW{worked['instead_of'][2:]}"]
    assert left_out["Complaint"] == "N"
    assert role[left_out["Agent ID"]] == role[worked["agent_id"]]
