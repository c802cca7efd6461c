"""What the demo told before it told of talks is the same today: contacts, answers, points, people and truths."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

from pipelines.demo import write_demo
from tests.unit.demo_files import Row, coaching_log, rows_of, stories

AS_BEFORE = {
    "telephony": "6e6dcfc22deb5649",
    "surveys": "f0d33e83187a3a37",
    "workforce": "3328b3b4038a2d5b",
    "ratings": "b640b070fb5cd12b",
    "callbacks": "96fbf263fdf4775b",
    "diary": "4608406e0ce880a2",
    "people": "f2c36e43c6a1740d",
    "quality": "7270f555c2ec5063",
    "complaints": "575712f8f4d43f65",
    "training": "149157ff439a9343",
    "programmes": "4772438cb64a699a",
    "truth": "06afb54332bddb48",
}
"""Digests of the small centre's files as they were before talks told more; without what was added since."""
STORIES_BEFORE = "e52bcb0cdfd822cc"
TOLD_SINCE = {
    "forgotten_agents",
    "bad_month",
    "goals",
    "responses",
    "choices",
    "model_cases",
    "worked_case",
}
FIGURES = ("辅导编号", "工号", "教练", "辅导日期", "形式", "辅导项目", "指标", "基线值", "目标值", "完成期限", "状态")
TRUTHS = ("skills.csv", "kpis.csv", "graders.csv", "courses.csv")


def _digest(parts: list[bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(hashlib.sha256(part).digest())
    return found.hexdigest()[:16]


def _same(rows: list[Row], names: tuple[str, ...]) -> bytes:
    return json.dumps([[str(row[name]) for name in names] for row in rows], ensure_ascii=False).encode()


def _without(rows: list[Row], new: tuple[str, ...]) -> bytes:
    return _same(rows, tuple(name for name in rows[0] if name not in new))


def _points(file: Path) -> bytes:
    """Scored items without words and places in the recording, and without the contacts behind complaints."""
    rows = [row for row in rows_of(file) if row.get("Kind") != "Complaint review"]
    return _without(rows, ("Quote", "Offset (mm:ss)", "原话", "录音位置(秒)"))


def _as_today(centre: Path) -> dict[str, str]:
    drop, truth = centre / "drop", centre / "truth"
    worked = [one["complaint_id"] for one in stories(centre) if one["story"] == "worked_case"]
    complaints = (drop / "complaints/complaints.jsonl").read_text(encoding="utf-8").splitlines()
    courses = (drop / "training/training.txt").read_text(encoding="utf-16").splitlines()
    programmes = [row for row in coaching_log(centre) if row["辅导项目"]]
    whole = {
        name: _digest([file.name.encode() + file.read_bytes() for file in sorted((drop / name).glob("*.csv"))])
        for name in ("telephony", "surveys", "workforce", "ratings", "callbacks", "diary")
    }
    return {
        **whole,
        "people": _digest([(drop / "people" / name).read_bytes() for name in ("花名册.csv", "teams.tsv")]),
        "quality": _digest([_points(file) for file in sorted((drop / "quality").iterdir())]),
        "complaints": _digest([line.encode() for line in complaints if not any(name in line for name in worked)]),
        "training": _digest([_without(list(csv.DictReader(courses, delimiter="\t")), ("Skill", "Method"))]),
        "programmes": _digest([_same(programmes, FIGURES)]),
        "truth": _digest([(truth / name).read_bytes() for name in TRUTHS]),
    }


def test_contacts_answers_points_and_truths_are_what_they_were_before_talks_told_more(tmp_path: Path) -> None:
    write_demo(tmp_path, agents=24, teams=3, contacts=6_000, quarters=3)
    assert _as_today(tmp_path) == AS_BEFORE


def test_without_talks_the_truth_told_the_same_stories(tmp_path: Path) -> None:
    write_demo(tmp_path, agents=24, teams=3, contacts=6_000, quarters=3)
    told = [one for one in stories(tmp_path) if one["story"] not in TOLD_SINCE]
    assert _digest([json.dumps(told, ensure_ascii=False).encode()]) == STORIES_BEFORE
    assert {one["story"] for one in stories(tmp_path)} >= TOLD_SINCE
