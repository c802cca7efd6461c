"""Finding: what the quick jump and the tooltips of terms read, and what search results say about a page.

Belongs here: the two data files, words of their scripts, one line about a page. Does not belong here: the search index
(`pipelines/site/search.py`), breadcrumbs (`trail`), meanings of KPIs (the catalogue) and of terms (the glossary).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.marts import Agent, Team
from pipelines.site import glossary
from pipelines.site.areas import _finding_jump
from pipelines.site.areas import _finding_names as names
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.scripts import data_file
from pipelines.site.source import File
from pipelines.site.templates import SUFFIX, TEMPLATES, PageKind

ORDER = 95
BETWEEN = " · "

_HEADING = re.compile(r"<h2[^>]*>\{\{ _\(\"([^\"{}]+)\"\) \}\}</h2>")


@dataclass(frozen=True)
class Book:
    """No marts of its own: names stand in the site, meanings in the catalogue and the glossary."""


def load(folder: Path) -> Book:
    """Nothing to read: every area is asked for its marts, this one has none."""
    return Book()


def files(site: Site, say: Voice) -> Iterator[File]:
    """Data of the quick jump and of the tooltips."""
    yield data_file("jump", _finding_jump.groups(site, say))
    yield data_file("terms", {"kpis": _meanings(site, say), "terms": _terms(say)})


def script_words(say: Voice) -> dict[str, str]:
    """What the quick jump says."""
    _ = say.words
    return {
        "jump.title": _("Jump to a page"),
        "jump.label": _("Name, ID, measure or page"),
        "jump.hint": _("Part of a name is enough. Chinese names are also found by pinyin or its initials."),
        "jump.none": _("Nothing is called that. The search box looks inside the documents."),
        "jump.one": _("1 page"),
        "jump.found": _("{n} pages", n="{n}"),
        "jump.more": _("The first {n} pages; type more to narrow them down", n="{n}"),
        "jump.close": _("Close"),
        "jump.team": _("Team"),
        "jump.agent": _("Agent"),
        "jump.measure": _("Measure"),
        "jump.page": _("Page"),
        "jump.guide": _("Coaching guide"),
        "jump.document": _("Document"),
        "jump.term": _("Glossary term"),
    }


def _meanings(site: Site, say: Voice) -> dict[str, tuple[str, str, str]]:
    """KPI → label, meaning, unit and good direction."""
    return {
        kpi.kpi_id: (
            say.kpi(kpi.kpi_id),
            say.meaning(kpi.kpi_id),
            f"{say.unit(kpi)}{BETWEEN}{say.better(kpi.better)}",
        )
        for kpi in site.kpis
    }


def _terms(say: Voice) -> dict[str, tuple[str, str]]:
    """Term → what it is called here, with its name in the other language, and what it means."""
    return {term.term_id: (f"{term.own}{BETWEEN}{term.other}", term.meaning) for term in glossary.terms(say.language)}


# ---------- what search results and page descriptions say
def summary(say: Voice, kind: PageKind, path: str, said: str) -> str:
    """A page in a few words: what it answers and its headings, or what a KPI is also called. Others keep `said`."""
    _ = say.words
    if kind.each == "kpi":
        other = names.of_kpi(_kpi_id(path), say.language)
        return say.sentences([said, _("Also called: {names}.", names=say.listing(other))]) if other else said
    if kind.each == "once":
        return BETWEEN.join([said, *(say.words(text) for text in _headings(kind.name))])
    return said


def also(say: Voice, kind: PageKind, path: str) -> tuple[str, ...]:
    """What a measure or a page is called besides its title; a measure's own label too, whose parts then find it."""
    if kind.each == "kpi":
        return (say.kpi(_kpi_id(path)), *names.of_kpi(_kpi_id(path), say.language))
    return names.of_page(kind.name, say.language) if kind.each == "once" else ()


def _kpi_id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".html")


def whose(site: Site, say: Voice, entity: Team | Agent) -> str:
    """The page of a team or person in a few words: its id, who leads it, the team somebody belongs to."""
    _ = say.words
    if isinstance(entity, Team):
        led = _("team leader {leader}", leader=entity.leader) if entity.leader else ""
        return BETWEEN.join(part for part in (entity.team_id, led) if part)
    team = site.entities.get(("team", entity.team_id)) if entity.team_id else None
    return BETWEEN.join([entity.agent_id, *([say.either(team.name_en, team.name_zh)] if team else [])])


def _headings(kind: str) -> list[str]:
    """The headings of a page that are the same whatever the data say, in English."""
    return _HEADING.findall((TEMPLATES / "pages" / f"{kind}{SUFFIX}").read_text(encoding="utf-8"))
