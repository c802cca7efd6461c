"""The quality form: its items, and the words of conversations that items rest on.

Belongs here: text and numbers of the form. Does not belong here: who is scored and how (`quality`).
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

GOOD_QUOTES: dict[str, tuple[str, ...]] = {
    "interpersonal": (
        "I can hear this has cost you a whole morning. Let us sort it out now.",
        "Thank you for staying with me while I looked that up.",
        "听得出来您很着急，我马上帮您查。",
        "谢谢您耐心等我，让您久等了。",
    ),
    "language": (
        "In short: the parcel leaves today and arrives on Thursday.",
        "简单说，今天发货，周四就能到。",
    ),
    "knowledge": (
        "The warranty runs for two years from the day of delivery, so you are covered.",
        "保修期从签收那天算起两年，您这台还在保内。",
    ),
    "service_skill": (
        "Before I suggest anything: what does the screen show right now?",
        "Would a replacement or a refund suit you better?",
        "我先确认一下，屏幕上现在显示的是什么？",
        "您看是换一台方便，还是退款方便？",
    ),
    "adaptability": (
        "That menu has moved since the update; let us take the other way in.",
        "更新以后菜单换了位置，咱们换个入口进去。",
    ),
    "call_control": (
        "I will put you on hold for a minute to ask the warehouse. Is that all right?",
        "我需要跟仓库核实一下，请您稍等一分钟，可以吗？",
    ),
    "responsibility": (
        "I will ring you tomorrow before noon with the result.",
        "明天中午之前，我给您回电话告知结果。",
    ),
}
POOR_QUOTES: dict[str, tuple[str, ...]] = {
    "interpersonal": ("That is just how it works.", "规定就是这样的。", "Anything else?", "还有别的事吗？"),
    "language": (
        "You have to trigger the RMA against the order object.",
        "您得走一下逆向流程的工单节点。",
    ),
    "knowledge": (
        "I think it is one year, or maybe two.",
        "好像是一年吧，也可能是两年。",
    ),
    "service_skill": (
        "Just restart it and call again if it does not help.",
        "您重启一下，不行再打过来吧。",
    ),
    "adaptability": ("My page does not show that.", "我这边页面上没有这一项。"),
    "call_control": ("Hold on.", "等一下。"),
    "responsibility": (
        "That is another department; you would have to call them.",
        "这个不归我们管，您打另外一个电话吧。",
    ),
}
