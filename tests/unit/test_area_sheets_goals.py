"""Goals on the sheet: states in words, what would have happened anyway, the chain, answers, the path as a picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipelines.charts import chart_modules
from pipelines.charts.goal_path import goal_path
from pipelines.marts import CoachingPlan, CoachingProgress
from pipelines.settings import LANGUAGES
from pipelines.site.areas import sheets
from pipelines.site.areas._sheet_contexts import Goal
from pipelines.site.model import Site
from tests.unit import fake_marts
from tests.unit.sheets_centre import centre, context, html, parts, plan, site_of, text, voice
from tests.unit.tiers_centre import with_book

Build = Callable[[fake_marts.Rows], Site]
STATES = {
    "on_track": ("on track", "正常推进"), "at_risk": ("at risk", "有风险"), "slipping": ("slipping", "落后"),
    "reached": ("reached", "已达到"), "not_reached": ("not reached", "未达到"),
    "cannot_tell": ("cannot tell yet", "还看不出"), "not_started": ("nothing observed yet", "还没有数据"),
}  # fmt: skip
ANYWAY = {
    "beyond": ("Better than what would have happened anyway (72.4%).", "好于不辅导也会有的变化（72.4%）。"),
    "as_predicted": ("About what would have happened anyway (72.4%).", "差不多（72.4%）"),
    "below": ("Less than what would have happened anyway (72.4%).", "不及不辅导也会有的变化"),
    "cannot_tell": ("Not yet clear of what would have happened anyway (72.4%).", "还分不开"),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return lambda rows: site_of(tmp_path_factory.mktemp("marts"), rows)


@pytest.fixture(scope="module")
def site(build: Build) -> Site:
    return build(centre())


def with_goals(site: Site, *plans: CoachingPlan) -> Site:
    return with_book(site, "sheets", plans={"A0": plans}, progress={})


def followed(site: Site, **known: Any) -> CoachingProgress:
    """Where the goal stands that has a KPI."""
    found: CoachingProgress = next(goal.progress for goal in context(site, "A0").goals if goal.progress)
    return replace(found, **known)


# ---------- states
@pytest.mark.parametrize(("code", "names"), STATES.items())
def test_every_state_has_a_word_and_a_shape(site: Site, code: str, names: tuple[str, str]) -> None:
    for language, name in zip(LANGUAGES, names, strict=True):
        found = Goal(plan("A0", 1), followed(site, state=code), (), ())
        assert text(str(sheets.goals.marked(voice(site, language), found))).endswith(name)


def test_a_good_state_and_a_slipping_one_differ_without_colour() -> None:
    shapes = sheets.goals.SHAPES
    assert len({shapes["on_track"], shapes["at_risk"], shapes["slipping"], shapes["cannot_tell"]}) == 4


@pytest.mark.parametrize(("code", "said"), ANYWAY.items())
def test_every_goal_says_what_would_have_happened_anyway(site: Site, code: str, said: tuple[str, str]) -> None:
    for language, sentence in zip(LANGUAGES, said, strict=True):
        assert sentence in sheets.goals.anyway(voice(site, language), followed(site, beyond_anyway=code))


def test_nothing_observed_claims_nothing(site: Site) -> None:
    found = followed(site, value_since=None, anyway_value=None, state="not_started")
    assert sheets.goals.since(voice(site, "en"), found) == "Nothing was observed since the talk."
    assert sheets.goals.anyway(voice(site, "en"), found) == "What would have happened anyway is not known."


def test_the_last_plan_stands_with_state_figures_and_status(site: Site) -> None:
    found = parts(html(site, "en", "A0"))["What we agreed before"]
    assert "Answer rate from 70.2% to 80.0% by 30 Apr 2024 · ◆ on track · in progress (19 Feb 2024)" in found
    assert "Since the talk 74.8% (likely 70.1% to 79.0%), agreed path 74.1%. Not yet clear of what" in found
    assert "by 1 Mar 2024 · agreed (5 Feb 2024), due day passed" in found


def test_goals_past_their_day_come_first_then_open_ones_then_those_of_the_last_talk(site: Site) -> None:
    here = with_goals(
        site,
        plan("A0", 1, status="achieved", is_open=False), plan("A0", 2), plan("A0", 3, is_overdue=True),
        plan("A0", 4, coaching_id="S-old", is_open=False, is_latest_session=False),
    )  # fmt: skip
    assert [goal.plan.goal_number for goal in context(here, "A0").goals] == [3, 2, 1]
    assert len(context(here, "A0").paper_goals) == 2


def test_a_goal_in_figures_that_no_kpi_follows_is_said_by_its_name(site: Site) -> None:
    here = with_goals(
        site, plan("A0", 1, kpi_id=None, measure="speed_of_answer", baseline_value=80.0, target_value=60.0)
    )
    assert "Speed of answer from 1 min 20 s to 1 min by 30 Apr 2024" in text(html(here, "en", "A0"))


def test_without_a_goal_the_sheet_invites_to_the_first(site: Site) -> None:
    assert "No goal was agreed yet; today is a good day for the first." in text(html(site, "en", "A3"))


def test_what_the_agent_said_last_time_is_carried_over_with_its_day(site: Site) -> None:
    found = parts(html(site, "en", "A0"))["The agent's own view"]
    assert found.startswith("Said on 5 Feb 2024: The new form asks for things")
    assert found.endswith("…")


# ---------- below the paper
def test_the_chain_shows_what_was_changed_and_answers_say_when_they_came(site: Site) -> None:
    found = text(html(site, "en", "A0").partition('<div class="fw-off-paper">')[2])
    assert "19 Feb 2024 in progress Still hard on Mondays Tried instead: Listen to one call a day." in found
    assert (
        "20 Feb 2024: disputed a monitored contact. The customer had hung up. Answered on 27 Feb 2024: it was" in found
    )
    assert "27 Feb 2024: a comment on the figures. Is the outage in it? No answer yet." in found
    assert "13 Feb 2024: acknowledged the talk." in found


def test_the_weeks_of_a_goal_stand_as_a_picture_and_as_a_table(site: Site) -> None:
    found = html(site, "en", "A0")
    assert found.count('<svg class="fw-small"') == 1
    assert 'aria-label="Answer rate, week by week"' in found
    assert found.partition("Agreed path</th>")[2].partition("</table>")[0].count("<tr>") == 8


# ---------- the picture
def test_a_path_has_a_band_a_broken_line_dots_and_the_target() -> None:
    svg = goal_path([1.0, None, 3.0], [1.0, 2.0, 3.0], [0.5, 1.5, 2.5], [1.5, 2.5, 3.5], target=4.0, label="x",
                    width=112, height=112)  # fmt: skip
    assert svg.count("<circle") == 2
    assert re.search(r'class="fw-band" d="M[^"]*Z"', svg)
    assert 'class="fw-limit" d="M6,91.7L56,63.1L106,34.6"' in svg
    assert 'class="fw-target-line" d="M0,6H112"' in svg


def test_the_band_is_open_where_its_bounds_are_not_known_and_a_lonely_week_has_a_little_one() -> None:
    svg = goal_path([None] * 5, [1, 2, 3, 4, 5], [0, None, 2, 3, 4], [2, None, 4, 5, 6], target=5, label="x")
    assert svg.count('class="fw-band"') == 2
    assert "fw-line" not in svg


def test_a_path_without_weeks_is_an_empty_picture_and_unequal_lengths_are_refused() -> None:
    assert "<path" not in goal_path([], [], [], [], target=1.0, label="x")
    with pytest.raises(ValueError, match="2 values, 1 of the path"):
        goal_path([1.0, 2.0], [1.0], [1.0], [1.0], target=1.0, label="x")


def test_a_hostile_label_stays_text_and_the_picture_is_no_large_chart() -> None:
    assert "<script" not in goal_path([1.0], [1.0], [0.0], [2.0], target=1.0, label='"><script>')
    assert "goal_path" not in chart_modules()
