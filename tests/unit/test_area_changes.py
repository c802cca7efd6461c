"""What changed since the last site: sentences, the page, its section on the overview, feed and digest."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pipelines.figures import figures
from pipelines.settings import LANGUAGES
from pipelines.site import pages, policy, verify
from pipelines.site.areas import _changes_feed, _changes_lines, _changes_words, changes
from pipelines.site.areas._changes_parts import EditionPart
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.model_sql import Project, database, rows
from tests.unit import fake_marts
from tests.unit.changes_centre import CORRECTED, HOSTILE, OWNER, RULE, centre, edition, with_book
from tests.unit.site_pages import Build
from tests.unit.tiers_pages import html, lines, said, voice

PAGE = "changes/index.html"
ATOM = "{http://www.w3.org/2005/Atom}"
TWO = (edition(1), edition(2, is_current=True))


@pytest.fixture(scope="module")
def changed(build_site: Build) -> Site:
    return build_site(centre())


@pytest.fixture
def quiet(changed: Site) -> Site:
    return with_book(changed, TWO)


@pytest.fixture
def first(changed: Site) -> Site:
    return with_book(changed, [edition(1, is_current=True)])


@pytest.fixture
def undated(changed: Site) -> Site:
    return with_book(changed, [])


def part(site: Site) -> EditionPart:
    found = changes.changes(Selection(site, "../")).part
    assert found
    return found


def file(site: Site, language: str, name: str) -> bytes:
    found = {each.path: each for each in pages.files(site, language) if each.path.startswith("changes/")}
    assert set(found) == {"changes/feed.xml", "changes/digest.html", "changes/digest.txt"}
    content = found[f"changes/{name}"].content()
    assert content == found[f"changes/{name}"].content()
    return content


def parsed(feed: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(feed)  # noqa: S314 - made by this test


# ---------- the page
def test_the_answer_says_what_is_good_then_what_is_not_then_whose_verdict_a_correction_changed(changed: Site) -> None:
    good, concern, corrected = _changes_words.answer(voice(changed, "en"), part(changed))
    assert "Better than before" in good and "Cedar" in good and "Birch" not in good
    assert "Worse than before" in concern and "Birch" in concern and "Ask there what changed" in concern
    assert "Look again at what was decided" in corrected and "March 2024" in corrected and "Birch" in corrected
    assert "数据更正后" in _changes_words.answer(voice(changed, "zh"), part(changed))[2]


def test_nothing_new_is_said_plainly_and_the_overview_says_it_in_one_sentence(quiet: Site) -> None:
    assert "ordinary variation and needs no reaction" in said(quiet, "en", PAGE)
    assert "没有新的信号" in said(quiet, "zh", PAGE)
    assert "No published figure was corrected so far" in said(quiet, "en", PAGE)
    assert "no new signal, no rule changed, no figure corrected" in said(quiet, "en", "index.html")


def test_the_first_site_says_that_it_is_the_first_and_the_overview_nothing(first: Site) -> None:
    assert "This is the first site made from these data" in said(first, "en", PAGE)
    assert "changes/index.html" not in html(first, "en", "index.html").split("fw-how")[0].split("<h1>")[1]
    assert changes.on_overview(Selection(first, "")) is None


def test_a_site_without_dated_rows_compares_nothing(undated: Site) -> None:
    assert "nothing to compare" in said(undated, "en", PAGE)
    feed = parsed(file(undated, "en", "feed.xml"))
    assert feed.find(f"{ATOM}entry") is None
    assert (
        "nothing to compare" in file(undated, "zh", "digest.txt").decode()
        or "无从比较" in file(undated, "zh", "digest.txt").decode()
    )


def test_every_kind_of_change_is_told_in_its_group_and_good_signals_lead(changed: Site) -> None:
    found = {
        code: [str(line) for line in told]
        for code, _, told in _changes_lines.groups(voice(changed, "en"), part(changed))
    }
    assert list(found) == ["signals", "ended", "system", "periods", "tiers", "rules", "data", "corrections"]
    assert ["better than usual" in line for line in found["signals"]] == [True, False]
    assert found["tiers"] == ["Tier high: 41 people, 40 before", "Tier low: a few people, 5 before"]
    assert found["rules"][0].startswith("Below this score a result is low: 65 instead of 60; decided by Ann")
    assert "in force since 1 Mar 2024" in found["rules"][0]
    assert found["rules"][1].endswith("target for everybody: 4.20 instead of 4.00; starting value of this product.")
    assert found["rules"][3].startswith("a_rule_of_tomorrow: 2 instead of 1")
    assert found["data"] == [
        "Training: delivered for the first time",
        "Surveys: has stopped arriving with the newest days",
        "Contacts: new rows 5,000, in new files 3",
        "Contacts: rows refused 7, in new files 1",
    ]
    flip, centre, team, settled = found["corrections"]
    assert "now too close to call, before not yet at target" in flip and "and 2 more" in flip
    assert "is 75.0% instead of 80.0%. Reason: new file about this period, calls_march.csv." in centre
    assert "figures corrected 1, of March 2024" in team
    assert settled.startswith("Settled as expected")


def test_the_log_lists_every_correction_with_before_now_and_reason(changed: Site) -> None:
    table = lines(html(changed, "en", PAGE).split('id="log"')[1])[1:]
    assert len(table) == len(CORRECTED)
    flip = table[0]
    assert flip[:5] == ["Answer rate", "Birch", "March 2024", "80.0%", "75.0%"]
    assert flip[7] == "now too close to call, before not yet at target"
    assert any(line[3:5] == ["0.80", "–"] for line in table)


def test_texts_of_files_and_owners_are_escaped_everywhere(changed: Site) -> None:
    for text in (html(changed, "en", PAGE), file(changed, "en", "digest.html").decode()):
        assert HOSTILE not in text and "&lt;b&gt;x&lt;/b&gt;.csv" in text
        assert OWNER not in text


def test_no_page_feed_or_mail_about_changes_names_an_agent(changed: Site) -> None:
    for language in LANGUAGES:
        everything = said(changed, language, PAGE) + "".join(
            file(changed, language, name).decode() for name in ("feed.xml", "digest.html", "digest.txt")
        )
        assert not [name for names in fake_marts.AGENTS.values() for name in names if name in everything]


# ---------- the feed
def test_the_feed_is_atom_with_lasting_ids_and_days_of_data(changed: Site, first: Site) -> None:
    feed = parsed(file(changed, "en", "feed.xml"))
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id") or "")
        assert element.findtext(f"{ATOM}title")
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == ["2024-03-31T00:00:00Z", "2024-03-24T00:00:00Z"]
    assert feed.findtext(f"{ATOM}updated") == "2024-03-31T00:00:00Z"
    links = [link.get("href") or "" for link in feed.iter(f"{ATOM}link")]
    assert links and not [href for href in links if ":" in href or href.startswith("/")]
    earlier = parsed(file(first, "en", "feed.xml"))
    assert earlier.findtext(f"{ATOM}id") == feed.findtext(f"{ATOM}id")
    assert earlier.findtext(f"{ATOM}entry/{ATOM}id") == entries[1].findtext(f"{ATOM}id")
    assert "2 of" not in (entries[0].findtext(f"{ATOM}summary") or "")
    assert "<a " not in (entries[0].findtext(f"{ATOM}content") or "")


def test_the_feed_keeps_the_newest_thirty_editions(changed: Site) -> None:
    many = [edition(number, is_current=number == 40) for number in range(1, 41)]
    site = with_book(changed, many)
    entries = parsed(file(site, "zh", "feed.xml")).findall(f"{ATOM}entry")
    assert len(entries) == changes.FEED_ENTRIES
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == changes.FEED_ENTRIES


# ---------- the mail
def test_the_mail_is_one_small_file_that_loads_nothing_and_passes_the_checks_of_pages(changed: Site) -> None:
    for language in LANGUAGES:
        mail = file(changed, language, "digest.html")
        text = mail.decode()
        assert len(mail) < 30_000
        assert not re.search(r"<script|<img|<link|<a |url\(|https?:", text)
        assert "max-width:600px" in text and "prefers-color-scheme: dark" in text
        assert verify.read_html(text, is_generated=True).faults == []
        assert policy.faults(text) == []
        assert f'lang="{language}"' in text


def test_a_long_list_is_cut_in_a_mail_and_says_how_much_more_there_is(changed: Site) -> None:
    rules = [replace(RULE, item=f"rule_{number}") for number in range(20)]
    site = with_book(changed, TWO, rules)
    mail = file(site, "en", "digest.txt").decode()
    assert mail.count("instead of") == _changes_feed.LINES
    assert f"and {20 - _changes_feed.LINES} more on the page" in mail


def test_the_text_says_what_the_mail_says(changed: Site) -> None:
    text = file(changed, "zh", "digest.txt").decode().splitlines()
    mail = file(changed, "zh", "digest.html").decode()
    assert text[0] == "有何变化（数据截至2024年3月31日）"
    for line in text:
        if line and "<" not in line:
            assert line.removeprefix("- ").replace("“", "").split("<")[0][:12] in mail.replace("“", "")


# ---------- what a reader sees
def test_the_comparison_in_sql_rounds_as_pages_write(changed: Site) -> None:
    write, numbers = figures("en"), random.Random(3)  # noqa: S311
    cases = [
        {"unit": kpi.unit, "x": x, "shown": write.value(kpi, x)}
        for kpi in {kpi.unit: kpi for kpi in changed.kpis}.values()
        for x in [0.0, 0.5, 59.4, 59.5, 60.0, *(numbers.random() * 10 ** numbers.randrange(4) for _ in range(200))]
    ]
    project = Project()
    with database(cases=cases) as connection:
        found = rows(connection, f"select unit, shown, {project.sql(AS_SHOWN)} as text from cases")
    texts: dict[tuple[str, str], set[str]] = {}
    for row in found:
        texts.setdefault((row["unit"], row["text"]), set()).add(row["shown"])
    assert all(len(shown) == 1 for shown in texts.values())
    assert len(texts) == len({(row["unit"], row["shown"]) for row in found})


AS_SHOWN = "{{ as_shown('unit', 'x') }}"
