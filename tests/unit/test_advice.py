"""Coaching advice: how a file is read, and what is said of one that lacks something or has no twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import FloorwalkError
from pipelines.settings import LANGUAGES
from pipelines.site import advice

FORM = """---
title: Group
line: When several people meet the same wall.
how:
  - Ten minutes each
  - "Say: what did you try"
---
It fits **best** on quiet days.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language in LANGUAGES:
        write(tmp_path, f"{language}/forms/group.md", FORM)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_file_is_its_front_matter_and_the_text_below(folder: Path) -> None:
    piece = advice.library("en", folder)("forms", "group")
    assert (piece.title, piece.line) == ("Group", "When several people meet the same wall.")
    assert piece["how"] == ["Ten minutes each", "Say: what did you try"]
    assert piece.body == "<p>It fits <strong>best</strong> on quiet days.</p>"


def test_what_nobody_wrote_is_not_made_up(folder: Path) -> None:
    written = advice.library("en", folder)
    assert written.has("forms", "group")
    assert not written.has("forms", "one_to_one")
    assert not written.has("forms", None)
    with pytest.raises(KeyError):
        written("forms", "one_to_one")


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("en/forms/x.md", FORM.replace("how:", "when:"), "front matter lacks how"),
        ("en/forms/x.md", FORM.replace("title: Group", "title:"), "front matter lacks title"),
        ("en/forms/x.md", "No front matter at all.", "front matter lacks title, line, how"),
        ("en/slogans/x.md", FORM, "no kind of advice is called 'slogans'"),
    ],
)
def test_a_file_that_lacks_something_is_named(folder: Path, name: str, text: str, what: str) -> None:
    write(folder, name, text)
    with pytest.raises(FloorwalkError) as refused:
        advice.library("en", folder)
    (problem,) = refused.value.problems
    assert (problem.what, problem.where) == (what, name)


def test_twins_have_the_same_parts_and_as_many_items(folder: Path) -> None:
    write(folder, "zh/forms/group.md", FORM.replace("  - Ten minutes each\n", ""))
    write(folder, "en/forms/simulation.md", FORM)
    said = {(problem.what, problem.where) for problem in advice.faults(folder) if "rely" not in problem.what}
    assert said == {
        ("twins that are not built alike", "en and zh/forms/group.md"),
        ("advice in one language only", "zh/forms/simulation.md"),
    }


def test_advice_that_pages_rely_on_is_asked_for_in_every_language(folder: Path) -> None:
    missing = {p.where for p in advice.faults(folder, techniques=["evading"]) if "rely" in p.what}
    assert {"en/techniques/evading.md", "zh/techniques/evading.md", "zh/stages/prepare.md"} <= missing
    assert "en/forms/group.md" not in missing


def test_the_stages_of_a_talk_fill_half_an_hour_and_are_nine() -> None:
    for language in LANGUAGES:
        stages = [advice.library(language)("stages", name) for name in advice.STAGES]
        assert len(stages) == 9
        assert sum(stage["minutes"] for stage in stages) == 30
