"""The marts' codes in words: verdicts, findings, rules, units, grains, reasons.

Belongs here: one word or clause per code. Does not belong here: figures and links (`fragments`), sentences (`answers`).
An unknown code is a KeyError: a mart and this page of words have drifted apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.ingest.reasons import DOUBT_REMEDIES, FILE_REASONS, ROW_REASONS
from pipelines.marts import Kpi
from pipelines.words import Words


@dataclass(frozen=True)
class Terms:
    """Words for codes, in one language."""

    words: Words

    def verdict(self, code: str) -> str:
        """A value against its target, in words."""
        _ = self.words
        return {
            "better_than_target": _("better than target"),
            "worse_than_target": _("not yet at target"),
            "too_close_to_call": _("too close to call"),
            "no_target": _("no target set"),
            "too_few": _("too few to say"),
        }[code]

    def finding(self, code: str) -> str:
        """What the weeks of a KPI say."""
        _ = self.words
        return {
            "special_cause_improvement": _("better, and more than chance"),
            "special_cause_concern": _("worse, and more than chance"),
            "special_cause_neutral": _("changed, and more than chance"),
            "common_cause": _("ordinary variation"),
            "too_few_points": _("too few weeks to say"),
        }[code]

    def rule(self, code: str) -> str:
        """Which pattern made a finding."""
        _ = self.words
        return {
            "outside_limits": _("the last week lies outside the usual range"),
            "run": _("many weeks in a row lie on the same side of the average"),
            "trend": _("many weeks in a row moved in the same direction"),
            "two_of_three": _("two of three weeks lie at the edge of the usual range"),
            "outside_funnel": _("the team lies apart from all other teams of the quarter"),
            "none": _("no pattern"),
        }[code]

    def assurance(self, code: str) -> str:
        """Whether the usual range reaches the target."""
        _ = self.words
        return {
            "consistent_pass": _("the target is met week after week"),
            "consistent_fail": _("the target lies beyond the usual range: it takes a change in how work is done"),
            "inconsistent": _(
                "the target lies inside the usual range: it is met in some weeks and missed in others by chance"
            ),
            "no_target": _("no target set"),
        }[code]

    def better(self, code: str) -> str:
        """Which direction of a KPI is good."""
        _ = self.words
        return {
            "higher": _("higher is better"),
            "lower": _("lower is better"),
            "neutral": _("neither direction is good in itself"),
        }[code]

    def unit(self, kpi: Kpi) -> str:
        """A KPI's unit."""
        _, is_rated = self.words, kpi.source_table == "surveys"
        return {
            "share": _("percentage"),
            "seconds": _("seconds"),
            "points": _("points on the scale of the survey") if is_rated else _("points out of 100"),
            "contacts": _("contacts"),
            "ratio": _("percentage"),
            "per_thousand": _("per 1,000 contacts"),
        }[kpi.unit]

    def observed(self, table: str, total: str) -> str:
        """A number of observations of a KPI's source, named."""
        _ = self.words
        return {
            "contacts": _("{total} contacts", total=total),
            "surveys": _("{total} surveys", total=total),
            "evaluations": _("{total} monitored contacts", total=total),
            "workdays": _("{total} working days", total=total),
            "callbacks": _("{total} call-backs", total=total),
            "index": _("{total} observations", total=total),
        }[table]

    def rows_of(self, table: str) -> str:
        """Which records a KPI's source is made of."""
        _ = self.words
        return {
            "contacts": _("contact records"),
            "surveys": _("satisfaction surveys"),
            "evaluations": _("QA evaluations"),
            "workdays": _("attendance records"),
            "callbacks": _("promised call-backs"),
            "index": _("several tables"),
        }[table]

    def grain(self, code: str) -> str:
        """What a figure is about."""
        _ = self.words
        return {
            "centre": _("Whole centre"),
            "team": _("Team"),
            "agent": _("Agent"),
            "queue": _("Queue"),
            "channel": _("Channel"),
            "reason": _("Reason for contact"),
        }[code]

    def by_grain(self, code: str) -> str:
        """Heading of a table by queue, channel or reason."""
        _ = self.words
        return {"queue": _("By queue"), "channel": _("By channel"), "reason": _("By reason for contact")}[code]

    def reason(self, code: str) -> str:
        """Why a row was refused or a file left; the English stands in `pipelines/ingest/reasons.py`."""
        return self.words((ROW_REASONS | FILE_REASONS)[code])

    def remedy(self, doubt: str) -> str:
        """What to do about a doubt; the English stands in the same file."""
        return self.words(DOUBT_REMEDIES[doubt])
