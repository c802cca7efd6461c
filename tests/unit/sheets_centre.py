"""An invented centre with moments, priorities, goals and answers of people, and the pages of that subject as text.

Tia (A0) is the longest realistic case, Uma (A1) the worked one: a complaint about being passed on, traced to a call.
Nobody else was observed with anything. Nothing here asserts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import (
    Agent,
    AgentResponse,
    CoachingCause,
    CoachingEvidence,
    CoachingFocus,
    CoachingPlan,
    CoachingProgress,
    CoachingProgressWeek,
    DeliveredTable,
    EngagementAxis,
    Entity,
    ErrorType,
    GoalStatus,
    Mart,
    MentorMatch,
    ModelCase,
    Policy,
    Quadrant,
    SkillDimension,
    Team,
    Tier,
)
from pipelines.site import model, pages, templates
from pipelines.site.areas import sheets, talent, tiers
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.unit import fake_marts, talent_centre, tiers_centre

NOW = tiers_centre.NOW
TABLES = ("contacts", "surveys", "qa_scores", "complaints", "coaching_log", "training")
SKILLS = {
    "interpersonal": ("Interpersonal", "人际沟通"), "language": ("Language", "语言表达"),
    "knowledge": ("Knowledge", "业务知识"), "service_skill": ("Service skill", "服务技巧"),
    "adaptability": ("Adaptability", "应变能力"), "call_control": ("Call control", "通话掌控"),
    "responsibility": ("Responsibility", "责任心"),
}  # fmt: skip
ERRORS = {
    "evading": ("responsibility", "Passing the customer on", "推诿", "simulation"),
    "need_not_asked": ("service_skill", "Need not asked for", "没有问清需求", "simulation"),
    "holds_unexplained": ("call_control", "Holds without a word", "等待没有说明", "simulation"),
    "cold_opening": ("interpersonal", "Cool opening", "开场冷淡", "simulation"),
}  # fmt: skip
STANDARD = (
    "Whoever takes the contact owns it until the customer has an answer: if you cannot answer, find the source, note "
    "the request, say when you will come back, take the contact details and confirm the result."
)
STANDARD_ZH = (
    "谁接的来电谁负责到底：暂时答复不了的，先找到信息来源，做好记录，说明何时回复，留下联系方式，办结后向客户确认。"
)
HOLDS = "Ask before putting a customer on hold, say why and how long, and thank them on return."
HOLDS_ZH = "请客户等待前先征得同意，说明原因和大约时间，返回后致谢。"
LONG_QUOTE = (
    "我们这边没有收到任何通知，所以这个事情我没有办法答复您，您要不还是打总部那边的电话问问，或者"
    "过两天再打过来看看有没有消息，现在我这边系统里什么都看不到，您说的这个优惠活动到底什么时候开"
    "始、哪些门店参加，我真的不清楚，这个不归我们管，您看还有别的什么事情需要我现在帮您处理一下的吗？"
)
ENGLISH_QUOTE = (
    "We have had no notice about that here, so there is nothing I can tell you; perhaps you could call the "
    "head office, or try us again on Monday"
)
"""140 characters each."""
ASKS = "Asks until the need is clear"
NOTICE = "还没有接到通知，所以没法答复您。"
NEUTRAL: dict[str, object] = {
    "str": "", "int": 0, "float": 0.0, "bool": False, "date": NOW,
    "datetime": datetime.fromisoformat("2024-03-01T12:00:00"),
}  # fmt: skip


def row(mart: type[Mart], **known: Any) -> Any:
    """A row whose other columns are empty or neutral."""
    columns = {
        name: None if "None" in str(kind) else NEUTRAL[str(kind)]
        for name, kind in mart.__annotations__.items()
        if name not in ("name", "order")
    }
    return mart(**columns | known)


# ---------- what matters
def focus(agent_id: str, role: str, position: int, **known: Any) -> CoachingFocus:
    base = {
        "window_kind": "quarter",
        "window_start": NOW,
        "is_current": True,
        "team_id": "T1",
        "subject": "kpi",
        "compared_with": "target",
    }
    found: CoachingFocus = row(CoachingFocus, agent_id=agent_id, role=role, position=position, **base | known)
    return found


def short_of(agent_id: str, position: int, kpi_id: str, **known: Any) -> CoachingFocus:
    figures = {
        "n": 412, "value": 0.702, "steadied_value": 0.7213, "steadied_low": 0.689, "steadied_high": 0.752,
        "target": 0.8, "gap": -0.0787, "gap_centre": -0.021, "gap_team": -0.0113, "gap_agent": -0.0464,
        "shared_share": 0.41, "probability": 0.97, "cause": "workload", "form": "one_to_one",
        "form_reason": "own_matter",
    }  # fmt: skip
    return focus(agent_id, "priority", position, kpi_id=kpi_id, **figures | known)


def item(agent_id: str, role: str, position: int, name: str, misses: int, n: int, **known: Any) -> CoachingFocus:
    figures = {
        "subject": "item", "kpi_id": "csat_mean", "item": name, "n": n, "compared_with": "colleagues",
        "misses": misses, "value": misses / n,
        "steadied_value": misses / n, "steadied_low": 0.24, "steadied_high": 0.51, "target": 0.14,
    }  # fmt: skip
    return focus(agent_id, role, position, **figures | known)


def cause(agent_id: str, code: str, fact: str, speaks: str, **known: Any) -> CoachingCause:
    base = {"window_kind": "quarter", "window_start": NOW, "is_current": True, "unit": "share"}
    found: CoachingCause = row(CoachingCause, agent_id=agent_id, cause=code, fact=fact, speaks=speaks, **base | known)
    return found


def policy(policy_id: str, error_type: str, texts: tuple[str, str], about: tuple[str, str], **known: Any) -> Policy:
    base = {"kind": "standard", "owner": "default", "valid_from": date(1900, 1, 1), "is_in_force": True}
    sources = {"source_en": f"Service standard, {about[0]}", "source_zh": f"服务规范：{about[1]}"}
    named = {"policy_id": policy_id, "error_type": error_type, "text_en": texts[0], "text_zh": texts[1]}
    found: Policy = row(Policy, **base | sources | named | known)
    return found


# ---------- moments
def moment(agent_id: str, number: int, **known: Any) -> CoachingEvidence:
    """A complete card of a monitored contact."""
    said_at = datetime.fromisoformat("2024-03-05T14:00:23") + timedelta(days=number)
    base = {
        "card_id": f"{agent_id}-{number}", "agent_id": agent_id, "team_id": "T1", "sign": "improve", "position": number,
        "source": "monitored", "contact_id": f"C-2403-000{number}", "call_started_at": said_at - timedelta(seconds=83),
        "said_at": said_at, "offset_seconds": 83.0, "reason": "r<1>", "item": "Owns the matter to the end",
        "error_type": "evading", "dimension": "responsibility", "points": 2.0, "max_points": 10.0,
        "quote": ENGLISH_QUOTE, "is_complete": True, "is_recent": True, "standard_policy_id": "first_contact_ownership",
    }  # fmt: skip
    found: CoachingEvidence = row(CoachingEvidence, **base | known)
    return found


def complaint(agent_id: str, number: int, **known: Any) -> CoachingEvidence:
    """A justified complaint that names its contact: the only one of the month anywhere."""
    base = {
        "source": "complaint", "complaint_id": "K-1", "complaint_type": "evasion", "verdict": "justified",
        "match_quality": "contact", "received_at": datetime.fromisoformat("2024-03-07T09:30:00"),
        "agent_complaints_in_month": 1,
        "centre_complaints_in_month": 1, "points": None, "max_points": None,
    }  # fmt: skip
    return moment(agent_id, number, **base | known)


# ---------- goals
def plan(agent_id: str, number: int, **known: Any) -> CoachingPlan:
    base = {
        "coaching_id": f"S-{agent_id}", "goal_number": number, "agent_id": agent_id, "team_id": "T1",
        "coach": "Leader One", "held_on": date(2024, 2, 5), "horizon": "short", "kpi_id": "answer_rate",
        "baseline_value": 0.702, "target_value": 0.8, "due_on": date(2024, 4, 30), "status": "in_progress",
        "status_on": date(2024, 2, 19), "is_open": True, "is_latest_session": True,
    }  # fmt: skip
    found: CoachingPlan = row(CoachingPlan, **base | known)
    return found


def progress(agent_id: str, number: int, state: str, beyond: str, **known: Any) -> CoachingProgress:
    base = {
        "coaching_id": f"S-{agent_id}", "goal_number": number, "agent_id": agent_id, "kpi_id": "answer_rate",
        "horizon": "short", "held_on": date(2024, 2, 5), "due_on": date(2024, 4, 30), "as_of": fake_marts.LAST,
        "baseline_value": 0.702, "target_value": 0.8, "n": 260, "value_since": 0.7482, "value_low": 0.7011,
        "value_high": 0.7904, "path_value": 0.741, "path_low": 0.70, "path_high": 0.78, "anyway_value": 0.7239,
        "anyway_low": 0.69, "anyway_high": 0.76, "p_on_path": 0.61, "p_beyond_anyway": 0.8, "state": state,
        "beyond_anyway": beyond, "status": "in_progress",
    }  # fmt: skip
    found: CoachingProgress = row(CoachingProgress, **base | known)
    return found


def weeks(agent_id: str, number: int) -> list[CoachingProgressWeek]:
    """Eight weeks of which one has no observations."""
    values = (0.70, 0.72, 0.69, None, 0.75, 0.73, 0.77, 0.76)
    return [
        CoachingProgressWeek(
            f"S-{agent_id}", number, date(2024, 2, 5) + timedelta(weeks=place), 32 if value else 0, value,
            0.702 + 0.008 * place, 0.632 + 0.008 * place, 0.772 + 0.008 * place,
        )
        for place, value in enumerate(values)
    ]  # fmt: skip


def response(number: int, about: str, kind: str, **known: Any) -> AgentResponse:
    day = date(2024, 2, 6) + timedelta(weeks=number)
    base = {"response_id": f"R{number}", "agent_id": "A0", "responded_on": day, "about": about, "kind": kind}
    found: AgentResponse = row(AgentResponse, **base | known)
    return found


# ---------- centres
def centre() -> fake_marts.Rows:
    """Tiers and people of `tiers_centre`, with everything a sheet may hold."""
    rows = tiers_centre.centre()
    rows[DeliveredTable] = delivered(*TABLES)
    rows[Tier] = [
        tiers_centre.tier("A0", "low", 51.3, (0.0, 0.07, 0.93), strength="firm") if each.agent_id == "A0" else each
        for each in rows[Tier]
        if each.agent_id != "A0" or (each.is_current and each.window_kind == "quarter")
    ]
    rows[Quadrant] = [
        replace(talent_centre.place("A3" if key == "A0" else "A2"), agent_id=key) for key in tiers_centre.PEOPLE
    ]
    rows[EngagementAxis] = [EngagementAxis("quarter", NOW, "shown", 4, 3, 31, 0.893, 0.7, 52)]
    rows[SkillDimension] = [
        SkillDimension(code, *names, position, True) for position, (code, names) in enumerate(SKILLS.items(), 1)
    ]
    rows[ErrorType] = [
        ErrorType(code, place, None, dimension, en, zh, practice)
        for place, (code, (dimension, en, zh, practice)) in enumerate(ERRORS.items(), 1)
    ]
    rows[Policy] = [
        policy(
            "first_contact_ownership", "evading", (STANDARD, STANDARD_ZH), ("first-contact ownership", "首问负责制")
        ),
        policy("holds", "holds_unexplained", (HOLDS, HOLDS_ZH), ("holds", "通话等待")),
    ]
    _of_tia(rows)
    _of_uma(rows)
    return rows


def delivered(*names: str) -> list[DeliveredTable]:
    first, last = fake_marts.FIRST, fake_marts.LAST
    return [
        DeliveredTable(name, place, name.title(), name, name in names, 100, 0, 100, first, last, 0)
        for place, name in enumerate(TABLES, 1)
    ]


def without(*names: str) -> fake_marts.Rows:
    """The same centre when some tables were not delivered, with what rests on them gone."""
    rows = centre()
    rows[DeliveredTable] = delivered(*(name for name in TABLES if name not in names))
    gone: dict[str, tuple[type[Mart], ...]] = {
        "coaching_log": (CoachingPlan, CoachingProgress, CoachingProgressWeek, GoalStatus, AgentResponse),
        "training": (MentorMatch,),
    }
    for name in names:
        for mart in gone.get(name, ()):
            rows[mart] = []
    if "qa_scores" in names:
        rows[CoachingEvidence] = [
            replace(each, quote=None, said_at=None, lacks_quote=True, lacks_time=True, is_complete=False)
            for each in rows[CoachingEvidence]
            if each.source == "complaint"
        ]
        rows[CoachingFocus] = [each for each in rows[CoachingFocus] if each.subject == "kpi"]
    if "complaints" in names:
        rows[CoachingEvidence] = [each for each in rows[CoachingEvidence] if each.source != "complaint"]
    return rows


def _of_tia(rows: fake_marts.Rows) -> None:
    """The longest realistic case: everything there is, with long names and long words."""
    names = {("agent", "A0"): ("Wilhelmina Featherstonehaugh-Montgomery", "欧阳司徒·玛格丽特"),
             ("agent", "A2"): ("Maximiliano Hollingsworth-Cavendish", "上官慕容·亚历山大"),
             ("team", "T1"): ("Customer Relations and Retention West", "西区客户关系与挽留一组")}  # fmt: skip
    rows[Entity] = [
        Entity(each.grain, each.entity_id, *names.get((each.grain, each.entity_id), (each.name_en, each.name_zh)))
        for each in rows[Entity]
    ]
    leaders = {"T1": "Bartholomew Weatherby-Winterbourne"}
    rows[Team] = [replace(team, leader=leaders.get(team.team_id, team.leader)) for team in rows[Team]]
    rows[CoachingFocus] = [
        focus("A0", "strength", 1, kpi_id="speed_of_answer", n=412, steadied_value=42.0, target=60.0),
        focus("A0", "strength", 2, kpi_id="csat_mean", n=120, steadied_value=4.61, target=4.2),
        item("A0", "strength", 3, "Acknowledges the customer's feelings", 1, 34, error_type="feelings_missed"),
        short_of("A0", 1, "answer_rate"),
        item("A0", "priority", 2, ASKS, 11, 34, error_type="need_not_asked",
             dimension="service_skill", cause="skill", form="simulation", form_reason="practise_it"),
        short_of("A0", 3, "abandon_rate"),
    ]  # fmt: skip
    rows[CoachingCause] = [
        cause("A0", "workload", "answer_rate", "for", kpi_id="answer_rate", amount=0.93, comparison=0.84),
        cause("A0", "workload", "hours_beyond_plan", "against", amount=0.4, comparison=1.2, unit="hours"),
        cause("A0", "skill", "items_missed", "for", detail=ASKS, amount=0.32, comparison=0.14),
        cause("A0", "skill", "course_not_taken", "for", detail="Questions that open a conversation", unit="count"),
        cause("A0", "personal", "broad_change", "not_delivered", unit="points"),
        cause(
            "A0",
            "job_fit",
            "uneven_work",
            "against",
            detail="phone · Q1 · other",
            kpi_id="answer_rate",
            amount=0.71,
            comparison=0.72,
        ),
    ]
    rows[CoachingEvidence] = [
        complaint("A0", 1, quote=LONG_QUOTE, came_back=True, survey_score=1.0, survey_max=5.0,
                  agent_complaints_in_month=2, centre_complaints_in_month=14, match_quality="agent"),
        moment("A0", 2, error_type="holds_unexplained", is_critical=True, came_back=True, survey_score=2.0,
               survey_max=5.0, item="Leads the conversation, explains holds", standard_policy_id="holds"),
        moment("A0", 3), moment("A0", 4, quote=None, lacks_quote=True, is_complete=False),
        moment("A0", 5, sign="strength", quote="您先别着急，我马上帮您查，五分钟内给您回电话，您看这样可以吗？"),
    ]  # fmt: skip
    rows[CoachingPlan] = [
        plan("A0", 1, career_goal="To lead a small team of my own in two years",
             agent_comment="The new form asks for things that the system does not show me. I would like to sit beside "
             "somebody who does it well for half a day, and to have fewer chats at the same time as calls."),
        plan("A0", 2, kpi_id=None, baseline_value=None,
             measure="Three contacts a week heard together, each with one thing noted that went well",
             target_value=None, status="agreed", status_on=date(2024, 2, 5), is_overdue=True,
             due_on=date(2024, 3, 1)),
        plan("A0", 3, kpi_id="csat_mean", baseline_value=3.9, target_value=4.2, status="achieved", is_open=False),
    ]  # fmt: skip
    rows[CoachingProgress] = [progress("A0", 1, "on_track", "cannot_tell")]
    rows[CoachingProgressWeek] = weeks("A0", 1)
    rows[GoalStatus] = [
        row(GoalStatus, coaching_id="S-A0", goal_number=1, position=1, status_on=date(2024, 2, 5), status="agreed"),
        row(GoalStatus, coaching_id="S-A0", goal_number=1, position=2, status_on=date(2024, 2, 19),
            status="in_progress", note="Still hard on Mondays", changed_method="Listen to one call a day"),
    ]  # fmt: skip
    rows[AgentResponse] = [
        response(1, "coaching", "acknowledged"),
        response(2, "evaluation", "disputed", text="The customer had hung up.", answered_on=date(2024, 2, 27),
                 answer="Heard again together; the item was taken out.", outcome="changed"),
        response(3, "figures", "comment", text="Is the outage in it?", is_open=True),
    ]  # fmt: skip
    rows[MentorMatch] = [MentorMatch("A0", "service_skill", 1, "A2", True, 0.04, 60)]
    rows[ModelCase] = [
        row(ModelCase, case_id="M1", position=1, dimension="service_skill", error_type="need_not_asked",
            for_tier="high", title_en="Three questions before the first answer", title_zh="先问三句，再答第一句"),
    ]  # fmt: skip


def _of_uma(rows: fake_marts.Rows) -> None:
    """The worked case: 14:00:23, words of having no notice, the only justified complaint of the centre this month."""
    rows[CoachingEvidence].append(complaint("A1", 1, quote=NOTICE))


# ---------- pages
def site_of(folder: Path, rows: fake_marts.Rows) -> Site:
    """The site of these marts with the books that sheets read, and the overview's of nobody else."""
    written = fake_marts.write(folder, rows)
    books = {"tiers": tiers.load(written), "talent": talent.load(written), "sheets": sheets.load(written)}
    return replace(model.load(written), books=books)


