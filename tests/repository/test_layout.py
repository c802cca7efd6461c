"""The house keeps its shape: top level, borders between modules, nothing generated among what people edit."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from pipelines.settings import PROJECT
from tests.repository.helpers import python_modules, repository_files, text_of

TOP_LEVEL = {
    "pipelines", "dbt_project", "docs", "site_templates", "tests", "pyproject.toml", "mkdocs.yml",
    "README.md", "Makefile", "LICENSE", "CONTRIBUTING.md", "requirements.lock", ".ci",
}  # fmt: skip
LONGEST_MODULE = 300


def test_the_top_level_is_the_fixed_one() -> None:
    found = {name.parts[0] for name in repository_files()}
    assert {name for name in found if not name.startswith(".")} == {n for n in TOP_LEVEL if not n.startswith(".")}


def test_imports_only_point_down() -> None:
    assert lint_imports(config_filename=str(PROJECT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("module", python_modules(), ids=str)
def test_a_module_says_what_belongs_in_it(module: Path) -> None:
    source = (PROJECT / module).read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), f"{module} has no docstring"


@pytest.mark.parametrize("module", python_modules(), ids=str)
def test_a_module_is_short_enough_to_be_read(module: Path) -> None:
    lines = len((PROJECT / module).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{module} has {lines} lines: split it by noun"


def test_only_settings_decides_by_the_environment() -> None:
    """`transform` sets one variable for dbt while dbt runs; nothing else touches the environment."""
    touching = {
        module.as_posix()
        for module in python_modules()
        if re.search(r"\bos\.(environ|getenv|putenv)\b", (PROJECT / module).read_text(encoding="utf-8"))
    }
    assert touching <= {"pipelines/settings.py", "pipelines/transform.py"}


REGISTRATIONS = ("app.add_typer(", "app.command(", "codecs.register_error(", "csv.field_size_limit(")
"""Calls that only tell a library what to know; they read and write nothing."""


def test_nothing_is_done_while_a_module_is_imported() -> None:
    """Only definitions, constants and guarded imports stand at the top of a module."""
    allowed = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Import,
        ast.ImportFrom,
        ast.Assign,
        ast.AnnAssign,
    )
    acting: list[str] = []
    for module in python_modules():
        if module.name == "__main__.py":
            continue
        for node in ast.parse((PROJECT / module).read_text(encoding="utf-8")).body:
            is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            is_guard = isinstance(node, ast.If) and re.search("TYPE_CHECKING|__name__", ast.unparse(node.test))
            is_call = isinstance(node, ast.Expr)
            is_registration = is_call and ast.unparse(node).startswith(REGISTRATIONS)
            if not (isinstance(node, allowed) or is_text or is_guard or is_registration):
                acting.append(f"{module}:{node.lineno}")
    assert acting == []


def test_no_folder_that_people_edit_holds_generated_files() -> None:
    generated = [
        str(name)
        for name in repository_files()
        if {"target", "logs", "releases", "__pycache__", "site-packages"}.intersection(name.parts)
        or name.suffix in {".parquet", ".duckdb", ".pyc", ".log"}
    ]
    assert generated == []


def test_generated_places_are_ignored_by_git() -> None:
    ignored = (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
    for place in ("work/", "bench/", ".venv/", ".dagster/", "dbt_project/target/", "dbt_project/logs/"):
        assert {place, f"/{place}"} & set(ignored)


MACHINE_PATHS = re.compile(r"(?<![\w.~$<}/])/(?:home|Users|root|work|mnt|opt|srv/[a-z]+/[a-z])/[\w.-]+")
PLACES_FOR_PATHS = {Path("tests/repository/test_layout.py")}


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = [
        f"{name}: {match[0]}"
        for name in repository_files()
        if name not in PLACES_FOR_PATHS and (text := text_of(name))
        for match in MACHINE_PATHS.finditer(text)
    ]
    assert found == []


def test_the_lock_names_no_host_and_hashes_every_package() -> None:
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|--index-url|--extra-index-url|--find-links|--trusted-host", lock)
    packages = re.split(r"\n(?=\S)", lock.strip())
    assert all("==" in package and "--hash=sha256:" in package for package in packages)


def test_the_lock_covers_every_dependency_and_each_has_a_cap_and_a_reason() -> None:
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    locked = {match.lower().replace("_", "-") for match in re.findall(r"^([A-Za-z0-9._-]+)", lock, re.MULTILINE)}
    for requirement in wanted:
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert name and name[0].lower() in locked, requirement
        assert "<" in requirement, f"{requirement} has no cap"
        assert re.search(rf'"{re.escape(requirement)}",?\s*# \S', text), f"{requirement} has no reason"


def test_hooks_run_what_is_here_and_fetch_nothing() -> None:
    hooks = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]
    assert {hook["language"] for repo in hooks["repos"] for hook in repo["hooks"]} == {"system"}
