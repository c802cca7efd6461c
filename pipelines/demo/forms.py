"""The quality form: its items.

Belongs here: text and numbers of the form. Does not belong here: who is scored and how (`quality`), the words of
conversations that items rest on (`quotes`).
"""

from __future__ import annotations

from dataclasses import dataclass

DIMENSIONS = (
    "interpersonal",
    "language",
    "knowledge",
    "service_skill",
    "adaptability",
    "call_control",
    "responsibility",
)
FORM = "Service conversation"
FORM_ZH = "服务通话评分表"


@dataclass(frozen=True)
class Item:
    """One line of the form."""

    text: str
    text_zh: str
    dimension: str
    max_points: int
    difficulty: float
    """Points out of 100 that this item lies above (or below) the form's average."""
    applies: float
    """Share of contacts the item applies to."""
    is_critical: bool = False


ITEMS = (
    Item("Greets and builds rapport", "问候并建立良好关系", "interpersonal", 10, 4, 1.0),
    Item("Acknowledges the customer's feelings", "理解并回应客户情绪", "interpersonal", 10, -5, 0.92),
    Item("Speaks clearly and plainly", "表达清楚、通俗易懂", "language", 10, 5, 1.0),
    Item("Gives correct information", "信息准确", "knowledge", 15, 0, 1.0, True),
    Item("Asks until the need is clear", "问清客户真实需求", "service_skill", 15, -6, 1.0),
    Item("Offers a solution that fits", "给出合适的解决方案", "service_skill", 15, -3, 1.0),
    Item("Adapts to the unexpected", "灵活应变", "adaptability", 10, -4, 0.78),
    Item("Leads the conversation, explains holds", "掌握通话节奏，说明等待原因", "call_control", 10, 0, 0.88),
    Item("Checks identity before account changes", "办理前核实身份", "responsibility", 10, 3, 0.70, True),
    Item("Owns the matter to the end", "负责到底，不推诿", "responsibility", 15, 2, 1.0),
)
