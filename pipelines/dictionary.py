"""What dbt knows of its own project: the data dictionary (dbt docs as one page) and every model with its tests.

Belongs here: reading dbt's manifest and catalogue, taking out what tells of the machine, the page's own
Content-Security-Policy. Does not belong here: running dbt (`transform`), where the page stands (`site`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines.marts import Model

NAME = "dictionary.html"
"""The page's file among the marts of a build."""

MODEL_TYPES = {
    "model": "varchar", "kind": "varchar", "file": "varchar", "description": "varchar", "parents": "varchar",
    "tests": "bigint", "passed": "bigint", "rows": "bigint",
}  # fmt: skip
"""DuckDB's types of the columns of `Model`."""

PLACE = "dictionary/index.html"
"""Where the site shows it, below the root of all languages."""

PACKAGE = "floorwalk"
TITLE = "Floorwalk data dictionary"

_NODE = (
    "access", "alias", "attached_node", "column_name", "columns", "config", "database", "depends_on", "description",
    "docs", "fqn", "identifier", "language", "latest_version", "loader", "name", "original_file_path", "package_name",
    "path", "raw_code", "refs", "resource_type", "schema", "source_description", "source_name", "sources", "tags",
    "test_metadata", "unique_id", "version",
)  # fmt: skip
"""What the page shows of a node. Compiled SQL would double its size; paths and times of the build tell nothing."""
_TEST = ("column_name", "config", "depends_on", "name", "package_name", "refs", "resource_type", "test_metadata",
         "unique_id")  # fmt: skip
_MACRO = ("arguments", "depends_on", "description", "docs", "macro_sql", "name", "original_file_path", "package_name",
          "path", "resource_type", "unique_id")  # fmt: skip
_CONFIG = ("contract", "enabled", "materialized", "schema", "severity", "tags")
_JSON_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_LATE, _AT_ONCE = 'xlink:href="{{', 'ng-attr-href="{{'
"""dbt's page asks for icons by the template's own text before Angular has filled it in."""
_STYLE = "[ng\\:cloak],[ng-cloak],.ng-cloak,.ng-hide:not(.ng-hide-animate){display:none!important}"
"""What Angular writes into the page itself where no policy forbids it."""


def page(manifest: Mapping[str, Any], catalog: Mapping[str, Any], template: str) -> str:
    """dbt's documentation as one HTML file that needs nothing beside itself, the same for the same project.

    `template` is dbt's own index.html. Raises ValueError when it is not made as expected, so that a new version of dbt
    cannot publish a page without its policy.
    """
    script, rest = _script(template)
    for name, value in (("MANIFEST", _manifest(manifest)), ("CATALOG", _catalog(catalog))):
        mark = f'"{name}.JSON INLINE DATA"'
        if script.count(mark) != 1:
            raise ValueError(f"dbt's page has {script.count(mark)} places for {name}")
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
        script = script.replace(mark, text.translate(_JSON_ESCAPES))
    script = script.replace("//# sourceMappingURL=main.js.map", "").replace(_LATE, _AT_ONCE).strip()
    return f"{_head(script)}{script}</script></head>{rest}"


def faults(text: str) -> list[tuple[str, str]]:
    """What a published dictionary breaks: (what is wrong, what was found). Its policy names its one script."""
    begin = text.find("<script>") + len("<script>")
    script, _, rest = text[begin:].partition("</script>")
    if not text.startswith(_head(script)):
        return [("the data dictionary does not begin with its own policy", text[:80])]
    return [("the data dictionary has a second script", rest[:80])] if "<script" in rest.lower() else []


def _head(script: str) -> str:
    """Everything before the script: its policy lets this script run, nothing else, and nothing be loaded."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html><html lang="en" ng-csp ng-app="dbt"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{TITLE}</title><style>{_STYLE}</style><script>"
    )


def models(manifest: Mapping[str, Any], statuses: Mapping[str, str], rows: Mapping[str, int]) -> list[Model]:
    """Every model, seed and delivered table of the project with the tests about it and how they came out.

    `statuses` is dbt's status by unique id, `rows` the rows by model name, of tables only. In order of name.
    """
    tests: dict[str, Counter[str]] = defaultdict(Counter)
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test":
            about = node.get("attached_node") or next(iter(node["depends_on"]["nodes"]), "")
            tests[about][statuses.get(node["unique_id"], "not run")] += 1
    found = [
        Model(
            model=_short(node_id),
            kind=node["resource_type"],
            file=f"dbt_project/{node['original_file_path']}",
            description=_one_line(node["description"]),
            parents=", ".join(sorted(map(_short, node.get("depends_on", {}).get("nodes", ())))),
            tests=tests[node_id].total(),
            passed=tests[node_id]["pass"],
            rows=rows.get(node["name"]),
        )
        for node_id, node in {**manifest["nodes"], **manifest["sources"]}.items()
        if node["resource_type"] in ("model", "seed", "source")
    ]
    return sorted(found, key=lambda model: model.model)


def _script(template: str) -> tuple[str, str]:
    """dbt's one inline script, and the body after the head."""
    scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", template, re.DOTALL)
    _, head, body = template.partition("</script></head>")
    if len(scripts) != 1 or not head:
        raise ValueError(f"dbt's page has {len(scripts)} scripts; one at the end of its head was expected")
    return scripts[0], body


