from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

from pipelines import words
from pipelines.errors import FloorwalkError
from pipelines.site import templates
from pipelines.words import Sentence, Words

ZH = words.load(templates.TEMPLATES / "words", "zh")


def test_every_sentence_of_the_site_has_its_chinese_and_nothing_is_left_over() -> None:
    problems = words.check(templates.sentences(), ZH)
    assert not problems, "\n".join(map(str, problems))


def test_the_english_sentences_get_exactly_the_values_they_name() -> None:
    assert not words.check(templates.sentences(), words.load(Path("unused"), "en"))


def test_no_chinese_sentence_was_left_in_english() -> None:
    same = [text for text, said in ZH.sentences.items() if said.isascii() and any(sign.isalpha() for sign in said)]
    assert same == []


def test_placeholders_are_filled() -> None:
    assert Words("zh", {"{n} agents": "坐席 {n} 人"})("{n} agents", n=3) == "坐席 3 人"
    assert Words("en", {})("{n} agents", n=3) == "3 agents"


def test_a_sentence_without_translation_is_an_error_that_says_where_to_add_it() -> None:
    with pytest.raises(FloorwalkError, match=r"no zh for 'Hello'(.|\n)*words/zh.yml"):
        Words("zh", {})("Hello")


def test_a_wrong_placeholder_is_an_error() -> None:
    with pytest.raises(FloorwalkError, match="do not fit"):
        Words("zh", {"{n} agents": "坐席 {m} 人"})("{n} agents", n=3)
    with pytest.raises(FloorwalkError, match="do not fit"):
        Words("en", {})("{n} agents")


def test_markup_in_a_value_stays_and_everything_else_is_escaped() -> None:
    said = Words("en", {})("{link} & {name}", link=Markup("<a>x</a>"), name="<b>")
    assert said == Markup("<a>x</a> &amp; &lt;b&gt;")


def test_a_check_names_what_is_missing_misfilled_and_unused() -> None:
    used = [Sentence("A {x}", frozenset({"x"}), "t, line 1"), Sentence("B", frozenset(), "t, line 2")]
    problems = words.check(used, Words("zh", {"A {x}": "甲 {y}", "C": "丙"}))
    assert [problem.where for problem in problems] == ["t, line 1", "t, line 2", "words/zh.yml"]


def test_a_sentence_that_is_not_written_out_cannot_be_used() -> None:
    environment = templates.environment()
    with pytest.raises(FloorwalkError, match="not written out"):
        list(words.in_template("{{ _(name) }}", "t", environment))
    with pytest.raises(FloorwalkError, match="not written out"):
        list(words.in_python("_(name)", "m"))


def test_sentences_are_found_in_templates_and_modules() -> None:
    environment = templates.environment()
    assert list(words.in_template('a\n{{ _("Hi {n}", n=1) }}', "t", environment)) == [
        Sentence("Hi {n}", frozenset({"n"}), "t, line 2")
    ]
    assert list(words.in_python('say("x")\n_("Hi {n}", n=1)\n_("{a}", **values)', "m")) == [
        Sentence("Hi {n}", frozenset({"n"}), "m, line 2"),
        Sentence("{a}", frozenset({"a"}), "m, line 3"),
    ]
