"""What agents write about talks, tiers, evaluations, complaints and figures, and what they are answered.

Belongs here: the words, each in both languages. Does not belong here: who responds to what (`responses`).
"""

from __future__ import annotations

from pipelines.demo.topics import Pair

Shelf = tuple[Pair, ...]

COMMENTS: dict[str, Shelf] = {
    "coaching": (
        ("The talk was useful. Could we do a role-play next time?", "这次面谈有用，下次能不能做情景演练？"),
        ("I would rather practise on recordings than on paper.", "我更想拿录音来练，不想只看材料。"),
        ("It was rather short; I had more to ask.", "时间有点短，还有几个问题没来得及问。"),
    ),
    "tier": (
        (
            "I helped out in another queue for some weeks. Is that allowed for?",
            "有几周我支援了别的队列，这个算进去了吗？",
        ),
        ("Good to see what counts. The training score surprised me.", "知道哪些指标算数挺好，没想到培训成绩也在内。"),
    ),
    "evaluation": (
        ("Thank you, I did not notice that myself.", "谢谢指出，我自己没注意到。"),
        ("The line was bad. I would like to hear it together.", "当时线路不好，想一起听一遍。"),
    ),
    "complaint": (
        ("I have rung the customer again. It is settled.", "我已经再次联系客户，事情办好了。"),
        ("I had noted it, but the note did not reach the next shift.", "我当时做了记录，但没有交接到下一班。"),
    ),
    "figures": (
        ("My handle time holds two calls that were never closed.", "我的处理时长里有两通没有正常结束的电话。"),
        ("Can the days in training be shown apart?", "培训那几天能不能单独列出来？"),
    ),
}
DISPUTES: dict[str, Shelf] = {
    "coaching": (("That goal is not what we agreed on.", "这个目标和我们谈的不一样。"),),
    "tier": (
        ("I was lent to another team for six weeks. The comparison does not fit.", "我被借调了六周，这样比较不合适。"),
        ("Several surveys were about the delivery, not about me.", "有几份评价说的是配送，不是我。"),
    ),
    "evaluation": (
        ("I did say it, a little later in the call. Please listen once more.", "我后面说了，请再听一遍。"),
        ("The customer hung up before I got that far.", "还没说到那里，客户就挂断了。"),
    ),
    "complaint": (
        ("Another department had promised the answer, not I.", "答复是别的部门承诺的，不是我。"),
        ("The customer means an earlier call that was not mine.", "客户说的是前一通，不是我接的。"),
    ),
    "figures": (("Two days of leave are shown as absence.", "两天请假显示成了缺勤。"),),
}
ABOUT_ITEM: dict[str, Shelf] = {
    "Checks identity before account changes": (
        ("No account was changed, so there was nothing to check.", "没有办理变更，这一项不适用。"),
    ),
    "Gives correct information": (
        ("The article said so on that day. It was corrected later.", "当天知识库就是这么写的，后来才更正。"),
    ),
    "Leads the conversation, explains holds": (
        (
            "I did ask before the hold; it is a little earlier in the recording.",
            "等待之前我问过客户，录音往前一点就有。",
        ),
    ),
}
"""Disputes of evaluations that fit the item that was missed."""
ANSWERS: dict[str, Shelf] = {
    "coaching": (
        ("Gladly. I have put it down for the next talk.", "好的，下次面谈就这么安排。"),
        ("Thank you, let us do it your way.", "谢谢，就按你说的来。"),
    ),
    "tier": (
        ("Only the same kind of work is compared; I will show you how.", "只和同类工作比较，我当面给你看怎么算的。"),
    ),
    "evaluation": (("Let us listen to it together on Thursday.", "周四我们一起听。"),),
    "complaint": (("Thank you for telling me. It is noted.", "谢谢告知，已经记录。"),),
    "figures": (("I have passed it to the reporting team and will tell you.", "已经转给报表组，有结果告诉你。"),),
}
CHANGED: Pair = (
    "We went through it again together. You are right, it has been corrected.",
    "一起重新核对过，你说得对，已经更正。",
)
STANDS: dict[str, Pair] = {
    "evaluation": (
        "A second person has listened too. It stays; I will show you why.",
        "请另一位同事一起重听过，维持原结果，理由当面说明。",
    ),
    "": (
        "The records agree with it. We can look at them in the next talk.",
        "记录与原结果一致，下次面谈可以一起看。",
    ),
}
"""By what it is about; the second for everything else."""
