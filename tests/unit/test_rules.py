"""What a person reads when a rule, a weight, a standard or a quota cannot be meant as it is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from pipelines import rules
from pipelines.errors import FloorwalkError, Problem
from pipelines.settings import PROJECT

DBT = PROJECT / "dbt_project"
SEEDS = (
    "rules",
    "role_weights",
    "kpi_standards",
    "role_quotas",
    "error_types",
    "policies",
    "agent_state_meanings",
    "file_owners",
)
RULE_BOUNDS = "points per unexcused absence,0.5,20,somebody"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the checks read; a test spoils one thing in it."""
    (tmp_path / "seeds").mkdir()
    shutil.copy(DBT / "dbt_project.yml", tmp_path)
    for name in SEEDS:
        shutil.copy(DBT / "seeds" / f"{name}.csv", tmp_path / "seeds")
    return tmp_path


def add(project: Path, seed: str, *lines: str) -> int:
    """Append lines to a seed and return the number of the last."""
    file = project / "seeds" / f"{seed}.csv"
    content = file.read_text(encoding="utf-8").rstrip("\n") + "\n" + "\n".join(lines) + "\n"
    file.write_text(content, encoding="utf-8")
    return len(content.splitlines())


def change(project: Path, seed: str, old: str, new: str) -> None:
    """Replace a text that occurs in a seed."""
    file = project / "seeds" / f"{seed}.csv"
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new), encoding="utf-8")


def only(problems: tuple[Problem, ...]) -> Problem:
    (problem,) = problems
    return problem


def weigh(project: Path, **weights: float) -> None:
    """A new set of weights for technical support."""
    add(project, "role_weights", *(f"technical,{kpi},2026-04-01,{weight},somebody" for kpi, weight in weights.items()))


def classify(project: Path, **aspects: str) -> None:
    """Say in the catalogue what each KPI is about."""
    file = project / "dbt_project.yml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    for entry in content["vars"]["kpis"]:
        entry["aspect"] = aspects.get(entry["id"], "other")
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_the_rules_that_are_shipped_have_no_fault() -> None:
    assert rules.faults(DBT) == ()


# ---------- units


@pytest.mark.parametrize(
    ("value", "meant"),
    [("0.05", "0.05 looks like a fraction"), ("500", "500 looks like a hundred times too large")],
)
def test_a_coefficient_in_the_wrong_unit_is_refused_and_its_trap_explained(
    project: Path, value: str, meant: str
) -> None:
    line = add(project, "rules", f"absence_coefficient_points,2026-04-01,{value},{RULE_BOUNDS}")
    problem = only(rules.faults(project))
    assert problem.where == f"seeds/rules.csv, line {line}, column value"
    assert problem.fix.startswith(meant)
    assert problem.fix.endswith("points per unexcused absence on the 0-100 scale: write 5")


def test_a_cut_of_a_hundred_points_written_as_a_fraction_is_refused_though_it_lies_within_its_bounds(
    project: Path,
) -> None:
    add(project, "rules", "tier_high_cut,2026-04-01,0.8,points,0,100,somebody")
    fixes = [problem.fix for problem in rules.faults(project)]
    assert "0.8 looks like a fraction; this is in points on the 0-100 scale: write 80" in fixes


def test_a_probability_written_as_a_percentage_is_refused(project: Path) -> None:
    add(project, "rules", "tier_enter,2026-04-01,85,probability,0.5,0.999,somebody")
    assert only(rules.faults(project)).fix == "85 looks like a percentage; this is in probability: write 0.85"


