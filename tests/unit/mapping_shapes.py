"""Exports of unusual shapes that no layout of the project knows, generated: invented people, numbers and contacts."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import Workbook

ROWS = 120


def several_tables(file: Path) -> Path:
    """Calls with id and name of the agent, the team and its leader, and an answer of the customer in some rows."""
    lines = ["Call ID;Agent ID;Agent Name;Team;Team leader;Start time;Answered;Talk time;Customer;Satisfaction"]
    for n in range(ROWS):
        team = n % 2
        score = "" if n % 3 else ("not asked" if n % 9 == 0 else str(1 + n % 5))
        lines.append(
            f"C{n:04d};A{n % 6};Sample {n % 6};Team {team};Leader {team};{1 + n % 28:02d}.03.2026 0{n % 9}:15:00 "
            f"{'PM' if n % 2 else 'AM'};{'Y' if n % 8 else 'N'};00:0{n % 9}:20;K{n % 50};{score}"
        )
    text = "\n".join(lines).replace(" 00:15", " 12:15")
    file.write_text(text + "\n", encoding="utf-8")
    return file


def merged_headings(file: Path) -> Path:
    """A title, then headings over two rows: the upper one is merged, two columns reach down over both."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["示例中心 2026年3月 话务明细"])
    sheet.append(["流水号", "工号", "通话", None, None, "结果", None])
    sheet.append([None, None, "开始时间", "通话时长(秒)", "等待时长(秒)", "是否接通", "挂机方"])
    for first, last in (("A2", "A3"), ("B2", "B3"), ("C2", "E2"), ("F2", "G2")):
        sheet.merge_cells(f"{first}:{last}")
    for n in range(ROWS):
        half, hour = ("上午", 9) if n % 2 else ("下午", 2)
        start = f"2026/3/{1 + n % 28} {half} {hour}:{n % 60:02d}:00"
        sheet.append([f"LS{n:05d}", f"{1001 + n % 5}", start, 30 + n, n % 40, "是" if n % 7 else "否", "坐席"])
    book.save(file)
    return file


def days_of_a_month(file: Path) -> Path:
    """One line per person and one column per day, the month in the title, the days of the week below the days."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["示例中心2026年4月考勤"])
    sheet.append(["工号", "姓名", *range(1, 31)])
    sheet.append([None, None, *("三四五六日一二"[day % 7] for day in range(30))])
    for person in range(12):
        marks = ["√" if (person + day) % 7 else ("休", "年假", "迟到")[person % 3] for day in range(30)]
        sheet.append([f"{2001 + person}", f"示例{person}", *marks])
    book.save(file)
    return file


def evaluations(file: Path) -> Path:
    """A document of evaluations, each with a list of questions, page numbers beside the records."""
    records = [
        {
            "evaluationId": f"e-{n}",
            "contactId": f"c-{n}",
            "agent": {"id": f"a-{n % 4}"},
            "evaluator": f"grader {n % 2}",
            "scoredAt": f"2026-03-{1 + n % 28:02d}T09:30:00Z",
            "form": "Service",
            "answers": [
                {"question": text, "points": (n + place) % 11, "maxPoints": 10}
                for place, text in enumerate(("Greeting", "Solution", "Closing"))
            ],
        }
        for n in range(30)
    ]
    document = {"data": {"evaluations": records}, "page": 1, "total": 30}
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return file


def log_without_header(file: Path) -> Path:
    """Vertical bars, no line of headings, lines that end early."""
    outcomes = ("ANSWERED", "NO ANSWER")
    moments = [f"2026-03-{1 + n % 28:02d} 09:{n % 60:02d}:00" for n in range(ROWS)]
    lines = [
        f"{moments[n]}|x{n:05d}|80{n % 6:02d}|billing|{outcomes[n % 4 == 0]}|{60 + 3 * n}"
        + ("|note" if n % 5 == 0 else "")
        for n in range(ROWS)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
