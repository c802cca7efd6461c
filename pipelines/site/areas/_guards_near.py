"""What the pages say about days near a minimum, as a question about the line and never about a person.

Belongs here: text. Does not belong here: guards (`_guards_words`), the picture's words (`_guards_captions`).
"""

from __future__ import annotations

from pipelines.marts import Hovering
from pipelines.site.areas._guards_contexts import HoveringPage
from pipelines.site.fragments import Voice


def opening(say: Voice, page: HoveringPage) -> list[str]:
    """What the page about days near a line opens with."""
    return [sentence for row in page.centre for sentence in near(say, row)]


def near(say: Voice, row: Hovering) -> list[str]:
    """Whether a minimum acts as a ceiling."""
    _, kpi = say.words, say.kpi(row.kpi_id)
    if row.verdict == "too_few":
        return [_("{kpi}: too few days lie near the minimum to say anything.", kpi=kpi)]
    if row.verdict == "hovering":
        return [
            _("{kpi}: is the line acting as a ceiling?", kpi=kpi),
            numbers(say, row),
            _("Ask what a day above the line would bring anybody, and whether the line still fits the work."),
        ]
    return [
        _("{kpi}: there is no sign that the minimum acts as a ceiling.", kpi=kpi),
        numbers(say, row),
    ]


def numbers(say: Voice, row: Hovering) -> str:
    """How the days near a minimum lie."""
    _ = say.words
    found = {
        "near": say.figures.count(row.days_near),
        "share": say.figures.share(row.share_above),
        "expected": say.figures.share(row.expected_share),
    }
    if row.minimum is None:
        return _(
            "Of {near} days near the minimum of their role, {share} lie just above it; a smooth spread would put "
            "{expected} there.",
            **found,
        )
    return _(
        "Of {near} days near the minimum of {minimum}, {share} lie just above it; a smooth spread would put {expected} "
        "there.",
        minimum=say.plain(row.kpi_id, row.minimum),
        **found,
    )


def verdict(say: Voice, code: str) -> str:
    """What days near a line say."""
    _ = say.words
    return {
        "hovering": _("is the line acting as a ceiling?"),
        "smooth": _("smooth"),
        "too_few": _("too few days to say"),
    }[code]
