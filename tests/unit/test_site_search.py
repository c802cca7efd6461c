"""The search index: what has an entry, what finds it, and what it weighs for a thousand people."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipelines.settings import LANGUAGES
from pipelines.site import glossary, search
from pipelines.site.escape import slug
from pipelines.site.pages import kinds

BUILT = json.dumps({"config": {"separator": " ", "fields": {}}, "docs": []})
SURNAMES, SECOND, THIRD = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "伟芳娜敏静丽强磊军洋", "丹青月泠松涛雪梅晨曦"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def entries(cache: Path, *offered: search.Entry, built: str = BUILT) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(search.index(built, offered, cache))["docs"]
    return found


def keys(entry: dict[str, Any]) -> set[str]:
    return set(entry["keys"].split(search.BREAK))


def test_a_person_is_found_by_a_part_of_the_name_and_in_the_other_script(cache: Path) -> None:
    (person,) = entries(cache, search.Entry("agents/a-1.html", "Helian Danqing 赫连丹青", "A0002 · 翠鸟组"))
    assert {"丹青", "连丹青", "赫連丹青"} <= keys(person)
    assert "赫连丹" not in keys(person), "a whole name would be looked up by its beginning, and find others"
    assert "赫连丹青" in person["title"].split(search.BREAK)


def test_a_measure_is_found_whole_by_its_parts_by_its_other_names_and_in_traditional_characters(cache: Path) -> None:
    offered = search.Entry(
        "kpis/x.html", "平均处理时长（AHT）", "含义。", ("平均处理时长（AHT）", "handling time", "话务量")
    )
    (measure,) = entries(cache, offered)
    assert {"平均处理时", "处理时", "時長", "平均處理時", "handling", "time", "话务", "話務"} <= keys(measure)
    assert "handling" not in measure["title"] + measure["text"], "keys are searched, not shown"


def test_a_traditional_title_is_cut_where_the_same_simplified_one_is(cache: Path) -> None:
    titles = {
        "critical_error_rate": ("关键差错率", "關鍵差錯率"), "callback_on_time": ("回访及时率", "回訪及時率"),
        "acw_share": ("话后处理占比", "話後處理佔比"), "fairness": ("怎样公平地比较人", "怎樣公平地比較人"),
    }  # fmt: skip
    for name, both in titles.items():
        simplified, traditional = (
            entries(cache, search.Entry(f"kpis/{name}.html", title, "", (title,)))[0] for title in both
        )
        places = [
            [both[which].find(key) for key in keys(entry)] for which, entry in ((0, simplified), (1, traditional))
        ]
        assert sorted(set(places[0])) == sorted(set(places[1]))
    assert "差錯" in keys(entries(cache, search.Entry("a.html", "關鍵差錯率", "", ()))[0])


def test_equally_good_pages_come_in_the_order_of_the_menu_and_before_sections_of_documents(cache: Path) -> None:
    section = {"location": "method/tiers.html#_2", "title": "Training", "text": ""}
    built = json.dumps({"config": {}, "docs": [section]})
    first, second = search.Entry("a.html", "Training", ""), search.Entry("b.html", "Training", "")
    boosts = [entry.get("boost", 1) for entry in entries(cache, first, second, built=built)]
    assert boosts[1] > boosts[2] > boosts[0] == 1


def test_every_term_has_an_entry_of_its_own_instead_of_one_per_table(cache: Path) -> None:
    table = {"location": "method/glossary.html#words", "title": "Words", "text": "all terms at once"}
    page = {"location": "method/glossary.html", "title": "Glossary", "text": ""}
    built = json.dumps({"config": {}, "docs": [page, table]})
    found = entries(cache, *search.of_terms(glossary.terms("en")), built=built)
    locations = [entry["location"] for entry in found]
    assert "method/glossary.html#words" not in locations
    assert locations[0] == "method/glossary.html", "a part comes after its page"
    assert "method/glossary.html#overdispersion" in locations


def test_a_person_and_a_team_have_one_entry_each(cache: Path) -> None:
    listed = search.listed(kinds())
    assert {"agent", "team", "kpi", "overview", "coaching"} <= listed
    assert not {"sheet", "journal", "guide"} & listed


def test_words_of_strangers_stay_text(cache: Path) -> None:
    (found,) = entries(cache, search.Entry("agents/a-1.html", "<img src=x> 赫连", "<b>x</b>", ("<i>y</i>",)))
    assert "<img" not in found["title"] and "<b>" not in found["text"]


# ---------- weight
def thousand(language: str) -> Iterator[search.Entry]:
    """A thousand agents in eighty teams; every page of them is offered to `listed` before."""
    for number in range(80):
        yield search.Entry(f"teams/{slug('team', f'T{number}')}.html", f"Team {number} 团队{number:02}", f"T{number}")
    for number in range(1000):
        first, second, third = SURNAMES[number % 20], SECOND[number // 20 % 10], THIRD[number // 7 % 10]
        title = f"{first}{second}{third} Name{number}"
        yield search.Entry(f"agents/{slug('agent', f'A{number}')}.html", title, f"A{number:04} · 团队{number % 80:02}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thousand_people_add_less_than_45_kilobytes_to_what_the_first_page_loads(cache: Path, language: str) -> None:
    def weight(offered: Sequence[search.Entry]) -> int:
        return len(gzip.compress(search.index(BUILT, offered, cache).encode(), 9))

    terms = list(search.of_terms(glossary.terms(language)))
    assert weight([*terms, *thousand(language)]) - weight(terms) < 45_000
