"""The templates of every contract table come back as they were filled in, in both languages and both kinds."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest.aliases import load_aliases
from pipelines.ingest.contract import load_contract
from pipelines.ingest.expressions import Binder
from pipelines.ingest.layout import load_layouts
from pipelines.ingest.plain import EXAMPLE, PREFIX, example_column
from pipelines.mapping import write_templates
from pipelines.settings import PROJECT
from tests.unit.ingest_centre import build

DBT = PROJECT / "dbt_project"
TABLES = load_contract(DBT).delivered


def fill_in(file: Path, language: str) -> None:
    """Make the first example a row of the centre's own: its id no longer says that it is an example."""
    mark = f"{EXAMPLE[language]}1"
    if file.suffix == ".csv":
        text = file.read_text(encoding="utf-8-sig")
        assert mark in text
        file.write_text(text.replace(mark, "centre"), encoding="utf-8-sig", newline="")
        return
    book = load_workbook(file)
    [cell] = [cell for cell in book.worksheets[0][2] if cell.value == mark]
    cell.value = "centre"
    book.save(file)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_filled_template_is_accepted_and_its_other_example_refused(
    language: str, suffix: str, tmp_path: Path
) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    for file in write_templates(tmp_path / "templates", DBT):
        if file.parent.name == language and file.suffix == suffix:
            fill_in(file, language)
            file.rename(drop / file.name)
    intake = build(drop, tmp_path / "lake", DBT, tmp_path / "scratch")
    assert intake.unrecognised == ()
    assert {d.table_name: d.layout for d in intake.deliveries} == {name: PREFIX + name for name in TABLES}
    assert {name: (rows["accepted"], rows["refused"]) for name, rows in intake.tables.items()} == dict.fromkeys(
        TABLES, (1, 1)
    )
    told = {(refusal.column, refusal.reason) for found in intake.refusals.values() for refusal in found}
    assert told == {(example_column(table), "example_row") for table in TABLES.values()}


def test_headings_of_both_languages_and_the_names_of_the_contract_may_stand_in_one_file(tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    text = (
        "联络编号,started_at,Is answered,呼叫方向\nC1,2024-03-01 09:00:00,是,呼入\nC2,2024-03-01 10:00:00,no,outbound\n"
    )
    (drop / "calls.csv").write_text(text, encoding="utf-8")
    intake = build(drop, tmp_path / "lake", DBT, tmp_path / "scratch")
    assert [(d.layout, d.accepted_rows) for d in intake.deliveries] == [("plain_contacts", 2)]


def test_every_column_of_the_contract_has_a_heading_of_its_own_in_both_languages() -> None:
    aliases = load_aliases(DBT)
    assert aliases is not None
    for table in TABLES.values():
        for language in ("en", "zh"):
            headings = [aliases.of(table, column.name).label(language) for column in table.columns]
            assert len(set(headings)) == len(headings), (table.name, language)
        for column in table.columns:
            spelt = aliases.of(table, column.name)
            assert re.search("[\u4e00-\u9fff]", spelt.label("zh")), column.name
            assert spelt.about, column.name


def test_every_expression_of_the_template_layouts_works() -> None:
    layouts = load_layouts(DBT, load_contract(DBT))
    binder = Binder(layouts.parsers)
    for table in TABLES:
        layout = layouts.by_name[PREFIX + table]
        texts = [text for mapping in layout.tables for text in mapping.columns.values()]
        assert [fault for fault in binder.faults(layout.source_ids, texts) if fault] == []
    binder.close()


def test_a_workbook_offers_the_allowed_values_and_says_what_goes_where(tmp_path: Path) -> None:
    write_templates(tmp_path, DBT, ["contacts"])
    book = load_workbook(tmp_path / "zh" / "contacts.xlsx")
    assert book.sheetnames == ["联络记录", "说明"]
    lists = {rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation if rule.type == "list"}
    assert lists == {'"是,否"', '"呼入,呼出"', '"坐席,客户,系统"'}
    told = [tuple(cell.value for cell in row) for row in book.worksheets[1].iter_rows()]
    assert ("是否接通", "是否由坐席接起", "是", "以下之一：是 / 否") in told
    readme = (tmp_path / "en" / "README.md").read_text(encoding="utf-8")
    assert "| Talk seconds | Time in conversation | no | seconds, or h:mm:ss, 0 to 86400 |" in readme


def test_a_csv_opens_in_a_spreadsheet_as_what_it_is(tmp_path: Path) -> None:
    write_templates(tmp_path, DBT, ["teams"])
    content = (tmp_path / "zh" / "teams.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["班组编号", "班组名称"]
    assert [row[0] for row in rows[1:]] == ["示例-1", "示例-2"]


def test_a_template_that_may_be_filled_in_is_never_written_over(tmp_path: Path) -> None:
    write_templates(tmp_path, DBT, ["teams"])
    with pytest.raises(FloorwalkError, match="is there already and may be filled in"):
        write_templates(tmp_path, DBT, ["teams"])


def test_an_unknown_table_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(FloorwalkError, match="there is no table 'calls' in the contract") as refused:
        write_templates(tmp_path, DBT, ["calls"])
    assert refused.value.exit_code is Exit.USAGE
    assert list(tmp_path.iterdir()) == []