def test_a_weight_written_as_a_percentage_is_refused(project: Path) -> None:
    change(project, "role_weights", "technical,csat_top2,1900-01-01,0.20", "technical,csat_top2,1900-01-01,20")
    fixes = [problem.fix for problem in rules.faults(project)]
    assert "20 looks like a percentage; a weight is a share of 1: write 0.2" in fixes


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        (
            "csat_top2,vip,2026-04-01,75,85,92,value,me",
            "75 looks like a percentage; it is stored divided by 100: write 0.75",
        ),
        (
            "complaint_rate,vip,2026-04-01,2.5,1.3,0.7,value,me",
            "2.5 looks like a number per 1,000; it is stored divided by 1000: write 0.0025",
        ),
        (
            "average_handle_time,vip,2026-04-01,115,98,83,ratio,me",
            "115 looks like a percentage; it is stored divided by 100: write 1.15",
        ),
        (
            "qa_score,vip,2026-04-01,0.78,0.85,0.92,value,me",
            "this KPI is in points: write 78, 85, 92 on a scale of 0 to 100",
        ),
    ],
)
def test_a_standard_in_the_wrong_unit_is_refused_with_the_number_to_write(project: Path, line: str, fix: str) -> None:
    add(project, "kpi_standards", line)
    assert rules.faults(project)[0].fix == fix


def test_a_quota_that_is_no_number_of_contacts_is_refused(project: Path) -> None:
    line = add(project, "role_quotas", "vip,2026-04-01,0,somebody")
    problem = only(rules.faults(project))
    assert problem.where == f"seeds/role_quotas.csv, line {line}, column contacts_per_month"
    assert problem.what == "the quota 0 is outside 1 to 100000"


# ---------- rules together


def test_a_misspelt_rule_is_recognised_because_it_has_no_value_from_the_beginning(project: Path) -> None:
    add(project, "rules", "tier_entr,2026-04-01,0.9,probability,0.5,0.999,somebody")
    assert only(rules.faults(project)).fix == "did you mean tier_enter?"


def test_the_bounds_of_a_rule_do_not_change_with_its_value(project: Path) -> None:
    line = add(project, "rules", "absence_coefficient_points,2026-04-01,40,points per unexcused absence,0.5,50,me")
    problem = only(rules.faults(project))
    assert (problem.where, problem.fix) == (f"seeds/rules.csv, line {line}, column highest", "write 20.0")


def test_a_lower_cut_may_not_overtake_the_upper_one_on_any_day(project: Path) -> None:
    add(project, "rules", "tier_low_cut,2026-04-01,70,points,0,100,me", "tier_high_cut,2026-07-01,65,points,0,100,me")
    assert only(rules.faults(project)).what == "from 2026-07-01 on tier_low_cut 70 exceeds tier_high_cut 65"


@pytest.mark.parametrize(
    ("seed", "line"),
    [
        ("rules", "tier_enter,1900-01-01,0.8,probability,0.5,0.999,me"),
        ("role_quotas", "vip,1900-01-01,110,me"),
        ("kpi_standards", "qa_score,*,1900-01-01,78,85,92,value,me"),
    ],
)
def test_a_line_that_says_the_same_thing_again_is_named_with_the_first(project: Path, seed: str, line: str) -> None:
    number = add(project, seed, line)
    problem = only(rules.faults(project))
    assert problem.where.startswith(f"seeds/{seed}.csv, line {number}, ")
    assert "are those of line" in problem.what


# ---------- weights


def test_weights_of_a_role_and_date_sum_to_one(project: Path) -> None:
    weigh(project, first_contact_resolution=0.4, qa_score=0.3, csat_top2=0.2)
    assert only(rules.faults(project)).what == "the weights of role technical from 2026-04-01 on sum to 0.9, not to 1"


def test_tenths_that_a_computer_cannot_write_exactly_still_sum_to_one(project: Path) -> None:
    weigh(project, first_contact_resolution=0.3, qa_score=0.3, csat_top2=0.2, adherence=0.1, complaint_rate=0.1)
    assert rules.faults(project) == ()


def test_no_kpi_alone_decides_a_score(project: Path) -> None:
    weigh(project, first_contact_resolution=0.5, qa_score=0.3, csat_top2=0.2)
    assert only(rules.faults(project)).what == "the weight 0.5 is outside 0 to 0.4"


def test_a_kpi_that_is_never_shown_for_one_person_cannot_count_in_a_score(project: Path) -> None:
    weigh(project, first_contact_resolution=0.4, qa_score=0.4, abandon_rate=0.2)
    assert only(rules.faults(project)).what.startswith("abandon_rate is never shown for one person")


