"""Numbers that the documents state are those that run: variables, settings, rules, weights and standards.

Does not belong here: examples that are worked out (test_document_examples), how documents are built (test_documents).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import sqrt
from statistics import NormalDist

import pytest

from pipelines.cli import catalogue, doctor
from pipelines.rules import weights
from pipelines.settings import LANGUAGES, PROJECT, Settings
from tests.unit.documents import PAGES, prose, rows

VARIABLES = catalogue.read_variables(PROJECT / "dbt_project")
COVERAGE_PERCENT = round(100 * (2 * NormalDist().cdf(VARIABLES["interval_z"]) - 1))
METHOD_PAGES = [page for page in PAGES if page.startswith("method/")]


def seed(name: str) -> list[dict[str, str]]:
    """Rows of a seed as text."""
    with (PROJECT / "dbt_project" / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@lru_cache
def defaults() -> dict[str, float]:
    """Every rule's starting value: the one that holds from the beginning."""
    first = sorted(seed("rules"), key=lambda row: row["valid_from"], reverse=True)
    return {row["rule_id"]: float(row["value"]) for row in first}


def default(rule_id: str) -> float:
    return defaults()[rule_id]


def percent(rule_id: str) -> int:
    return round(100 * default(rule_id))


# by page: value, what stands around it in English, and in Chinese
STATED: Mapping[str, tuple[tuple[float, str, str], ...]] = {
    "method/index.md": (
        (COVERAGE_PERCENT, r"likely range \((\d+) %\)", r"可能范围（(\d+)%）"),
        (VARIABLES["judge_min_observations"], r"Below (\d+) observations", r"观测不足 (\d+) 个"),
    ),
    "method/coaching.md": (
        (default("focus_priorities"), r"at most (\d+) priorities", r"最多 (\d+) 个重点"),
        (default("focus_strengths"), r"Strength \(at most (\d+)\)", r"优势（最多 (\d+) 项）"),
        (percent("focus_sure"), r"comparable colleagues, with probability (\d+) %", r"有 (\d+)% 的把握高于目标"),
        (percent("occupancy_warning"), r"occupancy above (\d+) %", r"占用率超过 (\d+)%"),
        (default("cause_change_points"), r"usual level of at least (\d+) points", r"一起下滑，至少 (\d+) 分"),
        (percent("progress_on_track"), r"on track \| p at least (\d+) %", r"正常推进 \| p 至少 (\d+)%"),
        (percent("progress_slipping"), r"slipping \| p below (\d+) %", r"落后 \| p 低于 (\d+)%"),
        (VARIABLES["judge_min_observations"], r"fewer than (\d+) observations", r"观测不足 (\d+) 个"),
        (100 - percent("progress_slipping"), r"p is neither above (\d+) %", r"p 既不高于 (\d+)%"),
        (default("plan_due_days"), r"a plan due within (\d+)\s+days", r"计划在 (\d+) 天内到期"),
        (default("coaching_gap_days_new"), r"new starter not seen for (\d+) days", r"新人 (\d+) 天没谈"),
        (default("coaching_gap_days"), r"nobody has talked for (\d+) days", r"(\d+) 天没人谈过"),
        (default("coaching_minutes_one_to_one"), r"(\d+) for a talk", r"一次谈话 (\d+) 分钟"),
        (default("coaching_minutes_short"), r"(\d+) for praise", r"重新起步，(\d+) 分钟"),
        (default("coaching_hours_per_week"), r"the leader's (\d+) hours", r"班组长每周 (\d+) 小时"),
        (default("group_min_people"), r"fewer than (\d+) people is hidden", r"不足 (\d+) 人的组不显示"),
        (percent("recognition_sure"), r"real with probability (\d+) %", r"把握不低于 (\d+)% 的真实提高"),
    ),
    "method/kpis.md": (
        (VARIABLES["short_abandon_seconds"], r"(?:left|leaves) within (\d+) seconds", r"(\d+) 秒内(?:离开|就挂断)"),
        (VARIABLES["service_level_seconds"], r"answered within (\d+) seconds", r"(\d+) 秒内接起"),
        (VARIABLES["short_contact_seconds"], r"less than (\d+) seconds", r"通话不足 (\d+) 秒"),
        (VARIABLES["first_contact_window_days"], r"to go by it is (\d+) days", r"500 次时，取 (\d+) 天"),
        (VARIABLES["first_contact_window_min_days"], r"between (\d+) and \d+ days", r"在 (\d+) 到 \d+ 天"),
        (VARIABLES["first_contact_window_max_days"], r"between \d+ and (\d+) days", r"在 \d+ 到 (\d+) 天"),
        (VARIABLES["quick_transfer_seconds"], r"handed on within (\d+) seconds", r"(\d+) 秒内转出"),
        (VARIABLES["early_release_seconds"], r"agent ended within (\d+) seconds", r"坐席 (\d+) 秒内主动结束"),
    ),
    "method/uncertainty.md": (
        (COVERAGE_PERCENT, r"a (\d+) % interval", r"(\d+)% 的区间"),
        (round(VARIABLES["interval_z"], 3), r"± ([\d.]+) standard", r"± ([\d.]+) 倍"),
        (VARIABLES["judge_min_observations"], r"Below (\d+) observations", r"观测不足 (\d+) 个"),
        (VARIABLES["team_outlier_mads"], r"than (\d+) robust", r"超过 (\d+) 个稳健"),
        (default("overdispersion_phi"), r"Above ([\d.]+) the limits", r"高于 ([\d.]+) 时，界限"),
    ),
    "method/differences.md": (
        (COVERAGE_PERCENT, r"has a (\d+) % interval of its", r"自己的 (\d+)% 区间"),
        (VARIABLES["compare_months"], r"newest (\d+) months", r"最近 (\d+) 个月里"),
        (VARIABLES["compare_quarters"], r"newest (\d+) quarters", r"最近 (\d+) 个季度里"),
        (VARIABLES["judge_min_observations"], r"fewer than (\d+) observations", r"观测不足 (\d+) 个"),
        (default("fdr_q"), r"`q` is at most ([\d.]+\d)\.", r"`q` 不超过 ([\d.]+\d)。"),
    ),
    "method/fairness.md": (
        (VARIABLES["small_pool_agents"], r"Below (\d+) people\*\*", r"不足 (\d+) 人\*\*时"),
        (default("min_reference_n"), r"at least (\d+) observations in it", r"观测达到 (\d+) 个"),
        (percent("no_reference_share"), r"more than (\d+) % of somebody", r"一个人有 (\d+)% 以上"),
        (default("word_reliability"), r"reliability of at least ([\d.]+) and", r"可靠度须达到 ([\d.]+)，"),
        (default("tier_reliability"), r"reliability of ([\d.]+) of the whole", r"可靠度达到 ([\d.]+)，见"),
    ),
    "method/tiers.md": (
        (weights.LARGEST, r"none exceeds ([\d.]+)\.", r"单项不超过 ([\d.]+)。"),
        (default("grace_days"), r"first (\d+) days of service", r"入职头 (\d+) 天"),
        (percent("grace_volume_share"), r"fewer than (\d+) % of the role", r"常量的 (\d+)%"),
        (default("tier_reliability"), r"less than ([\d.]+) of a difference", r"会再次出现的部分不到 ([\d.]+)"),
        (percent("tier_coverage"), r"less than (\d+) % of the weights", r"有观测支撑的不到 (\d+)%"),
        (percent("no_reference_share"), r"more than (\d+) % of the work", r"有 (\d+)% 以上的工作"),
        (percent("tier_straddle"), r"P\(high\) reach (\d+) %", r"同时达到 (\d+)%"),
        (percent("tier_enter"), r"is at least (\d+) %; or", r"P\(\w+\) 至少 (\d+)%；"),
        (percent("tier_stay"), r"is still at least (\d+) %", r"P\(\w+\) 仍有 (\d+)%"),
        (percent("critical_error_limit"), r"lies above (\d+) % with", r"差错率高于 (\d+)% 的可能性"),
        (percent("critical_error_sure"), r"probability of at least (\d+) %, the tier", r"可能性达到 (\d+)% 时，最高"),
        (default("guard_cap"), r"brings (\d+) points at most", r"这项指标最多得 (\d+) 分"),
        (default("group_min_people"), r"Counts below (\d+) people", r"不足 (\d+) 人的格子"),
    ),
    "method/systemic.md": (
        (percent("systemic_sure"),
         r"target with a probability of at least (\d+) %", r"中心平均低于目标的可能性至少 (\d+)%"),
        (percent("systemic_share"), r"at least (\d+) % of its people truly", r"至少 (\d+)% 的人真的"),
        (percent("reason_share"), r"carries at least (\d+) % of a shortfall", r"占到差距 (\d+)% 以上"),
        (percent("fdr_q"), r"at most (\d+) % of the list", r"最多允许 (\d+)% 是错的"),
        (VARIABLES["quick_transfer_seconds"], r"handed on within (\d+) seconds", r"(\d+) 秒内转出"),
        (VARIABLES["early_release_seconds"], r"by the agent within (\d+) seconds", r"坐席 (\d+) 秒内主动结束"),
        (round(default("guard_z"), 2), r"line, ([\d.]+) standard errors", r"界限（([\d.]+) 个标准误）"),
        (default("guard_cap"), r"are capped at (\d+) points", r"那项指标最多得 (\d+) 分"),
        (default("psi_limit"), r"red above ([\d.]+) and", r"高于 ([\d.]+) 且越过"),
        (default("hovering_reach_sd"), r"within ([\d.]+) robust", r"两侧各 ([\d.]+) 个稳健"),
        (default("hovering_min_agents"), r"at least (\d+) people with", r"至少有 (\d+) 人、"),
        (default("hovering_min_days"), r"at least (\d+) such days", r"至少有 (\d+) 个这样人天"),
    ),
    "method/signals.md": (
        (VARIABLES["judge_min_observations"], r"fewer than (\d+) observations", r"观测不足 (\d+) 个"),
        (VARIABLES["spc_window_points"], r"newest (\d+) points, an", r"队列画最近 (\d+) 个点"),
        (VARIABLES["spc_agent_window_points"], r"an agent's the newest (\d+)", r"坐席画最近 (\d+) 个点"),
        (VARIABLES["spc_baseline_points"], r"first (\d+) points", r"最前面 (\d+) 个点"),
        (VARIABLES["spc_trial_points"], r"below (\d+) points", r"不足 (\d+) 个点时，界限"),
        (VARIABLES["spc_min_points"], r"Below (\d+) points", r"不足 (\d+) 个点时不画"),
        (VARIABLES["attention_rows"], r"At most (\d+) findings", r"最多 (\d+) 条"),
    ),
    "method/quality.md": (
        (VARIABLES["judge_min_observations"], r"only from (\d+) forms on", r"至少 (\d+) 份、可靠度"),
        (default("grader_min_forms"), r"Below (\d+) forms", r"不足 (\d+) 份，或可比"),
        (default("rater_agreement"), r"for tiers from ([\d.]+), for", r"([\d.]+) 起可用于分层"),
        (default("rater_agreement_coaching"), r"coaching only from ([\d.]+), oth", r"([\d.]+) 起只可用于辅导"),
        (default("sampling_weight_floor"), r"weight runs from ([\d.]+) to 1", r"权重从 ([\d.]+) 到 1"),
    ),
    "method/indices.md": (
        (default("call_volume_min_days"), r"below (\d+) full-time days", r"不足 (\d+) 个全日制"),
        (default("attendance_min_hours"), r"Below (\d+) hours of due", r"应出勤不足 (\d+) 小时时"),
        (default("occupancy_warning"), r"occupancy above ([\d.]+) is", r"工时利用率高于 ([\d.]+) 时注明偏"),
    ),
    "method/deviations.md": (
        (VARIABLES["spc_baseline_points"], r"first (\d+) of the points", r"最前面的 (\d+) 个点"),
        (VARIABLES["judge_min_observations"], r"judged from (\d+) planned days", r"从 (\d+) 个排班日起"),
    ),
    "guide/running.md": (
        (Settings.keep_releases, r"newest (\d+) releases", r"最近的 (\d+) 个版本"),
        (doctor.DISK_NEEDED_GB, r"fails below (\d+) GB", r"不足 (\d+) GB 时 `floorwalk"),
        (doctor.DISK_WANTED_GB, r"warns below (\d+) GB", r"不足 (\d+) GB 时提醒"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("page", STATED)
def test_a_number_stated_here_is_the_one_that_runs(page: str) -> None:
    for value, english, chinese in STATED[page]:
        for language, pattern in (("en", english), ("zh", chinese)):
            found = re.findall(pattern, prose(language, page))
            assert found, f"{language}/{page}: {pattern}"
            assert {float(stated) for stated in found} == {value}, f"{language}/{page}: {pattern}"


def stated_rules(language: str) -> Iterator[tuple[str, str, str]]:
    """Page, rule and default of every row of a method page that begins with a rule's name and a number."""
    for page in METHOD_PAGES:
        for cells in rows(language, page):
            named = re.fullmatch(r"`(\w+)`", cells[0])
            if named and re.fullmatch(r"\d+(?:\.\d+)?", cells[1]):
                yield page, named[1], cells[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_explained_with_its_starting_value(language: str) -> None:
    found = list(stated_rules(language))
    assert {rule for _, rule, _ in found} == set(defaults())
    for page, rule, stated in found:
        digits = len(stated.partition(".")[2])
        assert float(stated) == round(default(rule), digits), f"{language}/{page}: {rule}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bounds_of_a_coefficient_are_those_that_are_refused(language: str) -> None:
    bounds = {(row["lowest"], row["highest"]) for row in seed("rules") if "coefficient" in row["rule_id"]}
    for page in ("method/indices.md", "method/deviations.md"):
        said = re.findall(r"([\d.]+) (?:to|到) (\d+) ?(?:points|以外|and)", prose(language, page))
        assert set(said) == bounds, page


def test_the_constants_of_the_chart_stated_here_stand_in_the_model() -> None:
    folder = PROJECT / "dbt_project" / "models" / "intermediate"
    model = (folder / "int_signal_limit.sql").read_text(encoding="utf-8")
    for language in LANGUAGES:
        assert "2.66" in prose(language, "method/signals.md")
        assert str(VARIABLES["spc_screening_ratio"]) in prose(language, "method/signals.md")
    assert "2.66e0" in model


@pytest.mark.parametrize(
    ("file", "constant", "said"),
    [
        ("schedule.py", r"LOOK_EVERY_SECONDS = (\d+)", {"en": r"every (\d+) seconds", "zh": r"每 (\d+) 秒"}),
        ("drop_folder.py", r"SETTLE_SECONDS = (\d+)", {"en": r"for (\d+) seconds", "zh": r"有 (\d+) 秒"}),
        ("schedule.py", r'NIGHTLY = "(30 2) \* \* \*"', {"en": r"At 0(2:30)", "zh": r"0(2:30)"}),
    ],
)
def test_the_times_of_the_schedule_are_those_of_the_definitions(file: str, constant: str, said: dict[str, str]) -> None:
    defined = re.search(constant, (PROJECT / "pipelines" / "orchestration" / file).read_text(encoding="utf-8"))
    assert defined
    for language, pattern in said.items():
        stated = re.search(pattern, prose(language, "guide/running.md"))
        assert stated
        assert stated[1] == ":".join(reversed(defined[1].split()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_interval_are_computed_right(language: str) -> None:
    z = VARIABLES["interval_z"]
    for successes, total in ((9, 10), (900, 1000)):
        middle, half = successes + z * z / 2, z * sqrt(successes * (total - successes) / total + z * z / 4)
        low, high = (round(100 * (middle + side * half) / (total + z * z)) for side in (-1, 1))
        said = {"en": f"{low} % to {high} %", "zh": f"{low}% 到 {high}%"}[language]
        assert said in prose(language, "method/uncertainty.md")
