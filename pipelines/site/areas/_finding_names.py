"""What people call measures and pages besides the names that stand on them, in both languages.

Belongs here: other names, one list per measure or page kind. Does not belong here: the names on the pages (catalogue,
templates), other spellings of them (`han`).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines import chinese

OF_KPI: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "contacts_handled": {"en": ("call volume", "calls taken", "workload"), "zh": ("话务量", "接听量", "通话量")},
    "answer_rate": {"en": ("connection rate", "call completion rate"), "zh": ("接听率", "应答率", "接起率")},
    "abandon_rate": {"en": ("abandonment rate", "lost calls"), "zh": ("呼损率", "呼叫放弃率", "弃呼率")},
    "speed_of_answer": {"en": ("ASA", "average speed of answer", "waiting time"), "zh": ("ASA", "平均等待时长")},
    "service_level": {"en": ("SL", "80/20"), "zh": ("SL", "服务水准", "20秒接通率")},
    "average_talk_time": {"en": ("ATT", "call duration"), "zh": ("ATT", "通话时长", "通时")},
    "average_handle_time": {"en": ("AHT", "handling time"), "zh": ("AHT", "平均处理时间", "平均处理时长", "处理时长")},
    "transfer_rate": {"en": ("call transfers", "escalation rate"), "zh": ("转接比例", "转派率")},
    "short_call_share": {"en": ("short calls", "very short contacts"), "zh": ("秒挂", "短时通话")},
    "resolution_rate": {"en": ("solved contacts", "issue resolution"), "zh": ("问题解决率", "解决率")},
    "first_contact_resolution": {
        "en": ("FCR", "first call resolution", "one and done"), "zh": ("FCR", "一次解决率", "首次接触解决率"),
    },
    "csat_mean": {"en": ("CSAT", "satisfaction score", "survey rating"), "zh": ("CSAT", "满意度", "客户满意度")},
    "csat_top2": {"en": ("CSAT", "top box", "satisfaction rate"), "zh": ("CSAT", "满意率", "好评率")},
    "first_response_time": {"en": ("FRT", "first reply"), "zh": ("FRT", "首响时间", "首次响应时间")},
    "complaint_rate": {"en": ("complaints", "complaint rate"), "zh": ("投诉率", "有理投诉", "投诉量")},
    "callback_on_time": {"en": ("callbacks", "follow-up calls"), "zh": ("回电及时率", "回访率")},
    "qa_score": {"en": ("quality score", "monitoring score", "quality assurance"), "zh": ("QA", "质检分", "质量得分")},
    "critical_error_rate": {"en": ("fatal errors", "critical failures"), "zh": ("致命错误率", "重大差错")},
    "attendance_rate": {"en": ("presence", "absenteeism"), "zh": ("缺勤", "到岗率")},
    "adherence": {"en": ("schedule adherence", "shift compliance"), "zh": ("排班遵守率", "班务遵从度", "遵从率")},
    "occupancy": {"en": ("utilisation", "utilization"), "zh": ("占用率", "利用率", "工时利用率")},
    "call_volume_index": {"en": ("quota", "volume index"), "zh": ("定额完成", "话务量考核")},
    "acw_share": {"en": ("ACW", "wrap-up time", "after-call work"), "zh": ("ACW", "话后处理", "事后处理")},
    "survey_response_share": {"en": ("survey participation",), "zh": ("参评率", "评价率")},
}  # fmt: skip
"""KPI → language → other names. A KPI that a centre leaves out of its catalogue simply has no use for its line."""

OF_PAGE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "overview": {"en": ("home", "front page", "dashboard"), "zh": ("首页", "主页", "看板")},
    "coaching": {
        "en": ("coaching guide", "one-to-one sheet", "journal", "1:1"),
        "zh": ("辅导指南", "一对一面谈", "面谈表", "工作日志"),
    },
    "tiers": {"en": ("performance tiers", "ranking"), "zh": ("绩效分层", "分级", "排名")},
    "quadrant": {"en": ("talent model", "nine box", "9-box"), "zh": ("人才模型", "九宫格", "人才盘点")},
    "systemic": {"en": ("root cause", "system problems"), "zh": ("根因分析", "系统问题")},
    "effects": {"en": ("training effect", "does coaching work"), "zh": ("培训效果", "辅导效果")},
    "quality": {"en": ("calibration", "grader leniency"), "zh": ("质检校准", "评分人松严")},
    "plan": {"en": ("sampling plan",), "zh": ("抽检计划", "抽样")},
    "guards": {"en": ("gaming", "side effects"), "zh": ("护栏指标", "作弊")},
    "data": {"en": ("delivered files", "data quality"), "zh": ("数据质量", "投递")},
    "library": {"en": ("question bank", "coaching techniques"), "zh": ("问题库", "辅导方法")},
    "training": {"en": ("courses", "training needs"), "zh": ("课程", "培训需求")},
}  # fmt: skip
"""Page kind → language → other names."""


def of_kpi(kpi_id: str, language: str) -> tuple[str, ...]:
    """Other names of a KPI in one language."""
    return _said(OF_KPI.get(kpi_id, {}), language)


def of_page(kind: str, language: str) -> tuple[str, ...]:
    """Other names of a page in one language."""
    return _said(OF_PAGE.get(kind, {}), language)


def _said(by_language: Mapping[str, tuple[str, ...]], language: str) -> tuple[str, ...]:
    return tuple(chinese.said(name, language) for name in by_language.get(chinese.source(language), ()))
