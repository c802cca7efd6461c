"""The sample in each layout is read through that layout and no other, all samples together in one drop."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from pipelines.ingest import Intake
from pipelines.ingest.contract import load_contract
from pipelines.ingest.layout import Layout, load_layouts
from pipelines.ingest.plain import PREFIX
from pipelines.settings import PROJECT
from tests.unit.vendor_centre import VendorCentre

WITHOUT_SAMPLE = {
    "anonymous_bank",
    "coaching_workbook",
    "demo_agent_choices",
    "demo_agent_responses",
    "demo_attendance",
    "demo_callbacks",
    "demo_coaching",
    "demo_complaints",
    "demo_events",
    "demo_goal_reviews",
    "demo_model_cases",
    "demo_quality",
    "demo_ratings",
    "demo_staff",
    "demo_surveys",
    "demo_teams",
    "demo_telephony",
    "demo_test_calls",
    "demo_training",
    "pwc_forage",
    "shopzilla_csat",
}
"""Layouts that have no sample yet. A name may only ever be taken out."""


def _layouts() -> dict[str, Layout]:
    folder = PROJECT / "dbt_project"
    found = load_layouts(folder, load_contract(folder)).by_name
    return {name: layout for name, layout in found.items() if not name.startswith(PREFIX)}


LAYOUTS = _layouts()
SAMPLED = sorted(name for name, layout in LAYOUTS.items() if layout.sample is not None)


def write_sample(layout: Layout, folder: Path) -> Path:
    """The sample as a file of the layout's first kind that it can be; a workbook's sample is CSV in the layout."""
    assert layout.sample is not None
    is_json = layout.sample.lstrip().startswith(("{", "["))
    kind = next(kind for kind in layout.read.kinds if kind.startswith("json") == is_json)
    file = folder / f"{layout.name}.{kind}"
    if kind != "xlsx":
        file.write_text(layout.sample, encoding=layout.read.encoding or "utf-8")
        return file
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = layout.read.sheet or "Sheet1"
    for row in csv.reader(layout.sample.splitlines()):
        sheet.append([cell or None for cell in row])
    book.save(file)
    return file


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Intake]]:
    """Layout → its sample's file and the intake of its drop; closed data sets have a drop each."""
    drops: dict[str, list[Layout]] = {}
    for name in SAMPLED:
        drops.setdefault(LAYOUTS[name].data_set or "", []).append(LAYOUTS[name])
    taken: dict[str, tuple[Path, Intake]] = {}
    for layouts in drops.values():
        centre = VendorCentre(tmp_path_factory.mktemp("samples"))
        files = {layout.name: write_sample(layout, centre.drop) for layout in layouts}
        intake = centre.take_in()
        taken |= {name: (file, intake) for name, file in files.items()}
    return taken


@pytest.mark.parametrize("name", SAMPLED)
def test_the_sample_of_a_layout_is_read_by_it(name: str, read: dict[str, tuple[Path, Intake]]) -> None:
    file, intake = read[name]
    assert [left.reason for left in intake.unrecognised if left.file == file.name] == []
    mine = [delivery for delivery in intake.deliveries if delivery.file == file.name]
    assert {delivery.layout for delivery in mine} == {name}
    only_known = all(mapping.when == "false" for mapping in LAYOUTS[name].tables)  # read so that nothing of it counts
    assert sum(delivery.accepted_rows for delivery in mine) > 0 or only_known
    refusals = [refusal for one in mine for refusal in intake.refusals[one.delivery_id, one.table_name]]
    assert [refusal for refusal in refusals if refusal.column is None] == []


def test_layouts_without_a_sample_only_ever_become_fewer() -> None:
    assert {name for name, layout in LAYOUTS.items() if layout.sample is None} == WITHOUT_SAMPLE


def test_a_sample_stays_short_enough_to_be_read() -> None:
    assert {name for name in SAMPLED if len((LAYOUTS[name].sample or "").splitlines()) > 60} == set()
