"""Words of conversations that scored items rest on, per item of the form, in both languages.

Belongs here: what is said when an item goes well, and when it does not; each pair says the same in English and in
Chinese. Does not belong here: the form (`forms`), which item gets words and which grader wrote them down (`quality`).
"""

from __future__ import annotations

Pairs = tuple[tuple[str, str], ...]

WORKED_CASE_WORDS = "没有接到通知，所以无法答复"
"""Said once in the whole centre: the words of the complaint that is traced to its call (`worked_case`)."""

_GOOD: dict[str, Pairs] = {
    "Greets and builds rapport": (
        ("Good morning, customer care, you are speaking to the right person.", "您好，客服中心，这件事我来帮您办。"),
        (
            "I see that you wrote to us yesterday; let us pick it up from there.",
            "看到您昨天联系过我们，我接着帮您处理。",
        ),
        ("Thank you for staying with me while I looked that up.", "谢谢您耐心等我，让您久等了。"),
        ("Take your time, I am listening.", "您慢慢说，我听着呢。"),
    ),
    "Acknowledges the customer's feelings": (
        ("I can hear this has cost you a whole morning. Let us sort it out now.", "听得出来您很着急，我马上帮您查。"),
        ("I would be annoyed too if I had to ask twice.", "换了我，问两遍也会着急的。"),
        ("You were counting on it, and it did not happen. I am sorry.", "您一直等着用，结果没办成，实在抱歉。"),
        ("That is a worrying message to get. We will look at it together.", "收到这样的消息谁都会担心，咱们一起看看。"),
    ),
    "Speaks clearly and plainly": (
        ("In short: it is done today, and you have it on Thursday.", "简单说，今天办好，周四就能到您那儿。"),
        ("Two steps. I will wait while you do the first one.", "一共两步，您先做第一步，我等您。"),
        ("Put plainly, there is nothing you have to do before Friday.", "说白了，周五之前您什么都不用做。"),
        ("Forget the long name; it means that your request is approved.", "名字有点绕，意思就是您的申请通过了。"),
    ),
    "Gives correct information": (
        ("I have just checked it: it takes three working days, not one.", "我刚核对过，是三个工作日，不是一天。"),
        ("I do not want to guess. One moment, I will look it up.", "这个我不想猜，您稍等，我查准了再告诉您。"),
        ("The rule changed this month. The new one applies to you.", "这条规定这个月改了，您适用新的。"),
        ("It counts from the day you received it, so you are in time.", "是从您收到那天算起，所以还没过期。"),
    ),
    "Asks until the need is clear": (
        ("Before I suggest anything: what do you see right now?", "我先确认一下，您现在看到的是什么？"),
        ("Which matters more to you, that it is quick or that it is cheap?", "您更看重快一点，还是省一点？"),
        ("Did it work before? What was different then?", "之前是好的吗？那时候和现在有什么不一样？"),
        ("So you need an answer before Friday. Have I got that right?", "您是希望周五之前有答复，我理解得对吗？"),
    ),
    "Offers a solution that fits": (
        (
            "There are two ways, by phone today or in writing. Which suits you?",
            "可以今天电话里办，也可以书面办，您看哪种方便？",
        ),
        ("You are away from Monday on, so I would settle it today.", "您周一就出门了，我建议今天就办好。"),
        ("Should that not work, this is what we do next.", "这个办法万一不行，下一步我们这样做。"),
        ("I can move it to the evening, when you are at home.", "我可以改到晚上，您在家的时候。"),
    ),
    "Adapts to the unexpected": (
        (
            "That menu has moved since the update; we will take the other way in.",
            "更新以后菜单换了位置，咱们换个入口进去。",
        ),
        ("My system is slow today. I will note it down and enter it after.", "系统今天有点慢，我先记下来，稍后补录。"),
        ("I have not had this one before, so I am asking a colleague now.", "这种情况我头一回遇到，我现在就问同事。"),
        (
            "If the message will not open, I can read you the lines that matter.",
            "信息打不开的话，我把要紧的两句念给您听。",
        ),
    ),
    "Leads the conversation, explains holds": (
        (
            "I need a minute to ask the department. May I put you on hold?",
            "我需要跟负责部门核实，请您稍等一分钟，可以吗？",
        ),
        ("Thank you for waiting. I have the answer now.", "感谢您的等待，结果查到了。"),
        (
            "Let us finish this point first, then I come to your second question.",
            "咱们先把这件说完，再说您的第二个问题。",
        ),
        (
            "It will take two minutes. Will you wait, or shall I ring you back?",
            "大概要两分钟，您是等一下，还是我给您回电？",
        ),
    ),
    "Checks identity before account changes": (
        ("Before I change anything, I need two details from you.", "变更之前，我要跟您核对两项信息。"),
        ("May I check your name and address with you first?", "先跟您核对一下姓名和地址，可以吗？"),
        ("I may only tell that to the account holder. Is she there?", "这个只能告诉机主本人，方便请她接电话吗？"),
        (
            "One more question for your own protection, then I open the account.",
            "为了您的账户安全，办理前我再核对一项。",
        ),
    ),
    "Owns the matter to the end": (
        ("I will ring you tomorrow before noon with the result.", "明天中午之前，我给您回电话告知结果。"),
        ("You need not call anybody else. I pass it on and stay with it.", "您不用再找别人，我去转达，一直跟到办完。"),
        ("I have written it all down, so you will not have to tell it again.", "您说的我都记下来了，下次不用再重复。"),
        ("As soon as it is done, I will confirm it to you in writing.", "办好以后，我发信息跟您确认。"),
    ),
}
_POOR: dict[str, Pairs] = {
    "Greets and builds rapport": (
        ("Yes? What is it?", "喂，什么事？"),
        ("Go on, what is the problem.", "说吧，什么问题。"),
        ("Anything else? No? Bye, then.", "还有别的事吗？没有我挂了。"),
        ("Did you not call about this yesterday?", "您昨天不是打过了吗？"),
        ("Who is this?", "哪位啊？"),
    ),
    "Acknowledges the customer's feelings": (
        ("That is just how it works.", "规定就是这样的。"),
        ("Getting upset with me will not help.", "您跟我急也没用。"),
        ("Everybody has to wait, not only you.", "大家都在等，又不是您一个人。"),
        ("I was not the one who did that.", "这又不是我弄的。"),
        ("Calm down first, then we can talk.", "您先冷静一下再说吧。"),
    ),
    "Speaks clearly and plainly": (
        ("You have to trigger the reversal against the order object.", "您得走一下逆向流程的工单节点。"),
        ("It is parked in second level, status pending vendor.", "单子在二线挂着，状态是待供应商回执。"),
        ("The profile has not been provisioned downstream.", "就是那个配置档案没下发到下游。"),
        ("Well, it is, how shall I say, not in the thing yet.", "嗯，就是，怎么说呢，还没到那个里面。"),
        ("You are class three, so the cap applies pro rata.", "您属于三类资费，按比例封顶的。"),
    ),
    "Gives correct information": (
        ("I think it is one year, or maybe two.", "好像是一年吧，也可能是两年。"),
        ("That should be free, as far as I know.", "应该不收费吧，我记得是。"),
        ("Somebody said the rule was dropped, so never mind.", "听说这条取消了，您不用管。"),
        ("Usually it takes a day. It may be a week.", "一般一天就好，也说不定要一周。"),
        ("I am not quite sure, just go by that.", "我也不太确定，您先按这个来。"),
    ),
    "Asks until the need is clear": (
        ("Yes, yes, I know what you mean.", "行了行了，我知道您的意思。"),
        ("Just give me the number, the rest I can see.", "您报个编号就行，别的我看得到。"),
        ("It will be the same as with everybody else today.", "应该跟今天别人的情况一样。"),
        ("I will send you the standard form, that covers it.", "我给您发个通用表格，填了就行。"),
        ("No need to explain, I will simply do it again.", "不用解释了，我直接给您重办一遍。"),
    ),
    "Offers a solution that fits": (
        ("Just try once more and call again if it does not help.", "您再试一次，不行再打过来吧。"),
        ("All I can offer is the form on the website.", "我只能让您去网站上填表。"),
        ("Wait a week, perhaps it sorts itself out.", "您先等一周，看它自己会不会好。"),
        ("You could look it up on the internet yourself.", "您自己上网查查也行。"),
        ("That is the standard answer; I have no other.", "标准答复就是这个，没有别的了。"),
    ),
    "Adapts to the unexpected": (
        ("My page does not show that.", "我这边页面上没有这一项。"),
        ("The system is slow, you will have to try later.", "系统慢，您晚点再打吧。"),
        ("That is not in my script.", "我这儿的流程里没有这个。"),
        ("Never had that, so there is nothing I can do.", "没遇到过，我也没办法。"),
        ("It has to work the way I told you.", "按我说的就应该可以。"),
    ),
    "Leads the conversation, explains holds": (
        ("Hold on.", "等一下。"),
        ("Wait, wait a bit.", "您等会儿啊。"),
        ("Oh, you are still there? I was looking at something else.", "哦，您还在啊？我刚在看别的。"),
        ("Where were we?", "刚才说到哪儿了？"),
        ("Keep talking, I am just finishing something.", "您先说着，我这边弄点别的。"),
    ),
    "Checks identity before account changes": (
        ("I can see your number, so we can leave the check.", "看到是您的号码，就不核对了。"),
        ("You sound like the account holder, I will change it now.", "听声音是本人，我直接给您改了。"),
        ("Let us skip the questions. What is the new address?", "核对就免了，新地址是多少？"),
        ("Your husband may have the balance too, no problem.", "您爱人来问也一样，余额我直接告诉他。"),
        ("I will change it first, we can do the check afterwards.", "先办吧，身份回头再核。"),
    ),
    "Owns the matter to the end": (
        ("That is another department; you would have to call them.", "这个不归我们管，您打另外一个电话吧。"),
        ("A colleague entered that, not me.", "那是我同事登记的，不是我。"),
        ("You had better ask again tomorrow.", "您明天再打来问问吧。"),
        ("This is as far as I can go.", "我这边只能到这儿了。"),
        ("I was not told about that. I cannot say anything.", "这事我不清楚，我说不了什么。"),
    ),
}


def words(item: str, *, is_good: bool, in_chinese: bool) -> tuple[str, ...]:
    """What may have been said, for an item of the form by its English text."""
    return tuple(pair[in_chinese] for pair in (_GOOD if is_good else _POOR)[item])
