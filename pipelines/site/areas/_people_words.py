"""What the pages say about the indices, in whole sentences.

Belongs here: text. Does not belong here: the filled-in formula (`_people_formula`), workload and conduct
(`_people_presence`), which rows a page shows (`people`).
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipelines.marts import Anchor, CallVolume, KpiValue
from pipelines.site.areas._people_book import Formula
from pipelines.site.areas._people_contexts import CentreIndex, IndicesPage
from pipelines.site.areas._people_formula import SUBTRACTED, amount
from pipelines.site.areas._people_kpis import HANDLED, QUALITY, VOLUME
from pipelines.site.fragments import Voice


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _(
        "Three well-known formulas, written out, settled where they leave questions open, and filled in with the "
        "centre's figures."
    )


def prose(say: Voice, sentences: Sequence[str], *more: str) -> str:
    """Sentences as one paragraph, set as each language sets them; empty ones are left out."""
    return say.sentences([sentence for sentence in (*sentences, *more) if sentence])


# ---------- the page of indices
def centre(say: Voice, page: IndicesPage) -> list[str]:
    """What the page opens with."""
    _ = say.words
    by_period: dict[str, list[str]] = {}
    for index in page.indices:
        figure = Markup("{} {}").format(say.kpi(index.lead.kpi_id), say.cell(index.lead.value))
        by_period.setdefault(say.period(index.lead.period), []).append(figure)
    stand = [
        _("{period}: {figures}.", period=period, figures=say.listing(found)) for period, found in by_period.items()
    ]
    said = []
    readings = [volume for index in page.indices for volume in index.readings if volume.value is not None]
    if len(readings) > 1:
        values = [say.plain(VOLUME, volume.value) for volume in readings]
        said.append(
            _(
                "The same work gives {values}, depending on what the call-volume index subtracts; the reading in use "
                "is named below.",
                values=say.listing(values),
            )
        )
    if page.absent:
        names = say.listing([say.link(link) for link in page.absent])
        said.append(_("Not computed for lack of data: {kpis}. Their pages say what is missing.", kpis=names))
    return [say.sentences(part) for part in (stand, said, [weight(say, page.counted)]) if part]


def weight(say: Voice, counted: Sequence[Anchor]) -> str:
    """Whether an index counts in a score."""
    _ = say.words
    if not counted:
        return _("None of these indices counts in a tier or in a score.")
    names = say.names(dict.fromkeys(anchor.kpi_id for anchor in counted))
    return _("These count in the score of some roles: {kpis}. The page of tiers gives their weights.", kpis=names)


def reading(say: Voice, code: str) -> str:
    """A reading of the call-volume index by name."""
    _ = say.words
    return {
        "literal": _("as the formula is printed"),
        "example": _("as the article's own example computes it"),
        "caused": _("repeats caused"),
    }[code]


def subtracts(say: Voice, code: str) -> str:
    """What a reading subtracts."""
    _ = say.words
    return {
        "literal": _("contacts in which a customer complained, whoever gave cause"),
        "example": _("these, and contacts of customers who came back with the same matter"),
        "caused": _("contacts after which the same customer came back with the same matter, whoever took the next one"),
    }[code]


def why(say: Voice, code: str) -> str:
    """Why the reading in use is a good or a doubtful choice."""
    _ = say.words
    return {
        "literal": _(
            "This centre keeps to the printed formula. Whoever takes a complaint that others gave cause for loses by "
            "it, so read it beside the repeats caused."
        ),
        "example": _(
            "This centre computes like the article's example. Whoever takes other people's repeats and complaints "
            "loses by it, so read it beside the repeats caused."
        ),
        "caused": _(
            "This reading is in use because it charges a repeat to the contact that left the matter open. The other "
            "two charge whoever picks it up, so that helping an unhappy customer would cost."
        ),
    }[code]


def known(say: Voice, volume: CallVolume) -> str:
    """Why a reading has no figure; empty when it has one."""
    _ = say.words
    if not volume.is_known:
        return _("not known: what it subtracts was not delivered")
    return _("too few planned days") if volume.value is None else ""


def around(say: Voice, found: Formula, *others: str) -> str:
    """What stands below a formula: its reading, its bounds where they matter, its range."""
    _, value = say.words, found.value
    said = [basis(say, found)]
    if value and value.value != found.result:
        said.append(_("Shown within 0 and 100: {value}.", value=say.cell(value)))
    if value and value.interval_low is not None:
        said.append(_("Likely range (90%): {interval}.", interval=say.interval(value)))
    return prose(say, said, *others)


def basis(say: Voice, found: Formula) -> str:
    """Which reading of a formula ran, or what was missing."""
    _ = say.words
    return {
        "literal": _("Subtracted: contacts with a complaint, as the formula is printed."),
        "example": _("Subtracted: contacts with a complaint and other repeats, as in the article's own example."),
        "caused": _("Subtracted: contacts after which the customer came back, whoever took the next one."),
        "monitor_and_test": _("Both scores are there, and each counts half."),
        "monitor_only": _("Monitoring score only: there was no test call."),
        "test_only": _("Test-call score only: no contact was monitored."),
        "sessions": _("The mean is that of training that ended with a test."),
    }[found.basis]


def bounds(say: Voice, kpi_id: str) -> str:
    """Between what an index can lie."""
    _ = say.words
    if kpi_id == VOLUME:
        return _("Never below 0, no upper limit: more contacts than the quota give more than 100%.")
    return _("0 to 100. The formula itself can give less than 0; then 0 is shown with the result beside it.")


def unit(say: Voice, kpi_id: str) -> str:
    """In what an index is counted."""
    _ = say.words
    if kpi_id == VOLUME:
        return _("Percentage of the quota. The 100% at the end of the formula is the unit.")
    return _("Points on a scale from 0 to 100. The 100% in the formula is the unit, not a factor.")


def settled(say: Voice, index: CentreIndex) -> list[str]:
    """What the source leaves open and how it is settled."""
    _, kpi_id = say.words, index.lead.kpi_id
    if kpi_id == VOLUME:
        return [
            _("The quota is that of the role for a full month, and shrinks with the planned days: approved leave, part "
              "time and a start during the month lower it."),
            _("It is a count, not a sample, so it has no likely range."),
            _("The article itself says that such a figure has no use for people who take incoming contacts: they do "
              "not decide how many come. Read it for planning."),
        ]  # fmt: skip
    if kpi_id == QUALITY:
        return [
            _("Only complaints found justified count, for the contact they are about, and never the unjustified ones."),
            _("Complaints are taken per person and month, or per 1,000 contacts where the centre chose so; otherwise a "
              "team would lose by its size."),
            _("Half of the score rests on test calls, often very few: one of them can weigh as much as all monitored "
              "contacts together."),
        ]  # fmt: skip
    return [
        _("Only unexcused absences count, and approved leave is none."),
        _("The points per absence stand on the scale of the score, so both terms have one unit."),
    ]


def missing(say: Voice, index: CentreIndex) -> str:
    """What happens without data."""
    _, kpi_id = say.words, index.lead.kpi_id
    if kpi_id == VOLUME:
        return _(
            "Without a plan, or below {days} planned days, there is no figure: empty, never 0.",
            days=say.figures.decided(index.rule.value) if index.rule else say.figures.count(None),
        )
    if kpi_id == QUALITY:
        return _(
            "With one score missing the other stands alone, and that is said. With both missing it is empty, never 0."
        )
    return _("A month without training has no figure: neither 0 nor 100.")


def beside(say: Voice, centre_value: KpiValue | None) -> str:
    """The whole centre's figure beside a team's."""
    _ = say.words
    return _("Whole centre: {value}.", value=say.cell(centre_value)) if centre_value else ""


def month(say: Voice, found: Formula) -> str:
    """One person's call-volume index of a month as a sentence."""
    _ = say.words
    amounts = [amount(say, part) for code in SUBTRACTED if (part := found.part(code))]
    return _(
        "{subtracted} of {handled} contacts subtracted; quota {quota} for {days} of {full} days "
        "({monthly} a full month)",
        subtracted=" + ".join(amounts),
        handled=amount(say, found.part(HANDLED)),
        quota=amount(say, found.part("prorated_quota")),
        days=amount(say, found.part("scheduled_days")),
        full=amount(say, found.part("full_days")),
        monthly=amount(say, found.part("monthly_quota")),
    )
