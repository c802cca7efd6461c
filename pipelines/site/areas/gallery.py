"""The gallery: every kind of picture once, drawn from its own invented example, and the notation they share.

Belongs here: finding the examples. Does not belong here: what a picture is called and when not to use it
(`_gallery_words`), the question it answers (the chart module), how it looks (`pipelines/charts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipelines.charts import ChartRequest, chart_modules, direct_modules
from pipelines.charts.palette import palette
from pipelines.site.areas import _gallery_words
from pipelines.site.drawings import Drawing
from pipelines.site.finder import Finder

ORDER = 96


@dataclass(frozen=True)
class Sample(Drawing):
    """A chart module's EXAMPLE."""

    question: str

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture may show."""
        names: tuple[str, ...] = chart_modules()[self.request.chart].KEY
        return names

    @property
    def chart(self) -> str:
        """Its module's name."""
        return self.request.chart


@dataclass(frozen=True)
class DirectSample:
    """The EXAMPLE of a module that writes its picture itself."""

    chart: str

    @property
    def question(self) -> str:
        """The question it answers."""
        question: str = direct_modules()[self.chart].QUESTION
        return question

    @property
    def picture(self) -> Markup:
        """The picture, hidden from assistive technology: the figure around it has a name."""
        module = direct_modules()[self.chart]
        drawn: Markup = module.picture(module.EXAMPLE)
        return drawn


@dataclass(frozen=True)
class GalleryPage:
    """method/gallery.html"""

    samples: tuple[tuple[str, tuple[Sample | DirectSample, ...]], ...]
    """Families of questions with their charts, none left out."""
    colours: tuple[tuple[str, str], ...]
    """Every colour's name with its meaning, in the palette's order."""


def load(_folder: Path) -> None:
    """No marts of its own."""


def gallery(_finder: Finder) -> GalleryPage:
    """Every chart module in its family; one that nobody has placed yet comes last."""
    left = {**chart_modules(), **direct_modules()}
    families = []
    for family, charts in _gallery_words.FAMILIES.items():
        families.append((family, tuple(_sample(chart) for chart in charts if left.pop(chart, None))))
    families.append(("other", tuple(map(_sample, left))))
    return GalleryPage(
        samples=tuple((family, samples) for family, samples in families if samples),
        colours=tuple((colour.name, colour.meaning) for colour in palette().values()),
    )


def _sample(chart: str) -> Sample | DirectSample:
    if chart in direct_modules():
        return DirectSample(chart)
    module = chart_modules()[chart]
    return Sample("", ChartRequest(chart, module.EXAMPLE), module.QUESTION)


PAGES = {"gallery": gallery}
SUMMARIES = {"gallery": _gallery_words.summary}
words = _gallery_words
