"""What a page says about one person: strengths first, then where a conversation may help.

Belongs here: choosing whole sentences about a person, and laying on nobody what the whole centre shares. Does not
belong here: sentences about the centre, teams and KPIs (`answers`), terms (`fragments`), the page (`site_templates`).
"""

from __future__ import annotations

from markupsafe import Markup

from pipelines.site.answers import CONCERN, IMPROVEMENT, with_verdict
from pipelines.site.contexts import OneAgent
from pipelines.site.fragments import Voice
from pipelines.site.parts import Line


def strengths(say: Voice, context: OneAgent) -> list[str]:
    """What goes well: above target by more than chance, or improved by more than chance."""
    _, said = say.words, []
    for line in context.lines:
        kpi = Markup('<a href="{}">{}</a>').format(line.href, say.kpi(line.kpi_id))
        if line.now and line.now.verdict == "better_than_target":
            said.append(
                _(
                    "{kpi}: {value}, better than the expectation of {target}.",
                    kpi=kpi,
                    value=say.cell(line.now),
                    target=say.expectation(line.kpi_id, line.now.target),
                )
            )
        elif line.moved == IMPROVEMENT:
            said.append(_("{kpi} has improved by more than chance in the last weeks.", kpi=kpi))
    return said


def worth_a_talk(say: Voice, context: OneAgent) -> list[str]:
    """Where a conversation may help; a shortfall of the whole centre is never laid on one person."""
    _, said, shared = say.words, [], []
    for line in context.lines:
        kpi = Markup('<a href="{}">{}</a>').format(line.href, say.kpi(line.kpi_id))
        if line.now and line.now.verdict == "worse_than_target" and _centre_too(line):
            shared.append(
                _("{kpi} ({value}; centre {centre})", kpi=kpi, value=say.cell(line.now), centre=say.cell(line.centre))
            )
        elif line.now and line.now.verdict == "worse_than_target":
            said.append(
                _(
                    "{kpi}: {value}; the expectation is {target}. The likely range is {interval}.",
                    kpi=kpi,
                    value=say.cell(line.now),
                    target=say.expectation(line.kpi_id, line.now.target),
                    interval=say.interval(line.now),
                )
            )
        elif line.moved == CONCERN:
            said.append(_("{kpi} has become worse by more than chance in the last weeks. Ask what changed.", kpi=kpi))
    if shared:
        said.append(
            _(
                "Not yet at target, like the whole centre: {kpis}. "
                "Look at how work is done before looking at the person.",
                kpis=say.listing(shared),
            )
        )
    return said


def _centre_too(line: Line) -> bool:
    return line.centre is not None and line.centre.verdict == "worse_than_target"


def too_few(say: Voice, context: OneAgent) -> str:
    """The measures that rest on too little to be judged; empty when none does."""
    _, kpis = say.words, with_verdict((line.now for line in context.lines), "too_few")
    if not kpis:
        return ""
    return _(
        "Too few contacts to say anything about: {kpis}. That is a result, not a gap in the page.", kpis=say.names(kpis)
    )
