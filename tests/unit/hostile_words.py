"""What strangers may have written into an export, and a centre in which every free text of coaching says it.

Each word is one person, the person's team, contact reason, queue and role, and whatever was written about them. The
first word is a plain one: it says the name of the field it stands in. Nothing here asserts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipelines.marts import (
    Agent,
    AgentResponse,
    Badge,
    CoachingCause,
    CoachingFocus,
    CoachingPlan,
    CoachingProgress,
    CoachingProgressWeek,
    CourseDelivery,
    DeliveredTable,
    Entity,
    ErrorType,
    Expectation,
    GoalStatus,
    GroupTopic,
    KpiSignal,
    KpiValue,
    Mart,
    MentorMatch,
    ModelCase,
    PersonalBest,
    Policy,
    Recognition,
    RecognitionChoice,
    RecognitionTotal,
    RolePlay,
    Rule,
    SkillDimension,
    Team,
    TeamBoard,
    TrainingStage,
)
from pipelines.site.advice import library
from tests.unit import (
    coaching_centre,
    compare_centre,
    effects_centre,
    fake_marts,
    guides_centre,
    sheets_centre,
    training_centre,
)
from tests.unit.sheets_centre import row

PLAIN = "Harmless"


@dataclass(frozen=True)
class Word:
    """One hostile text. `seen` is what a reader meets of it, or as much of that as is shown everywhere."""

    text: str
    seen: str

    def __call__(self, field: str) -> str:
        return f"{PLAIN} {field}" if self.text == PLAIN else self.text


LITERAL = (
    # elements and handlers
    "<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "<svg/onload=alert(3)>",
    "<details open ontoggle=alert(4)>x</details>", "<iframe srcdoc='<script>alert(5)</script>'></iframe>",
    "<base href=//evil.example/6><meta http-equiv=refresh>", "<form action=//evil.example/7><button formaction=x>",
    "<b>8</b><h1>bold</h1></article></main></body>",
    # out of an attribute, in both kinds of quotes and in none
    '"><svg onload=alert(10)>', "'><img src=x onerror=alert(11)>", '" onmouseover="alert(12)" x="',
    "' autofocus onfocus='alert(13)", "onpointerenter=alert(14) href=javascript:alert(14)",
    '" style="position:fixed;inset:0" src="//evil.example/15',
    # links in Markdown and in HTML
    "[go](javascript:alert(20))", '<a href="javascript:alert(21)">go</a>', "<a href=vbscript:msgbox(22)>go</a>",
    "![x](data:text/html;base64#<script>alert(23)</script>)", "[24]: https://evil.example 'x' <https://evil.example>",
    "# Heading 25 **x** | a | b | ``` ~~~ $x$ ***", '{: onclick=alert(26) } --8<-- "/etc/passwd"',
    # templates, formats and the marks of the site itself
    "{{ 7 * 30 }}", "{% raw %}31{% endraw %}{# x #}{% include 'x' %}", "{0.__class__.__mro__} {page} %s %(x)s 32",
    "<!--content-->33<!--/content-->", "fwplaceholdercontentx fwplaceholderstemx 34",
    # styles, comments, entities, escapes
    "}</style><style>*{display:none}/*40*/", "red;background:url(https://evil.example/41)",
    "--><script>alert(42)</script><!--", "]]><svg onload=alert(43)><![CDATA[", "&lt;script&gt;alert(44)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(45)&#62;&amp;nbsp;", r"\u003cscript\u003ealert(46)\x3c/script\x3e",
    # spreadsheets
    "=1+1+50", "+51+cmd|' /C calc'!A0", "-2+3+52", "@SUM(1+53)", "=cmd|' /C calc'!A54", "{=1+55}",
    '=HYPERLINK("http://evil.example/56";"x")', "http://evil.example/57", "internal:Plan!A58",
    r"external:\\evil.example\x59.xlsx",
    # files, databases, settings, other ways to write, and what other programs write for nothing
    "../../../../etc/passwd-60", r"..\..\windows\win.ini-61", "LPT1:62|con.html?", "'; drop table raw.x; --63",
    "- yaml: &a [*a; !!python/object:x 64]", "مرحبا <b>65</b> שלום", "null", "NaN",
)  # fmt: skip
"""Shown exactly as they are."""
CLEANED = {
    "\tab\r\nc 70 ": "c 70", "\t=43+71": "=43+71", "\r=44+72": "=44+72", "one\u2028two\x85four 73": "four 73",
    "bell\x07esc\x1b[31mred\x7f 74": "bellesc[31mred 74", "nul\x00byte 75": "nulbyte 75",
    "---\nfront: 76\n---": "front: 76", "left\u202egpj.exe\u202c\u2066 77": "leftgpj.exe 77",
    "zero\u200bwidth\u200djoin\ufeff\u00ad 78": "zerowidthjoin 78", "private\ue000tag\U000e0041 79": "privatetag 79",
    "Za\u0351\u0357\u0329lgo 80": "Za\u0329\u0351\u0357lgo 80", "👩\u200d💻🏳️\u200d🌈👍🏽 81": "👩💻🏳️🌈👍🏽 81",
    "Longest82" + "W" * 5000: "Longest82" + "W" * 12, "最长83" + "字" * 5000: "最长83" + "字" * 12,
    "Blanks84 " + "a " * 2500: "Blanks84 a a a",
}  # fmt: skip
"""What is written → what is left of it: nothing nobody can see, nothing endless."""
WORDS = (Word(PLAIN, PLAIN), *(Word(text, text) for text in LITERAL), *(Word(*pair) for pair in CLEANED.items()))

TABLES = (*sheets_centre.TABLES, "model_cases", "goal_reviews", "agent_responses")
NOW = {"window_kind": "quarter", "window_start": fake_marts.FIRST, "is_current": True}
KPI, DAY = "answer_rate", date(2024, 3, 4)
TECHNIQUES = tuple(advice.name for advice in library("en").of_kind("techniques"))
"""Kinds of error of which a card can be drawn and a scene played."""
SKILLS = tuple(sheets_centre.SKILLS)
LABEL_SEEN = "<i onclick=alert(9)>{}</i>"
LABEL = f"\x07\u202e{LABEL_SEEN} {'L' * 5000}"
"""What a kind of error and a skill are called, by code."""


def centre() -> fake_marts.Rows:
    """The plain centre with everybody of `WORDS` beside its own people."""
    found = fake_marts.centre()
    found[DeliveredTable] = sheets_centre.delivered(*TABLES)
    found[Rule] = [replace(rule, value=1.0) if rule.rule_id == "group_min_people" else rule for rule in found[Rule]]
    found[KpiSignal] = [each for each in found[KpiSignal] if each.grain == "centre"]
    found[KpiValue] = [each for each in found[KpiValue] if each.grain == "centre" or each.kpi_id == KPI]
    found[SkillDimension] = [
        SkillDimension(code, *(LABEL.format(code),) * 2, place, True) for place, code in enumerate(SKILLS, 1)
    ]
    found[ErrorType] = [
        ErrorType(code, place, None, SKILLS[place % 7], *(LABEL.format(code),) * 2, "simulation")
        for place, code in enumerate(TECHNIQUES, 1)
    ]
    of_centre = next(value for value in found[KpiValue] if value.period_kind == "quarter" and value.kpi_id == KPI)
    for place, word in enumerate(WORDS):
        grains = ("team", "agent", "queue")
        found[KpiValue] += [replace(of_centre, grain=grain, entity_id=word.text) for grain in grains]
        for each in (*_who(word, place), *_talks(word, place), *_moments(word, place), *_learning(word, place)):
            found[type(each)].append(each)
    return found


def _who(word: Word, place: int) -> Iterator[Mart]:
    key, first, last = word.text, fake_marts.FIRST, fake_marts.LAST
    for grain in ("agent", "team", "reason", "queue", "role"):
        yield Entity(grain, key, *(word(f"{grain} name"),) * 2)
    yield Team(key, word("leader"), word("manager"), 1, first, last)
    yield Agent(key, key, key, None, 700, word("tenure band"), word("cohort"), word("shift"), first, last, True)
    yield guides_centre.turn(key, 1, "priority", 30, team_id=key)
    yield row(
        Expectation, role=key, kpi_id=KPI, valid_from=DAY, target=0.8, previous_target=0.75, basis="value",
        owner=word("owner of an expectation"), weight=0.3, is_in_force=True,
    )  # fmt: skip
    yield coaching_centre.coverage("team", key, 1, 1, 0)
    yield compare_centre.difference("team_others", KPI, key, "others", "better")
    if key != PLAIN:
        one, other = sorted((key, PLAIN))
        yield compare_centre.difference("team_pair", KPI, one, other, "better")


def _talks(word: Word, place: int) -> Iterator[Mart]:
    key = word.text
    said = {
        "agent_id": key, "team_id": key, "coaching_id": key, "held_on": DAY, "coach": word("coach"),
        "programme": word("programme of a talk"), "owner": word("owner of a goal"), "resources": word("resources"),
        "steps": word("steps"), "horizon": "short", "status": "agreed", "status_on": DAY, "is_open": True,
        "is_latest_session": True, "due_on": fake_marts.LAST,
    }  # fmt: skip
    yield row(CoachingPlan, goal_number=1, measure=word("measure"), career_goal=word("career goal"), **said)
    yield row(CoachingPlan, goal_number=2, topic=word("topic of a talk"), agent_comment=word("comment"), **said)
    yield row(
        CoachingPlan, goal_number=3, kpi_id=KPI, baseline_value=0.7, target_value=0.8, topic=word("topic of a KPI"),
        **said,
    )  # fmt: skip
    goal = {"coaching_id": key, "goal_number": 3}
    yield row(
        CoachingProgress, agent_id=key, kpi_id=KPI, horizon="short", held_on=DAY, due_on=fake_marts.LAST,
        as_of=fake_marts.LAST, baseline_value=0.7, target_value=0.8, n=84, value_since=0.712, value_low=0.66,
        value_high=0.76, path_value=0.764, anyway_value=0.709, state="slipping", beyond_anyway="as_predicted",
        status="agreed", **goal,
    )  # fmt: skip
    yield row(CoachingProgressWeek, week_start=DAY, n=32, value=0.71, path_value=0.72, **goal)
    yield row(
        GoalStatus, position=1, status_on=DAY, status="revised", note=word("note"),
        changed_method=word("changed method"), reviewer=word("reviewer"), **goal,
    )  # fmt: skip
    yield row(
        AgentResponse, response_id=key, agent_id=key, responded_on=DAY, about="evaluation", kind="disputed",
        reference=word("reference of a response"), text=word("response"), answered_on=DAY, answer=word("answer"),
        outcome="stands",
    )  # fmt: skip
    focus = {"agent_id": key, "team_id": key, "subject": "item", "kpi_id": "csat_mean", "n": 30, "misses": 9}
    focus |= {"value": 0.3, "target": 0.1, "steadied_low": 0.2, "steadied_high": 0.4, **NOW}
    yield row(CoachingFocus, role="strength", position=1, item=word("item of a strength"), **focus)
    for place in (1, 2):
        yield row(
            CoachingFocus, role="priority", position=place, item=word("item of a priority"), dimension="skill",
            cause="skill", form="simulation", form_reason="practise_it", error_type=word("error of a priority"),
            **focus,
        )  # fmt: skip
    facts = {"items_missed": "item of a fact", "course_not_taken": "course of a fact", "uneven_work": "queue name"}
    for fact, field in facts.items():
        detail = key if fact == "uneven_work" else word(field)
        yield row(
            CoachingCause, agent_id=key, cause="skill", fact=fact, detail=detail, kpi_id=KPI, speaks="for", amount=0.3,
            comparison=0.1, unit="share", **NOW,
        )  # fmt: skip
    yield MentorMatch(key, "skill", 1, key, True, 0.04, 60)


def _moments(word: Word, place: int) -> Iterator[Mart]:
    key, technique = word.text, TECHNIQUES[place % len(TECHNIQUES)]
    for kind in ("standard", "consequence"):
        texts = {"text_en": word(f"text of a {kind}"), "text_zh": word(f"text of a {kind}")}
        sources = {"source_en": word(f"source of a {kind}"), "source_zh": word(f"source of a {kind}")}
        yield row(
            Policy, policy_id=f"{kind}/{key}", error_type=technique, kind=kind, owner=word(f"owner of a {kind}"),
            valid_from=date(2020, 1, 1), is_in_force=True, **texts, **sources,
        )  # fmt: skip
    known = {"team_id": key, "reason": key, "contact_id": word("contact"), "quote": word("quote")}
    known |= {"complaint_id": word("number of a complaint"), "complaint_type": word("type of a complaint")}
    known |= {"standard_policy_id": f"standard/{key}", "consequence_policy_id": f"consequence/{key}"}
    for number in (1, 2, 3):
        yield sheets_centre.complaint(key, number, error_type=technique, item=word("item with a name"), **known)
    yield sheets_centre.moment(key, 4, error_type=None, item=word("item of a moment"), **known)
    yield sheets_centre.moment(key, 5, error_type=key, evaluation_id=word("number of an evaluation"), **known)
    known |= {"quote": word("praise"), "contact_id": word("praised contact")}
    yield sheets_centre.moment(key, 6, sign="strength", **known)
    yield ErrorType(key, 100 + place, None, SKILLS[0], *(word("error label"),) * 2, "talk")
    counts = {"items": 80, "misses": 24, "people": 3, "people_missing": 2, "miss_share": 0.3}
    yield row(GroupTopic, team_id=key, position=1, error_type=key, verdict="team", **NOW, **counts)
    yield row(
        RolePlay, team_id=key, position=1, reason=key, error_type=technique, quote=word("quote of a scene"), **NOW
    )
    texts = {
        f"{part}_{language}": word(f"{part} of a case")
        for part in ("title", "situation", "what_helped")
        for language in ("en", "zh")
    }
    yield row(
        ModelCase, case_id=key, position=place, dimension=word("skill of a case"), for_tier="mid", agent_id=key,
        quote=word("quote of a case"), contact_id=word("contact of a case"), reason=key, **texts,
    )  # fmt: skip


def _learning(word: Word, place: int) -> Iterator[Mart]:
    key, skill = word.text, SKILLS[place % 7]
    names = {"name_en": word("course name"), "name_zh": word("course name")}
    kinds = {"course_type": word("course type"), "trainer_source": word("trainers")}
    yield effects_centre.programme(key, "course", stage=key, **names, **kinds)
    names = {"name_en": word("programme name"), "name_zh": word("programme name")}
    yield effects_centre.programme(key, **names)
    yield effects_centre.effect(key, **names)
    yield row(
        CourseDelivery, course_id=key, dimension=skill, methods=word("methods"), trainers=2, sessions=4, invited=44
    )
    yield row(TrainingStage, grain="centre", entity_id="centre", stage=key, courses=1, people=9, people_all=9)
    yield training_centre.need("team", key, 1, skill, "train", people=3)
    who = {"agent_id": key, "team_id": key, **NOW}
    point = {"reference": word("reference of points"), "earned_on": DAY, **who}
    yield row(Recognition, source="model_case", points=5.0, **point)
    yield row(Badge, badge="helper", **point)
    yield PersonalBest(key, key, KPI, DAY.replace(day=1), 0.9, 80, 0.8, 0.7, True)
    yield RecognitionChoice(key, True, True, None)
    yield row(RecognitionTotal, points=5.0, last_earned_on=DAY, shows_name=True, place=place + 1, **who)
    yield row(TeamBoard, team_id=key, position=place, people=1, **NOW)
