"""Reads the KPI catalogue (`vars.kpis`) for a person: what an entry says and whether it is complete.

Belongs here: entries as objects and faults in words. Does not belong here: running an expression (dbt does), or the
catalogue the site shows (that is the mart `dim_kpi`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipelines.cli import macros
from pipelines.errors import FloorwalkError, Problem
from pipelines.settings import LANGUAGES

ALLOWED = {
    "family": ("prop", "mean", "logmean", "count", "volume", "index"),
    "better": ("higher", "lower", "neutral"),
    "unit": ("share", "ratio", "seconds", "points", "contacts", "per_thousand"),
    "aspect": ("volume", "quality", "management"),
    "grains": ("centre", "team", "agent", "queue", "channel", "reason"),
    "headline": ("centre", "team", "agent"),
}
REQUIRED = (
    "id",
    "label",
    "meaning",
    "from",
    "counts",
    "measure",
    "family",
    "unit",
    "better",
    "decimals",
    "grains",
    "needs",
)
OPTIONAL = (
    "aspect",
    "counts_for_people",
    "fair_measure",
    "guards",
    "headline",
    "settles_after_days",
    "strata_without",
    "weight",
)
FORMULA = "index"
"""Source of a KPI that is a formula over sums of several tables (macros/source_indices.sql)."""
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Entry:
    """One KPI of the catalogue, its settings filled in: the two expressions are those that run."""

    kpi_id: str
    label: Mapping[str, str]
    meaning: Mapping[str, str]
    family: str
    unit: str
    better: str
    source: str
    counts: str
    counts_for_people: str
    """The same for agents and teams; equal to `counts` unless the entry says otherwise."""
    measure: str
    weight: str
    """What a row weighs; empty where each weighs one."""
    formula: str
    """The value in one line, as the macros that sum write it."""
    formula_for_people: str
    settles_after_days: int
    fewest: int
    """Fewer observations are shown, never judged."""
    grains: tuple[str, ...]
    needs: tuple[str, ...]


def catalogue_file(dbt_project: Path) -> Path:
    """The file a person edits."""
    return dbt_project / "dbt_project.yml"


def read_variables(dbt_project: Path) -> dict[str, Any]:
    """`vars` of dbt_project.yml; FloorwalkError when it cannot be read."""
    file = catalogue_file(dbt_project)
    try:
        variables = yaml.safe_load(file.read_text(encoding="utf-8"))["vars"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise FloorwalkError(Problem("the KPI catalogue cannot be read", str(file), str(error))) from error
    return dict(variables)


def entries(dbt_project: Path) -> tuple[Entry, ...]:
    """Every KPI in catalogue order. Run `faults` first: an incomplete entry raises KeyError here."""
    variables = read_variables(dbt_project)
    write = macros.load(dbt_project, variables)["kpi_formula"]

    def fill(text: object) -> str:
        return PLACEHOLDER.sub(lambda match: str(variables.get(match[1], match[0])), str(text))

    return tuple(
        Entry(
            kpi_id=kpi["id"],
            label=kpi["label"],
            meaning={language: fill(text) for language, text in kpi["meaning"].items()},
            family=kpi["family"],
            unit=kpi["unit"],
            better=kpi["better"],
            source=kpi["from"],
            counts=fill(kpi["counts"]),
            counts_for_people=fill(kpi.get("counts_for_people", kpi["counts"])),
            settles_after_days=int(variables[kpi["settles_after_days"]]) if "settles_after_days" in kpi else 0,
            measure=fill(kpi["measure"]),
            weight=fill(kpi.get("weight", "")),
            formula=str(write(kpi, kpi["counts"])),
            formula_for_people=str(write(kpi, kpi.get("counts_for_people", kpi["counts"]))),
            fewest=int(variables["judge_min_observations"]),
            grains=tuple(kpi["grains"]),
            needs=tuple(kpi["needs"]),
        )
        for kpi in variables["kpis"]
    )


def find(kpi_id: str, known: tuple[Entry, ...]) -> Entry:
    """The entry with that id; otherwise FloorwalkError naming the nearest ids."""
    for entry in known:
        if entry.kpi_id == kpi_id:
            return entry
    ids = [entry.kpi_id for entry in known]
    near = difflib.get_close_matches(kpi_id, ids, n=3, cutoff=0.4)
    fix = "did you mean " + " or ".join(near) + "?" if near else "known KPIs: " + ", ".join(ids)
    raise FloorwalkError(Problem(f"no KPI is called {kpi_id!r}", fix=fix))


def faults(dbt_project: Path) -> list[Problem]:
    """Everything that is wrong with the catalogue, entry by entry."""
    variables = read_variables(dbt_project)
    columns = _contract_columns(dbt_project)
    file, seen = catalogue_file(dbt_project).name, set()
    problems: list[Problem] = []
    for position, kpi in enumerate(variables.get("kpis") or [], start=1):
        where = f"{file}, vars.kpis, {kpi.get('id') or f'entry {position}'}"
        problems += [Problem(text, where, fix=fix) for text, fix in _entry_faults(kpi, variables, columns)]
        if kpi.get("id") in seen:
            problems.append(Problem("this id is used twice", where, fix="give each KPI its own id"))
        seen.add(kpi.get("id"))
    if not seen:
        problems.append(Problem("the catalogue is empty", file, fix="add an entry under vars.kpis"))
    return problems


def _entry_faults(
    kpi: Mapping[str, Any], variables: Mapping[str, Any], columns: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    for key in REQUIRED:
        if kpi.get(key) in (None, "", [], {}):
            yield f"{key} is missing", f"add {key}: to the entry; the comment above the catalogue says what it means"
    for key in sorted(set(kpi) - {*REQUIRED, *OPTIONAL}):
        yield f"unknown key {key!r}", f"known keys: {', '.join((*REQUIRED, *OPTIONAL))}"
    if kpi.get("settles_after_days", "kpis") not in variables:
        yield f"settles_after_days is {kpi['settles_after_days']!r}", "name one of the variables above the catalogue"
    for key in ("label", "meaning"):
        missing = [language for language in LANGUAGES if not (kpi.get(key) or {}).get(language)]
        if missing and kpi.get(key):
            yield f"{key} has no text in {', '.join(missing)}", f"write {key} in every language of the site"
    sources = (*variables.get("kpi_sources", ()), FORMULA)
    if kpi.get("from") not in sources:
        yield f"from is {kpi.get('from')!r}", f"choose from {', '.join(sources)}"
    ids = [other.get("id") for other in variables.get("kpis") or []]
    for guarded in kpi.get("guards") or []:
        if guarded not in ids:
            yield f"guards {guarded!r}, which no entry is called", "name the id of a KPI of this catalogue"
    for key, allowed in ALLOWED.items():
        given = kpi.get(key) or []
        for value in given if isinstance(given, list) else [given]:
            if value not in allowed:
                yield f"{key} is {value!r}", f"choose from {', '.join(allowed)}"
    expressions = [kpi.get(key) for key in ("counts", "counts_for_people", "measure", "fair_measure", "weight")]
    texts = [*expressions, *(kpi.get("meaning") or {}).values()]
    for name in sorted({name for text in texts for name in PLACEHOLDER.findall(str(text))}):
        if name not in variables:
            yield f"{{{name}}} is no setting", "name one of the variables above the catalogue"
    for need in kpi.get("needs") or []:
        table, _, column = str(need).partition(".")
        if column not in columns.get(table, set()):
            yield (
                f"needs {need!r}, which the contract does not have",
                "name table.column of models/staging/_sources.yml",
            )


def _contract_columns(dbt_project: Path) -> dict[str, set[str]]:
    contract = yaml.safe_load((dbt_project / "models" / "staging" / "_sources.yml").read_text(encoding="utf-8"))
    return {
        table["name"]: {column["name"] for column in table["columns"]}
        for source in contract["sources"]
        for table in source["tables"]
    }
