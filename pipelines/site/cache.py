"""Keeping built shells: the site builder costs seconds, and its inputs rarely change.

Belongs here: the fingerprint of everything a language's shells depend on, finding and storing them. Does not belong
here: building them (`shells`), reusing finished pages (`build`). The cache may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from pipelines import chinese
from pipelines.site import menu, policy, search, shells, stamp

BUILDER_PACKAGES = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "jieba", "opencc")
_RECORD = "shells.json"
_FILES = "site"


def shells_of(
    stubs: Sequence[shells.Stub], language: str, languages: Sequence[str], look: shells.Look, cache: Path
) -> stamp.Shells:
    """The shells of one language, from `cache` or built now. Raises FloorwalkError when the builder complains."""
    folder = cache / "shells"
    kept = folder / f"{language}-{fingerprint(stubs, language, languages, look)[:16]}"
    if not (kept / _RECORD).is_file():
        search.keep_private(cache)  # the builder's own search index cuts Chinese words, too
        _build(stubs, language, languages, look, kept)
        for other in folder.glob(f"{language}-*"):
            if other != kept:
                shutil.rmtree(other)
    record: dict[str, dict[str, str]] = json.loads((kept / _RECORD).read_text(encoding="utf-8"))
    found = {kind: stamp.Shell(kind, entry["path"], entry["html"]) for kind, entry in record.items()}
    return stamp.Shells(language, found, kept / _FILES)


def fingerprint(stubs: Sequence[shells.Stub], language: str, languages: Sequence[str], look: shells.Look) -> str:
    """SHA-256 over documents, theme, configuration, palette, page kinds, package versions and the engine's own code."""
    digest = hashlib.sha256()
    facts = {
        "language": language,
        "languages": list(languages),
        "stubs": [asdict(each) for each in stubs],
        "palette": look.palette_css,
        "policy": str(policy.tag()),
        "packages": {name: version(name) for name in BUILDER_PACKAGES},
    }
    digest.update(json.dumps(facts, sort_keys=True).encode())
    code = [Path(str(module.__file__)) for module in (menu, search, shells, stamp)]
    inputs = [look.project / "mkdocs.yml", *code, *chinese.inputs(language)]
    for folder in (look.docs(language), look.theme):
        inputs += sorted(path for path in folder.rglob("*") if path.is_file())
    for file in inputs:
        name = file.relative_to(look.project).as_posix() if file.is_relative_to(look.project) else file.name
        digest.update(f"\n{name}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _build(
    stubs: Sequence[shells.Stub], language: str, languages: Sequence[str], look: shells.Look, kept: Path
) -> None:
    """Build beside the cache and move the finished folder in, so that a killed run leaves no half shells."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(kept, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=kept.parent) as scratch:
        finished = Path(scratch) / "finished"
        staging = Path(scratch) / "staging"
        staging.mkdir(parents=True, mode=0o700)
        built = shells.build(stubs, language, languages, look, staging, finished / _FILES)
        record = {kind: {"path": shell.path, "html": shell.html} for kind, shell in built.items()}
        (finished / _RECORD).write_text(json.dumps(record, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        finished.replace(kept)
