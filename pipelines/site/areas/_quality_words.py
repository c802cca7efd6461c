"""What the page of QA fairness says, in whole sentences.

Belongs here: text about agreement, strictness, coverage and critical errors. Does not belong here: which rows the page
shows (`quality`), skills and next forms (`_quality_people_words`), names, rules, captions.
A grader is a person too: numbers instead of names, and neither strict nor lenient is called a fault.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import Agreement, CriticalErrorCost, Grader
from pipelines.site.areas._quality_contexts import Covered, FormAgreement, QualityPage
from pipelines.site.areas._quality_drawings import is_judged
from pipelines.site.areas._quality_names import decimal, form
from pipelines.site.fragments import Voice

VERDICTS = ("fit_for_tiers", "coaching_only", "not_used", "too_few")


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("Whether graders agree, how strict each is, how much was scored, and what is missed most.")


# ---------- the answer
def answer(say: Voice, page: QualityPage) -> list[str]:
    """What the page opens with: agreement, what follows from it, and how far graders differ."""
    _ = say.words
    said = [verdict_of(say, page.forms, code) for code in VERDICTS if code in page.verdicts]
    if not said:
        said = [_("No contact was scored by several graders, so nobody can say yet whether they agree.")]
    if page.counted and page.verdicts != {"fit_for_tiers"}:
        said.append(
            _(
                "The QA score has a weight in tiers all the same. Whoever decides the standards can set that weight to "
                "0 until it is known that graders agree well enough."
            )
        )
    return [*said, *apart(say, page)]


def verdict_of(say: Voice, forms: Sequence[FormAgreement], code: str) -> str:
    """The forms of one verdict, each with its agreement."""
    _ = say.words
    named = say.listing(
        [
            _("{form} ({agreement})", form=form(say, found.form), agreement=decimal(say, found.score.agreement))
            for found in forms
            if found.score and found.score.verdict == code
        ]
    )
    return {
        "fit_for_tiers": _("Graders agree well enough for the score to count in tiers: {forms}.", forms=named),
        "coaching_only": _("Graders agree well enough for coaching, but not for tiers: {forms}.", forms=named),
        "not_used": _("Graders agree too little, so nobody should be judged by these scores: {forms}.", forms=named),
        "too_few": _("Too little was scored by several graders to say whether they agree: {forms}.", forms=named),
    }[code]


def apart(say: Voice, page: QualityPage) -> list[str]:
    """How far graders are apart: on one contact, and in general."""
    _, said = say.words, list[str]()
    scores = [found.score for found in page.forms if found.score and found.score.typical_difference_points is not None]
    if scores:
        most = max(scores, key=lambda score: score.ratings)
        said.append(
            _(
                "Two graders who scored the same contact are {points} points apart on average.",
                points=say.figures.number(most.typical_difference_points, 1),
            )
        )
    low, high = page.leniency
    if len(page.judged) > 1:
        said.append(
            _(
                "Against the average form, graders lie between {low} and {high} points. That is taken out before "
                "people are compared.",
                low=say.figures.signed(low),
                high=say.figures.signed(high),
            )
        )
    return said


# ---------- agreement
def verdict(say: Voice, code: str) -> str:
    """What an agreement allows, in a few words."""
    _ = say.words
    return {
        "fit_for_tiers": _("fit for tiers"),
        "coaching_only": _("for coaching only"),
        "not_used": _("not to be used"),
        "too_few": _("not enough evidence"),
    }[code]


def meaning(say: Voice, code: str) -> str:
    """What that means in daily work."""
    _ = say.words
    return {
        "fit_for_tiers": _("It hardly matters who listened."),
        "coaching_only": _("Good enough to talk about a contact, not to judge a person by."),
        "not_used": _("It depends too much on who listened. Agree first on what the item asks for, then score again."),
        "too_few": _("Too few contacts were scored by several graders, or all scores were the same."),
    }[code]


# ---------- graders
def standing(say: Voice, found: Grader) -> str:
    """A grader against the average form."""
    _ = say.words
    if not is_judged(found):
        return {
            "too_few_forms": _("too few forms"),
            "not_comparable": _("too little that others scored as well"),
        }[found.verdict]
    return {
        "more_lenient": _("more lenient than the average"),
        "stricter": _("stricter than the average"),
        "like_others": _("like the average"),
        "not_enough_evidence": _("not enough evidence"),
    }[found.standing]


def too_few_graders(say: Voice, page: QualityPage) -> str:
    """Why graders are not shown one by one."""
    _ = say.words
    return _(
        "With so few graders ({count}) everybody would know who is meant, so they are not shown one by one here. How "
        "strict each is has been taken out all the same where people are compared.",
        count=say.figures.count(len(page.graders)),
    )


def independence(say: Voice, page: QualityPage) -> str:
    """How many forms people gave to the team they lead."""
    _, count = say.words, say.figures.count
    if not page.leaders_known:
        return _("Who leads which team was not delivered, so forms of a grader's own team cannot be counted.")
    return _(
        "Forms scored by the leader of the person's own team: {own} of {forms}; whoever scores should have no direct "
        "part in the work.",
        own=count(page.own_team_forms),
        forms=count(page.all_forms),
    )


# ---------- two ways of scoring
def compared(say: Voice, found: Agreement) -> str:
    """What two ways of scoring the same people show."""
    _ = say.words
    return {
        "higher": _("monitored contacts score higher"),
        "lower": _("monitored contacts score lower"),
        "no_clear_difference": _("no clear difference on average"),
        "too_few": _("not enough evidence"),
    }[found.verdict]


# ---------- critical errors
def zeros(say: Voice, cost: CriticalErrorCost) -> list[str]:
    """What zeroing whole forms would cost."""
    _, number = say.words, say.figures.number
    said = []
    if cost.critical_error_share is not None:
        said.append(
            _(
                "{share} of the forms with a critical item hold a critical error.",
                share=say.figures.share(cost.critical_error_share),
            )
        )
    if cost.forms_needed is None:
        said.append(_("People do not differ measurably in this period, so no number of forms would tell them apart."))
    else:
        said.append(
            _(
                "For a reliability of {reliability}, one person needs about {forms} forms as they are scored here. If "
                "a critical error set the whole form to zero, it would take about {zeroed}.",
                reliability=number(cost.reliability, 2),
                forms=number(cost.forms_needed),
                zeroed=number(cost.zeroed_forms_needed),
            )
        )
    return said


def filled(say: Voice, cost: CriticalErrorCost, spread: float | None, forms: float | None) -> str:
    """The formula with its numbers."""
    number = say.figures.number
    needed = number(cost.reliability, 2)
    between = number(cost.agent_sd_points, 2)
    return f"{needed} ÷ (1 − {needed}) × {number(spread, 2)}² ÷ {between}² = {number(forms)}"


# ---------- coverage
def spread(say: Voice, page: QualityPage) -> str:
    """How evenly forms are spread over people."""
    _, count, centre = say.words, say.figures.count, page.centre
    if centre is None:
        return ""
    fewest, most = centre.forms_each
    return _(
        "Forms: {forms}, for {people} people, {fewest} to {most} each; people without a form: {without}.",
        forms=count(centre.forms),
        people=count(len(centre.people)),
        fewest=count(fewest),
        most=count(most),
        without=count(centre.without),
    )


def of_handled(say: Voice, found: Covered) -> str:
    """Contacts scored, of those handled."""
    _, count = say.words, say.figures.count
    if found.handled is None:
        return count(found.scored)
    return _("{scored} of {handled}", scored=count(found.scored), handled=count(found.handled))
