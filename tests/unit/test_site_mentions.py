"""Measures named in a page's answer lead to their pages, each once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from pipelines.settings import LANGUAGES
from pipelines.site import mentions, pages
from tests.unit import fake_marts
from tests.unit.site_pages import content, site_of

NAMES = {"rate": "Answer rate", "of_all": "Answer rate (of all)", "aht": "Handle & wrap time", "量": "处理量"}
BOX = '<div class="fw-answer"><p>{}</p></div><p>Answer rate</p>'


def said(text: str, path: str = "teams/t-1.html") -> str:
    page = mentions.linked(BOX.format(text), path, NAMES)
    return page.removeprefix('<div class="fw-answer"><p>').partition("</p>")[0]


def test_the_first_mention_leads_to_the_measure_and_the_second_is_plain() -> None:
    link = '<a href="../kpis/rate.html">Answer rate</a>'
    assert said("Better: Answer rate. Answer rate again.") == f"Better: {link}. Answer rate again."
    assert said("Answer rate", "index.html") == '<a href="kpis/rate.html">Answer rate</a>'


def test_the_longest_name_is_meant_and_never_a_part_of_a_word() -> None:
    assert said("Answer rate (of all)") == '<a href="../kpis/of_all.html">Answer rate (of all)</a>'
    assert said("Answer rates, reAnswer rate") == "Answer rates, reAnswer rate"
    assert said("处理量和别的") == '<a href="../kpis/量.html">处理量</a>和别的'
    assert said("Handle &amp; wrap time") == '<a href="../kpis/aht.html">Handle &amp; wrap time</a>'


def test_links_of_the_template_stay_and_count_as_mentions() -> None:
    for text in ('<a href="../kpis/rate.html">Answer rate</a>, Answer rate', '<a href="x.html"><b>Answer rate</b></a>',
                 '<span title="Answer rate">x</span>'):  # fmt: skip
        assert said(text) == text


def test_a_measures_own_page_does_not_lead_to_itself_and_only_answers_are_touched() -> None:
    assert said("Answer rate", "kpis/rate.html") == "Answer rate"
    assert mentions.linked(BOX.format("x"), "index.html", NAMES) == BOX.format("x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_link_in_a_link_and_answers_of_teams_lead_to_measures(tmp_path: Path, language: str) -> None:
    led, seen = 0, Counter[str]()
    for page in pages.pages(site_of(tmp_path, fake_marts.centre()), language):
        seen[page.kind] += 1
        if seen[page.kind] > 2:
            continue
        html = content(page)
        assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", html, re.DOTALL), page.path
        answer = html.partition('<div class="fw-answer">')[2].partition("</div>")[0]
        led += page.kind == "team" and "kpis/" in answer
    assert led == 2
