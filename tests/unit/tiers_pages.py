"""Pages of the centre with tiers read back: sections, lines of tables, names; its voice and the codes of contracts."""

from __future__ import annotations

import re
from html import unescape

import yaml

from pipelines import words
from pipelines.figures import figures
from pipelines.settings import PROJECT
from pipelines.site import pages, templates
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from tests.unit import site_pages
from tests.unit.tiers_centre import PEOPLE

IN_TEAM = {"en": "Tiers in this team", "zh": "本班组的分层"}
OF_PERSON = {"en": "Tier and what it rests on", "zh": "分层及其依据"}
RANK = re.compile(
    r"(?i)\brank|\bplaces?\b|\bposition|\btop\b|\bbottom\b|\bbest\b|\bworst\b|排名|名次|最差|最好|末位|第\d+名"
)
MONEY = re.compile(r"(?i)\bbonus|\bwages?\b|\bsalar|\bpay\b|奖金|工资|薪")
SENTENCE = re.compile(r"(?:[A-Za-z'’-]+ ){3,}[A-Za-z]+")
"""Four English words in a row."""


def html(site: Site, language: str, path: str) -> str:
    return site_pages.content(next(page for page in pages.pages(site, language) if page.path == path))


def text(found: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found)))


def said(site: Site, language: str, path: str) -> str:
    return text(html(site, language, path))


def place(site: Site, grain: str, entity_id: str) -> str:
    """The path of somebody's page."""
    return f"{grain}s/{site.slugs[grain, entity_id]}.html"


def section(site: Site, language: str, path: str, heading: str) -> str:
    """A page from one heading to the next of the same size, or to what every page ends with; empty without it."""
    begin = re.search(rf"<h2[^>]*>{re.escape(heading)}", page := html(site, language, path))
    return heading + re.split(r'<h2|<details class="fw-how"', page[begin.end() :])[0] if begin else ""


def of_team(site: Site, language: str, team_id: str) -> str:
    """What a team's page says about tiers."""
    return section(site, language, place(site, "team", team_id), IN_TEAM[language])


def of_person(site: Site, language: str, agent_id: str) -> str:
    """What a person's page says about the tier."""
    return section(site, language, place(site, "agent", agent_id), OF_PERSON[language])


def lines(found: str) -> list[list[str]]:
    """The texts of every line of every table."""
    cells = (re.findall(r"<t[hd]\b.*?</t[hd]>", line, re.DOTALL) for line in re.split(r"<tr[^>]*>", found)[1:])
    return [[text(cell).strip() for cell in of_line] for of_line in cells]


def named(found: str) -> set[str]:
    """The people whose names a text holds."""
    return {key for key, (en, zh, _) in PEOPLE.items() if zh in found or re.search(rf"\b{en}\b", found)}


def voice(site: Site, language: str) -> Voice:
    known = words.load(templates.TEMPLATES / "words", language)
    return Voice(known, figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})


def english(area: str) -> list[str]:
    """The English sentences of an area, each up to its first figure."""
    found = yaml.safe_load((templates.TEMPLATES / "words" / f"zh.{area}.yml").read_text(encoding="utf-8"))
    return [start for sentence in found if len(start := sentence.split("{")[0].strip()) > 3]


def codes(model: str, column: str) -> set[str]:
    """Every code that a mart's contract allows in a column: its accepted values, else those its description lists."""
    file = PROJECT / "dbt_project" / "models" / "marts" / "tiers" / f"{model}.yml"
    contract = yaml.safe_load(file.read_text(encoding="utf-8"))["models"][0]
    for test in contract["data_tests"]:
        accepted = test.get("accepted_values", {}).get("arguments", {})
        if test.get("accepted_values", {}).get("column_name", accepted.get("column_name")) == column:
            return set(accepted["values"])
    described = next(each["description"] for each in contract["columns"] if each["name"] == column)
    listed = re.sub(r"\(.*?\)|[;,] empty.*| when .*", "", described)
    return {part.split()[0] for part in re.split(r", or |, | or ", listed)}
