"""What scripts say about tables and figures: putting rows in order, filtering them, saving what is shown.

Belongs here: those sentences. Does not belong here: the scripts (site_templates/theme/assets/js/tables.js, save.js) and
the words of other scripts, which stand with their own areas.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipelines.site.fragments import Voice

ORDER = 95


def load(folder: Path) -> None:
    """No marts: tables and figures are tools of every page."""


def script_words(say: Voice) -> Mapping[str, str]:
    """What tables.js and save.js say, by key."""
    _ = say.words
    return {
        "tables.sort": _("Sort by {column}", column="{column}"),
        "tables.ascending": _("In ascending order of {column}", column="{column}"),
        "tables.descending": _("In descending order of {column}", column="{column}"),
        "tables.none": _("In the order delivered"),
        "tables.filter": _("Filter rows"),
        "tables.count": _("{shown} of {all} rows", shown="{shown}", all="{all}"),
        "save.save": _("Save"),
        "save.what": _("Save: {title}", title="{title}"),
        "save.csv": _("Text (CSV)"),
        "save.xlsx": _("Excel file"),
        "save.svg": _("Picture (SVG)"),
        "save.png": _("Picture (PNG)"),
        "save.done": _("Saved."),
        "save.failed": _("This could not be saved."),
    }
