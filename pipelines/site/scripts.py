"""Data files that the site's scripts read: assets/data/<name>.js, one call that hands over one value.

Belongs here: writing such a file, the words of scripts. Does not belong here: the scripts themselves
(site_templates/theme/assets/js), what a feature's data are (its area module).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from pipelines.site import areas
from pipelines.site.escape import json_for_html
from pipelines.site.fragments import Voice
from pipelines.site.source import File

FOLDER = "assets/data"


def data_file(name: str, value: object) -> File:
    """The file that gives scripts `value` under `name`; JSON only, so that nothing of it can run.

    Scripts read it with `floorwalk.data(name)`. Raises TypeError for what JSON does not know.
    """
    content = f"floorwalk.give({json_for_html(name)},{json_for_html(value)});\n".encode()
    return File(f"{FOLDER}/{name}.js", hashlib.sha256(content).hexdigest(), lambda: content)


def words_file(say: Voice) -> File:
    """Every sentence that scripts say, from the areas' `script_words`. Raises ValueError for a key given twice."""
    found: dict[str, str] = {}
    for area in areas.modules().values():
        own: Mapping[str, str] = area.script_words(say) if hasattr(area, "script_words") else {}
        if twice := found.keys() & own.keys():
            raise ValueError(f"two areas have script words {sorted(twice)}")
        found |= own
    return data_file("words", found)