def test_a_kpi_without_a_direction_cannot_count_in_a_score(project: Path) -> None:
    weigh(project, first_contact_resolution=0.4, qa_score=0.4, occupancy=0.2)
    assert only(rules.faults(project)).what == "nothing says which way occupancy is good"


def test_an_unknown_kpi_is_refused_with_the_nearest_known(project: Path) -> None:
    weigh(project, first_contact_resolution=0.4, qa_score=0.4, csat_top3=0.2)
    assert only(rules.faults(project)).fix == "did you mean csat_top2?"


def test_somebody_must_have_the_weights_and_quotas_of_everybody(project: Path) -> None:
    change(project, "role_quotas", "*,1900", "general,1900")
    change(project, "role_weights", "*,", "general,")
    assert [problem.where for problem in rules.faults(project)] == ["seeds/role_weights.csv", "seeds/role_quotas.csv"]


def test_more_weight_on_volume_than_on_quality_is_noted_and_not_refused(project: Path) -> None:
    weigh(project, average_handle_time=0.4, call_volume_index=0.2, qa_score=0.4)
    add(project, "kpi_standards", "call_volume_index,*,1900-01-01,0.8,1.0,1.1,value,me")
    classify(project, average_handle_time="volume", call_volume_index="volume", qa_score="quality", csat_top2="quality")
    noted = [problem.what for problem in rules.notes(project)]
    assert noted == ["role technical from 2026-04-01 on weighs volume 0.6 against quality 0.4"]


def test_a_weighted_kpi_that_does_not_say_what_it_is_about_is_noted(project: Path) -> None:
    content = yaml.safe_load((project / "dbt_project.yml").read_text(encoding="utf-8"))
    for entry in content["vars"]["kpis"]:
        entry.pop("aspect", None)
    (project / "dbt_project.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    noted = {problem.what.split()[0] for problem in rules.notes(project)}
    assert noted >= {"average_handle_time", "qa_score", "adherence"}


# ---------- standards


@pytest.mark.parametrize(
    ("anchors", "what"),
    [
        ("78,92,85", "minimum 78, target 92 and excellent 85 do not go one way"),
        ("78,78,92", "minimum 78, target 78 and excellent 92 do not go one way"),
        ("92,85,78", "the standards fall, while higher is better in the KPI catalogue"),
    ],
)
def test_standards_go_one_way_and_the_right_one(project: Path, anchors: str, what: str) -> None:
    add(project, "kpi_standards", f"qa_score,vip,2026-04-01,{anchors},value,me")
    assert only(rules.faults(project)).what == what


# ---------- what coaching may call an error, and which standards it may quote


def test_a_spelling_that_could_be_two_errors_is_named_with_both(project: Path) -> None:
    line = add(project, "error_types", "silence,99,,,talk,Silence,冷场,Dead_Air|推诿")
    problem = only(rules.faults(project))
    assert problem.where == f"seeds/error_types.csv, line {line}, column aliases"
    assert problem.what == "the spelling '推诿' stands twice"
    assert "evading or silence" in problem.why


def test_an_error_of_a_kpi_that_does_not_exist_is_refused(project: Path) -> None:
    add(project, "error_types", "silence,99,silence_rate,,talk,Silence,冷场,dead air")
    assert only(rules.faults(project)).what == "no KPI is called 'silence_rate'"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("x,evasion,standard,1900-01-01,Own it.,负责到底。,Handbook,手册,me,", "no error is called 'evasion'"),
        ("x,evading,threat,1900-01-01,Own it.,负责到底。,Handbook,手册,me,", "'threat' is not known"),
        ("x,evading,standard,1900-01-01,Own it.,,Handbook,手册,me,", "it is empty"),
        ("x,evading,standard,1900-01-01,Own it.,负责到底。,Handbook,手册,me,next May", "'next May' is no date"),
        (
            "holds,holds_unexplained,standard,1900-01-01,Ask.,先问。,Handbook,手册,me,",
            "policy_id and valid_from are those",
        ),
    ],
)
def test_a_policy_is_about_a_known_error_and_says_itself_in_both_languages(project: Path, line: str, what: str) -> None:
    add(project, "policies", line)
    assert only(rules.faults(project)).what.startswith(what)


