"""The coach's library and the model cases: what they hold, who is named, and what strangers' words may not do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.marts import ErrorType, ModelCase, Policy, SkillDimension
from pipelines.settings import LANGUAGES
from pipelines.site import advice
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.site_pages import Build, Reader, by_path, content

SKILL = SkillDimension("responsibility", "Responsibility", "责任心", 1, True)
EVADING = ErrorType("evading", 10, None, "responsibility", "Passing the customer on", "推诿", "simulation")
LATE = ErrorType("promise_not_kept", 15, "callback_on_time", None, "Call-back late", "回访不及时", "talk")
SINCE = date(2024, 1, 1)
STANDARD = Policy(
    "own", "evading", "standard", "Own it.", "负责到底。", "Handbook 3", "手册3", SINCE, "Quality", None, True
)
THREAT = Policy("half", "evading", "consequence", "Never shown here.", "不显示。", "X", "X", SINCE, "HR", None, True)
OLD = Policy("old", "evading", "standard", "Once upon a time.", "从前。", "X", "X", date(2020, 1, 1), "Q", None, False)


def case(number: int, **more: Any) -> ModelCase:
    values: dict[str, Any] = {
        "case_id": f"MC{number}", "position": number, "dimension": "responsibility", "error_type": "evading",
        "for_tier": "mid", "title_en": "Stays with it", "title_zh": "跟到底", "situation_en": "Sent back and forth.",
        "situation_zh": "被推来推去。", "what_helped_en": "Promised a time.", "what_helped_zh": "说好时间。",
        "quote": "I will ring you by noon.", "contact_id": "C42", "offset_seconds": 83.0, "reason": None,
        "agent_id": None, "marked_on": date(2024, 3, 1),
    }  # fmt: skip
    return ModelCase(**values | more)


@pytest.fixture(scope="module")
def site(build_site: Build) -> Site:
    cases = [case(1, agent_id="A0"), case(2, title_en=fake_marts.HOSTILE, quote=fake_marts.HOSTILE)]
    return build_site(
        fake_marts.centre()
        | {ErrorType: [EVADING, LATE], Policy: [STANDARD, THREAT, OLD], SkillDimension: [SKILL], ModelCase: cases}
    )


def page(site: Site, language: str, path: str) -> str:
    return content(by_path(site, language)[path])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_holds_every_technique_question_plan_and_stage(site: Site, language: str) -> None:
    said = page(site, language, "coaching/library.html")
    ids = Reader(said).ids
    assert {"evading", "promise_not_kept", "ask-answer_rate", "tier-low", "place-restart", "cause-workload"} <= ids
    assert {f"stage-{name}" for name in advice.STAGES} <= ids
    technique = advice.library(language)("techniques", "evading")
    assert technique["observe"][0] in Reader(said).text


def test_only_standards_in_force_are_quoted_with_their_source(site: Site) -> None:
    said = Reader(page(site, "en", "coaching/library.html")).text
    assert "Own it." in said
    assert "Handbook 3, decided by Quality" in said
    assert "Never shown here." not in said
    assert "Once upon a time." not in said


def test_a_case_names_its_agent_only_where_the_agent_agreed(site: Site) -> None:
    said = page(site, "en", "coaching/cases.html")
    assert Reader(said).links.count("../agents/" + site.slugs["agent", "A0"] + ".html") == 1
    assert "contact C42, at 1:23" in Reader(said).text
    assert "../coaching/library.html#evading" in Reader(said).links


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_strangers_stay_words(site: Site, language: str) -> None:
    said = page(site, language, "coaching/cases.html")
    assert "<script" not in said
    assert "&lt;script&gt;" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_case_the_page_says_how_to_begin(centre_site: Site, language: str) -> None:
    said = page(centre_site, language, "coaching/cases.html")
    assert "<article" not in said
    assert {"en": "ask the agent", "zh": "本人同意"}[language] in said
