"""One page of every kind of a built site. Nothing a test asserts."""

from __future__ import annotations

from pathlib import Path

from pipelines.site import templates


def of_site(root: Path) -> dict[str, Path]:
    """Kind → page of one language's tree: the longest of a repeated kind, and every document."""
    once = {kind.path: kind.name for kind in templates.kinds() if kind.each == "once"}
    found = {name: root / path for path, name in once.items()}
    generated = set(found.values())
    for kind in templates.kinds():
        if kind.each != "once":
            pages = [page for page in root.glob(kind.path.replace("{slug}", "*")) if page not in generated]
            if pages:
                found[kind.name] = max(pages, key=lambda page: (page.stat().st_size, page.name))
                generated |= set(pages)
    documents = sorted(page for page in root.rglob("*.html") if page not in generated)
    return found | {page.relative_to(root).as_posix(): page for page in documents}
