"""Formulas of the indices filled in; the rules, weights and bands printed. Other words of pages: test_area_people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import Anchor, KpiValue, Period, Rule
from pipelines.site import templates
from pipelines.site.areas import _people_book, _people_formula, _people_words
from pipelines.site.areas._people_book import Formula
from pipelines.site.fragments import Voice
from tests.unit.people_centre import CALLS, MARCH, QUALITY, TRAINING, UNITS, kpi, part, rows, texts
from tests.unit.site_pages import site_of


def say(language: str = "en") -> Voice:
    known = {kpi_id: kpi(n, kpi_id, unit) for n, (kpi_id, unit) in enumerate(UNITS.items())}
    return Voice(words.load(templates.TEMPLATES / "words", language), figures(language), known)


def formula(kpi_id: str, basis: str, parts: tuple[tuple[Any, ...], ...]) -> Formula:
    period = Period(*MARCH, date(2024, 3, 31), 3, True, True, False)
    return Formula(kpi_id, period, tuple(part(kpi_id, ("agent", "A0"), MARCH, basis, *row) for row in parts), None)


def written(found: Formula) -> str:
    return " ".join(f"{term.sign} {term.text}".strip() for term in _people_formula.equation(say(), found))


# ---------- formulas
def test_a_formula_is_filled_in_from_its_parts() -> None:
    assert written(formula("call_volume_index", "caused", CALLS)) == "(812 − 9) ÷ 900 = 89.2%"
    assert written(formula("service_quality_index", "monitor_and_test", QUALITY)) == (
        "(40.00 + 30.00) ÷ 2 − 20.00 × 2 = −5.00"
    )
    assert written(formula("training_index", "sessions", TRAINING)) == "85.00 − 1.00 × 5 = 80.00"


def test_a_missing_test_call_leaves_the_monitoring_score_alone() -> None:
    only = formula(
        "service_quality_index", "monitor_only", (QUALITY[0], *QUALITY[2:5], (6, "raw_value", 0.0, 8, "points"))
    )
    assert written(only) == "40.00 − 20.00 × 2 = 0.00"
    assert "there was no test call" in _people_words.basis(say(), only)


def test_every_reading_subtracts_what_it_says() -> None:
    literal = formula(
        "call_volume_index", "literal", (CALLS[0], (2, "complaints_handled", 5.0, None, "contacts"), *CALLS[2:])
    )
    example = replace(
        literal,
        parts=(*literal.parts[:2], replace(literal.parts[1], part="repeats_handled", amount=7.0), *literal.parts[2:]),
    )
    assert written(literal).startswith("(812 − 5) ÷")
    assert written(example).startswith("(812 − 5 − 7) ÷")
    assert _people_words.month(say(), example).startswith("5 + 7 of 812 contacts subtracted")


def test_a_result_without_a_part_it_needs_is_an_error() -> None:
    with pytest.raises(KeyError, match="coefficient"):
        written(formula("training_index", "sessions", (*TRAINING[:3], TRAINING[4])))


def test_numbers_keep_the_decimals_they_need() -> None:
    assert [_people_formula.as_needed(say(), x) for x in (2.0, 2.5, 17.5, 7025.909, 0.333)] == [
        "2", "2.50", "17.5", "7,025.9", "0.33",
    ]  # fmt: skip


def test_pages_speak_of_the_latest_complete_periods_and_the_months_of_the_quarter() -> None:
    periods = [
        Period("all", date(2024, 1, 1), date(2024, 5, 9), 1, True, True, False),
        Period("quarter", date(2024, 1, 1), date(2024, 3, 31), 1, True, True, True),
        Period("quarter", date(2024, 4, 1), date(2024, 6, 30), 2, False, False, False),
        *(Period("month", date(2024, m, 1), date(2024, m, 28), m, m < 5, m == 4, False) for m in range(1, 6)),
    ]
    found = [(kind, start.month) for kind, start in _people_book.spoken(periods)]
    assert found == [("all", 1), ("quarter", 1), ("month", 1), ("month", 2), ("month", 3), ("month", 4)]


# ---------- rules, weights and bands
def test_rules_stand_with_value_owner_and_day(tmp_path: Path) -> None:
    found = rows()
    found[Rule] = [
        replace(rule, value=2.5, owner="Head of service", valid_from=date(2024, 2, 1))
        if rule.rule_id == "complaint_coefficient_points"
        else rule
        for rule in found[Rule]
    ]
    text = texts(site_of(tmp_path, found), "en", "indices/index.html")["indices/index.html"]
    assert "Points off for each justified complaint 2.5 Head of service 1 Feb 2024" in text
    assert "2.5, decided by Head of service, since 1 Feb 2024" in text


def test_an_index_with_a_weight_is_said_to_count(tmp_path: Path) -> None:
    found = rows()
    anchor = Anchor(
        "general", "training_index", 0.1, 60.0, 80.0, 95.0, "value", "standard", "HR", "HR", date(2024, 1, 1)
    )
    found[Anchor] = [anchor]
    assert (
        "These count in the score of some roles: The training_index."
        in (texts(site_of(tmp_path, found), "en", "indices/index.html")["indices/index.html"])
    )


def test_talk_time_is_a_band_beside_the_answer_rate(tmp_path: Path) -> None:
    found = rows()
    role = ("general", "average_handle_time")
    found[Anchor] = [Anchor(*role, 0.2, 1.15, 0.98, 0.83, "ratio", "standard", "default", "HR", date(2024, 1, 1))]
    text = texts(site_of(tmp_path, found), "en", "kpis/average_talk_time.html")[
        "kpis/average_talk_time.html"
    ].partition("A band, not a race")[2]
    assert "General enquiries 1.15 times the value expected for such work 0.98 times" in text
    assert "100 points, and no more beyond" in text
    assert "Month Average talk time Answer rate January 2024" in text


def test_without_a_band_and_an_answer_rate_that_is_said(tmp_path: Path) -> None:
    found = rows()
    found[KpiValue] = [row for row in found[KpiValue] if row.kpi_id != "answer_rate"]
    text = texts(site_of(tmp_path, found), "en", "kpis/average_talk_time.html")["kpis/average_talk_time.html"]
    assert "so there is no band" in text
    assert "The answer rate was not delivered" in text
