"""Pages whose figures rest on data in doubt say so; others do not, and accepted doubts are only listed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from pipelines.figures import figures
from pipelines.ingest.reasons import ABOUT_NO_FIGURE, DOUBTS
from pipelines.marts import AgentState, Doubt
from pipelines.site.model import Site
from tests.unit.site_pages import Reader, by_path, content

DAY = date(2024, 3, 12)
ROW = Doubt("d1", "calls<1>.csv", "contacts", "", "few_rows", "doubt", DAY, DAY, 40, 40.0, 1200.0, "")
TITLE = {"en": "Do not decide on this page yet", "zh": "暂时不要依据本页做决定"}
SAID = {
    "en": f"Contacts: only 40 rows for {figures('en').day(DAY)}, where 1,200 would be usual",
    "zh": f"联络记录：{figures('zh').day(DAY)} 只有 40 行，通常约有 1,200 行",
}


PATHS = ("index.html", "teams/index.html", "kpis/answer_rate.html", "kpis/csat_mean.html", "data/index.html")


def site_with(site: Site, *doubts: Doubt) -> Site:
    """The same site with other doubts."""
    return replace(site, doubts=doubts)


def warned(site: Site, language: str) -> dict[str, str]:
    """Pages that warn, of those looked at, with their HTML."""
    pages = by_path(site, language)
    said = {path: content(pages[path]) for path in PATHS}
    return {path: html for path, html in said.items() if TITLE[language] in html}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_with_figures_of_the_doubtful_days_and_tables_warn_and_give_the_reason(
    centre_site: Site, language: str
) -> None:
    pages = warned(site_with(centre_site, ROW), language)
    assert set(pages) == {"index.html", "teams/index.html", "kpis/answer_rate.html"}
    for path, html in pages.items():
        assert SAID[language] in Reader(html).text, path
        assert f"{'../' * path.count('/')}data/index.html#doubts" in html, path
        above, _, below = html.partition(TITLE[language])
        assert "<h1" in above and "<h2" not in above and "fw-n" in below, path


def test_a_doubt_about_another_time_concerns_no_page_that_does_not_show_it(centre_site: Site) -> None:
    old = replace(ROW, first_day=date(2020, 1, 6), last_day=date(2020, 1, 7))
    assert warned(site_with(centre_site, old), "en") == {}


def test_a_doubt_without_days_concerns_all_of_them(centre_site: Site) -> None:
    always = replace(ROW, doubt="cut_off", first_day=None, last_day=None, observed=None, expected=None)
    assert "index.html" in warned(site_with(centre_site, always), "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_somebody_answers_for_is_listed_and_no_longer_warned_of(centre_site: Site, language: str) -> None:
    site = site_with(centre_site, replace(ROW, severity="accepted"))
    assert warned(site, language) == {}
    html = content(by_path(site, language)["data/index.html"])
    assert 'id="doubts"' in html
    assert {"en": "looked at and accepted", "zh": "已核实，照常使用"}[language] in html


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_doubt_is_told_with_what_to_do(centre_site: Site, language: str) -> None:
    rows = [
        replace(ROW, doubt=doubt, column_name="talk_seconds<i>", observed=240000.0, expected=240.0, unit="seconds")
        for doubt in DOUBTS
    ]
    html = content(by_path(site_with(centre_site, *rows), language)["data/index.html"])
    text = Reader(html).text
    assert "<i>" not in html.partition('id="doubts"')[2].partition("<h2")[0]
    assert all(re.search(r"\{\w+\}", line) is None for line in text.splitlines())
    assert html.count("fw-clause") == 2 * len(DOUBTS)


def test_only_two_doubts_are_told_at_the_top_and_the_others_counted(centre_site: Site) -> None:
    days = [replace(ROW, first_day=date(2024, 3, day), last_day=date(2024, 3, day)) for day in (4, 5, 6, 7)]
    html = warned(site_with(centre_site, *days), "en")["index.html"]
    assert html.count("only 40 rows for") == 2
    assert "More doubts: 2." in html


def test_a_site_without_doubts_lists_none(centre_site: Site) -> None:
    assert warned(centre_site, "en") == {}
    assert 'id="doubts"' not in content(by_path(centre_site, "en")["data/index.html"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whom_to_ask_and_states_without_a_meaning_stand_on_the_data_page(centre_site: Site, language: str) -> None:
    doubt = replace(ROW, owner_en="Telephony <team>", owner_zh="话务系统组")
    states = tuple(AgentState(True, f"Banking{n}", meaning, 3, 90.0, DAY, DAY) for n, meaning in ((1, ""), (2, "meal")))
    site = replace(site_with(centre_site, doubt), states=states)
    reader = Reader(content(by_path(site, language)["data/index.html"]))
    assert {"en": "Ask: Telephony <team>", "zh": "请问：话务系统组"}[language] in reader.text
    assert "Banking1" in reader.text
    assert "Banking2" not in reader.text


@pytest.mark.parametrize("doubt", sorted(ABOUT_NO_FIGURE))
def test_a_doubt_that_no_figure_suffers_from_stands_on_the_data_page_and_warns_nowhere(
    centre_site: Site, doubt: str
) -> None:
    site = site_with(centre_site, replace(ROW, doubt=doubt))
    assert warned(site, "en") == {}
    assert 'id="doubts"' in content(by_path(site, "en")["data/index.html"])


@pytest.mark.parametrize(("language", "words"), [("en", "all on 14 Mar 2026"), ("zh", "均在2026年3月14日")])
def test_the_day_on_which_all_refused_rows_lie_stands_beside_the_reason(
    centre_site: Site, language: str, words: str
) -> None:
    [refusal] = centre_site.refusals
    day = date(2026, 3, 14)
    site = replace(centre_site, refusals=(replace(refusal, first_day=day, last_day=day),))
    assert words in content(by_path(site, language)["data/index.html"])
    assert words not in content(by_path(centre_site, language)["data/index.html"])
