"""Exports that no layout of the project knows, generated: invented people, numbers and calls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

ROWS = 120


def english_milliseconds(file: Path) -> Path:
    """Month first, lengths in milliseconds that no heading names, a column that is always empty, telephone numbers."""
    head = "Call ID,Agent ID,Agent Name,Call Start,Direction,Skill,Answered,Wait Time,Talk Time,Customer Phone"
    lines = [head + ",Notes,Version"]
    for n in range(ROWS):
        day, hour = 1 + n % 28, 8 + n % 9
        answered = n % 10 != 0
        lines.append(
            f"C{n:05d},A{n % 7},Sample {n % 7},3/{day}/2024 {hour:02d}:{n % 60:02d},"
            f"{'Inbound' if n % 3 else 'Outbound'},Billing,{'Yes' if answered else 'No'},{5000 + 300 * n},"
            f"{180_000 + 1000 * n if answered else 0},+44 20 7946 0{n:03d},,3.1"
        )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def chinese_by_name(file: Path) -> Path:
    """A title and a line about the export above the headings, people by name only, sub-totals and a total."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "通话明细"
    sheet.append(["客服中心通话明细表（2024年3月）"])
    sheet.append(["导出时间：2024-04-01", None, "制表：系统"])
    sheet.append(["日期", "坐席姓名", "客户号码", "呼叫方向", "开始时间", "是否接通", "通话时长", "备注"])
    for person, name in enumerate(("样例甲", "样例乙", "样例丙")):
        for n in range(30):
            answered = n % 4 != 0
            start = f"2024-03-{1 + n:02d} {9 + person:02d}:{n:02d}:00"
            direction, outcome = ("呼入", "外呼")[n % 2], "接通" if answered else "未接通"
            talk = f"00:0{1 + n % 7}:{n:02d}" if answered else "00:00:00"
            sheet.append([start[:10], name, f"1380000{person}{n:03d}", direction, start, outcome, talk, None])
        sheet.append(["小计", name, None, None, None, None, "02:30:00", None])
    sheet.append(["合计", None, None, None, None, None, "07:30:00", None])
    book.save(file)
    return file


def json_lines(file: Path) -> Path:
    """One object a line, nested, with times of Greenwich."""

    def records() -> Iterator[str]:
        for n in range(ROWS):
            yield json.dumps({
                "conversationId": f"x-{n}", "agent": {"id": f"u{n % 7}"}, "mediaType": "voice",
                "startTime": f"2024-03-{1 + n % 28:02d}T{8 + n % 8:02d}:{n % 60:02d}:00.000Z",
                "direction": "inbound", "answered": n % 5 != 0, "talkDurationMs": 120_000 + 900 * n if n % 5 else 0,
            })  # fmt: skip

    file.write_text("\n".join(records()) + "\n", encoding="utf-8")
    return file


def ambiguous_semicolons(file: Path) -> Path:
    """GB18030, semicolons, and no date whose day is above 12; one outcome that no spelling knows."""
    lines = ["流水号;工号;通话开始时间;呼叫类型;通话状态;通话时长(秒);等待时长(秒)"]
    for n in range(ROWS):
        outcome = "黑名单" if n == 7 else ("接通", "未接通")[n % 2]
        talk = 60 + n if outcome == "接通" else 0
        date = f"{1 + n % 12:02d}/{1 + (5 * n) % 12:02d}/2024 {9 + n % 8:02d}:{n % 60:02d}"
        lines.append(f"L{n:04d};{1001 + n % 6};{date};{'呼入' if n % 2 else '呼出'};{outcome};{talk};{n % 30}")
    file.write_bytes(("\n".join(lines) + "\n").encode("gb18030"))
    return file


def without_id(file: Path) -> Path:
    """Day and time in two columns, no id, nothing that says which calls were answered."""
    lines = ["Day,Time,Agent,Talk (min)"]
    lines += [f"{1 + n % 28:02d}.03.2024,{9 + n // 28:02d}:{n % 60:02d},Sample {n % 3},{n % 9}.5" for n in range(ROWS)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