def _manifest(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Nodes, sources, macros and texts of this project; nothing of the machine, of the run or of dbt's own packages."""
    kept_macros = {key: _only(macro, _MACRO) for key, macro in _own(manifest["macros"]).items()}
    nodes = {key: _node(node) for key, node in manifest["nodes"].items()}
    sources = {key: _node(node) for key, node in manifest["sources"].items()}
    for item in (*nodes.values(), *sources.values(), *kept_macros.values()):
        if "depends_on" in item:
            item["depends_on"] = {kind: sorted(_of_package(ids)) for kind, ids in item["depends_on"].items()}
    metadata = _only(manifest["metadata"], ("adapter_type", "dbt_schema_version", "dbt_version", "project_name"))
    empty = ("exposures", "metrics", "groups", "saved_queries", "semantic_models", "unit_tests", "functions")
    return {
        "metadata": {**metadata, "send_anonymous_usage_stats": False, "project_id": None},
        "nodes": nodes,
        "sources": sources,
        "macros": kept_macros,
        "docs": _own(manifest["docs"]),
        "parent_map": _map(manifest["parent_map"]),
        **{name: {} for name in empty},
    }


def _node(node: Mapping[str, Any]) -> dict[str, Any]:
    kept = _only(node, _TEST if node["resource_type"] == "test" else _NODE)
    kept["columns"] = {name: _column(column) for name, column in node["columns"].items()}
    kept["config"] = _only(node["config"], _CONFIG)
    kept["tags"] = sorted(node.get("tags", ()))
    for name in {"refs", "sources"} & kept.keys():  # dbt gathers them in sets: another order in every run
        kept[name] = sorted(kept[name], key=str)
    return kept


def _column(column: Mapping[str, Any]) -> dict[str, Any]:
    constraints = [_only(constraint, ("type",)) for constraint in column.get("constraints", ())]
    return {**_only(column, ("name", "description", "data_type")), "constraints": constraints}


def _catalog(catalog: Mapping[str, Any]) -> dict[str, Any]:
    """Columns and types as the database has them."""
    return {part: {key: _relation(table) for key, table in catalog[part].items()} for part in ("nodes", "sources")}


def _relation(table: Mapping[str, Any]) -> dict[str, Any]:
    metadata = _only(table["metadata"], ("database", "name", "schema", "type"))
    return {
        "metadata": {**metadata, "comment": None, "owner": None},
        "columns": {name: _only(column, ("index", "name", "type")) for name, column in table["columns"].items()},
        "stats": {},
        "unique_id": table["unique_id"],
    }


def _own(items: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in items.items() if item["package_name"] == PACKAGE}


def _of_package(ids: Iterable[str]) -> Iterable[str]:
    return (node_id for node_id in ids if node_id.split(".")[1] == PACKAGE)


def _map(edges: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Edges without unit tests, which the page does not hold."""
    return {
        key: sorted(other for other in others if not other.startswith("unit_test."))
        for key, others in edges.items()
        if not key.startswith("unit_test.")
    }


def _only(item: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: item[name] for name in names if name in item}


def _short(node_id: str) -> str:
    """A model's name; a delivered table keeps its source, `raw.contacts`, because a model may be called the same."""
    parts = node_id.split(".")
    return ".".join(parts[2:]) if parts[0] == "source" else parts[2]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def fingerprint(dbt_project: Path) -> str:
    """SHA-256 of what the page depends on: every file of the dbt project, this module, dbt itself."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    digest.update(" ".join(version(name) for name in ("dbt-core", "dbt-duckdb", "duckdb")).encode())
    for file in sorted(path for path in dbt_project.rglob("*") if path.suffix in (".sql", ".yml", ".csv", ".md")):
        path = file.relative_to(dbt_project)
        if path.parts[0] not in ("target", "logs"):
            digest.update(f"{path.as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def keep(text: str, file: Path) -> None:
    """Write the page in one step; pages of other states of the project go."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for other in file.parent.glob("*"):
        other.unlink()
    beside = file.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def read(file: Path) -> dict[str, Any]:
    """One of dbt's artifacts."""
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content
