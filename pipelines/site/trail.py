"""The way to a page and past it: breadcrumbs above its content, the page before and after it below.

Belongs here: which pages stand on the way, from kinds, paths, titles and the links a page's context holds. Does not
belong here: the menu (`menu`), how the trail looks (site_templates/partials/trail.html.j2). People have no neighbours:
nobody is to be read as a place in a row of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from pipelines.site.fragments import Voice
from pipelines.site.parts import Link
from pipelines.site.templates import SUFFIX, PageKind, kinds

ROWS = {"team", "kpi"}
"""What pages are repeated for that is read one after the other: teams by name, KPIs as in the catalogue."""
ENTITIES = ("agent", "team")
SECTION_OF_PEOPLE = "teams"
"""Section that everything about one team or one person belongs to."""

Found = tuple[str, str, str, object]
"""Path, title, summary and context of a page, as `pages` makes them."""


@dataclass(frozen=True)
class Step:
    """One page on the way; `href` is relative to the page that shows it, empty for that page itself."""

    title: str
    href: str


@dataclass(frozen=True)
class Trail:
    """Where a page stands. No steps on the pages of the menu's first level."""

    steps: tuple[Step, ...] = ()
    before: Step | None = None
    after: Step | None = None


NONE = Trail()


def of_pages(kind: PageKind, found: Iterable[Found], say: Voice) -> Iterator[tuple[Found, Trail]]:
    """Every page of one kind with its trail; for teams and KPIs with the pages before and after it."""
    if kind.each not in ROWS:
        for page in found:
            yield page, Trail(steps(kind, page, say))
        return
    pages = list(found)
    ordered = pages if kind.each == "kpi" else sorted(pages, key=lambda page: (page[1], page[0]))
    places = {page[0]: place for place, page in enumerate(ordered)}
    for page in pages:
        place = places[page[0]]
        before = _step(ordered[place - 1]) if place else None
        after = _step(ordered[place + 1]) if place + 1 < len(ordered) else None
        yield page, Trail(steps(kind, page, say), before, after)


def around(content: str, trail: Trail, environment: Environment) -> Markup:
    """A page's rendered content between the way to it and the way on."""
    said: Any = environment.get_template(f"partials/trail{SUFFIX}").module
    return Markup(f"{said.crumbs(trail)}{content}{said.neighbours(trail)}")  # noqa: S704 - rendered, escaped templates


def steps(kind: PageKind, page: Found, say: Voice) -> tuple[Step, ...]:
    """Front page, section, team and person where the page is about one, the page itself."""
    path, title, _, context = page
    about = _about(context) if kind.each in ENTITIES else []
    section = SECTION_OF_PEOPLE if about else kind.section
    home, first = _first(lambda each: each.path == "index.html"), _first(lambda each: each.section == section)
    if home is None or kind in (home, first):
        return ()
    root = "../" * path.count("/")
    way = [Step(say.words(each.title), f"{root}{each.path}") for each in dict.fromkeys((home, first)) if each]
    above = [link for link in about if link.href.removeprefix(root) != path]
    way += [Step(say.name(link), link.href) for link in above]
    is_beside = bool(about) and above == about
    return (*way, Step(say.words(kind.title) if is_beside else title, ""))


def _first(wanted: Callable[[PageKind], bool]) -> PageKind | None:
    """The first page of the menu that fits."""
    return next((each for each in kinds() if each.each == "once" and each.section and wanted(each)), None)


def _about(context: object) -> list[Link]:
    """The team and the person or team that a page is about, widest first."""
    links = (getattr(context, name, None) for name in ("team", "link"))
    return [link for link in links if isinstance(link, Link) and link.href]


def _step(page: Found) -> Step:
    """A page of the same kind, which stands in the same folder."""
    return Step(page[1], page[0].rpartition("/")[2])
