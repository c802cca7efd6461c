"""Subjects of the site, one module each: their marts, their pages, their sections on other pages, their words.

Belongs here: finding area modules and asking them. Does not belong here: any subject. A module of this package has
  load(folder)            its marts as one frozen object, read once per build; pages find it as `finder.book("<area>")`
  PAGES                   optional: page kind -> function(finder) that fills the page's context; for a kind repeated
                          per team or agent function(finder, entity), whose context has the entity's `link`, or None
                          for no such page
  SUMMARIES               page kind -> function(say) with one sentence for search results
  on_overview(finder), on_team(finder, team), on_agent(finder, agent), on_kpi(finder, kpi)
                          optional: the context of this area's section on that page, or None for no section; the
                          template is site_templates/areas/<area>_<overview|team|agent|kpi>.html.j2, which knows it
                          as `part` and the page as `page`
  ANSWERS                 optional: place -> function(say, context of its section) with a sentence for that page's
                          answer, or "" for none
  CAPTIONS                optional: Drawing class -> function(say, drawing, whose) -> Caption
  marks(say)              optional: meanings of the marks its pictures show
  files(site, say)        optional: downloads it offers, as `source.File`
  script_words(say)       optional: sentences its scripts say, by key; {placeholders} in single braces are filled there
ORDER places its sections among others. In templates, functions of a module are `areas.<area>.<function>(say, …)`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.site.finder import Finder
    from pipelines.site.fragments import Voice
    from pipelines.site.model import Site

PLACES = ("overview", "team", "agent", "kpi")


@dataclass(frozen=True)
class Section:
    """An area's part of a page of somebody else."""

    area: str
    place: str
    context: object

    @property
    def template(self) -> str:
        """Below site_templates."""
        return f"areas/{self.area}_{self.place}.html.j2"


@cache
def modules() -> dict[str, ModuleType]:
    """Every area by name, in the order of their sections."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))
    areas = [(name, importlib.import_module(f"{__name__}.{name}")) for name in names]
    return dict(sorted(areas, key=lambda pair: (pair[1].ORDER, pair[0])))


def with_books(site: Site, folder: Path) -> Site:
    """The site with every area's marts. Raises FileNotFoundError when one is missing."""
    return replace(site, books={name: module.load(folder) for name, module in modules().items()})


def sections(finder: Finder, place: str, *entity: object) -> Iterator[Section]:
    """The sections that areas put on a page of a place: overview, or team, agent, kpi with the entity."""
    for name, module in modules().items():
        fill = getattr(module, f"on_{place}", None)
        context = fill(finder, *entity) if fill and name in finder.site.books else None
        if context is not None:
            yield Section(name, place, context)


def answers(say: Voice, found: Iterable[Section]) -> list[str]:
    """What the sections of a page have to say in its answer, in their order."""
    known = modules()
    spoken = ((getattr(known[part.area], "ANSWERS", {}).get(part.place), part.context) for part in found)
    said = (speak(say, context) for speak, context in spoken if speak)
    return [sentence for sentence in said if sentence]
