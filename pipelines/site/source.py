"""What the engine needs to know of page kinds and pages, and nothing more.

Belongs here: the protocols between the site's content (`pages`, `model`) and its engine (`build`, `shells`, `stamp`).
Does not belong here: any implementation; tests pass a few lines of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from markupsafe import Markup


class Kind(Protocol):
    """One page kind: `each` is "once" or what it is repeated for; `path` has one {placeholder} when repeated."""

    @property
    def name(self) -> str:
        """Its name; pages refer to it."""

    @property
    def each(self) -> str:
        """What it is repeated for; "once" when it is not."""

    @property
    def path(self) -> str:
        """Path below the language root; one {placeholder} in the file name when repeated."""

    @property
    def section(self) -> str:
        """Section of the menu; "" keeps it out."""

    @property
    def order(self) -> int:
        """Place in the menu, smaller first; the first page of a section names and places the section."""


@dataclass(frozen=True)
class File:
    """A download. `fingerprint` covers everything `content` depends on; `content` gives the same bytes every time."""

    path: str
    """Below the language root, with forward slashes."""
    fingerprint: str
    content: Callable[[], bytes]


class Drawable(Protocol):
    """A chart somebody wants; equal digests mean equal pictures."""

    @property
    def digest(self) -> str:
        """Name of the picture."""


class SitePage(Protocol):
    """One page in one language. `fingerprint` covers everything `content` depends on except the shell around it."""

    @property
    def kind(self) -> str:
        """Name of its kind."""

    @property
    def path(self) -> str:
        """Path below the language root, with forward slashes."""

    @property
    def title(self) -> str:
        """Plain text, not yet escaped."""

    @property
    def summary(self) -> str:
        """One plain sentence for search and the page description."""

    @property
    def names(self) -> tuple[str, ...]:
        """What else readers call it, for search; no names of people."""

    @property
    def charts(self) -> Sequence[Any]:
        """Pictures to be drawn before `content`."""

    @property
    def fingerprint(self) -> str:
        """Digest of everything `content` depends on."""

    @property
    def files(self) -> Iterable[File]:
        """What scripts of the page read; pages may share a file."""

    def content(self, svg: Mapping[str, str]) -> Markup:
        """HTML of the page between header and footer, its own h1 included; `svg` maps chart digest to picture."""


class Source(Protocol):
    """Where pages come from."""

    @property
    def data_day(self) -> str:
        """Last day the data speak of, as YYYY-MM-DD; empty when there is none."""

    def kinds(self) -> Sequence[Kind]:
        """Every page kind."""

    def menu_title(self, kind: Kind, language: str) -> str:
        """Title of a kind in the menu of one language."""

    def pages(self, language: str) -> Iterator[SitePage]:
        """Every page of one language, the same paths in every language."""

    def files(self, language: str) -> Iterator[File]:
        """Every download of one language."""

    def papers(self, paths: frozenset[str]) -> Iterator[tuple[str, str]]:
        """(page, PDF) of every page that is also printed, of one language's files; paths below its root."""


Draw = Callable[[Iterable[Any]], Mapping[str, str]]
"""Turns chart requests into pictures: digest → inline SVG."""
