"""What the gallery says of each kind of picture, and of the notation that all of them share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from pipelines.charts import small
from pipelines.site.fragments import Voice

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "time": ("xmr", "mix_split", "calendar", "ramp"),
    "compare": ("bullets", "dot_interval", "skill_profile", "weights"),
    "spread": ("funnel", "distribution", "hovering", "quadrant", "strip"),
    "parts": ("gap_parts", "tier_mix", "transition", "alluvial"),
    "effect": ("effect_range", "decay", "agreement"),
}
"""Charts by the kind of question they answer."""


def summary(say: Voice) -> str:
    """One sentence for search."""
    _ = say.words
    return _("Every kind of picture once: the question it answers, when not to use it, and how its marks read.")


def family(say: Voice, code: str) -> str:
    """A heading."""
    _ = say.words
    return {
        "time": _("What has changed over time?"),
        "compare": _("How do these stand beside each other?"),
        "spread": _("How do people or cases spread?"),
        "parts": _("What is it made of, and who moved?"),
        "effect": _("Did it help, and can it be trusted?"),
        "other": _("More pictures"),
    }[code]


def question(say: Voice, sentence: str) -> str:
    """The question a chart module says it answers."""
    return say.words(sentence)


def title(say: Voice, chart: str) -> str:
    """A chart's name."""
    _ = say.words
    return {
        "agreement": _("Agreement plot (Bland and Altman)"),
        "alluvial": _("Alluvial: who moved between tiers"),
        "bullets": _("Bullet bars"),
        "calendar": _("Calendar heatmap"),
        "decay": _("What is left after 30, 60, 90 days"),
        "distribution": _("Distribution"),
        "dot_interval": _("Dot with its likely range"),
        "effect_range": _("Range of an effect"),
        "funnel": _("Funnel plot"),
        "gap_parts": _("Parts of a gap"),
        "hovering": _("Days near a line"),
        "mix_split": _("Work mix and performance"),
        "quadrant": _("Ability against engagement"),
        "ramp": _("Ramp: new starters week by week"),
        "skill_profile": _("Skill profile"),
        "strip": _("Strip plot: one among peers"),
        "tier_mix": _("Tier mix"),
        "transition": _("Transition heatmap"),
        "weights": _("What a score is made of"),
        "xmr": _("XmR chart"),
    }.get(chart, chart)


def when_not(say: Voice, chart: str) -> str:
    """When another picture, or none, serves better."""
    _ = say.words
    return {
        "agreement": _("Not for fewer than 20 pairs: the limits are then wider than anything one could act on."),
        "alluvial": _("Not for more than four groups on a side, and not where the counts matter: use the heatmap."),
        "bullets": _(
            "Not for measures of different units in one picture, and not where the scale cannot start at zero."
        ),
        "calendar": _("Not to compare people, and not for values that need more than four steps."),
        "decay": _("Not for effects that were never measurable: what was not there cannot fade."),
        "distribution": _("Not for fewer than 20 people: the bands then show single persons."),
        "dot_interval": _("Not as a ranking: neighbours whose ranges overlap are not in any order."),
        "effect_range": _("Not to praise or stop a programme whose range lies inside the shaded band."),
        "funnel": _("Not for fewer than about ten points, and not without adjusting where people's work differs."),
        "gap_parts": _("Not across measures: each has its own scale, so lengths of different rows do not compare."),
        "hovering": _("Not for one person: it counts days of a centre or a team and accuses nobody."),
        "mix_split": _("Not for a change that may be chance: look at the XmR chart first."),
        "quadrant": _("Not without the ranges, and not to sort people: between the places is a place of its own."),
        "ramp": _(
            "Not for single people, and not for fewer than a handful of starters: the ranges then fill the picture."
        ),
        "skill_profile": _("Not where graders do not agree, and not to compare two people."),
        "strip": _(
            "Not with names beside the ticks, and not for fewer than five others: it shows no order, only a spread."
        ),
        "tier_mix": _("Not to set quotas: tiers are standards, everybody can be high."),
        "transition": _("Not for a handful of people: moves that chance alone makes would look like news."),
        "weights": _(
            "Not to compare measures by the length of the whole bar: that is the weight, not the achievement."
        ),
        "xmr": _("Not for fewer than a dozen points, and not for comparing teams: each has its own usual range."),
    }.get(chart, "")


def notation(say: Voice) -> Iterable[tuple[Markup, str, str]]:
    """Mark, what it stands for, and the rule behind it."""
    _ = say.words
    found = (
        ("bar", _("Measured now"), _("Solid and dark. Nothing else is.")),
        ("previous", _("The period before"), _("The same thing, lighter and smaller.")),
        ("target_tick", _("Target for one row"), _("An upright tick. A plan is never a solid bar.")),
        ("target", _("Target for all"), _("A long-dashed line with its figure at the end.")),
        (
            "interval_box",
            _("Likely range (90%)"),
            _("A pale box or bar: the true value lies inside nine times in ten."),
        ),
        ("limit", _("Usual range"), _("Short-dashed lines worked out from the data. They are not targets.")),
        ("provisional", _("Provisional"), _("Dotted: too few points for a firm line.")),
        ("missing", _("Missing to the target"), _("Hatched: it is not there yet.")),
        ("improvement", _("Better, beyond chance"), _("Blue diamond.")),
        ("concern", _("Worse, beyond chance"), _("Orange square. Never red: it asks a question, it does not blame.")),
        ("neutral", _("Different, beyond chance"), _("Purple cross, where neither direction is better.")),
        ("common", _("Ordinary variation"), _("Grey disc: no news.")),
        ("unknown", _("Too few to say"), _("Hollow ring.")),
        ("cell_hidden", _("Not shown"), _("Broken edge: so few people that one could be recognised.")),
        ("event", _("Event"), _("A numbered flag; the number is explained below the picture.")),
    )
    return [(small.key_mark(name), meaning, rule) for name, meaning, rule in found]


def swatch(name: str) -> Markup:
    """A patch of one colour of the palette, named in the code and not in the data."""
    return Markup(
        '<svg class="fw-small fw-swatch" width="28" height="16" viewBox="0 0 28 16" aria-hidden="true" '
        'focusable="false"><rect x="0.5" y="0.5" width="27" height="15" fill="var(--fw-{0})" '
        'stroke="var(--fw-axis)"/></svg>'
    ).format(name)
