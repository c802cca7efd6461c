"""Live charts: which pages offer them, and the files the browser then asks for.

Belongs here: the choice of pages, the files of a page's charts. Does not belong here: how a live chart is made
(`pipelines.charts`), drawing it (assets/js/live.js), its words (`areas.live`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache, partial
from importlib.metadata import version

from markupsafe import Markup

from pipelines import charts
from pipelines.charts import ChartRequest
from pipelines.site import lettering, scripts
from pipelines.site.source import File
from pipelines.site.templates import kinds

LIBRARY = "vega"
NOT_FOR = ("agent",)
"""Pages of one person have few points and are many: three thousand files of a centre of a thousand."""
NOT_ON = ("gallery", "pack", "team_pack")
"""Kinds of page whose pictures stand without a table from which marks could tell, or that are made to be printed."""


class Picture(Markup):
    """A picture on a page; `live` names the data file of its live form, "" where there is none."""

    live: str = ""


def picture(svg: str, kind: str, request: ChartRequest) -> Picture:
    """The picture of a request as a page of that kind shows it."""
    shown = Picture(svg)
    shown.live = _name(request) if is_offered(kind) and request.answers else ""
    return shown


def files(kind: str, requests: Sequence[ChartRequest], labels: frozenset[str], language: str) -> Iterator[File]:
    """Files for the live charts of a page of that kind: the library and one file per chart.

    `labels` are those that the language writes in another script, as in the pictures.
    """
    answering = [request for request in requests if request.answers] if is_offered(kind) else []
    if answering:
        path = f"{scripts.FOLDER}/{LIBRARY}.js"
        yield File(path, _library_fingerprint(), lambda: charts.live_library().encode())
    script = lettering.digest(labels, language) if answering else ""
    for request in answering:
        fingerprint = f"live {request.digest} {script}".strip()
        write = partial(_file, request, labels, language)
        yield File(f"{scripts.FOLDER}/{_name(request)}.js", fingerprint, write)


@cache
def is_offered(kind: str) -> bool:
    """Whether pages of a kind offer live charts."""
    return kind not in NOT_ON and all(each.each not in NOT_FOR for each in kinds() if each.name == kind)


def _name(request: ChartRequest) -> str:
    return f"chart-{request.digest}"


def _file(request: ChartRequest, labels: frozenset[str], language: str) -> bytes:
    chart = lettering.in_data(request.live(), labels, language) if labels else request.live()
    return scripts.data_file(_name(request), chart).content()


@cache
def _library_fingerprint() -> str:
    code = (charts.FOLDER / "_live.py").read_bytes()
    return hashlib.sha256(f"vl-convert-python {version('vl-convert-python')}\n".encode() + code).hexdigest()
