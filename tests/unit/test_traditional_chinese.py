"""Traditional Chinese: characters and words, our own labels in texts, pictures and live charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import charts, chinese, figures, words
from pipelines.settings import PROJECT
from pipelines.site import advice, lettering, live, templates
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link
from tests.unit import fake_marts

WORDS = templates.TEMPLATES / "words"
HANT = words.load(WORDS, "zh-hant")


def documents() -> Iterator[str]:
    """Everything that is converted as Markdown."""
    for folder in (templates.TEMPLATES / "advice" / "zh", PROJECT / "docs" / "zh"):
        for file in sorted(folder.rglob("*.md")):
            yield file.read_text(encoding="utf-8")


def labels() -> Iterator[str]:
    """Every Chinese label of the dbt project, as it stands in its files."""
    for pattern in ("dbt_project.yml", "models/staging/_sources.yml", "seeds/*.csv"):
        for file in sorted((PROJECT / "dbt_project").glob(pattern)):
            yield file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("最近一周之后", "最近一週之後"),
        ("各周、逐周、本周先谈，周围", "各週、逐週、本週先談，周圍"),
        ("哪里、这里、格里", "哪裡、這裡、格裡"),
        ("多少只是偶然，只有一个中心", "多少只是偶然，只有一個中心"),
        ("写明了，{days} 天后", "寫明了，{days} 天後"),
        ("工作干得好，干脆问一句，若干人，不相干", "工作幹得好，乾脆問一句，若干人，不相干"),
        ("评分人的松严，放松，泊松分布", "評分人的鬆嚴，放鬆，泊松分布"),
        ("复制、答复、复核、反复、恢复、重复", "複製、答覆、複核、反覆、恢復、重複"),
        ("制定规则，制表符，百分制", "制定規則，製表符，百分制"),
        ("系统、关系、联系、系数", "系統、關係、聯繫、係數"),
        ("准时、标准、批准、说不准", "準時、標準、批准、說不準"),
        ("征得同意，注明，备注", "徵得同意，註明，備註"),
        ("范围、示范、台词、前台", "範圍、示範、台詞、前台"),
        ("其余的人，占比，分布，合并，并列", "其餘的人，佔比，分布，合併，並列"),
        ("日志、采用、面谈、发现、冲突", "日誌、採用、面談、發現、衝突"),
        ("坐席反馈信息，质检工单", "座席回饋資訊，質檢工單"),
        ("班组长带领本班组", "組長帶領本團隊"),
        ("缺少的列，按队列排列", "缺少的欄，按隊列排列"),
        ("“数据”页", "「數據」頁"),
    ],
)
def test_characters_and_words_are_those_a_reader_in_taipei_or_hong_kong_expects(
    simplified: str, traditional: str
) -> None:
    assert chinese.said(simplified, "zh-hant") == traditional


def test_a_whole_sentence_can_be_overruled() -> None:
    assert chinese.said("{rows} 行未采用", "zh-hant") == "{rows} 筆未採用"


def test_other_languages_are_left_alone() -> None:
    for language in ("en", "zh"):
        assert chinese.said("周围", language) == chinese.document("周围", language) == "周围"


def test_code_links_ids_and_tags_of_a_document_are_left_alone() -> None:
    text = "## 规则 {: #规则 }\n[列](../数据.md) 用 `班组` <span title='周'>周</span>\n\n```sh\n班组 列  # 一周\n```\n"
    said = chinese.document(text, "zh-hant")
    assert said.startswith("## 規則 {: #规则 }\n[列](../数据.md) 用 `班组` <span title='周'>週</span>\n")
    assert "班组 列  # 一週\n" in said


def test_every_sentence_keeps_its_placeholders_and_holds_no_simplified_character() -> None:
    for text, said in HANT.sentences.items():
        assert words.placeholders(said) == words.placeholders(text)
        assert not only_simplified(said)


def test_no_document_and_no_label_keeps_a_simplified_character() -> None:
    for text in documents():
        said = chinese.document(text, "zh-hant")
        assert not only_simplified(re.sub(r"(?s)```.*?```|`[^`\n]*`", "", said))
    for text in labels():
        assert not only_simplified(chinese.said(text, "zh-hant"))


def only_simplified(text: str) -> set[str]:
    """Characters that no encoding of Traditional Chinese has: a judge that knows nothing of OpenCC."""
    return {sign for sign in text if "\u4e00" <= sign <= "\u9fff" and not sign.encode("big5hkscs", "ignore")}


def test_every_exception_is_needed() -> None:
    simplified = [*words.load(WORDS, "zh").sentences.values(), *documents(), *labels()]
    everything = "\n".join(simplified)
    exceptions = chinese.exceptions()
    unused = [
        text for name, part in exceptions.items() if name != "sentences" for text in part if text not in everything
    ]
    assert unused == []
    assert set(exceptions["sentences"]) <= set(simplified)


def test_a_text_that_stands_twice_in_the_exceptions_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "exceptions.yml"
    file.write_text("words: {周: 週}\nsentences: {周: 周}\n", encoding="utf-8")
    with pytest.raises(Exception, match="stands there twice"):
        chinese.exceptions(file)


def test_advice_is_the_same_advice() -> None:
    written, generated = advice.library("zh"), advice.library("zh-hant")
    for kind in advice.KINDS:
        assert [piece.name for piece in written.of_kind(kind)] == [piece.name for piece in generated.of_kind(kind)]
    assert generated("techniques", "evading").title == chinese.said(written("techniques", "evading").title, "zh-hant")


def test_headings_and_choices_of_the_coaching_workbook_are_read_back() -> None:
    layout = (PROJECT / "dbt_project" / "exports" / "coaching_workbook.yml").read_text(encoding="utf-8")
    known = {text.strip(" '") for text in re.split(r"[\[\]()\n]|, ", layout)}
    used = [text for text, said in words.load(WORDS, "zh").sentences.items() if text in known and said in known]
    assert len(used) >= 50
    assert [HANT(text) for text in used if HANT(text) not in known] == []


def test_our_own_labels_are_converted_and_delivered_names_are_not() -> None:
    say = Voice(HANT, figures.figures("zh-hant"), {kpi.kpi_id: kpi for kpi in fake_marts.KPIS})
    assert say.kpi("answer_rate") == "接通率"
    assert say.kpi("contacts_handled") == "處理量"
    assert say.either("Birch", "桦树组") == say.name(Link("team", "Birch", "桦树组", "")) == "桦树组"
    assert say.name(Link("agent", "钟离子墨", "钟离子墨", "")) == "钟离子墨"
    assert say.name(Link("queue", "投诉专线", "投诉专线", "")) == "投诉专线"
    assert say.name(Link("queue", "Billing", "账单", "")) == "帳單"
    assert say.name(Link("centre", "The centre", "全中心", "")) == "全中心"


def test_in_pictures_only_our_own_labels_change_their_script() -> None:
    labels = frozenset({"处理量", "每千次联络有理投诉数"})
    picture = "<text>Volume 处理量</text><text>处理量不大的组</text><text>每千次联络有</text><text>钟离子墨</text>"
    said = "<text>Volume 處理量</text><text>处理量不大的组</text><text>每千次聯絡有</text><text>钟离子墨</text>"
    assert lettering.written(picture, labels, "zh-hant") == said
    assert lettering.written(picture, frozenset(), "zh") == picture


def test_a_label_cut_short_is_known_by_what_stands_before_it_and_a_name_is_not() -> None:
    labels = frozenset({"满意率", "Satisfied customers 满意率", "业务知识", "Knowledge 业务知识"})
    picture = "<text>Satisfied customers 满…</text><text>Knowledge 业务…</text><text>Wei 业务…</text><text>业务…</text>"
    said = "<text>Satisfied customers 滿…</text><text>Knowledge 業務…</text><text>Wei 业务…</text><text>業務…</text>"
    assert lettering.written(picture, labels, "zh-hant") == said


def test_in_the_data_of_live_charts_the_same_labels_change_and_names_of_fields_do_not() -> None:
    labels = frozenset({"处理量"})
    chart = {"tables": {"处理量": [{"label": "Volume 处理量", "about": 1}, {"label": "Wei 钟离子墨", "about": 2}]}}
    said = {"tables": {"处理量": [{"label": "Volume 處理量", "about": 1}, {"label": "Wei 钟离子墨", "about": 2}]}}
    assert lettering.in_data(chart, labels, "zh-hant") == said


def test_a_live_chart_has_the_labels_of_its_picture_and_is_the_same_chart() -> None:
    example = charts.chart_modules()["dot_interval"].EXAMPLE
    names = ("Technical support 技术支持", "Birch 桦树组")
    rows = [row | {"label": name} for row, name in zip(example["rows"], names, strict=False)]
    request = charts.ChartRequest("dot_interval", example | {"rows": rows})
    written, said = (
        next(file for file in live.files("kpi", [request], labels, language) if "chart-" in file.path)
        for labels, language in ((frozenset[str](), "zh"), (frozenset({"技术支持"}), "zh-hant"))
    )
    assert written.path == said.path
    assert written.fingerprint != said.fingerprint
    assert said.content().decode() == written.content().decode().replace("技术支持", "技術支援")
    assert "桦树组" in said.content().decode()


def test_a_live_chart_is_written_anew_when_a_label_is_written_otherwise() -> None:
    assert lettering.digest(frozenset(), "zh-hant") == ""
    assert lettering.digest(frozenset({"处理量"}), "zh-hant") != lettering.digest(frozenset({"处理量"}), "zh")
