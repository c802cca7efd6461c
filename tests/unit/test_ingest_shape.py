"""What one pass over a text file shows, however the file falls into pieces while it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.ingest.readers import shape
from pipelines.ingest.readers.shape import NOT_PLAIN, Shape, shape_of

_PIECES = st.sampled_from(["a", "b", "7", " ", ",", '"', "\n", "\n", "\r\n", "\t", "é", "\u3000", "\u200b", "\ufeff"])
_ODD = ("\u3000", "\u200b", "\ufeff")


def _by_lines(content: str) -> Shape:
    """The same, told from the text as a whole."""
    ends = content.count("\r\n")
    lines = content.replace("\r\n", "\n").split("\n")
    unended = lines.pop()
    if ends not in (0, content.count("\n")) or "" in lines:
        return NOT_PLAIN
    beside = (" \n", "\n ", " \r", " ,", ", ", ' "', '" ')
    framed = f"\n{content}" + ("\n" if unended else "")
    return Shape(
        len(lines) + bool(unended),
        plain=True,
        odd_blanks=any(blank in content for blank in (*_ODD, "\t")),
        blanks=any(pair in framed for pair in beside),
        quotes='"' in content,
        empty_beginnings=any(f"\n{first}" in framed for first in (",", '"', " ")),
    )


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 1 << 19])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=st.lists(_PIECES, max_size=40))
def test_a_file_has_the_same_shape_in_whatever_pieces_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, pieces: list[str]
) -> None:
    monkeypatch.setattr(shape, "_CHUNK", chunk)
    file, content = tmp_path / "some.csv", "".join(["x", *pieces])
    file.write_bytes(content.encode())
    assert shape_of(file, ",") == _by_lines(content)


@pytest.mark.parametrize(
    "content",
    [b"a,b\n1,\0\n", b"a,b\n1,\xff\n", b"a,b\n\n1,2\n", b"a,b\r\n1,2\n", b"a,b\r1,2\r", b"a,b\n1," + b"x" * (1 << 20)],
    ids=["NUL", "no UTF-8", "an empty line", "mixed line ends", "bare CR", "a line too long"],
)
@pytest.mark.parametrize("chunk", [1 << 10, 1 << 22])
def test_what_duckdb_would_count_otherwise_is_not_plain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, chunk: int
) -> None:
    monkeypatch.setattr(shape, "_CHUNK", chunk)
    file = tmp_path / "some.csv"
    file.write_bytes(content)
    assert shape_of(file, ",") == NOT_PLAIN


def test_a_byte_order_mark_at_the_beginning_surrounds_no_cell(tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8-sig")
    assert not shape_of(file, ",").odd_blanks


def test_tabs_surround_no_cell_where_they_divide_cells(tmp_path: Path) -> None:
    file = tmp_path / "some.tsv"
    file.write_text("a\tb\n1\t2\n")
    assert not shape_of(file, "\t").odd_blanks
    file.write_text('a\tb\n1\t"\t2"\n')
    assert shape_of(file, "\t").odd_blanks
