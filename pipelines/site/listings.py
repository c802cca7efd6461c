"""The sentences with which pages that list everything open: all measures, all that was delivered.

Belongs here: choosing whole sentences by rules from counts and verdicts. Does not belong here: sentences of the
overview, of teams and of one measure (`answers`).
"""

from __future__ import annotations

from collections import Counter

from pipelines.site import answers
from pipelines.site.contexts import Data, Kpis
from pipelines.site.fragments import Voice

ERASED = "erased"
"""The reason under which such rows are counted as refused."""


def measures(say: Voice, page: Kpis) -> list[str]:
    """How many measures of the centre reach their targets, which do not yet, and how many wait for data."""
    _, count = say.words, say.figures.count
    values = [now for _kpi, _href, now, _whole in page.delivered if now]
    better, worse, close = (
        answers.with_verdict(values, verdict)
        for verdict in ("better_than_target", "worse_than_target", "too_close_to_call")
    )
    said = []
    if better or worse or close:
        said.append(
            _(
                "Measures with a target: {all}. Better than target: {better}; not yet at target: {worse}; "
                "too close to call: {close}.",
                all=count(len(better) + len(worse) + len(close)),
                better=count(len(better)),
                worse=count(len(worse)),
                close=count(len(close)),
            )
        )
    if worse:
        said.append(_("Not yet at target: {kpis}.", kpis=say.names(worse)))
    return [*said, *_waiting(say, len(page.absent))]


def data(say: Voice, page: Data) -> list[str]:
    """What arrived, what was refused, what is missing."""
    _, count, status = say.words, say.figures.count, page.status
    if not status.present:
        return [_("Nothing was delivered yet.")]
    present, days = count(len(status.present)), say.figures.days(status.first_day, status.as_of)
    said = [
        _(
            "Delivered: {present} of {all} tables; data from {days}.",
            present=present,
            all=count(len(status.tables)),
            days=days,
        )
        if status.absent
        else _("All {count} tables were delivered; data from {days}.", count=present, days=days)
    ]
    doubted = {doubt.file for doubt in page.doubts if doubt.severity != "accepted"}
    if doubted:
        files = count(len(doubted))
        said.append(_("Files in doubt: {count}. Pages whose figures rest on them say so at the top.", count=files))
    if status.refused_rows:
        said.append(
            _(
                "Rows refused: {count}. They count in no figure; file, line and reason stand below.",
                count=count(status.refused_rows),
            )
        )
    else:
        said.append(_("No row was refused."))
    if status.files_not_recognised:
        left = count(status.files_not_recognised)
        said.append(_("Files left aside because nobody could tell what they are: {count}.", count=left))
    return [*said, *_waiting(say, len(page.absent))][: answers.SENTENCES]


def erased(say: Voice, page: Data) -> list[str]:
    """Per table, how many rows left because the person they are of asked for it."""
    _, count, gone = say.words, say.figures.count, Counter[str]()
    for refusal in page.refusals:
        if refusal.reason == ERASED:
            gone[refusal.table_name] += refusal.refused_rows
    named = ((say.table_named(table, page.status.tables), rows) for table, rows in gone.items())
    return [_("{table}: {count} rows", table=table, count=count(rows)) for table, rows in named]


def _waiting(say: Voice, measures: int) -> list[str]:
    _ = say.words
    return [_("Measures that wait for data: {count}.", count=say.figures.count(measures))] if measures else []
