"""What `floorwalk doctor` says of a machine."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from pipelines.cli import doctor
from pipelines.settings import PROJECT

LOCK = """\
plain==1.0 \\
    --hash=sha256:00
forked==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:00
forked==3.0 ; python_full_version >= '3.12' \\
    --hash=sha256:00
only-there==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:00
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "requirements.lock"
    file.write_text(LOCK, encoding="utf-8")
    return file


def machine(**versions: str) -> object:
    def installed(name: str) -> str:
        if name not in versions:
            raise PackageNotFoundError(name)
        return versions[name]

    return installed


def test_packages_as_locked_are_fine_whichever_fork_this_python_takes(lock: Path) -> None:
    assert doctor.packages(lock, machine(plain="1.0", forked="3.0")).state == "ok"  # type: ignore[arg-type]


def test_another_version_than_tested_is_a_warning_that_names_both(lock: Path) -> None:
    found = doctor.packages(lock, machine(plain="1.1", forked="2.0"))  # type: ignore[arg-type]
    assert (found.state, found.says) == ("warn", "plain 1.1 instead of 1.0")


def test_a_missing_package_fails_and_says_how_to_install_it(lock: Path) -> None:
    found = doctor.packages(lock, machine(forked="2.0"))  # type: ignore[arg-type]
    assert (found.state, found.says, found.advice) == ("fail", "missing: plain", "run make setup")


@pytest.mark.parametrize(("version", "state"), [((3, 10), "fail"), ((3, 11), "ok"), ((3, 13), "ok"), ((3, 14), "fail")])
def test_only_tested_pythons_are_fine(version: tuple[int, int], state: str) -> None:
    assert doctor.python(version).state == state


def test_a_machine_without_chromium_can_still_build(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.browser(lambda name: None).state == "warn"


def test_a_work_folder_that_does_not_exist_yet_is_judged_by_its_nearest_parent(tmp_path: Path) -> None:
    assert doctor.writable(tmp_path / "not" / "yet").state == "ok"
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_fails_before_a_build_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "DISK_NEEDED_GB", 1e9)
    assert doctor.disk(tmp_path).state == "fail"


def test_telemetry_is_off_in_this_project_and_a_slip_would_be_named(tmp_path: Path) -> None:
    assert doctor.telemetry(PROJECT).state == "ok"
    (tmp_path / "dbt_project").mkdir()
    (tmp_path / "dbt_project" / "dbt_project.yml").write_text("flags: {send_anonymous_usage_stats: true}")
    (tmp_path / "pipelines" / "orchestration").mkdir(parents=True)
    (tmp_path / "pipelines" / "orchestration" / "dagster.yaml").write_text("telemetry: {enabled: false}")
    found = doctor.telemetry(tmp_path)
    assert found.state == "fail"
    assert found.says == "on: dbt_project/dbt_project.yml: flags.send_anonymous_usage_stats"
