"""The data dictionary: one page, the same for the same project, that tells nothing of the machine and loads nothing."""

from __future__ import annotations

import copy
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines import dictionary, marts, transform, warehouse
from pipelines.settings import Settings

TEMPLATE = (
    '<!doctype html><html ng-app="dbt"><head><link rel="canonical" href="/overview/"><script defer="defer">'
    'var n={manifest:"MANIFEST.JSON INLINE DATA",catalog:"CATALOG.JSON INLINE DATA"};\n//# sourceMappingURL=main.js.map'
    "</script></head><body><div ui-view></div></body></html>"
)


def node(kind: str, name: str, /, **more: Any) -> dict[str, Any]:
    return {
        "unique_id": f"{kind}.floorwalk.{name}", "name": name, "resource_type": kind, "package_name": "floorwalk",
        "original_file_path": f"models/{name}.sql", "description": f"The {name}.\n One row per day.", "columns": {},
        "config": {"materialized": "table", "meta": {}}, "depends_on": {"nodes": [], "macros": ["macro.dbt.run"]},
        "raw_code": f"select '</script><script>alert(1)</script>' from {name}", "tags": [],
        "build_path": "/somewhere/private/target/x.sql", "created_at": 1.5,
    } | more  # fmt: skip


def manifest() -> dict[str, Any]:
    columns = {"day": {"name": "day", "description": "The day", "data_type": "date", "constraints": []}}
    nodes = [
        node("model", "int_sum", depends_on={"nodes": ["source.floorwalk.raw.contacts"], "macros": []}),
        node("model", "fct_value", columns=columns, depends_on={"nodes": ["model.floorwalk.int_sum"], "macros": []}),
        node("seed", "targets"),
        node("test", "unique_fct_value.1", attached_node="model.floorwalk.fct_value"),
        node("test", "finite_fct_value.2", attached_node="model.floorwalk.fct_value"),
        node("test", "unique_raw.3", attached_node=None, depends_on={"nodes": ["source.floorwalk.raw.contacts"]}),
    ]
    source = node(
        "source", "raw.contacts", name="contacts", source_name="raw", original_file_path="models/_sources.yml"
    )
    return {
        "metadata": {
            "adapter_type": "duckdb", "dbt_version": "1.11", "project_name": "floorwalk", "user_id": "somebody",
            "dbt_schema_version": "v12", "generated_at": "2026-01-01T00:00:00Z", "invocation_id": "abc",
            "env": {"A": "1"},
            "send_anonymous_usage_stats": True, "project_id": "p",
        },
        "nodes": {each["unique_id"]: each for each in nodes},
        "sources": {source["unique_id"]: source},
        "macros": {"macro.dbt.run": {"package_name": "dbt", "macro_sql": "run", "depends_on": {"macros": []}}},
        "docs": {"doc.dbt.__overview__": {"package_name": "dbt", "block_contents": "https://elsewhere"}},
        "parent_map": {"model.floorwalk.fct_value": ["model.floorwalk.int_sum"], "unit_test.floorwalk.u": ["x"]},
        "child_map": {},
    }  # fmt: skip


def catalog() -> dict[str, Any]:
    table = {
        "metadata": {
            "type": "BASE TABLE",
            "schema": "marts",
            "name": "fct_value",
            "database": "w",
            "owner": "somebody",
        },
        "columns": {"day": {"type": "DATE", "index": 1, "name": "day", "comment": None}},
        "stats": {"bytes": {"value": 17}},
        "unique_id": "model.floorwalk.fct_value",
    }
    return {"metadata": {"generated_at": "2026"}, "nodes": {"model.floorwalk.fct_value": table}, "sources": {}}


def test_the_page_tells_nothing_of_the_machine_or_of_the_run() -> None:
    page = dictionary.page(manifest(), catalog(), TEMPLATE)
    for told in (
        "/somewhere/private",
        "somebody",
        "2026",
        "abc",
        "created_at",
        "elsewhere",
        "sourceMappingURL",
        "/overview/",
    ):
        assert told not in page, told
    assert '"send_anonymous_usage_stats":false' in page
    assert "macro.dbt" not in page


def test_the_same_project_gives_the_same_bytes_in_another_run() -> None:
    other = copy.deepcopy(manifest())
    other["metadata"] |= {"generated_at": "2027", "invocation_id": "def", "user_id": "another"}
    other["nodes"] = dict(reversed(other["nodes"].items()))
    for each in other["nodes"].values():
        each |= {"build_path": "/elsewhere", "created_at": 2.5}
    assert dictionary.page(other, catalog(), TEMPLATE) == dictionary.page(manifest(), catalog(), TEMPLATE)


def test_the_order_in_which_dbt_gathered_things_does_not_show() -> None:
    found = []
    for way in (1, -1):
        gathered = {"refs": [{"name": "a"}, {"name": "b"}][::way], "sources": [["raw", "a"], ["raw", "b"]][::way]}
        model = node("model", "fct_value", **gathered, tags=["x", "y"][::way])
        found.append(dictionary.page(manifest() | {"nodes": {model["unique_id"]: model}}, catalog(), TEMPLATE))
    assert found[0] == found[1]


