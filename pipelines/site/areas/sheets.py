"""The one-to-one sheet of a person, the journal for oneself, and the section about both on the person's page.

Belongs here: which rows these pages show, and in which order. Does not belong here: reading marts (`_sheet_book`), the
shape of a context (`_sheet_contexts`), words (`_sheet_words`, `_sheet_cards`, `_sheet_causes`, `_sheet_goals`,
`_sheet_talk`), what is a priority (dbt_project, models/marts/coaching).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.marts import (
    Agent,
    AgentResponse,
    CoachingCause,
    CoachingFocus,
    CoachingPlan,
    ModelCase,
    Period,
    Rule,
    Tier,
)
from pipelines.site.areas import (
    _sheet_book,
    _sheet_cards,
    _sheet_causes,
    _sheet_goals,
    _sheet_journal,
    _sheet_talk,
    _sheet_words,
)
from pipelines.site.areas._sheet_book import Book, on_paper
from pipelines.site.areas._sheet_cards import cards_of
from pipelines.site.areas._sheet_contexts import AgentPart, Fact, Goal, Help, JournalPage, Priority, SheetPage
from pipelines.site.areas._talent_drawings import PLACES
from pipelines.site.finder import STRATA, Finder
from pipelines.site.parts import Link

ORDER = 70
STRENGTHS, PRIORITIES = 3, 2
GOALS_ON_PAPER = 2
MORE_CARDS, RESPONSES = 6, 8
CAREER = 64
"""Room on paper for what somebody wants to become."""
WITH = " · "
"""Between the parts of a kind of work."""


# ---------- pages
def sheet(finder: Finder, agent: Agent) -> SheetPage | None:
    """The sheet of somebody who is here; nobody else has one."""
    if not agent.is_current:
        return None
    book, agent_id = _book(finder), agent.agent_id
    tier: Tier | None = finder.book("tiers").current(agent_id)
    focus = book.focus.get(agent_id, ())
    priorities = _priorities(finder, agent_id)
    drawn, refused = _sheet_cards.chosen(finder, agent_id, [priority.row.error_type for priority in priorities])
    goals = _goals(book, agent_id)
    plans = book.plans.get(agent_id, ())
    team = _team(finder, agent)
    return SheetPage(
        link=finder.link("agent", agent_id),
        team=team,
        leader=_leader(finder, agent),
        period=_period(finder, tier, focus),
        as_of=finder.site.settled or finder.site.as_of,
        data_href=f"{finder.root}data/index.html",
        journal_href=finder.page_of("journals", "agent", agent_id),
        guide_href=finder.page_of("guides", "team", agent.team_id) if team and agent.team_id else "",
        delivered=tuple(table.table_name for table in finder.site.tables if table.is_delivered),
        takes_words=finder.site.takes_words,
        tier=tier,
        quadrant=_place(finder, agent_id),
        strengths=tuple(row for row in focus if row.role == "strength")[:STRENGTHS],
        praise=next((card for card in cards_of(finder, agent_id, "strength") if card.is_drawn), None),
        priorities=priorities,
        cards=drawn[: _sheet_cards.ON_PAPER],
        refused=refused[: _sheet_cards.ON_PAPER - len(drawn[: _sheet_cards.ON_PAPER])],
        more_cards=drawn[_sheet_cards.ON_PAPER :][:MORE_CARDS],
        more_refused=refused[_sheet_cards.ON_PAPER - len(drawn[: _sheet_cards.ON_PAPER]) :][:MORE_CARDS],
        causes=_facts(finder, agent_id),
        goals=goals,
        paper_goals=goals[:GOALS_ON_PAPER],
        last_talk=next(iter(plans), None),
        comment=next((plan for plan in plans if plan.agent_comment), None),
        career=_career(plans),
        responses=_responses(book, agent_id),
        courses=book.courses.get(agent_id, ()),
        help=_help(finder, agent_id, priorities, tier),
        review_days=_review_days(finder, tier),
    )


def journal(finder: Finder, agent: Agent) -> JournalPage | None:
    """The journal of somebody who is here."""
    if not agent.is_current:
        return None
    book, agent_id = _book(finder), agent.agent_id
    plans = book.plans.get(agent_id, ())
    return JournalPage(
        link=finder.link("agent", agent_id),
        team=_team(finder, agent),
        skills=tuple(book.skills.values()),
        goals=tuple(plan for plan in plans if plan.is_open)[:GOALS_ON_PAPER],
        career=_career(plans),
        sheet_href=finder.page_of("sheets", "agent", agent_id),
    )


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """The way to both pages, with what matters and the goals in a few lines."""
    if not agent.is_current:
        return None
    book, agent_id = _book(finder), agent.agent_id
    return AgentPart(
        sheet_href=finder.page_of("sheets", "agent", agent_id),
        journal_href=finder.page_of("journals", "agent", agent_id),
        priorities=_priorities(finder, agent_id),
        goals=_goals(book, agent_id),
        has_log=any(table.table_name == "coaching_log" and table.is_delivered for table in finder.site.tables),
    )


# ---------- who and when
def _team(finder: Finder, agent: Agent) -> Link | None:
    has_page = agent.team_id is not None and ("team", agent.team_id) in finder.site.slugs
    return finder.link("team", agent.team_id) if agent.team_id and has_page else None


def _leader(finder: Finder, agent: Agent) -> str:
    team = next((team for team in finder.site.teams if team.team_id == agent.team_id), None)
    return on_paper(team.leader or "", _sheet_words.NAME) if team else ""


def _period(finder: Finder, tier: Tier | None, focus: Sequence[CoachingFocus]) -> Period | None:
    """What the figures are of: the window of judgements, which is the same for everybody."""
    window = tier or next(iter(focus), None)
    return finder.site.periods.get((window.window_kind, window.window_start)) if window else None


def _place(finder: Finder, agent_id: str) -> str:
    book = finder.book("talent")
    found = book.places.get(agent_id)
    is_shown = book.axis is not None and book.axis.state == "shown"
    return found.quadrant if is_shown and found and found.quadrant in PLACES else ""


def _review_days(finder: Finder, tier: Tier | None) -> float:
    """New starters are seen sooner."""
    rules: dict[str, Rule] = finder.book("tiers").rules
    is_new = tier is not None and tier.tier == "new_starter"
    return rules["coaching_gap_days_new" if is_new else "coaching_gap_days"].value


# ---------- what
def _priorities(finder: Finder, agent_id: str) -> tuple[Priority, ...]:
    facts = [fact for fact in _facts(finder, agent_id) if fact.row.speaks == "for"]
    found = [row for row in _book(finder).focus.get(agent_id, ()) if row.role == "priority"]
    return tuple(
        Priority(row, tuple(fact for fact in facts if fact.row.cause == row.cause)) for row in found[:PRIORITIES]
    )


def _facts(finder: Finder, agent_id: str) -> tuple[Fact, ...]:
    return tuple(Fact(row, _work(finder, row)) for row in _book(finder).causes.get(agent_id, ()))


def _work(finder: Finder, row: CoachingCause) -> tuple[Link, ...]:
    """The names of a kind of work, which the mart gives as what it consists of."""
    if row.fact != "uneven_work" or not row.detail:
        return ()
    found = []
    for part in row.detail.split(WITH):
        grain = next((grain for grain in STRATA if (grain, part) in finder.site.entities), None)
        found.append(finder.link(grain, part) if grain else Link("", part, part, ""))
    return tuple(found)


def _goals(book: Book, agent_id: str) -> tuple[Goal, ...]:
    """Open goals, those past their day first, then those of the last talk that are closed."""
    plans = [plan for plan in book.plans.get(agent_id, ()) if plan.is_open or plan.is_latest_session]
    plans.sort(key=lambda plan: (not plan.is_open, not plan.is_overdue))
    return tuple(
        Goal(plan, book.progress.get(key), book.weeks.get(key, ()), book.steps.get(key, ()))
        for plan in plans
        for key in [_sheet_book.goal(plan)]
    )


def _responses(book: Book, agent_id: str) -> tuple[AgentResponse, ...]:
    """What was said, newest first; of plain acknowledgements the newest one is enough."""
    found = book.responses.get(agent_id, ())
    newest = next((row for row in found if row.kind == "acknowledged"), None)
    return tuple(row for row in found if row.kind != "acknowledged" or row is newest)[:RESPONSES]


def _career(plans: Iterable[CoachingPlan]) -> str:
    return on_paper(next((plan.career_goal for plan in plans if plan.career_goal), ""), CAREER)


def _help(finder: Finder, agent_id: str, priorities: Sequence[Priority], tier: Tier | None) -> Help:
    book = _book(finder)
    matches = book.mentors.get(agent_id, ())
    dimensions = [priority.row.dimension for priority in priorities if priority.row.dimension]
    match = next((match for match in matches if match.dimension in dimensions), None)
    facts = [fact.row for priority in priorities for fact in priority.facts if fact.row.fact == "course_not_taken"]
    return Help(
        mentor=finder.link("agent", match.mentor_id) if match else None,
        is_same_team=match is not None and match.is_same_team,
        case=_case(book.cases, priorities, tier),
        course=facts[0].detail if facts else "",
    )


def _case(cases: Iterable[ModelCase], priorities: Sequence[Priority], tier: Tier | None) -> ModelCase | None:
    """The case closest to the first priority: of its error before its skill, for this tier before others."""
    if not priorities:
        return None
    row, code = priorities[0].row, tier.tier if tier else ""
    of_error = [case for case in cases if row.error_type and case.error_type == row.error_type]
    of_skill = [case for case in cases if row.dimension and case.dimension == row.dimension]
    fitting = sorted(of_error or of_skill, key=lambda case: (case.for_tier != code, case.position))
    return next(iter(fitting), None)


def _book(finder: Finder) -> Book:
    book: Book = finder.book("sheets")
    return book


load = _sheet_book.load
PAGES = {"sheet": sheet, "journal": journal}
SUMMARIES = {"sheet": _sheet_words.summary, "journal": _sheet_words.journal_summary}
words = _sheet_words
cards = _sheet_cards
causes = _sheet_causes
goals = _sheet_goals
talk = _sheet_talk
journal_words = _sheet_journal
