"""Texts that find room: broken into lines, or set beside a mark where they cover nothing.

Belongs here: cutting, layout arithmetic on estimated text widths. Does not belong here: the marks, and rows whose
labels have a column of their own (`_rows`, `_lanes`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.charts._axis import text_width
from pipelines.charts._svg import FONT_SIZE

Box = tuple[float, float, float, float]
"""left, top, right, bottom"""
ASIDE, LINE_AWAY = 7, 12
"""From the middle of a mark to the edge of its label, and to the middle of a label above or below."""

BOLDER = 1.1
"""How much wider bold letters run."""
WIDEST = 150


def cut(label: str, width: float) -> str:
    """The label, shortened with an ellipsis when it would be wider than `width` pixels; the table has it in full."""
    if text_width(label, FONT_SIZE) <= width:
        return label
    while label and text_width(label + "…", FONT_SIZE) > width:
        label = label[:-1]
    return label.rstrip() + "…"


def wrap(text: str, width: float, lines: int = 2) -> list[str]:
    """The text in at most so many lines of `width` pixels; breaks at a space, else between East Asian characters."""
    done: list[str] = []
    rest = text
    while rest and len(done) < lines - 1 and text_width(rest, FONT_SIZE) > width:
        end = _break(rest, width)
        if not end:
            break
        done.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*done, cut(rest, width)] if rest else done


def _break(text: str, width: float) -> int:
    """How many characters stand on the first line; 0 when there is no place to break. A space is the better place."""
    space = between = 0
    for end in range(1, len(text)):
        if text_width(text[:end].rstrip(), FONT_SIZE) > width:
            break
        if text[end - 1] == " ":
            space = end
        elif ord(text[end - 1]) > 0x2E7F or ord(text[end]) > 0x2E7F:
            between = end
    return space or between


def beside(
    wanted: Sequence[tuple[float, float, str, bool]], marks: Sequence[tuple[float, float]], within: Box
) -> list[dict[str, object]]:
    """Places of texts given as (x, y, text, is_bold) around their marks, in that order of preference.

    A text that finds no place where it covers neither a mark nor an earlier text is left out.
    """
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in marks]
    labels: list[dict[str, object]] = []
    for x, y, text, is_bold in wanted:
        shown = cut(text, WIDEST)
        box = free_box(x, y, text_width(shown, FONT_SIZE) * (BOLDER if is_bold else 1), taken, within)
        if box is not None:
            taken.append(box)
            middle = round((box[1] + box[3]) / 2, 1)
            weight = "bold" if is_bold else "normal"
            labels.append({"x": round(box[0], 1), "y": middle, "text": shown, "weight": weight})
    return labels


def free_box(x: float, y: float, width: float, taken: list[Box], within: Box) -> Box | None:
    """The first of eight places around a mark where a text stays inside `within` and covers nothing of `taken`.

    Aslant comes first: level with the mark its interval would run through the letters.
    """
    half = FONT_SIZE / 2 + 1
    right, left = x + ASIDE, x - ASIDE - width
    for start, middle in (
        (right, y - LINE_AWAY), (right, y + LINE_AWAY), (left, y - LINE_AWAY), (left, y + LINE_AWAY),
        (right + 3, y), (left - 3, y), (x - width / 2, y - LINE_AWAY - 4), (x - width / 2, y + LINE_AWAY + 4),
    ):  # fmt: skip
        box = (start, middle - half, start + width, middle + half)
        inside = box[0] >= within[0] and box[1] >= within[1] and box[2] <= within[2] and box[3] <= within[3]
        if inside and not any(overlap(box, other) for other in taken):
            return box
    return None


def overlap(first: Box, second: Box) -> bool:
    """Whether two boxes share any area."""
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
