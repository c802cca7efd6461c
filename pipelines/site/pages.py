"""Every page of one language, ready to be rendered: title, charts wanted, fingerprint, content.

Belongs here: joining contexts, voice and templates. Does not belong here: shells, files, caches (the engine).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import ModuleType

from jinja2 import Environment
from markupsafe import Markup

from pipelines import words
from pipelines.charts import ChartRequest, inline, small
from pipelines.figures import figures
from pipelines.marts import Agent, Team
from pipelines.site import (
    advice,
    answers,
    areas,
    captions,
    cautions,
    glossary,
    lettering,
    listings,
    live,
    mentions,
    outline,
    person,
    reach,
    scripts,
    templates,
    timeline,
    trail,
)
from pipelines.site.areas import finding
from pipelines.site.drawings import Drawing
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from pipelines.site.source import File
from pipelines.site.templates import TEMPLATES, PageKind, kinds

__all__ = ["Page", "PageKind", "kinds", "menu_title", "pages"]


@dataclass(frozen=True)
class Page:
    """One page in one language; `content` is rendered only when asked for."""

    kind: str
    language: str
    path: str
    title: str
    summary: str
    charts: tuple[ChartRequest, ...]
    fingerprint: str
    context: object = field(repr=False)
    voice: Voice = field(repr=False)
    labels: frozenset[str] = field(default=frozenset(), repr=False)
    """Our own labels that its pictures hold in another script."""
    way: trail.Trail = trail.NONE
    names: tuple[str, ...] = ()
    doubts: cautions.Doubts = field(default=cautions.NONE, repr=False)

    @property
    def files(self) -> Iterator[File]:
        """What its live charts need."""
        return live.files(self.kind, self.charts, self.labels, self.language)

    def content(self, svg: Mapping[str, str]) -> Markup:
        """HTML of the page, its h1 included. `svg` maps the digest of each of `charts` to its picture."""
        template = _environment(self.language).get_template(f"pages/{self.kind}{templates.SUFFIX}")

        def picture(drawing: Drawing) -> Markup:
            drawn = lettering.written(svg[drawing.request.digest], self.labels, self.language)
            return live.picture(drawn, self.kind, drawing.request)

        said = template.render(page=self.context, say=self.voice, picture=picture)
        named = {kpi_id: self.voice.kpi(kpi_id) for kpi_id in self.voice.kpis}
        led = mentions.linked(said, self.path, named)
        outlined = reach.with_reach(glossary.marked(outline.with_outline(led, self.voice.words), self.language))
        environment = _environment(self.language)
        warned = cautions.marked(outlined, self.doubts, self.voice, self.path, environment)
        return trail.around(warned, self.way, environment)


def menu_title(kind: PageKind, language: str) -> str:
    """A page kind's title in the menu of one language."""
    return _words(language)(kind.title)


def pages(site: Site, language: str) -> Iterator[Page]:
    """Every page of a language, in the order of the menu; the same paths in every language."""
    voice = Voice(_words(language), figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})
    catalogue = hashlib.sha256(repr((site.kpis, site.doubts)).encode()).hexdigest()
    labels = lettering.ours(site, language)
    for kind in kinds():
        doubts = cautions.Doubts(site.doubts, site.periods, site.tables, kind.needs, site.comparison)
        base = f"{templates.code_digest(kind.name, language)} {catalogue}"
        for (path, title, summary, context), way in trail.of_pages(kind, _of_kind(site, kind, voice), voice):
            wanted = tuple(_drawings(context))
            text = f"{base} {' '.join(drawing.request.digest for drawing in wanted)} {context!r} {way!r}"
            yield Page(
                kind=kind.name,
                language=language,
                path=path,
                title=title,
                summary=finding.summary(voice, kind, path, summary),
                charts=tuple(drawing.request for drawing in wanted),
                fingerprint=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
                context=context,
                voice=voice,
                labels=labels,
                way=way,
                names=finding.also(voice, kind, path),
                doubts=doubts,
            )


def files(site: Site, language: str) -> Iterator[File]:
    """Every file of a language beside its pages: what areas offer for download, and the words of scripts."""
    voice = Voice(_words(language), figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})
    yield scripts.words_file(voice)
    for area in areas.modules().values():
        if hasattr(area, "files"):
            yield from area.files(site, voice)


