"""The table of `floorwalk check --truth`: what was counted, what is promised, and whether it was kept.

Belongs here: counts, their uncertainty, the promises and the words for them. Does not belong here: counting
(`people`, `findings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, lgamma, log, log1p, sqrt
from typing import Any

_Z = 1.6448536269514722
"""90 % intervals, as everywhere."""
_SURE = 0.05
"""A miss that chance gives less often than this is no accident, however few centres there are."""
ENOUGH_SEEDS = 20
"""From so many centres on a promise is broken when the measured share misses it, and not only when it surely does."""


@dataclass(frozen=True)
class Count:
    """So many of so many."""

    hits: int
    of: int

    def __add__(self, other: Count) -> Count:
        return Count(self.hits + other.hits, self.of + other.of)


Counts = Mapping[str, Count]


def added(parts: Iterable[Counts]) -> dict[str, Count]:
    """Counts of several centres together."""
    total: dict[str, Count] = {}
    for part in parts:
        for key, count in part.items():
            total[key] = total.get(key, Count(0, 0)) + count
    return total


@dataclass(frozen=True)
class Promise:
    """One line of the table; without a limit it is there to be compared with."""

    key: str
    text: str
    at_most: float | None = None
    at_least: float | None = None


PROMISES = (
    Promise("low_wrong_product", "“Low” labels that are wrong: the rule of this site", at_most=0.08),
    Promise("low_wrong_raw_rank", "… the same agents, plain figures ranked 20/60/20 (usual practice)"),
    Promise("low_wrong_raw_rank_by_cut", "… that ranking marked by the cut-offs, as the rule of this site is"),
    Promise("low_wrong_adjusted_rank", "… figures adjusted for the work, ranked 20/60/20"),
    Promise("low_wrong_steadied_rank", "… steadied score, ranked 20/60/20"),
    Promise("low_wrong_steadied_cut", "… steadied score against the cut-off, without asking how sure"),
    Promise("high_wrong_product", "“High” labels that are wrong: the rule of this site"),
    Promise("high_wrong_raw_rank", "… plain figures ranked 20/60/20"),
    Promise("low_found", "Truly low agents labelled low"),
    Promise("high_found", "Truly high agents labelled high"),
    Promise("undecided", "Established agents without enough evidence for a tier"),
    Promise("flips_product", "Tier changes from one quarter to the next although nothing truly changed", at_most=0.06),
    Promise("flips_raw_rank", "… plain figures ranked 20/60/20"),
    Promise("flips_same_tier", "Tier changes although the true tier stayed the same, real movement within it included"),
    Promise("starters_low", "Truly low new starters labelled low in their grace period", at_most=0.0),
    Promise("centre_found", "Planted fall of the whole centre recognised as the centre's", at_least=1.0),
    Promise("centre_false", "Matters called centre-wide although under 60 % of the people fall short", at_most=0.01),
    Promise("team_found", "Planted weak team found, per quarter", at_least=0.97),
    Promise("team_false", "Other teams called a problem although at target or at the centre's level", at_most=0.01),
    Promise("agent_found", "Planted weak agents found, per quarter", at_least=0.88),
    Promise("agent_false", "Agents called a matter of their own although at target or team level", at_most=0.02),
    Promise("programme_false", "Coaching programme without effect called a measurable gain", at_most=0.05),
    Promise("programme_found", "Coaching programme with an effect called a measurable gain"),
    Promise("before_after_false", "… the programme without effect, judged by before and after"),
    Promise("course_false", "Courses without effect counted as a gain", at_most=0.05),
    Promise("course_found", "The course with an effect counted as a gain"),
    Promise("guard_found", "Agents who drop calls caught by a guard of handle time, per quarter", at_least=0.95),
    Promise("guard_capped", "… their points for handle time capped", at_least=0.95),
    Promise("guard_false", "Other agents stopped by those guards", at_most=0.01),
)  # fmt: skip


class Verdict(StrEnum):
    """Whether a promise was kept."""

    KEPT = "kept"
    BROKEN = "broken"
    UNSURE = "too few to say"
    COMPARED = ""


@dataclass(frozen=True)
class Line:
    """A promise and what was counted."""

    promise: Promise
    count: Count
    seeds: int

    @property
    def share(self) -> float | None:
        """Share of all, None when there was nothing to count."""
        return self.count.hits / self.count.of if self.count.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 90 % interval of the share."""
        hits, of = self.count.hits, self.count.of
        if not of:
            return None
        middle, half = hits + _Z * _Z / 2, _Z * sqrt(hits * (of - hits) / of + _Z * _Z / 4)
        return max(0.0, (middle - half) / (of + _Z * _Z)), min(1.0, (middle + half) / (of + _Z * _Z))

    @property
    def verdict(self) -> Verdict:
        """Kept or broken; a miss that chance explains in a few centres is neither."""
        most, least = self.promise.at_most, self.promise.at_least
        if most is None and least is None:
            return Verdict.COMPARED
        if self.share is None:
            return Verdict.UNSURE
        if (most is None or self.share <= most) and (least is None or self.share >= least):
            return Verdict.KEPT
        hits, of = self.count.hits, self.count.of
        chance = _tail(hits, of, most) if most is not None else _tail(of - hits, of, 1 - (least or 0.0))
        return Verdict.BROKEN if chance < _SURE or self.seeds >= ENOUGH_SEEDS else Verdict.UNSURE


