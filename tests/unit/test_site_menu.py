from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import FloorwalkError
from pipelines.site import menu
from tests.unit.site_fakes import write_document


def test_a_document_comes_into_the_menu_by_its_own_front_matter(tmp_path: Path) -> None:
    write_document(tmp_path, "en", "method/limits.md", "Limits", 91, "text")
    write_document(tmp_path, "en", "method/index.md", "Method", 90, "text")
    write_document(tmp_path, "en", "coach/index.md", "Coach", 80, "text")
    entries = menu.documents(tmp_path / "docs" / "en")
    overview = menu.Entry("Overview", "index.md", "overview", 10)
    assert menu.nav([*entries, overview]) == [
        {"Overview": "index.md"},
        {"Coach": "coach/index.md"},
        {"Method": [{"Method": "method/index.md"}, {"Limits": "method/limits.md"}]},
    ]


def test_a_page_without_a_section_stays_out_of_the_menu() -> None:
    assert menu.nav([menu.Entry("Agents", "agents/index.md", "", 21)]) == []


def test_every_document_with_faulty_front_matter_is_named_at_once(tmp_path: Path) -> None:
    docs = tmp_path / "docs" / "en"
    write_document(tmp_path, "en", "method/good.md", "Good", 1, "text")
    write_document(tmp_path, "en", "alone.md", "Alone", 1, "text")
    (docs / "method" / "bare.md").write_text("# No front matter", encoding="utf-8")
    (docs / "method" / "word.md").write_text("---\ntitle: Word\norder: first\n---\n", encoding="utf-8")
    (docs / "method" / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    with pytest.raises(FloorwalkError) as fault:
        menu.documents(docs)
    assert {problem.where: problem.what.split(":")[0] for problem in fault.value.problems} == {
        "docs/en/alone.md": "front matter lacks section",
        "docs/en/method/bare.md": "no front matter",
        "docs/en/method/broken.md": "front matter cannot be read",
        "docs/en/method/word.md": "order is 'first'",
    }
