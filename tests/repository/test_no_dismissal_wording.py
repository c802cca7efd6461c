"""No page ever threatens anybody: no word of dismissal or of money taken away, in either language.

Two hand-written documents may name such advice, in order to refuse it. Nothing else may: no template, no translation,
no name in a seed, no figure's text, no entry of the search index.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.settings import LANGUAGES, PROJECT
from tests.conftest import SmallCentre

ENGLISH = (
    r"\bdismiss(?:al|als|ed|es|ing)?\b",
    r"\bterminat(?:e|es|ed|ing|ion|ions) (?:of |their |the |an? |his |her |any )?"
    r"(?:agents?|colleagues?|employ\w+|jobs?|people|persons?|staff)\b",
    r"\b(?:employment|job|staff|people|agents?)(?: contracts?)? (?:is |are |was |were |be |been )?terminat",
    r"\bfir(?:e|es|ed|ing) (?:him|her|them|people|staff|anybody|somebody|someone|the (?:agent|person))\b",
    r"\b(?:is|are|was|were|be|been|being|get|gets|got|getting) (?:fired|sacked|axed)\b",
    r"\bsack(?:s|ed|ing)\b|\b(?:the|a|their) sack\b",
    r"\blay(?:s|ing)? off\b|\blaid off\b|\blay-?offs?\b",
    r"\blet(?:ting)? (?:him|her|them|people|staff|agents?|somebody|someone) go\b",
    r"\b(?:is|are|was|were|be|been|being) let go\b",
    r"\b(?:do not|don't|not to) retain (?:him|her|them|people|staff|if)\b|\bnot worth (?:keeping|retaining)\b",
    r"\bweed(?:ed|ing)? (?:\w+ )?out\b|\bmanag(?:e|ed|ing) (?:him |her |them |people |staff )?out\b",
    r"\bget(?:ting)? rid of\b",
    r"\bbonus(?:es)?[- ](?:cuts?|deductions?)\b",
    r"\b(?:cut|cuts|cutting|deduct|dock|docks|docked|halve|halves|halved|withhold)\w* (?:\w+ ){0,3}(?:bonus|wages?)\b",
    r"\bhalf (?:of )?(?:the|a|their|this) (?:month's |monthly )?bonus\b",
    r"\bdead ?wood\b",
)
CHINESE = (
    "辞退", "解雇", "开除", "勿留", "淘汰", "解聘", "劝退", "裁员", "裁掉", "清退", "辞掉", "炒鱿鱼", "不予留用",
    "不值得留", "不再聘用", "终止劳动", "解除劳动", "扣罚", "扣奖金", "扣发", "扣工资", "扣绩效", "扣除奖金",
    "减发奖金",
)  # fmt: skip
WORDS = re.compile("|".join((*ENGLISH, *CHINESE)), re.IGNORECASE)
EXPLAIN = ("method/quadrant", "method/deviations")
"""Documents that may name such advice, to say that this site gives none."""

WRITTEN = (".csv", ".html", ".j2", ".md", ".svg", ".yml")


def found_in(text: str) -> list[str]:
    return [match[0] for match in WORDS.finditer(text)]


def visible(page: str) -> str:
    """What a reader meets: text and attributes, without scripts and styles, with white space as one blank."""
    bare = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", " ", page, flags=re.DOTALL | re.IGNORECASE)
    attributes = re.findall(r'\b(?:alt|aria-label|content|placeholder|title)="([^"]*)"', bare)
    return re.sub(r"\s+", " ", html.unescape(" ".join([re.sub(r"<[^>]+>", " ", bare), *attributes])))


def may_explain(location: str) -> bool:
    return location.split("#")[0].removesuffix(".html").removesuffix(".md") in EXPLAIN


@pytest.mark.parametrize(
    "sentence",
    [
        "Dismissal is advised.", "Consider dismissing low performers.", "Terminate the employment.",
        "Her employment was terminated.", "He was fired.", "Fire them early.", "Give him the sack.",
        "Two agents were sacked.", "Lay off the lowest five.", "Let her go.", "Do not retain if unfit.",
        "Not worth keeping.", "Weed out the weakest.", "A bonus deduction follows.",
        "Half of this month's bonus is at stake.", "Deduct half the monthly bonus.",
        "建议辞退", "不合适则勿留", "末位淘汰", "扣罚半月奖金", "扣奖金", "可以解雇或开除",
    ],
)  # fmt: skip
def test_the_guard_catches_advice_of_that_kind(sentence: str) -> None:
    assert found_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The customer wants to terminate the contract.", "Call terminated by the customer.", "A fire alarm went off.",
        "Retain the recording for a year.", "Let go of the hold button.", "Points were deducted from the form.",
        "The pay date has moved.", "Bonus questions of customers", "Let us go through it.", "Find out how to manage.",
        "扣分项", "开始除了周末", "裁定投诉", "罚款由客户承担", "客户要求解除合同",
    ],
)  # fmt: skip
def test_the_guard_leaves_ordinary_words_alone(sentence: str) -> None:
    assert found_in(sentence) == []


def _written() -> Iterator[Path]:
    for folder in ("site_templates", "docs", "dbt_project/seeds"):
        for file in sorted((PROJECT / folder).rglob("*")):
            if file.is_file() and file.suffix in WRITTEN:
                yield file


def test_nothing_that_people_write_for_the_site_says_it() -> None:
    found = {}
    for file in _written():
        page = file.relative_to(PROJECT)
        if page.parts[0] == "docs" and may_explain(Path(*page.parts[2:]).as_posix()):
            continue
        if words := found_in(re.sub(r"\s+", " ", file.read_text(encoding="utf-8"))):
            found[page.as_posix()] = words
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_explains_it_says_who_decides(language: str) -> None:
    """The quadrant's page names what it refuses and carries the fixed sentence."""
    page = (PROJECT / "docs" / language / f"{EXPLAIN[0]}.md").read_text(encoding="utf-8")
    index = (PROJECT / "docs" / language / "method" / "index.md").read_text(encoding="utf-8")
    fixed = re.search(r"^> .+$", index, re.MULTILINE)
    assert fixed
    assert fixed[0] in page
    assert found_in(page)


def test_no_page_of_a_built_site_says_it(small_centre: SmallCentre) -> None:
    site = small_centre.folder / "work" / "site"
    pages, found = 0, {}
    for file in sorted(site.rglob("*")):
        place = file.relative_to(site)
        if not file.is_file() or may_explain(Path(*place.parts[1:]).as_posix()):
            continue
        if file.suffix in (".html", ".svg"):
            pages += 1
            words = found_in(visible(file.read_text(encoding="utf-8")))
        elif file.name == "search_index.json":
            entries = json.loads(file.read_text(encoding="utf-8"))["docs"]
            said = " | ".join(f"{e['title']} {e['text']}" for e in entries if not may_explain(e["location"]))
            words = found_in(said)
        elif file.suffix in (".json", ".csv", ".txt"):
            words = found_in(file.read_text(encoding="utf-8"))
        else:
            continue
        if words:
            found[place.as_posix()] = words
    assert pages > 50
    assert found == {}
