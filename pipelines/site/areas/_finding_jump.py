"""What the quick jump knows: every page a reader may want by name, with the forms it may be typed in.

Belongs here: which pages, their names and keys. Does not belong here: matching and ranking (assets/js/jump.js), forms
of Chinese names (`han`), other names (`_finding_names`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipelines import chinese, words
from pipelines.settings import LANGUAGES, PROJECT
from pipelines.site import glossary, han, menu
from pipelines.site.areas import _finding_names as names
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.templates import TEMPLATES, kinds

Entry = tuple[str, str, str]
"""What stands on the page, what makes its path, and further keys, a bar between them."""


def groups(site: Site, say: Voice) -> list[dict[str, object]]:
    """Entries by kind, in the order in which equally good finds are listed.

    Each: kind (a key of script words), from and to (what stands before and after an entry's own part of its path).
    """
    return [
        {"kind": kind, "from": before, "to": after, "entries": sorted(entries)}
        for kind, before, after, entries in (
            ("team", "teams/", ".html", _people(site, say, "team")),
            ("agent", "agents/", ".html", _people(site, say, "agent")),
            ("measure", "kpis/", ".html", _measures(site, say)),
            ("page", "", ".html", _pages(say)),
            ("guide", "guides/", ".html", _guides(site, say)),
            ("document", "", ".html", _documents(say)),
            ("term", f"{glossary.DOCUMENT}.html#", "", _terms(say)),
        )
    ]


def keys(title: str, others: Iterable[str], *, is_person: bool = False) -> str:
    """Everything a page may be called besides its title, each form once: scripts and pinyin of all names.

    The browser compares without case, width and spaces; a form that differs from another only there is left out.
    """
    known = {_bare(title)}
    found: list[str] = []
    for name in (title, *others):
        readings = han.readings_of_name(name) if is_person else (han.pinyin(name),)
        for form in (name, *han.other_scripts(name), *readings):
            # syllables are kept beside the same name in one word: initials are made from them
            is_split = form in readings and form not in found and form not in title.casefold()
            if form and (is_split or _bare(form) not in known):
                known.add(_bare(form))
                found.append(form)
    return "|".join(form.replace("|", " ") for form in found if form != title)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _people(site: Site, say: Voice, grain: str) -> Iterator[Entry]:
    for entity in site.of_grain(grain):
        title = say.either(entity.name_en, entity.name_zh)
        others = (entity.entity_id, entity.name_en, entity.name_zh)
        yield title, site.slugs[grain, entity.entity_id], keys(title, others, is_person=True)


def _measures(site: Site, say: Voice) -> Iterator[Entry]:
    for kpi in site.kpis:
        title = say.kpi(kpi.kpi_id)
        own = [name for language in LANGUAGES for name in names.of_kpi(kpi.kpi_id, language)]
        yield title, kpi.kpi_id, keys(title, (kpi.kpi_id.replace("_", " "), kpi.label_en, kpi.label_zh, *own))


def _pages(say: Voice) -> Iterator[Entry]:
    for kind in kinds():
        if kind.each == "once":
            own = [name for language in LANGUAGES for name in names.of_page(kind.name, language)]
            titles = [_words(language)(kind.title) for language in LANGUAGES]
            title = say.words(kind.title)
            yield title, kind.path.removesuffix(".html"), keys(title, (*titles, *own))


def _guides(site: Site, say: Voice) -> Iterator[Entry]:
    """Coaching guides, of teams that have somebody."""
    _ = say.words
    led = {agent.team_id for agent in site.agents if agent.is_current}
    for team in site.teams:
        if team.team_id in led:
            entity = site.entities["team", team.team_id]
            title = f"{_('Coaching guide')} · {say.either(entity.name_en, entity.name_zh)}"
            yield title, site.slugs["team", team.team_id], keys(title, (team.leader or "",), is_person=False)


def _documents(say: Voice) -> Iterator[Entry]:
    titles: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for document in _written(language):
            titles.setdefault(document.source, {})[language] = document.title
    for source, by_language in titles.items():
        own = by_language.get(chinese.source(say.language))
        if own:
            title = chinese.said(own, say.language)
            yield title, source.removesuffix(".md"), keys(title, by_language.values())


def _terms(say: Voice) -> Iterator[Entry]:
    for term in glossary.terms(say.language):
        yield term.own, term.term_id, keys(term.own, (term.other,))


@lru_cache
def _written(language: str) -> tuple[menu.Entry, ...]:
    folder = PROJECT / "docs" / language
    return tuple(menu.documents(folder)) if folder.is_dir() else ()


@lru_cache
def _words(language: str) -> words.Words:
    return words.load(TEMPLATES / "words", language)
