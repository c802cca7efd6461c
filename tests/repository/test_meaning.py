"""Meaning stands in the dbt project and nowhere else; every model and KPI there is described and tested."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest
import yaml

from pipelines.cli import catalogue
from pipelines.marts import MARTS, Mart
from pipelines.settings import LANGUAGES, PROJECT
from tests.repository.helpers import python_modules

DBT = PROJECT / "dbt_project"
SQL_TYPES = {"str": "varchar", "int": "bigint", "float": "double", "bool": "boolean", "date": "date",
             "datetime": "timestamp"}  # fmt: skip


def models() -> list[Path]:
    return sorted(path.relative_to(DBT / "models") for path in (DBT / "models").rglob("*.sql"))


def description_of(model: Path) -> dict[str, Any]:
    file = (DBT / "models" / model).with_suffix(".yml")
    assert file.is_file(), f"{model} has no yml of the same name beside it"
    (described,) = (
        entry for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["models"] if entry["name"] == model.stem
    )
    return dict(described)


@pytest.mark.parametrize("mart", MARTS, ids=lambda mart: mart.name)
def test_a_mart_is_the_same_in_sql_and_in_python(mart: type[Mart]) -> None:
    (file,) = (DBT / "models" / "marts").rglob(f"{mart.name}.sql")
    contract = description_of(file.relative_to(DBT / "models"))
    in_sql = {column["name"]: str(column["data_type"]).lower() for column in contract["columns"]}
    hints = get_type_hints(mart)
    in_python = {}
    for column in fields(mart):  # type: ignore[arg-type]
        hint = hints[column.name]
        (plain,) = (
            kind for kind in (get_args(hint) if isinstance(hint, UnionType) else (hint,)) if kind is not type(None)
        )
        in_python[column.name] = SQL_TYPES[plain.__name__]
    assert in_python == in_sql


def test_every_mart_of_the_dbt_project_is_read_by_the_site() -> None:
    in_sql = {model.stem for model in models() if model.parts[0] == "marts"}
    assert {mart.name for mart in MARTS} == in_sql


@pytest.mark.parametrize("mart", MARTS, ids=lambda mart: mart.name)
def test_every_column_of_a_mart_is_explained(mart: type[Mart]) -> None:
    (file,) = (DBT / "models" / "marts").rglob(f"{mart.name}.sql")
    contract = description_of(file.relative_to(DBT / "models"))
    assert [column["name"] for column in contract["columns"] if not column.get("description")] == []


@pytest.mark.parametrize("model", models(), ids=str)
def test_a_model_is_described_and_tested(model: Path) -> None:
    described = description_of(model)
    assert described.get("description"), f"{model} has no description"
    tests = described.get("data_tests", []) + [
        test for column in described.get("columns", []) for test in column.get("data_tests", [])
    ]
    assert tests or model.stem in models_tested_elsewhere(), f"{model} has neither a data test nor a unit test"


@lru_cache
def models_tested_elsewhere() -> frozenset[str]:
    """Models that a unit test or a test of its own file is about."""
    named: set[str] = set()
    for file in (DBT / "models").rglob("*.yml"):
        named |= {
            test["model"] for test in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("unit_tests", [])
        }
    for file in (DBT / "tests").glob("*.sql"):
        named |= set(re.findall(r"ref\(['\"](\w+)['\"]\)", file.read_text(encoding="utf-8")))
    return frozenset(named)


def test_every_kpi_of_the_catalogue_is_complete_in_every_language() -> None:
    assert catalogue.faults(DBT) == []
    for entry in catalogue.entries(DBT):
        assert set(entry.label) == set(entry.meaning) == set(LANGUAGES)


KPI_NAMES = re.compile(
    r"^(n|o|ss|value|target|attainment|interval_low|interval_high|centre_line|lower_limit|upper_limit|change)$"
)
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv, ast.Mod)
READS_MARTS = ("stages.py", "site", "downloads", "figures.py", "words.py", "cli", "orchestration")


def mart_arithmetic(source: str) -> list[str]:
    """Operations in which a KPI column of a mart object takes part, such as `row.o / row.n`."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ARITHMETIC)
        for side in (node.left, node.right)
        if isinstance(side, ast.Attribute) and KPI_NAMES.match(side.attr)
    ]


def test_python_computes_no_kpi() -> None:
    found = {
        str(module): sums
        for module in python_modules()
        if module.parts[1] in READS_MARTS and (sums := mart_arithmetic((PROJECT / module).read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_guard_against_arithmetic_would_catch_it() -> None:
    assert mart_arithmetic("share = row.o / row.n") == ["row.o / row.n", "row.o / row.n"]
    assert mart_arithmetic("position = page.order + 1") == []


TEMPLATE_ARITHMETIC = re.compile(r"\{[{%][^}]*(?:\w|\))\s+(?:\*|/|//|\*\*)\s+(?:\w|\()")


def test_templates_compute_nothing() -> None:
    found = [
        f"{file.name}: {match[0]}"
        for file in sorted((PROJECT / "site_templates").rglob("*.j2"))
        for match in TEMPLATE_ARITHMETIC.finditer(file.read_text(encoding="utf-8"))
    ]
    assert found == []


NUMBER_FORMAT = re.compile(r"[,.%efg]")


def specification(node: ast.FormattedValue) -> str:
    """The `.2f` of `{value:.2f}`."""
    parts = node.format_spec.values if isinstance(node.format_spec, ast.JoinedStr) else []
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def formats_numbers(node: ast.AST) -> bool:
    """A format such as {value:.2f}, or round()."""
    if isinstance(node, ast.FormattedValue):
        return bool(NUMBER_FORMAT.search(specification(node)))
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round"


def test_no_number_is_turned_into_text_outside_figures() -> None:
    found = {
        str(module): [
            ast.unparse(node)
            for node in ast.walk(ast.parse((PROJECT / module).read_text(encoding="utf-8")))
            if formats_numbers(node)
        ]
        for module in python_modules()
        if module.parts[1] in ("site", "downloads")
    }
    assert {module: nodes for module, nodes in found.items() if nodes} == {}


def test_the_guard_against_formatting_would_catch_it() -> None:
    assert [formats_numbers(node) for node in ast.walk(ast.parse("f'{x:.1%}'"))].count(True) == 1
    assert not any(formats_numbers(node) for node in ast.walk(ast.parse("f'{x:04x} {y}'")))


def test_machinery_knows_no_kpi_by_name() -> None:
    ids = {entry.kpi_id for entry in catalogue.entries(DBT)}
    found = [
        f"{module}: {node.value!r}"
        for module in python_modules()
        if module.parts[1] not in ("demo", "truth", "bench") and module.name != "_people_kpis.py"
        for node in ast.walk(ast.parse((PROJECT / module).read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in ids
    ]
    assert found == []