Found = tuple[str, str, str, object]


def _of_kind(site: Site, kind: PageKind, say: Voice) -> Iterator[Found]:
    finder = Selection(site, "../" * kind.path.count("/"))
    if kind.each == "once":
        area = _areas().get(kind.name)
        context = area.PAGES[kind.name](finder) if area else getattr(finder, kind.name)()
        summary = area.SUMMARIES[kind.name](say) if area else _summary(say, kind.name)
        yield kind.path, say.words(kind.title), summary, context
        return
    if kind.each == "kpi":
        for kpi in site.kpis:
            yield kind.path.format(slug=kpi.kpi_id), say.kpi(kpi.kpi_id), say.meaning(kpi.kpi_id), finder.kpi(kpi)
        return
    if kind.each == "period":
        yield from _of_periods(_areas()[kind.name], kind, finder, say)
        return
    entities: tuple[Team, ...] | tuple[Agent, ...] = site.teams if kind.each == "team" else site.agents
    if area := _areas().get(kind.name):
        yield from _of_area(area, kind, finder, entities, say)
        return
    for entity in entities:
        entity_id = entity.team_id if isinstance(entity, Team) else entity.agent_id
        context = finder.team(entity) if isinstance(entity, Team) else finder.agent(entity)
        path = kind.path.format(slug=site.slugs[kind.each, entity_id])
        yield path, say.name(context.link), finding.whose(site, say, entity), context


def _of_area(
    area: ModuleType, kind: PageKind, finder: Selection, entities: Sequence[Team | Agent], say: Voice
) -> Iterator[Found]:
    """An area's page for each entity it has one for; its context holds the `link` of the entity."""
    summary = area.SUMMARIES[kind.name](say)
    for entity in entities:
        context = area.PAGES[kind.name](finder, entity)
        if context is not None:
            entity_id = entity.team_id if isinstance(entity, Team) else entity.agent_id
            path = kind.path.format(slug=finder.site.slugs[kind.each, entity_id])
            yield path, f"{say.words(kind.title)} · {say.name(context.link)}", summary, context


def _of_periods(area: ModuleType, kind: PageKind, finder: Selection, say: Voice) -> Iterator[Found]:
    """An area's page for each complete month and quarter and the whole period."""
    summary = area.SUMMARIES[kind.name](say)
    for period in timeline.told(finder.site):
        title = f"{say.words(kind.title)} · {say.period(period)}"
        yield kind.path.format(slug=timeline.stem(period)), title, summary, area.PAGES[kind.name](finder, period)


@lru_cache
def _areas() -> Mapping[str, ModuleType]:
    """The area that fills a page kind, by the kind's name."""
    return {name: module for module in areas.modules().values() for name in getattr(module, "PAGES", ())}


def _summary(say: Voice, kind: str) -> str:
    _ = say.words
    return {
        "overview": _("What changed, whether it is real, and who needs you."),
        "teams": _("All teams with their main measures."),
        "agents": _("All agents by name."),
        "kpis": _("Every measure: what it means and where it stands."),
        "data": _("What was delivered, what was refused and why, and what is missing."),
    }[kind]


def _drawings(context: object) -> Iterator[Drawing]:
    """Every drawing in a context's fields, tuples in tuples and sections included."""
    if isinstance(context, Drawing):
        yield context
    elif isinstance(context, areas.Section):
        yield from _drawings(context.context)
    else:
        for item in context if isinstance(context, tuple) else vars(context).values():
            if isinstance(item, Drawing | tuple | areas.Section):
                yield from _drawings(item)


@lru_cache
def _words(language: str) -> words.Words:
    return words.load(TEMPLATES / "words", language)


@lru_cache
def _environment(language: str) -> Environment:
    """One environment per language: partials are imported once and know the language's words."""
    environment = templates.environment()
    environment.globals |= {
        "_": _words(language),
        "advice": advice.library(language),
        "fig": figures(language),
        "answers": answers,
        "areas": areas.modules(),
        "captions": captions,
        "listings": listings,
        "person": person,
        "small": small,
        "inline": inline,
    }
    return environment
