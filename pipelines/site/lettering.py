"""Our own Chinese labels inside charts, in languages that are generated from Chinese.

Belongs here: which labels of a site are ours, writing them into a finished picture or the data of a live chart. Does
not belong here: drawing (`pipelines.charts`): every language shares one picture, whose labels read "English 中文".
Names of people and teams and items of forms stay as delivered: a label is replaced only where nothing but Latin stands
beside it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from pipelines import chinese
from pipelines.site.model import Site
from pipelines.site.names import OUR_LABELS

MARKS = frozenset({"双高", "投入高", "待培养", "能力强", "依据不足", "不在岗", "无班组", "评分人"})
"""Labels that stand in drawings themselves, and whose characters differ."""

SHORTEST_PIECE = 4
"""Signs; a shorter beginning of a label might be somebody's name."""
CUT = "…"
"""Ends a label that was too long for its place."""

_TEXT = re.compile(r">([^<>]*[\u4e00-\u9fff][^<>]*)<")
_CHINESE = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff）]|[\u4e00-\u9fff]")


def ours(site: Site, language: str) -> frozenset[str]:
    """Every Chinese label of ours that a picture of this site can hold, alone and behind its English one.

    None where pictures stay as they are.
    """
    if language not in chinese.SOURCES:
        return frozenset()
    coded = [each for each in site.entities.values() if each.grain in OUR_LABELS]
    named = [(each.name_en, each.name_zh) for each in coded if each.name_en != each.name_zh]
    skills = getattr(site.books.get("library"), "skills", {}).values()
    both = [*named, *((each.label_en, each.label_zh) for each in (*site.kpis, *skills))]
    return MARKS | {label for _, label in both} | {" ".join(pair) for pair in both}


def written(picture: str, labels: frozenset[str], language: str) -> str:
    """A picture with these labels, also where one was cut short, as the language writes them."""
    if not labels:
        return picture

    return _TEXT.sub(lambda found: f">{_text(found[1], labels, language)}<", picture)


def in_data(value: Any, labels: frozenset[str], language: str) -> Any:
    """The same for anything that JSON knows: its texts are changed, names of fields are not."""
    if isinstance(value, str):
        return _text(value, labels, language)
    if isinstance(value, Mapping):
        return {name: in_data(part, labels, language) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [in_data(part, labels, language) for part in value]
    return value


def digest(labels: frozenset[str], language: str) -> str:
    """Of how the language writes these labels; empty where there are none."""
    said = "\n".join(f"{label} {chinese.said(label, language)}" for label in sorted(labels))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest() if said else ""


def _text(text: str, labels: frozenset[str], language: str) -> str:
    """A text with the label in it as the language writes it."""
    label = _CHINESE.search(text)
    if label is None or not (_is_ours(label[0], labels) or _begins_one(text, labels)):
        return text
    return text.replace(label[0], chinese.said(label[0], language))


def _is_ours(label: str, labels: frozenset[str]) -> bool:
    """Whether it is one of the labels, or the beginning of one that was broken into lines."""
    return label in labels or (len(label) >= SHORTEST_PIECE and any(own.startswith(label) for own in labels))


def _begins_one(text: str, labels: frozenset[str]) -> bool:
    """Whether it is the beginning of one that was cut short, however little of its Chinese is left."""
    begun = text.strip().removesuffix(CUT)
    return begun != text.strip() and any(own.startswith(begun.strip()) for own in labels)
