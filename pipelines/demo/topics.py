"""What talks are about: topics of goals with their steps, in both languages.

Belongs here: the topics, by the KPI or skill that shows them, and those that only words can show. Does not belong here:
who agrees on what (`coaching`, `more_talks`), who writes which language (`talk_words`).
"""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[str, str]
"""The same in English and in Chinese."""


@dataclass(frozen=True)
class Topic:
    """One topic. `course_id` is a course of the demo's training that helps with it, if there is one."""

    title: Pair
    steps: tuple[Pair, Pair, Pair]
    course_id: str = ""
    measure: Pair | None = None
    """How success is seen where no KPI shows it."""
    career: Pair | None = None


ASK = Topic(
    ("Ask until the need is clear", "把需求问清楚"),
    (
        ("Ask two open questions before the first proposal", "先问两个开放式问题，再给建议"),
        ("Say the need back in the customer's own words", "用客户自己的话复述一遍需求"),
        ("Listen to one own recording a week and count the questions", "每周听一段自己的录音，数一数问了几个问题"),
    ),
    "C05",
)
SEARCH_FIRST = Topic(
    ("Use the knowledge base before escalating", "升级前先查知识库"),
    (
        ("Search the knowledge base before every hand-over", "每次升级之前先查知识库"),
        ("Note what cannot be found and pass it to the team leader", "记下查不到的条目，交给班组长"),
        ("Go through the three commonest cases with a colleague", "和同事过一遍最常见的三类问题"),
    ),
    "C03",
)
CONFIRM = Topic(
    ("Confirm the solution before closing", "结束前确认问题已解决"),
    (
        ("Ask before closing whether everything is settled", "结束前问一句：还有没办完的吗"),
        ("Name the next step and the day", "说清楚下一步是什么、哪天完成"),
        ("Look up two own contacts a week: did the customer come again?", "每周抽查自己的两通来电，看客户有没有再来"),
    ),
    "C08",
)
STRUCTURE = Topic(
    ("Structure of the conversation", "通话结构"),
    (
        ("Say at the beginning what comes in which order", "开头先说清楚按什么顺序办"),
        ("Finish one point before the next", "一件说完再说下一件"),
        ("Sum up in one sentence", "用一句话小结"),
    ),
    "C07",
)
NOTES = Topic(
    ("Short, complete notes", "小结简明完整"),
    (
        ("Write the note while speaking: need, action, promise", "边说边记：需求、处理、承诺"),
        ("Use the five text blocks", "用好五条常用语"),
        ("Compare two notes with the team leader on Friday", "周五和班组长对照两条小结"),
    ),
    "C02",
)
FIND_FASTER = Topic(
    ("Finding articles faster", "更快找到知识条目"),
    (
        ("Know the ten articles that are used most", "熟悉最常用的十个条目"),
        ("Search for the message on the screen, not for the product", "按屏幕提示搜索，不按产品名搜索"),
        ("Keep own bookmarks and tidy them on Mondays", "建自己的收藏夹，每周一整理"),
    ),
    "C02",
)
OWN_IT = Topic(
    ("Own the matter to the end", "负责到底"),
    (
        ("Say who answers, and by when", "说清楚谁来答复、什么时候答复"),
        ("Enter every promise in the call-back list", "每个承诺都登记到回访单"),
        ("Confirm the result with the customer", "办结后向客户确认结果"),
    ),
    "C06",
)
EXPLAIN_HOLDS = Topic(
    ("Explain every hold", "等待前说明原因"),
    (
        ("Ask before a hold, and say why and how long", "请客户等待前先征得同意，说明原因和时间"),
        ("Come back within a minute even without a result", "一分钟内回来一次，没结果也要说一声"),
        ("Thank the customer on return", "返回时先致谢"),
    ),
)
FEELING_FIRST = Topic(
    ("The feeling first, then the matter", "先处理心情，再处理事情"),
    (
        ("Name what the customer is upset about in the first minute", "第一分钟内说出客户为什么着急"),
        ("Listen to the model case and write down two sentences", "听典型案例，记下两句可以用的话"),
        ("Try both in five calls and talk about it on Friday", "在五通来电里试用，周五一起复盘"),
    ),
    "C06",
)
NEXT_STEP = Topic(
    ("Say what happens next", "说清楚接下来怎么办"),
    (
        ("End every contact with the next step and a day", "每次结束都说明下一步和日期"),
        ("Avoid “as soon as possible”: name a time", "不说“尽快”，说具体时间"),
        ("Send a confirmation where the customer has to wait", "需要等待的，发一条确认信息"),
    ),
    "C03",
)
PLAIN_WORDS = Topic(
    ("Plain words instead of jargon", "少用术语，说得通俗"),
    (
        ("Replace five terms by words a neighbour would use", "把五个术语换成邻居也听得懂的话"),
        ("Explain in two steps and let the customer do the first", "分两步讲，请客户先做第一步"),
        ("Record a practice call with a colleague", "和同事录一段练习通话"),
    ),
    "C07",
)
BY_KPI: dict[str, tuple[Topic, ...]] = {
    "resolution_rate": (ASK, SEARCH_FIRST, CONFIRM),
    "first_contact_resolution": (CONFIRM, ASK, SEARCH_FIRST),
    "average_handle_time": (STRUCTURE, NOTES, FIND_FASTER),
    "qa_score": (OWN_IT, EXPLAIN_HOLDS, ASK),
    "csat_top2": (FEELING_FIRST, NEXT_STEP, PLAIN_WORDS),
    "service_skill": (ASK, CONFIRM, NEXT_STEP),
    "interpersonal": (FEELING_FIRST, NEXT_STEP, FEELING_FIRST),
    "language": (PLAIN_WORDS, STRUCTURE, PLAIN_WORDS),
    "call_control": (EXPLAIN_HOLDS, STRUCTURE, EXPLAIN_HOLDS),
}
SKILLS = ("service_skill", "interpersonal", "language", "call_control")
"""Skill dimensions that a goal may name instead of a KPI."""
GROUP = (EXPLAIN_HOLDS, FEELING_FIRST, SEARCH_FIRST, NEXT_STEP)
GROUP_MEASURE: Pair = (
    "Heard in four of five calls that we listen to together",
    "一起听五通录音，至少四通做到",
)
LONG = (
    Topic(
        ("Accompany new colleagues", "带教新人"),
        (
            ("Attend the course on coaching colleagues", "参加带教课程"),
            ("Sit beside a mentor for half a day", "跟着带教老师坐半天"),
            ("Take over one new colleague for two weeks", "独立带一名新人两周"),
        ),
        "C10",
        ("Has accompanied one new colleague through the first two weeks", "独立带完一名新人的前两周"),
        ("Mentor for new colleagues", "新人带教老师"),
    ),
    Topic(
        ("Serve VIP customers", "转做贵宾服务"),
        (
            ("Attend the VIP course", "参加贵宾客户服务课程"),
            ("Listen to five VIP calls with a colleague", "和同事一起听五通贵宾来电"),
            ("Take ten VIP calls with somebody at hand", "在同事陪同下接十通贵宾来电"),
        ),
        "C09",
        ("Ten VIP calls taken with a colleague listening, both content", "在同事旁听下接满十通贵宾来电，双方都认可"),
        ("Agent for VIP customers", "贵宾坐席"),
    ),
    Topic(
        ("Write for the knowledge base", "参与知识库编写"),
        (
            ("Hand in one article a month", "每月提交一篇条目"),
            ("Have each read by a colleague first", "先请同事读一遍"),
            ("Mend two old articles", "修订两篇旧条目"),
        ),
        "C07",
        ("Three articles approved and in use", "三篇条目通过审核并启用"),
        ("Editor of the knowledge base", "知识库编辑"),
    ),
    Topic(
        ("Learn to score calls", "学习质检评分"),
        (
            ("Score one calibration call a month without a vote", "每月旁听评一通校准录音"),
            ("Compare with the panel and explain each difference", "和评分组对照，说明每处差异"),
            ("Read the form's handbook", "通读评分标准手册"),
        ),
        "C06",
        ("Five calls scored, each within five points of the panel", "评满五通录音，与评分组相差都在五分以内"),
        ("Quality grader", "质检员"),
    ),
    Topic(
        ("Lead a team huddle", "主持班前会"),
        (
            ("Prepare one topic a month with the team leader", "每月和班组长准备一个主题"),
            ("Lead one huddle a month", "每月主持一次班前会"),
            ("Ask two colleagues what was useful", "会后问两位同事哪些有用"),
        ),
        "C10",
        ("Has led three huddles without help", "独立主持三次班前会"),
        ("Team leader", "班组长"),
    ),
)
"""Long-term goals that no KPI shows."""
STEADY = Topic(
    ("Hold the level for a whole quarter", "整个季度保持稳定"),
    (
        ("Look at the own figures together once a month", "每月一起看一次自己的数据"),
        ("Keep the journal after difficult calls", "难处理的来电之后写工作日志"),
        ("Change the method when two months show no movement", "两个月没有变化就换一种做法"),
    ),
    "C05",
)
FAULTS = Topic(
    ("Handle device faults alone", "独立处理设备故障"),
    (
        ("Attend the course on fault finding", "参加故障排查课程"),
        ("Take two fault calls a day with a colleague at hand", "每天接两通故障来电，同事在旁支持"),
        ("Keep a list of faults and what solved them", "整理故障和解决办法清单"),
    ),
    "C08",
    career=("Technical agent", "技术坐席"),
)
