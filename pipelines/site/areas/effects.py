"""Whether coaching and training changed the work: programmes of the centre, those behind a KPI, one person's change.

Belongs here: the marts of effects and which of their rows a page shows. Does not belong here: the shape of a context
(`_effect_contexts`), pictures (`_effect_drawings`), captions (`_effect_captions`), sentences (`_effect_answer`,
`_effect_words`, `_effect_shares`, `_effect_person`), how an effect is estimated (dbt_project, models/marts/effects).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.marts import (
    Agent,
    AgentChange,
    EffectDecay,
    EffectShare,
    Kpi,
    Programme,
    ProgrammeEffect,
    Rule,
    rows,
)
from pipelines.site.areas import _effect_answer, _effect_captions, _effect_person, _effect_shares, _effect_words
from pipelines.site.areas._effect_contexts import AgentPart, Block, Course, EffectsPage, KpiPart
from pipelines.site.areas._effect_drawings import Comparison, Decay, Ranges, request_decay, request_ranges
from pipelines.site.escape import visible_text
from pipelines.site.finder import Finder
from pipelines.site.parts import Link

ORDER = 60
GROUPS = (("coaching", "goal"), ("course", "behaviour"), ("course", "result"))
"""Programme kind and outcome level, in the order of the page."""
VERDICTS = ("measurable_gain", "no_measurable_gain", "cannot_tell")
FEWEST_PEOPLE = "group_min_people"


@dataclass(frozen=True)
class Book:
    """The marts of this area. `changes` are of one agent, the latest month of coaching first."""

    programmes: tuple[Programme, ...]
    effects: Mapping[str, tuple[ProgrammeEffect, ...]]
    """By KPI."""
    months: Mapping[tuple[str, str, str], tuple[EffectDecay, ...]]
    """By programme kind, programme and KPI."""
    shares: tuple[EffectShare, ...]
    changes: Mapping[str, tuple[AgentChange, ...]]


def load(folder: Path) -> Book:
    """The marts of one build."""
    effects: dict[str, list[ProgrammeEffect]] = defaultdict(list)
    for effect in rows(folder, ProgrammeEffect):
        effects[effect.kpi_id].append(effect)
    months: dict[tuple[str, str, str], list[EffectDecay]] = defaultdict(list)
    for month in rows(folder, EffectDecay):
        months[month.programme_kind, month.programme_id, month.kpi_id].append(month)
    changes: dict[str, list[AgentChange]] = defaultdict(list)
    for change in rows(folder, AgentChange):
        changes[change.agent_id].append(change)
    return Book(
        programmes=tuple(rows(folder, Programme)),
        effects={kpi_id: tuple(found) for kpi_id, found in effects.items()},
        months={key: tuple(found) for key, found in months.items()},
        shares=tuple(rows(folder, EffectShare)),
        changes={
            agent: tuple(sorted(found, key=lambda change: change.coaching_month, reverse=True))
            for agent, found in changes.items()
        },
    )


# ---------- pages and sections
def effects(finder: Finder) -> EffectsPage:
    """What coaching and courses changed, and how sure that is."""
    book = _book(finder)
    blocks = tuple(_blocks(finder))
    found = [comparison for block in blocks for comparison in block.comparisons]
    kpi = finder.site.kpi
    of_kind = {kind: [found for found in book.programmes if found.programme_kind == kind] for kind, _ in GROUPS}
    courses = (_course(finder, course, found) for course in of_kind["course"])
    groups = {(share.programme_kind, share.outcome_level): share for share in book.shares}
    return EffectsPage(
        status=finder.status(),
        blocks=tuple(
            (
                block,
                request_ranges(kpi(block.kpi_id), block.comparisons),
                request_decay(kpi(block.kpi_id), block.comparisons),
            )
            for block in blocks
        ),
        courses=tuple(sorted(courses, key=lambda course: (course.name.name_en, course.programme.programme_id))),
        unjudged=tuple(_name(programme) for programme in of_kind["coaching"] if not programme.outcomes),
        example=_example(found),
        shares=tuple(groups[group] for group in GROUPS if group in groups),
        rules=tuple(_rules(finder)[rule_id] for rule_id in _effect_shares.RULES) if book.programmes else (),
        fewest=_rules(finder)[FEWEST_PEOPLE] if book.programmes else None,
    )


def on_kpi(finder: Finder, kpi: Kpi) -> KpiPart | None:
    """The programmes that aimed at a KPI."""
    found = _book(finder).effects.get(kpi.kpi_id, ())
    if not found:
        return None
    comparisons = tuple(_comparison(finder, effect) for effect in sorted(found, key=_place))
    return KpiPart(kpi.kpi_id, comparisons, _rules(finder)[FEWEST_PEOPLE], f"{finder.root}effects/index.html")


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """What changed for one person after coaching, beside what was to be expected without."""
    found = _book(finder).changes.get(agent.agent_id, ())
    if not found:
        return None
    linked = tuple((change, finder.kpi_href(change.kpi_id)) for change in found)
    return AgentPart(linked, _rules(finder)["effect_sure_z"], f"{finder.root}effects/index.html")


# ---------- parts of pages
def _blocks(finder: Finder) -> Iterable[Block]:
    book = _book(finder)
    for kind, level in GROUPS:
        for kpi in finder.site.kpis:
            found = [
                effect
                for effect in book.effects.get(kpi.kpi_id, ())
                if (effect.programme_kind, effect.outcome_level) == (kind, level)
            ]
            if found:
                comparisons = tuple(_comparison(finder, effect) for effect in sorted(found, key=_place))
                yield Block(kind, level, kpi.kpi_id, finder.kpi_href(kpi.kpi_id), comparisons)


def _place(effect: ProgrammeEffect) -> tuple[int, str, str]:
    """Gains first, then by name: an order of programmes, never of people."""
    return VERDICTS.index(effect.verdict), effect.name_en, effect.programme_id


def _comparison(finder: Finder, effect: ProgrammeEffect) -> Comparison:
    key = effect.programme_kind, effect.programme_id, effect.kpi_id
    return Comparison(
        effect=effect,
        name=_name(effect),
        is_hidden=_is_few(finder, effect.n_treated),
        months=_book(finder).months.get(key, ()),
    )


def _course(finder: Finder, programme: Programme, found: Iterable[Comparison]) -> Course:
    of_level = {
        comparison.effect.outcome_level: comparison
        for comparison in found
        if (comparison.effect.programme_kind, comparison.effect.programme_id)
        == (programme.programme_kind, programme.programme_id)
    }
    return Course(
        programme=programme,
        name=_name(programme),
        is_hidden=_is_few(finder, programme.people),
        behaviour=of_level.get("behaviour"),
        result=of_level.get("result"),
    )


def _example(found: Iterable[Comparison]) -> Comparison | None:
    """The first in which those chosen had been behind, one that before and after praises before all others."""
    behind = [row for row in found if row.has_estimate and (row.effect.expected_regression_gain or 0) > 0]
    return next((row for row in behind if row.effect.before_after_claims), behind[0] if behind else None)


def _name(programme: Programme | ProgrammeEffect) -> Link:
    english = visible_text(programme.name_en) or visible_text(programme.programme_id)
    return Link("programme", english, visible_text(programme.name_zh) or english, "")


# ---------- looking up
def _book(finder: Finder) -> Book:
    book: Book = finder.book("effects")
    return book


def _rules(finder: Finder) -> Mapping[str, Rule]:
    found: Mapping[str, Rule] = finder.book("tiers").rules
    return found


def _is_few(finder: Finder, people: int) -> bool:
    return 0 < people < _rules(finder)[FEWEST_PEOPLE].value


PAGES = {"effects": effects}
SUMMARIES = {"effects": _effect_answer.summary}
CAPTIONS = {Ranges: _effect_captions.ranges_caption, Decay: _effect_captions.decay_caption}
marks = _effect_captions.marks
answers = _effect_answer
words = _effect_words
shares = _effect_shares
person = _effect_person
