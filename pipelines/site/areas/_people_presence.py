"""What the pages say about workload and conduct, in whole sentences.

Belongs here: text. Does not belong here: which rows a page shows (`people`). A heavy load is a matter of staffing, and
days on record are facts for a conversation; neither is ever part of a score.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import Conduct, Workload
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link


def heavy(say: Voice, found: Workload, people: Sequence[Link]) -> str:
    """Whose load was above the warning: a question for the plan, not a finding about them; empty for nobody."""
    _ = say.words
    if not people:
        return ""
    return _(
        "Above {limit} in this month: {names}. That is a question for the plan, not a finding about them.",
        limit=say.figures.share(found.occupancy_warning, 0),
        names=say.listing([say.link(link) for link in people]),
    )


def load(say: Voice, found: Workload) -> list[str]:
    """How heavy the work was."""
    _, share = say.words, say.figures.share
    if found.occupancy is None:
        return [_("How heavy the load was cannot be said: time spent waiting for contacts was not delivered.")]
    said = _(
        "Load: of the time on contacts or ready for one, {load} was spent on contacts; "
        "more than {limit} is a heavy load.",
        load=share(found.occupancy),
        limit=share(found.occupancy_warning, 0),
    )
    if not found.is_warning:
        return [said]
    return [said, _("The load is high: look at staffing before looking at people.")]


def of_team(say: Voice, found: Workload | None) -> str:
    """The team's load beside a person's; empty where it is not known."""
    _ = say.words
    if found is None or found.occupancy is None:
        return ""
    return _("The load of the whole team was {load}.", load=say.figures.share(found.occupancy))


def worked(say: Voice, found: Workload) -> str:
    """Time worked of time due."""
    _, number = say.words, say.figures.number
    return _(
        "Worked {worked} of {due} hours due ({share}); approved leave is taken out of the plan, and overtime counts.",
        worked=number(found.worked_hours, 1),
        due=number(found.due_hours, 1),
        share=say.figures.share(found.conformance),
    )


def fact(say: Voice, found: Conduct) -> str:
    """One day on record."""
    _, day = say.words, say.day(found.day)
    if found.what == "absent":
        return _("{day}: not there, without approved leave", day=day)
    if found.missing_minutes is None:
        return _("{day}: late", day=day)
    return _("{day}: late, {minutes} min missing", day=day, minutes=say.figures.number(found.missing_minutes))
