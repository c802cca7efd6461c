"""One person among peers: whom the picture shows, and that nothing in it names or orders anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import PeerRange, Standing, Tier
from pipelines.settings import LANGUAGES
from pipelines.site import model, pages, templates
from pipelines.site.areas import among
from pipelines.site.areas._among_words import Own
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.unit import fake_marts

NEUTRAL: dict[str, object] = {"str": "", "int": 0, "float": 0.0, "bool": False}
WINDOW = {"window_kind": "quarter", "window_start": date(2024, 1, 1)}
PEER = "general|180+"
REACHED = {
    "csat_mean": {"A0": 4.1, "A1": 4.2, "A2": 4.3, "A3": 4.4, "A4": 4.5, "A5": 4.9},
    "speed_of_answer": {"A0": 40.0, "A1": 45.0, "A2": 50.0, "A3": 55.0, "A4": 60.0, "A5": 90.0},
    "answer_rate": {"A0": 0.8, "A1": 0.8, "A2": 0.81, "A3": 0.82, "A4": 0.83, "A5": 0.84},
    "abandon_rate": {"A0": 0.1, "A1": 0.1, "A2": 0.11, "A3": 0.12, "A4": 0.13, "A5": 0.14},
    "average_talk_time": {agent: 200.0 + number for number, agent in enumerate(fake_marts.AGENTS)},
}
WEIGHTS = {
    "csat_mean": 0.3, "speed_of_answer": 0.25, "answer_rate": 0.2, "abandon_rate": 0.05, "average_talk_time": 0.5,
}  # fmt: skip
MIDDLE = {
    "csat_mean": (4.225, 4.475), "speed_of_answer": (46.25, 58.75), "answer_rate": (0.8025, 0.8275),
    "abandon_rate": (0.1025, 0.1275), "average_talk_time": (201.25, 203.75),
}  # fmt: skip

Build = Callable[[fake_marts.Rows], Site]


def _made(mart: type[Any], **known: object) -> Any:
    columns: dict[str, Any] = {name: NEUTRAL.get(str(kind)) for name, kind in mart.__annotations__.items()}
    del columns["name"], columns["order"]
    return mart(**columns | WINDOW | known)


def standing(kpi_id: str, agent_id: str, comparison: str = "alike", **known: object) -> Standing:
    value = REACHED[kpi_id][agent_id]
    found: Standing = _made(
        Standing, kpi_id=kpi_id, agent_id=agent_id, steadied_value=value, peer=PEER, comparison=comparison,
        weight=WEIGHTS[kpi_id], **known,
    )  # fmt: skip
    return found


def rows() -> fake_marts.Rows:
    """Six people with the same work, of whom the first is fast and the last is slow beyond chance."""
    found = fake_marts.centre()
    found[Tier] = [
        _made(Tier, agent_id=each, is_current=True, window_end=fake_marts.LAST) for each in fake_marts.AGENTS
    ]
    beyond = {("speed_of_answer", "A0"): "better", ("speed_of_answer", "A5"): "worse"}
    found[Standing] = [
        standing(kpi_id, agent_id, beyond.get((kpi_id, agent_id), "alike"))
        for kpi_id, people in REACHED.items()
        for agent_id in people
    ]
    found[PeerRange] = [
        PeerRange(kpi_id, **WINDOW, peer=PEER, people=6, middle_low=low, middle_high=high)  # type: ignore[arg-type]
        for kpi_id, (low, high) in MIDDLE.items()
    ]
    return found


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    def from_rows(found: fake_marts.Rows) -> Site:
        folder = fake_marts.write(tmp_path_factory.mktemp("marts"), found)
        return replace(model.load(folder), books={"among": among.load(folder)})

    return from_rows


@pytest.fixture(scope="module")
def centre(build: Build) -> Site:
    return build(rows())


def part(site: Site, agent_id: str) -> Own | None:
    return among.on_agent(Selection(site, "../"), next(each for each in site.agents if each.agent_id == agent_id))


def html(site: Site, language: str, agent_id: str) -> str:
    say = Voice(
        words.load(templates.TEMPLATES / "words", language), figures(language), {kpi.kpi_id: kpi for kpi in site.kpis}
    )
    shown = Selection(site, "../").agent(next(each for each in site.agents if each.agent_id == agent_id))
    template = pages._environment(language).get_template("areas/among_agent.html.j2")
    return template.render(say=say, part=part(site, agent_id), page=shown)


def text(found: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_at_most_three_measures_with_a_good_direction_are_shown_the_weightiest_first(centre: Site) -> None:
    own = part(centre, "A2")
    assert own
    assert [line.standing.kpi_id for line in own.lines] == ["csat_mean", "speed_of_answer", "answer_rate"]


def test_the_peers_are_all_others_without_the_person_and_without_a_name(centre: Site) -> None:
    own = part(centre, "A2")
    assert own
    assert own.lines[0].peers == (4.1, 4.2, 4.4, 4.5, 4.9)
    assert all(isinstance(value, float) for line in own.lines for value in line.peers)
    said = html(centre, "en", "A2")
    assert not [name for name, _ in fake_marts.AGENTS.values() if name in said and name != "Agent C"]
    assert not re.search(r"A[013-5]\b", said)


def test_the_table_tells_the_own_value_and_the_middle_half_but_nobody_elses_value(centre: Site) -> None:
    table = text(html(centre, "en", "A2").split("<tbody>")[1])
    assert "(mean) 4.30 4.22 to 4.47 6" in table
    assert not [value for value in ("4.10", "4.20", "4.40", "4.50", "4.90") if value in table]


def test_strengths_are_said_first_and_whether_chance_may_explain_them(centre: Site) -> None:
    said = text(html(centre, "en", "A0"))
    assert "Ahead of most people with the same work: Speed of answer" in said
    better = (
        "Speed of answer: on the better side of the middle half of 6 people with the same work, by more than chance."
    )
    short = (
        "Customer satisfaction (mean): short of the middle half of 6 people with the same work; chance may explain it."
    )
    assert 0 < said.index(better) < said.index(short)
    slow = text(html(centre, "en", "A5"))
    assert (
        "Speed of answer: short of the middle half of 6 people with the same work, by more than chance: worth" in slow
    )
    assert "the middle half of 6 people with the same work; chance may explain it." in slow
    assert "Ahead of" not in slow
    assert "Much like most people with the same work" in text(html(centre, "en", "A3"))


def test_nothing_is_drawn_in_a_group_that_is_too_small_or_of_someone_too_little_is_known_of(build: Build) -> None:
    few = rows()
    few[PeerRange] = []
    assert part(build(few), "A0") is None
    unknown = rows()
    unknown[Standing] = [replace(each, comparison="cannot_say") for each in unknown[Standing]]
    assert part(build(unknown), "A0") is None
    assert part(build(fake_marts.centre()), "A0") is None


def test_measures_of_another_window_or_without_a_part_in_the_score_are_left_out(build: Build) -> None:
    found = rows()
    found[Standing] += [replace(standing("csat_mean", "A0"), window_kind="preview", steadied_value=1.0)]
    found[Standing] = [
        replace(each, weight=None) if each.kpi_id == "speed_of_answer" else each for each in found[Standing]
    ]
    own = part(build(found), "A1")
    assert own
    assert [line.standing.kpi_id for line in own.lines] == ["csat_mean", "answer_rate", "abandon_rate"]
    assert 1.0 not in own.lines[0].peers


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_speaks_of_a_rank_or_a_percentile(centre: Site, language: str) -> None:
    for agent_id in fake_marts.AGENTS:
        said = text(html(centre, language, agent_id))
        assert not re.search(r"\b(?:rank|percentile|worst|best|top|bottom)\b|排名|百分位|最差|垫底", said)
    assert language == "en" or "居中的一半" in text(html(centre, language, "A0"))
