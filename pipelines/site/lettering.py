"""Our own Chinese labels inside pictures, in languages that are generated from Chinese.

Belongs here: which labels of a site are ours, writing them into a finished picture. Does not belong here: drawing
(`pipelines.charts`): every language shares one picture, whose labels read "English 中文". Names of people and teams and
items of forms stay as delivered: a label is replaced only where nothing but Latin stands beside it.
"""

from __future__ import annotations

import re

from pipelines import chinese
from pipelines.site.fragments import OUR_LABELS
from pipelines.site.model import Site

MARKS = frozenset({"双高", "投入高", "待培养", "能力强", "依据不足", "不在岗", "无班组", "评分人"})
"""Labels that stand in drawings themselves, and whose characters differ."""

SHORTEST_PIECE = 4
"""Signs; a shorter beginning of a label might be somebody's name."""

_TEXT = re.compile(r">([^<>]*[\u4e00-\u9fff][^<>]*)<")
_CHINESE = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff）]|[\u4e00-\u9fff]")


def ours(site: Site, language: str) -> frozenset[str]:
    """Every Chinese label of ours that a picture of this site can hold; none where pictures stay as they are."""
    if language not in chinese.SOURCES:
        return frozenset()
    coded = (each for each in site.entities.values() if each.grain in OUR_LABELS)
    named = {each.name_zh for each in coded if each.name_en != each.name_zh}
    skills = getattr(site.books.get("library"), "skills", {})
    return MARKS | named | {kpi.label_zh for kpi in site.kpis} | {skill.label_zh for skill in skills.values()}


def written(picture: str, labels: frozenset[str], language: str) -> str:
    """A picture with these labels, also where one was cut short, as the language writes them."""
    if not labels:
        return picture

    def text(found: re.Match[str]) -> str:
        label = _CHINESE.search(found[1])
        if label is None or not _is_ours(label[0], labels):
            return found[0]
        return f">{found[1].replace(label[0], chinese.said(label[0], language))}<"

    return _TEXT.sub(text, picture)


def _is_ours(label: str, labels: frozenset[str]) -> bool:
    """Whether it is one of the labels, or the beginning of one that was too long for its place."""
    return label in labels or (len(label) >= SHORTEST_PIECE and any(own.startswith(label) for own in labels))
