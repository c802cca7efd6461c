"""Model cases as the training team wrote them down, two for each skill dimension, in both languages.

Belongs here: the texts, and which kind of contact each tells of. Does not belong here: whose contact it is
(`model_cases`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.demo.topics import Pair


@dataclass(frozen=True)
class CaseText:
    """One case. `item` is the item of the form that went well, `reason` what the customer made contact about."""

    item: str
    reason: str
    for_tier: str
    title: Pair
    situation: Pair
    what_helped: Pair
    quote: Pair


CASE_TEXTS = (
    CaseText(
        "Acknowledges the customer's feelings",
        "delivery_problem",
        "low",
        ("Sorry first, search second", "先道歉，再查单"),
        (
            "A parcel had been announced three times and had not come; the customer had stayed at home for it.",
            "包裹三次通知送达都没到，客户为此在家白等了三次。",
        ),
        (
            "Said what it had cost the customer, apologised once, and only then asked for the order.",
            "先说出客户白等的事，道一次歉，然后才问订单。",
        ),
        (
            "You stayed at home three times for this. I am sorry. Today I will not hang up before it is settled.",
            "您为这个在家等了三次，实在抱歉。今天不办好，我不挂电话。",
        ),
    ),
    CaseText(
        "Greets and builds rapport",
        "account_access",
        "high",
        ("Picking up where a colleague left off", "接着同事的话往下办"),
        (
            "The third call about the same login. The customer expected to begin all over again.",
            "为同一个登录问题第三次来电，客户以为又要从头说起。",
        ),
        (
            "Read the earlier notes before speaking and began with them, so that the customer only had to agree.",
            "开口之前先看完前两次记录，从记录说起，客户只需确认。",
        ),
        (
            "I have read what you told my colleagues. May I say it back, and you correct me?",
            "前两次的记录我都看过了，我说一遍，不对的您纠正。",
        ),
    ),
    CaseText(
        "Speaks clearly and plainly",
        "device_setup",
        "low",
        ("Two steps, not ten", "两步，不是十步"),
        (
            "An elderly customer was setting up a device and was lost at the third technical term.",
            "一位年长客户安装设备，听到第三个术语就跟不上了。",
        ),
        (
            "Dropped the terms, gave one step at a time and waited in silence until it was done.",
            "不说术语，一次只说一步，安静地等客户做完。",
        ),
        (
            "Press the round button on the left. I will wait. Tell me when the light is green.",
            "按左边那个圆按钮，我等您，灯变绿了您告诉我。",
        ),
    ),
    CaseText(
        "Speaks clearly and plainly",
        "billing_question",
        "mid",
        ("A bill in one sentence", "一句话讲清账单"),
        (
            "The bill held half a month, and the customer thought that it had been charged twice.",
            "账单里有半个月的费用，客户以为重复收费。",
        ),
        (
            "Said in one sentence what the line means, then let the customer add it up.",
            "用一句话说明这一行是什么，再请客户自己加一遍。",
        ),
        (
            "You joined in the middle of the month, so this line is half a month, and it comes only once.",
            "您是月中开通的，这一行就是半个月的费用，只收这一次。",
        ),
    ),
    CaseText(
        "Gives correct information",
        "return_refund",
        "mid",
        ("Looking it up aloud", "当着客户的面查清楚"),
        (
            "May an opened box be returned? The customer had heard two different answers.",
            "拆封了还能不能退，客户之前听到过两种说法。",
        ),
        (
            "Said that it had to be checked, found the article, read out the sentence that counts and sent it along.",
            "说明需要核对，找到条目，念出关键一句，并发给客户。",
        ),
        (
            "I do not want to guess. Here it is: opened is fine as long as everything is in the box.",
            "这个我不猜。查到了：拆封可以退，配件齐全就行。",
        ),
    ),
    CaseText(
        "Gives correct information",
        "product_advice",
        "low",
        ("Only what is known", "只说查得到的"),
        (
            "The customer compared two models and asked about a function that no page mentions.",
            "客户在比较两款产品，问到一个资料里没写的功能。",
        ),
        (
            "Said plainly what was known and what was not, asked a specialist, and kept the promise to ring back.",
            "说清楚哪些查得到、哪些查不到，问了专员，并按时回电。",
        ),
        (
            "That is not stated here. I will ask, and you hear from me by four.",
            "这一点资料里没写，我去问清楚，四点前给您答复。",
        ),
    ),
    CaseText(
        "Asks until the need is clear",
        "device_fault",
        "mid",
        ("The question before the restart", "重启之前先问一句"),
        (
            "The device failed every evening. Twice the advice had been to restart it.",
            "设备每晚断线，之前两次都让客户重启。",
        ),
        (
            "Asked what else happens at that hour, and so found what disturbed it.",
            "问了那个时间家里还有什么在用，由此找到了干扰来源。",
        ),
        (
            "Before we restart anything: what else is switched on at that time?",
            "先别重启，那个时间家里还开着什么？",
        ),
    ),
    CaseText(
        "Offers a solution that fits",
        "order_status",
        "high",
        ("Two ways, and the customer chooses", "给两个办法，让客户选"),
        (
            "The order was a day late, and the customer was about to travel.",
            "订单晚到一天，而客户正要出门。",
        ),
        (
            "Offered two ways, said what each costs in time, and was silent until the customer had chosen.",
            "给出两个办法，说明各要多久，然后安静地等客户决定。",
        ),
        (
            "It can wait at the shop, or go to where you will be. Which is easier for you?",
            "可以留在门店，也可以改送到您要去的地方，哪个方便？",
        ),
    ),
    CaseText(
        "Adapts to the unexpected",
        "account_access",
        "high",
        ("When the system does not answer", "系统没反应的时候"),
        (
            "The account page did not open while the customer was waiting.",
            "客户在线等着，账户页面打不开。",
        ),
        (
            "Said so at once, wrote the request down, named a time and kept it.",
            "马上如实说明，先手工记下，约好时间并按时办完。",
        ),
        (
            "My page does not open. I am writing it down and will enter it by noon; you need not wait.",
            "我这边页面打不开，我先手工记下，中午前补进去，您不用等。",
        ),
    ),
    CaseText(
        "Adapts to the unexpected",
        "device_setup",
        "mid",
        ("Another way in", "换个入口"),
        (
            "After the update the menu that the guide describes was gone.",
            "更新以后，说明书上写的菜单不见了。",
        ),
        (
            "Did not insist on the guide, asked what was on the screen and went on from there.",
            "没有坚持照说明书来，先问屏幕上有什么，再往下走。",
        ),
        (
            "That menu has moved since the update; we will take the other way in.",
            "更新以后菜单换了位置，咱们换个入口进去。",
        ),
    ),
    CaseText(
        "Leads the conversation, explains holds",
        "billing_question",
        "low",
        ("A hold that is announced", "先说一声再等待"),
        (
            "Accounts had to be asked, and the customer had waited once already.",
            "需要向账务核实，而客户之前已经等过一次。",
        ),
        (
            "Asked first, gave the reason and the time, came back within the minute and said thank you.",
            "先征得同意，说明原因和时间，一分钟内回来并致谢。",
        ),
        (
            "I need a minute to ask accounts. May I put you on hold?",
            "我需要跟账务核实一下，请您稍等一分钟，可以吗？",
        ),
    ),
    CaseText(
        "Leads the conversation, explains holds",
        "delivery_problem",
        "mid",
        ("Three matters, one after the other", "三件事，一件一件来"),
        (
            "The customer went back and forth between an address, a missing part and an old bill.",
            "客户一会儿说地址，一会儿说缺件，一会儿又说旧账单。",
        ),
        (
            "Named the three points, asked for an order and closed each with one sentence.",
            "先归纳成三件事，商定顺序，每件用一句话收尾。",
        ),
        (
            "You have three points. Shall we take the address first, then the part, then the bill?",
            "您一共三件事，咱们先说地址，再说配件，最后说账单，好吗？",
        ),
    ),
    CaseText(
        "Owns the matter to the end",
        "return_refund",
        "mid",
        ("Passed on, but not passed off", "转出去，不撒手"),
        (
            "The refund lay with another department, and the customer had been sent there twice.",
            "退款归另一个部门办，客户已经被指过去两次。",
        ),
        (
            "Took the request there, wrote down who does what by when, and rang back although there was no news yet.",
            "自己去转达，记下谁在何时办什么，没有进展也按时回电。",
        ),
        (
            "You need not call anybody else. I pass it on and stay with it.",
            "您不用再找别人，我去转达，一直跟到办完。",
        ),
    ),
    CaseText(
        "Checks identity before account changes",
        "account_access",
        "low",
        ("Two questions that protect", "两个问题，保护客户"),
        (
            "A caller in a hurry wanted a new address entered for the account.",
            "来电人很着急，要求马上改账户地址。",
        ),
        (
            "Said whom the questions protect, and asked them in ten seconds.",
            "先说明核实是为了保护谁，十秒钟问完。",
        ),
        (
            "Two short questions, so that nobody but you can change this.",
            "就两个小问题，为的是除了您，谁也改不了。",
        ),
    ),
)
