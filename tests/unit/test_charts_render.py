"""Rendering: the cache, the workers, and what a wrong request is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines import charts
from pipelines.charts import ChartRequest, _render, chart_modules, render
from pipelines.progress import Silent


class Counter(Silent):
    def __init__(self) -> None:
        self.steps = 0

    def advance(self, steps: int = 1, note: str = "") -> None:
        self.steps += steps


def request(centre_text: str = "4:48") -> ChartRequest:
    return ChartRequest("distribution", dict(chart_modules()["distribution"].EXAMPLE) | {"centre_text": centre_text})


def test_a_kept_picture_is_byte_equal_and_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render([request()], tmp_path, 1, Silent())
    monkeypatch.setattr(_render, "draw", lambda job: pytest.fail("drawn again"))
    again = render([request()], tmp_path, 1, Silent())
    assert first == again == {request().digest: (tmp_path / f"{request().digest}.svg").read_text(encoding="utf-8")}


def test_equal_requests_are_drawn_once_and_every_picture_counts_as_progress(tmp_path: Path) -> None:
    progress = Counter()
    pictures = render([request(), request("4:49"), request()], tmp_path, 1, progress)
    assert progress.steps == len(pictures) == len(list(tmp_path.iterdir())) == 2
    render([request(), request("4:49")], tmp_path, 1, progress)
    assert progress.steps == 4


def test_a_cut_off_picture_in_the_cache_is_drawn_anew(tmp_path: Path) -> None:
    whole = render([request()], tmp_path, 1, Silent())
    file = tmp_path / f"{request().digest}.svg"
    file.write_text(file.read_text(encoding="utf-8")[:200], encoding="utf-8")
    assert render([request()], tmp_path, 1, Silent()) == whole


def test_the_cache_keeps_what_was_used_last_and_does_not_grow_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "LEAST_KEPT", 1)
    first, second, third = request("1"), request("2"), request("3")
    for number, asked in enumerate((first, second, first, third)):
        render([asked], tmp_path, 1, Silent())
        os.utime(tmp_path / f"{asked.digest}.svg", (number, number))
    assert {file.stem for file in tmp_path.iterdir()} == {first.digest, third.digest}


def test_spawned_workers_draw_the_same_bytes_as_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requests = [request(str(number)) for number in range(3)]
    here = render(requests, tmp_path / "here", 1, Silent())
    monkeypatch.setattr(_render, "FEW", 0)
    assert render(requests, tmp_path / "workers", 2, Silent()) == here


def test_the_digest_follows_the_data_and_not_the_order_of_its_keys() -> None:
    data = dict(request().data)
    turned = dict(reversed(data.items()))
    assert ChartRequest("distribution", turned).digest == request().digest
    assert request("4:49").digest != request().digest
    assert len(request().digest) == 32


def test_a_request_with_a_missing_or_unknown_key_is_told_which(tmp_path: Path) -> None:
    data = dict(request().data) | {"colour": "red"}
    del data["bins"]
    with pytest.raises(ValueError, match=r"missing or unknown: \['bins', 'colour'\]"):
        render([ChartRequest("distribution", data)], tmp_path, 1, Silent())
    assert list(tmp_path.iterdir()) == []


def test_a_number_that_is_not_finite_never_reaches_a_picture() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        _ = ChartRequest("distribution", dict(request().data) | {"target": float("nan")}).digest
