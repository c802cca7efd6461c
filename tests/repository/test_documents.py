"""README and CONTRIBUTING are true: what they name exists, and the commands they show are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.cli.app import app, explain_app
from pipelines.settings import PROJECT

DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_it_shows_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    shown = set(re.findall(r"`make ([a-z]+)", read(document))) | set(
        re.findall(r"^make ([a-z]+)", read(document), re.MULTILINE)
    )
    assert shown
    assert shown <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_it_shows_exists(document: str) -> None:
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    commands |= {f"explain {command.name}" for command in explain_app.registered_commands}
    shown = set(re.findall(r"\bfloorwalk (explain [a-z]+|[a-z]+)\b", re.sub(r"work/\S+", "", read(document))))
    assert shown <= commands | {"explain kpi"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_it_names_exists(document: str) -> None:
    """Paths in backquotes and links; `<…>` stands for a name of the reader's own."""
    named = re.findall(r"`((?:pipelines|dbt_project|site_templates|docs|tests|\.ci)/[^`\s]*)`", read(document))
    named += [link for link in re.findall(r"\]\(([^)#]+)\)", read(document)) if "://" not in link]
    missing = []
    for path in named:
        pattern = re.sub(r"<[^>]*>|…", "*", path).rstrip("/")
        fixed = Path(*[part for part in Path(pattern).parts if "*" not in part])
        exists = any(PROJECT.glob(pattern)) if "*" in pattern and "<" not in path else (PROJECT / fixed).exists()
        if not exists:
            missing.append(path)
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_it_names_exists(document: str) -> None:
    named = re.findall(r"pytest (tests/\S+?)`", read(document))
    assert all((PROJECT / name).exists() for name in named)


def test_every_target_is_listed_by_make_help() -> None:
    makefile = read("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    described = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    assert set(phony[1].split()) == described


def test_the_ci_script_only_calls_make_after_installing_what_debian_must_give() -> None:
    lines = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines[-2:] == ["make check", "make test"]
    assert (PROJECT / ".ci" / "run").stat().st_mode & 0o111
