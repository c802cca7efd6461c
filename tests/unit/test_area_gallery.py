"""The gallery: every chart once, in both languages, with its question and when not to use it."""

from __future__ import annotations

import pytest

from pipelines import words
from pipelines.charts import chart_modules, direct_modules
from pipelines.charts.palette import palette
from pipelines.figures import figures
from pipelines.site.areas import gallery
from pipelines.site.areas._gallery_words import FAMILIES
from pipelines.site.fragments import Voice
from pipelines.site.templates import TEMPLATES

MODULES = {**chart_modules(), **direct_modules()}


def say(language: str) -> Voice:
    return Voice(words.load(TEMPLATES / "words", language), figures(language), {})


def test_every_chart_with_an_example_appears_once_and_none_in_the_last_family() -> None:
    page = gallery.gallery(None)  # type: ignore[arg-type]
    shown = [sample.chart for _, samples in page.samples for sample in samples]
    assert sorted(shown) == sorted(MODULES)
    assert len(shown) == len(set(shown))
    assert "other" not in dict(page.samples)
    assert sorted(chart for charts in FAMILIES.values() for chart in charts) == sorted(MODULES)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("chart", sorted(MODULES))
def test_every_chart_has_a_name_a_question_and_a_warning(chart: str, language: str) -> None:
    voice, own = say(language), gallery.words
    assert own.title(voice, chart) != chart
    assert own.question(voice, MODULES[chart].QUESTION).endswith("？" if language == "zh" else "?")
    assert own.when_not(voice, chart)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_notation_and_the_colours_are_told_in_every_language(language: str) -> None:
    voice = say(language)
    marks = list(gallery.words.notation(voice))
    assert len({str(mark) for mark, _, _ in marks}) == len(marks)
    assert all(meaning and rule for _, meaning, rule in marks)
    assert len({gallery.words.question(voice, colour.meaning) for colour in palette().values()}) == len(palette())
