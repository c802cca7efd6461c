"""Chinese text in the forms people type when they look for it: pinyin, the other script, parts of a name.

Belongs here: those forms, made by pypinyin and OpenCC from the dictionaries in their wheels. Does not belong here:
matching (assets/js/jump.js, the search box), pages written in Traditional Chinese, cutting text into words (`search`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
SCRIPTS = ("s2t", "s2tw", "t2s")
"""OpenCC's conversions: to Traditional as in its own standard and as in Taiwan, and to Simplified."""

READINGS = 3
"""Readings of a surname that are tried; rarer ones nobody types."""


def other_scripts(text: str) -> tuple[str, ...]:
    """The text in Traditional and Simplified characters, each form that differs from it once; none without Han."""
    if not HAN.search(text):
        return ()
    forms = (_converter(script).convert(text) for script in SCRIPTS)
    return tuple(dict.fromkeys(form for form in forms if form != text))


def pinyin(text: str) -> str:
    """The Han part of a text as syllables without tones, a space between them: "慕容月" → "mu rong yue"."""
    from pypinyin import lazy_pinyin

    return " ".join(syllable for run in HAN.findall(text) for syllable in lazy_pinyin(run))


def readings_of_name(name: str) -> tuple[str, ...]:
    """A person's name in pinyin, the likeliest first: a surname may be read unlike the same character elsewhere.

    "单雄信" → "dan xiong xin", "chan xiong xin", "shan xiong xin"; empty without Han.
    """
    from pypinyin import Style
    from pypinyin import pinyin as readings

    usual = pinyin(name)
    if not usual:
        return ()
    rest = usual.partition(" ")[2]
    (first,) = readings(HAN.findall(name)[0][0], heteronym=True, style=Style.NORMAL)
    return tuple(dict.fromkeys([usual, *(f"{syllable} {rest}".strip() for syllable in first)]))[:READINGS]


def tails(name: str) -> Iterator[str]:
    """What a short run of Han may also be called by: everything from its second character on, two signs at least."""
    for start in range(1, len(name) - 1):
        yield name[start:]


@lru_cache
def _converter(script: str) -> OpenCC:
    """Reads its dictionary once."""
    from opencc import OpenCC

    return OpenCC(script)