# ---------- what a state of an agent means


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Banking,phone,me,2026-04-01", "'phone' is no activity"),
        ("*Banking,contact,me,2026-04-01", "'*Banking' has a * in it"),
        ("Banking*,contact,me,2026-04-01", "'Banking*' has a * in it"),
        ("*,contact,me,2026-04-01", "'*' has a * in it"),
        ("DAY_OFF,leave,me,1900-01-01", "state and valid_from are those of line"),
    ],
)
def test_a_state_means_one_known_activity_from_a_day_on(project: Path, line: str, what: str) -> None:
    add(project, "agent_state_meanings", line)
    assert only(rules.faults(project)).what.startswith(what)


# ---------- the files themselves


@pytest.mark.parametrize(
    ("line", "column", "fix"),
    [
        ("vip,2026/4/1,110,me", "valid_from", "write year-month-day, for example 2026-04-01"),
        ("vip,2026-04-01,20%,me", "contacts_per_month", "write it without a percent sign"),
        ("vip,2026-04-01,nan,me", "contacts_per_month", "write one"),
        ("vip,2026-04-01,110,", "owner", "fill it in"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_what_to_write(
    project: Path, line: str, column: str, fix: str
) -> None:
    number = add(project, "role_quotas", line)
    problem = only(rules.faults(project))
    assert problem.where == f"seeds/role_quotas.csv, line {number}, column {column}"
    assert problem.fix.startswith(fix)


def test_a_decimal_comma_is_explained(project: Path) -> None:
    line = add(project, "role_quotas", "vip,2026-04-01,110,5,me")
    problem = only(rules.faults(project))
    assert (problem.where, problem.what) == (f"seeds/role_quotas.csv, line {line}", "5 cells under 4 headings")


def test_every_fault_in_every_file_is_found_at_once(project: Path) -> None:
    add(project, "rules", "tier_enter,someday,0.8,probability,0.5,0.999,me")
    weigh(project, qa_score=0.9)
    add(project, "kpi_standards", "nothing,*,1900-01-01,1,2,3,value,me")
    (project / "seeds" / "role_quotas.csv").write_bytes("role,经理".encode("gb18030"))
    add(project, "error_types", "rude,99,,,shout,Rude,无礼,rude")
    add(project, "agent_state_meanings", "gaming,fun,somebody,2026-04-01")
    add(project, "file_owners", "demo_telephony,Somebody else,另一个组")
    add(project, "policies", "manners,rudest,standard,1900-01-01,Be kind.,待人友善。,Handbook,手册,me,")
    files = {problem.where.split(",")[0] for problem in rules.faults(project)}
    assert files == {f"seeds/{name}.csv" for name in SEEDS}


def test_an_owner_of_a_mapping_that_does_not_exist_is_noted_with_file_and_line(project: Path) -> None:
    shutil.copytree(DBT / "exports", project / "exports")
    before = rules.notes(project)
    line = add(
        project, "file_owners", "demo_telefony,Telephony team,话务系统组", "plain_contacts,Telephony team,话务系统组"
    )
    assert rules.faults(project) == ()
    [found] = set(rules.notes(project)) - set(before)
    assert str(found) == (
        f"seeds/file_owners.csv, line {line - 1}, column layout: there is no mapping called demo_telefony\n"
        "  why it matters: nobody is named for the files that this line is meant for\n"
        "  what to do: correct the name, perhaps to demo_telephony"
    )
    assert not [note for note in before if "no mapping" in note.what]


def test_a_spreadsheet_s_byte_order_mark_is_no_fault_and_a_missing_column_is(project: Path) -> None:
    file = project / "seeds" / "role_quotas.csv"
    file.write_text(file.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert rules.faults(project) == ()
    change(project, "role_quotas", "contacts_per_month", "contacts")
    assert rules.faults(project)[0].what == "the column contacts_per_month is missing"


def test_a_catalogue_that_cannot_be_read_is_said_so(project: Path) -> None:
    (project / "dbt_project.yml").write_text("vars: [", encoding="utf-8")
    with pytest.raises(FloorwalkError, match="the KPI catalogue cannot be read"):
        rules.faults(project)