def voice(site: Site, language: str) -> Voice:
    spoken = words.load(templates.TEMPLATES / "words", language)
    return Voice(spoken, figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})


def agent_of(site: Site, agent_id: str) -> Agent:
    return next(agent for agent in site.agents if agent.agent_id == agent_id)


def context(site: Site, agent_id: str, kind: str = "sheet") -> Any:
    return sheets.PAGES[kind](Selection(site, "../"), agent_of(site, agent_id))


def html(site: Site, language: str, agent_id: str, kind: str = "sheet") -> str:
    """A sheet or a journal, without the frame of the site."""
    template = pages._environment(language).get_template(f"pages/{kind}.html.j2")
    return template.render(say=voice(site, language), page=context(site, agent_id, kind))


def section(site: Site, language: str, agent_id: str) -> str:
    """What the person's own page says about the next talk."""
    part = sheets.on_agent(Selection(site, "../"), agent_of(site, agent_id))
    template = pages._environment(language).get_template("areas/sheets_agent.html.j2")
    return template.render(say=voice(site, language), part=part)


def text(found: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found))).strip()


def paper(found: str) -> str:
    """What is printed of a page."""
    return found.partition('<div class="fw-paper')[2].partition('<div class="fw-off-paper"')[0]


def parts(found: str) -> dict[str, str]:
    """Heading → text of each part of the paper."""
    pieces = re.split(r"<h2>(.*?)</h2>", paper(found).partition("<footer")[0])
    return {unescape(heading): text(body) for heading, body in zip(pieces[1::2], pieces[2::2], strict=True)}