def test_the_page_holds_columns_types_and_descriptions() -> None:
    page = dictionary.page(manifest(), catalog(), TEMPLATE)
    assert '"description":"The day"' in page
    assert '"type":"DATE"' in page
    assert "One row per day." in page


def test_the_policy_names_the_one_script_and_sql_cannot_end_it() -> None:
    page = dictionary.page(manifest(), catalog(), TEMPLATE)
    assert page.count("</script>") == 1
    assert "default-src 'none'; script-src 'sha256-" in page
    assert "unsafe-eval" not in page
    assert dictionary.faults(page) == []


def test_a_page_that_was_changed_or_carries_another_script_is_refused() -> None:
    page = dictionary.page(manifest(), catalog(), TEMPLATE)
    ((changed, _),) = dictionary.faults(page.replace("var n=", "var m="))
    ((second, _),) = dictionary.faults(page.replace("</body>", "<SCRIPT>1</SCRIPT></body>"))
    assert changed == "the data dictionary does not begin with its own policy"
    assert second == "the data dictionary has a second script"


def test_a_page_of_dbt_that_is_made_otherwise_is_not_published() -> None:
    with pytest.raises(ValueError, match="0 places for MANIFEST"):
        dictionary.page(manifest(), catalog(), TEMPLATE.replace("MANIFEST.JSON INLINE DATA", "{}"))
    with pytest.raises(ValueError, match="2 scripts"):
        dictionary.page(manifest(), catalog(), TEMPLATE.replace("</body>", "<script>1</script></body>"))


def test_the_installed_dbt_makes_its_page_as_expected() -> None:
    found = importlib.util.find_spec("dbt.task.docs")
    assert found is not None and found.submodule_search_locations
    template = Path(next(iter(found.submodule_search_locations)), "index.html").read_text(encoding="utf-8")
    page = dictionary.page(manifest(), catalog(), template)
    assert dictionary.faults(page) == []
    assert 'xlink:href="{{' not in page


def test_every_model_is_listed_with_its_tests_and_how_they_came_out() -> None:
    statuses = {"test.floorwalk.unique_fct_value.1": "pass", "test.floorwalk.finite_fct_value.2": "warn",
                "test.floorwalk.unique_raw.3": "pass"}  # fmt: skip
    listed = {model.model: model for model in dictionary.models(manifest(), statuses, {"fct_value": 7})}
    assert list(listed) == ["fct_value", "int_sum", "raw.contacts", "targets"]
    assert listed["fct_value"] == marts.Model(
        "fct_value", "model", "dbt_project/models/fct_value.sql", "The fct_value. One row per day.", "int_sum", 2, 1, 7
    )
    assert (listed["raw.contacts"].kind, listed["raw.contacts"].tests, listed["raw.contacts"].rows) == (
        "source",
        1,
        None,
    )
    assert listed["int_sum"].parents == "raw.contacts"


def test_the_list_of_models_comes_back_from_the_marts_as_it_was_written(tmp_path: Path) -> None:
    listed = dictionary.models(manifest(), {}, {})
    rows = [tuple(vars(model).values()) for model in listed]
    warehouse.write(tmp_path / "dim_model.parquet", dictionary.MODEL_TYPES, rows)
    assert marts.rows(tmp_path, marts.Model) == listed
    assert list(dictionary.MODEL_TYPES) == marts.columns(marts.Model)


def described(settings: Settings, folder: Path) -> list[str]:
    """Which commands of dbt it takes to describe the project beside a build's marts."""
    asked: list[str] = []
    target = settings.cache / "dbt"
    target.mkdir(parents=True, exist_ok=True)
    folder.mkdir()
    (target / "manifest.json").write_text(json.dumps(manifest()), encoding="utf-8")

    def invoke(command: list[str], *_: object) -> None:
        asked.append(" ".join(command))
        (target / "catalog.json").write_text(json.dumps(catalog()), encoding="utf-8")
        (target / "index.html").write_text(TEMPLATE, encoding="utf-8")

    database = settings.cache / "warehouse.duckdb"
    with warehouse.writing(database):
        pass
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transform, "_invoke", invoke)
        transform._describe(settings, database, transform.TransformResult((), folder))
    return asked


def test_the_page_is_made_once_and_taken_again_while_the_project_stays_as_it_is(tmp_path: Path) -> None:
    settings = Settings(drop=tmp_path, work=tmp_path / "work")
    assert described(settings, tmp_path / "first") == ["docs generate --no-compile"]
    assert described(settings, tmp_path / "second") == []
    pages = [(tmp_path / run / dictionary.NAME).read_bytes() for run in ("first", "second")]
    assert pages[0] == pages[1]
    assert len(list((settings.cache / "dictionary").iterdir())) == 1


def test_the_page_can_be_switched_off_and_the_tests_are_listed_all_the_same(tmp_path: Path) -> None:
    settings = Settings(drop=tmp_path, work=tmp_path / "work", dictionary=False)
    assert described(settings, tmp_path / "run") == []
    assert [file.name for file in (tmp_path / "run").iterdir()] == ["dim_model.parquet"]
