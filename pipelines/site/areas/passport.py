"""The number passport: from a figure to its definition, formula, models, tests, rows, deliveries and owner.

Belongs here: the passport's marts, its section on a KPI's page, the facts that scripts show beside a figure. Does not
belong here: sentences (`_passport_words`), the formula as lines (`_passport_formula`, which `floorwalk explain` prints
as well), how a KPI is computed (`dbt_project`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines import dictionary, marts
from pipelines.marts import DeliveredTable, Delivery, Kpi, KpiFormula, KpiStandard, Model
from pipelines.site import scripts, templates
from pipelines.site.areas import _passport_formula, _passport_words
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.parts import Link
from pipelines.site.source import File

ORDER = 99
DELIVERIES_SHOWN = 5
FACTS, SUMS, INDICES = "fct_kpi_value", "int_kpi_sum", "int_index_sum"
"""The mart of all figures of KPIs, and the two models it reads their sums from."""


@dataclass(frozen=True)
class Book:
    """The marts of this area."""

    formulas: Mapping[str, KpiFormula]
    standards: Mapping[str, tuple[KpiStandard, ...]]
    models: Mapping[str, Model]
    """Empty when the marts came without what dbt knows of its models."""
    has_dictionary: bool


@dataclass(frozen=True)
class Chain:
    """The models of a figure. `steps` leads from the mart back to the rows; the counts are of all models behind it."""

    steps: tuple[Model, ...]
    models: int
    tests: int
    passed: int


@dataclass(frozen=True)
class Passport:
    """The section of one KPI's page."""

    kpi: Kpi
    formula: KpiFormula
    standards: tuple[tuple[KpiStandard, Link | None], ...]
    """Oldest first, each with the role it is for; None for everybody."""
    chain: Chain | None
    tables: tuple[DeliveredTable, ...]
    deliveries: tuple[Delivery, ...]
    """The newest that hold rows of these tables, newest first."""
    earlier: int
    """How many more there are."""
    as_of: date | None
    data_href: str
    dictionary_href: str
    changes_href: str


def load(folder: Path) -> Book:
    """Read the marts of this area; the models are there only where a build of dbt wrote them."""
    standards: dict[str, list[KpiStandard]] = defaultdict(list)
    for standard in marts.rows(folder, KpiStandard):
        standards[standard.kpi_id].append(standard)
    models = marts.rows(folder, Model) if (folder / f"{Model.name}.parquet").is_file() else []
    return Book(
        formulas={formula.kpi_id: formula for formula in marts.rows(folder, KpiFormula)},
        standards={kpi_id: tuple(found) for kpi_id, found in standards.items()},
        models={model.model: model for model in models},
        has_dictionary=(folder / dictionary.NAME).is_file(),
    )


def on_kpi(finder: Finder, kpi: Kpi) -> Passport | None:
    """Where the figures of one KPI come from."""
    site, book = finder.site, _book(finder)
    formula = book.formulas.get(kpi.kpi_id)
    if formula is None:
        return None
    names = {need.partition(".")[0] for need in kpi.needs.split(", ")}
    found = sorted(
        (delivery for delivery in site.deliveries if delivery.table_name in names),
        key=lambda delivery: (-delivery.sequence, delivery.table_name),
    )
    return Passport(
        kpi=kpi,
        formula=formula,
        standards=tuple(
            (standard, _role(finder, standard.role))
            for standard in sorted(book.standards.get(kpi.kpi_id, ()), key=lambda row: (row.role, row.valid_from))
        ),
        chain=chain(book.models, formula),
        tables=tuple(table for table in site.tables if table.table_name in names),
        deliveries=tuple(found[:DELIVERIES_SHOWN]),
        earlier=len(found[DELIVERIES_SHOWN:]),
        as_of=site.as_of,
        data_href=f"{finder.root}data/index.html",
        dictionary_href=dictionary_href(finder),
        changes_href=f"{finder.root}{_changes_path()}" if _changes_path() else "",
    )


def dictionary_href(finder: Finder) -> str:
    """Where the data dictionary is, from a page of this depth; empty when it was not made."""
    book = finder.site.books.get("passport")
    return f"{finder.root}../{dictionary.PLACE}" if isinstance(book, Book) and book.has_dictionary else ""


def chain(models: Mapping[str, Model], formula: KpiFormula) -> Chain | None:
    """The models between the delivered files and the figures of one KPI; None when they are not known."""
    if not {FACTS, formula.sums_model} <= models.keys():
        return None
    steps = [FACTS] if formula.sums_model == INDICES else [FACTS, SUMS]
    steps += _way(models, formula.sums_model, formula.source_model)
    behind = sorted({*steps, *_behind(models, formula.sums_model)})
    return Chain(
        steps=tuple(models[name] for name in steps if name in models),
        models=len(behind),
        tests=sum(models[name].tests for name in behind),
        passed=sum(models[name].passed for name in behind),
    )


def _parents(models: Mapping[str, Model], name: str) -> list[str]:
    return [parent for parent in models[name].parents.split(", ") if parent in models]


def _behind(models: Mapping[str, Model], name: str) -> Iterator[str]:
    """A model and everything it rests on."""
    seen, waiting = {name}, [name]
    while waiting:
        found = waiting.pop()
        yield found
        new = [parent for parent in _parents(models, found) if parent not in seen]
        seen.update(new)
        waiting += new


def _way(models: Mapping[str, Model], start: str, end: str) -> list[str]:
    """The shortest way from a model back to one it rests on; the start alone when there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        for parent in _parents(models, way[-1]):
            if parent not in seen:
                seen.add(parent)
                ways.append([*way, parent])
    return [start]


def _changes_path() -> str:
    return next((kind.path for kind in templates.kinds() if kind.name == "changes"), "")


def _role(finder: Finder, role: str) -> Link | None:
    return finder.link("role", role) if ("role", role) in finder.site.entities else None


def _book(finder: Finder) -> Book:
    book: Book = finder.book("passport")
    return book


# ---------- beside a figure, with scripts
def files(site: Site, say: Voice) -> Iterable[File]:
    """assets/data/passport.js: what scripts say beside a figure, per KPI and period."""
    book = site.books.get("passport")
    if not isinstance(book, Book):
        return
    kpis = {
        kpi.kpi_id: _passport_words.facts(say, kpi, formula, chain(book.models, formula))
        for kpi in site.kpis
        if (formula := book.formulas.get(kpi.kpi_id))
    }
    periods = {
        f"{kind}:{start}": say.period(period) for (kind, start), period in sorted(site.periods.items()) if kind != "day"
    }
    yield scripts.data_file("passport", {"kpis": kpis, "periods": periods, "until": say.day(site.as_of)})


script_words = _passport_words.script_words
words = _passport_words
formula = _passport_formula