def _tail(hits: int, of: int, share: float) -> float:
    """Chance of at least so many hits when each happens with this share."""
    if share <= 0.0:
        return 0.0
    ways = (
        lgamma(of + 1) - lgamma(n + 1) - lgamma(of - n + 1) + n * log(share) + (of - n) * log1p(-share)
        for n in range(hits, of + 1)
    )
    return sum(exp(way) for way in ways)


@dataclass(frozen=True)
class Table:
    """All lines over some centres of one size."""

    lines: tuple[Line, ...]
    seeds: int
    size: Mapping[str, int]
    """Arguments of each centre."""
    seconds: float

    @property
    def is_kept(self) -> bool:
        """No promise is broken."""
        return all(line.verdict is not Verdict.BROKEN for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """The table as data."""
        return {
            "seeds": self.seeds,
            "size": dict(self.size),
            "seconds": round(self.seconds, 1),
            "is_kept": self.is_kept,
            "lines": [
                {
                    "key": line.promise.key,
                    "text": line.promise.text,
                    "hits": line.count.hits,
                    "of": line.count.of,
                    "share": None if line.share is None else round(line.share, 4),
                    "interval": None if line.interval is None else [round(bound, 4) for bound in line.interval],
                    "at_most": line.promise.at_most,
                    "at_least": line.promise.at_least,
                    "verdict": str(line.verdict),
                }
                for line in self.lines
            ],
        }

    def as_rows(self) -> list[tuple[str, str, str, str, str]]:
        """Text, measured share, interval with number, promise and verdict of each line, to be printed."""
        return [
            (
                line.promise.text,
                "–" if line.share is None else f"{line.share:.1%}",
                "nothing to count"
                if line.interval is None
                else f"{line.interval[0]:.1%} to {line.interval[1]:.1%} of {line.count.of:,}",
                _promised(line.promise),
                str(line.verdict),
            )
            for line in self.lines
        ]


def _promised(promise: Promise) -> str:
    if promise.at_most is not None:
        return "none" if promise.at_most == 0 else f"at most {promise.at_most:.0%}"
    return "" if promise.at_least is None else f"at least {promise.at_least:.0%}"


def table(counts: Counts, seeds: int, size: Mapping[str, int], seconds: float) -> Table:
    """The lines in the order of the promises."""
    return Table(
        tuple(Line(promise, counts.get(promise.key, Count(0, 0)), seeds) for promise in PROMISES), seeds, size, seconds
    )
