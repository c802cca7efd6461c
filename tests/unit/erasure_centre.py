"""A centre with one marked person in every kind of row; helper of the tests about erasing. Everything is invented."""

from __future__ import annotations

import gzip
import shutil
from datetime import UTC, datetime
from pathlib import Path

from pipelines import retention
from pipelines.settings import Settings
from tests.every_byte import places_of
from tests.unit.ingest_centre import Centre

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
PERSON, NAME = "K2002", "Marked Person"
STAFF = """\
name: staff
title: {en: Staff, zh: 人员}
read: {kinds: [csv]}
columns: {agent: [agent no], name: [agent name], team: [team], leader: [led by], since: [since]}
tables:
  agents:
    columns: {agent_id: agent, name: name, team_id: team, leader: leader, valid_from: as_date(since)}
"""
CALLS = """\
name: calls
title: {en: Calls, zh: 通话}
read: {kinds: [csv]}
columns: {call: [Call], agent: [Agent], start: [Start], talk: [Talk], customer: [Customer], rating: [Rating]}
tables:
  contacts:
    columns:
      contact_id: call
      agent_id: agent
      started_at: as_timestamp(start)
      is_answered: "true"
      talk_seconds: as_seconds(talk)
      customer_key: customer
  surveys:
    when: rating is not null
    columns:
      survey_id: call
      contact_id: call
      answered_at: as_timestamp(start)
      score: as_number(rating)
      scale_min: "1"
      scale_max: "5"
"""
QUALITY = """\
name: quality
title: {en: Quality, zh: 质检}
read: {kinds: [csv]}
columns: {form: [form no], agent: [graded], moment: [graded at], grader: [grader], words: [words]}
tables:
  qa_scores:
    columns:
      evaluation_id: form
      agent_id: agent
      scored_at: as_timestamp(moment)
      item: "'Greeting'"
      points: "1"
      max_points: "1"
      is_applicable: "true"
      is_critical: "false"
      grader: grader
      quote: words
"""
COACHING = """\
name: coaching
title: {en: Coaching, zh: 辅导}
read: {kinds: [csv]}
columns: {talk: [talk no], agent: [coached], day: [held], coach: [coached by]}
tables:
  coaching_log:
    columns: {coaching_id: talk, goal_number: "1", agent_id: agent, coach: coach, held_on: as_date(day)}
"""
REVIEWS = """\
name: reviews
title: {en: Reviews, zh: 跟进}
read: {kinds: [csv]}
columns: {talk: [review of], day: [reviewed], note: [said]}
tables:
  goal_reviews:
    columns:
      coaching_id: talk
      goal_number: "1"
      reviewed_on: as_date(day)
      status: "'in_progress'"
      note: note
"""
CALL_HEADER = "Call,Agent,Start,Talk,Customer,Rating\n"
CALL_ROWS = (
    f"C1,{PERSON},2024-03-01 09:00:00,60,CU-7,5\n"
    f"C2,{PERSON},2024-03-02 09:00:00,a while of K2002,CU-7,\n"
    "C3,K2003,2024-03-02 10:00:00,90,CU-8,4\n"
)


def marked_centre(folder: Path) -> Centre:
    """All deliveries taken in."""
    centre = Centre(folder, CALLS)
    for name, layout in (("staff", STAFF), ("quality", QUALITY), ("coaching", COACHING), ("reviews", REVIEWS)):
        centre.layout(layout, name)
    centre.deliver(
        "staff.csv",
        "agent no,agent name,team,led by,since\n"
        f"{PERSON},{NAME},T1,Some Leader,2020-01-01\nK2003,Other Person,T1,{NAME},2020-01-01\n",
    )
    centre.deliver("calls.csv.gz", gzip.compress((CALL_HEADER + CALL_ROWS).encode()))
    centre.deliver(
        "quality.csv",
        "form no,graded,graded at,grader,words\n"
        f"F1,{PERSON},2024-03-03 09:00:00,K2003,well done\n"
        f"F2,K2003,2024-03-03 10:00:00,{PERSON},thank you\n"
        f"F3,K2003,2024-03-03 11:00:00,K2004,{NAME} helped me\n",
    )
    centre.deliver(
        "coaching.csv", f"talk no,coached,held,coached by\nT1,{PERSON},2024-03-04,K2003\nT2,K2003,2024-03-04,{NAME}\n"
    )
    centre.deliver("reviews.csv", "review of,reviewed,said\nT1,2024-04-01,goes well\nT2,2024-04-01,goes slowly\n")
    centre.deliver(f"{NAME} extra.csv", CALL_HEADER + "C9,K2003,2024-03-09 10:00:00,90,CU-9,4\n")
    centre.take_in()
    return centre


def copied(template: Centre, folder: Path) -> Centre:
    """The same centre once more, in a folder of its own."""
    shutil.copytree(template.drop.parent, folder, dirs_exist_ok=True)
    centre = Centre.__new__(Centre)
    centre.drop, centre.lake, centre.project = folder / "drop", folder / "lake", folder / "project"
    centre._scratch = folder / "scratch"
    return centre


def settings_of(centre: Centre) -> Settings:
    return Settings(drop=centre.drop, work=centre.drop.parent)


def asked(given: str = PERSON, kind: str = "person", by: str = "") -> retention.Asked:
    return retention.Asked(kind, given, by)


def erase(
    centre: Centre, given: str = PERSON, kind: str = "person", by: str = "case 17"
) -> tuple[retention.Erasure, Path]:
    """Erase somebody; returns the receipt and its file for people."""
    receipts, file = retention.erase(settings_of(centre), asked(given, kind, by), NOW)
    assert file is not None
    (receipt,) = receipts
    assert isinstance(receipt, retention.Erasure)
    return receipt, file


def held(centre: Centre, query: str) -> list[tuple[object, ...]]:
    """Rows of a query over schema raw after another run of intake."""
    with centre.raw(centre.take_in()) as connection:
        return connection.execute(query).fetchall()


def lost(centre: Centre) -> list[tuple[str, str]]:
    """Where the lake or a receipt still tells of the marked person."""
    return places_of(centre.lake, PERSON, NAME) + places_of(centre.lake.parent / "receipts", PERSON, NAME)


def label(centre: Centre) -> str:
    """The mark of the one person who was erased."""
    return next((centre.lake / "erased").glob("*.json")).stem
