"""Reading a finished tree the way a reader's browser and a suspicious colleague would, before anybody sees it.

Belongs here: every internal link leads somewhere, nothing is loaded from outside, no placeholder is left, languages
have the same pages, no broken figure, no script in generated content. Does not belong here: whether figures are right
(dbt tests), which scripts the policy lets run (`policy`) and what is in a release (`manifest`).
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from pipelines import dictionary
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.site import manifest, policy, stamp

EXAMPLES = 3
"""Places named for each kind of problem; the rest is counted."""

RULES = 4
"""Raise it when a rule changes, so that what was read under older rules is read again."""

_TAG = re.compile(r"<([a-zA-Z][^\s/<>]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
"""One attribute after the other, so that what stands inside a value is not taken for one."""
_LINKS = {"href", "xlink:href", "src", "srcset", "poster", "data", "action", "formaction", "background"}
_LINKING = re.compile(r"href|src|poster|data\s*=|action|background", re.IGNORECASE)
_ID = re.compile(r"""\s(?:id|name)\s*=\s*["']?([^\s"'>]+)""")
_ROUTE = re.compile(r'"unique_id":"((model|seed|source)\.[\w.]+)"')
"""The dictionary's script shows a model for a link such as #!/model/model.floorwalk.fct_kpi_value."""
_CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)|@import\s+["']([^"']+)["']""", re.IGNORECASE)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.IGNORECASE | re.DOTALL)
_STYLE_ATTRIBUTE = re.compile(r"""\sstyle\s*=\s*["']([^"']*url\([^"']*)""", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BROKEN_FIGURE = r"[-+−]?(?:nan|inf|NaN|Inf|Infinity|None|NaT|null|undefined)(?:\s?%)?"
_BROKEN_CELL = re.compile(rf"<(td|th)\b[^>]*\bfw-num\b[^>]*>\s*({_BROKEN_FIGURE})\s*</\1>")
"""In columns of figures only: a team, a reason or a stage may well be called None, null or NaN."""
_BROKEN_MARK = re.compile(r"<(?:path|line|rect|circle|polyline|polygon|g|text|svg)\b[^>]*\b(NaN|Infinity|undefined)\b")
_ACTIVE_TAGS = frozenset({"script", "iframe", "object", "embed", "base", "form", "meta", "link"})
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:|^//")


@dataclass(frozen=True)
class Reading:
    """What one file says, whatever surrounds it; kept by the file's digest."""

    links: list[str] = field(default_factory=list)
    """Relative links as written, fragments included, each once."""
    faults: list[tuple[str, str]] = field(default_factory=list)
    """(what is wrong, what was found)."""


def check(tree: Path, languages: Sequence[str], memory: Path | None = None) -> int:
    """Verify a finished tree and return how many files were read anew.

    `memory` is a file that remembers what was read by digest. Raises FloorwalkError (CHECKS_FAILED) with all problems.
    """
    made = manifest.read(tree)
    if made is None:
        raise FloorwalkError(Problem(f"no readable {manifest.NAME}", tree.name), Exit.CHECKS_FAILED)
    known = _recall(memory)
    readings: dict[str, Reading] = {}
    fresh = 0
    keys = _keys(made)
    for path, key in keys.items():
        if key not in known:
            text = (tree / path).read_text(encoding="utf-8")
            known[key] = read_css(text) if path.endswith(".css") else _read(text, key.split(":")[1])
            fresh += 1
        readings[path] = known[key]
    faults: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, reading in readings.items():
        for fault in reading.faults:
            faults[fault].append(path)
    missing = _compare_languages(made.files, languages, faults)
    _follow(tree, made.files, readings, missing, faults)
    if faults:
        problems = [_problem(what, found, where) for (what, found), where in faults.items()]
        raise FloorwalkError(problems, Exit.CHECKS_FAILED)
    if memory:
        _remember(memory, {key: known[key].links for key in keys.values()})
    return fresh


def _read(text: str, kind: str) -> Reading:
    """A page that stands in the tree: it also carries its policy and no script but the site's own."""
    reading = read_html(text, kind == "page")
    rules = dictionary if kind == "dictionary" else policy
    return Reading(reading.links, reading.faults + rules.faults(text))


def read_html(text: str, is_generated: bool) -> Reading:
    """Links and faults of one page. Generated pages may neither link out nor carry scripts."""
    faults: list[tuple[str, str]] = []
    if not is_generated and stamp.TOKEN_PREFIX in text:
        faults.append(("a placeholder was not filled", stamp.TOKEN_PREFIX))
    links: dict[str, None] = {}
    plain = _COMMENT.sub("", _SCRIPT.sub(lambda found: found[0][: found[0].index(">") + 1], text))
    for tag, rest in dict.fromkeys(_TAG.findall(plain)):
        if not _LINKING.search(rest):
            continue
        for name, *forms in _ATTRIBUTE.findall(rest):
            if name.lower() not in _LINKS:
                continue
            value = html.unescape("".join(forms)).strip()
            fault = _unsafe(tag.lower(), name.lower(), value, is_generated)
            if fault:
                faults.append((fault, value[:80]))
            elif value and not _SCHEME.match(value):
                links[value] = None
    styles = [*_STYLE.findall(plain), *_STYLE_ATTRIBUTE.findall(plain)]
    for style in styles:
        reading = read_css(html.unescape(style))
        links |= dict.fromkeys(reading.links)
        faults += reading.faults
    faults += [("a figure is not a number", figure) for _, figure in _BROKEN_CELL.findall(plain)]
    faults += [("a drawing holds a number that is not finite", figure) for figure in _BROKEN_MARK.findall(plain)]
    if is_generated:
        faults += _content_faults(text)
    return Reading(list(links), list(dict.fromkeys(faults)))


def read_css(text: str) -> Reading:
    """Links and faults of one style sheet."""
    links: dict[str, None] = {}
    faults: list[tuple[str, str]] = []
    for found in _CSS_URL.findall(text):
        value = "".join(found).strip()
        if value.startswith(("data:", "#")):
            continue
        if _SCHEME.match(value):
            faults.append(("a style sheet loads from outside the site", value[:80]))
        else:
            links[value] = None
    return Reading(list(links), faults)


def _unsafe(tag: str, name: str, value: str, is_generated: bool) -> str:
    """What is wrong with a link, or nothing."""
    if not _SCHEME.match(value):
        return "a link does not work from a folder" if value.startswith("/") else ""
    scheme = value.split(":")[0].lower()
    if scheme == "data" and tag in {"img", "image", "source"}:
        return ""
    if tag == "a" and scheme in {"http", "https", "mailto"}:
        return "a generated page links outside the site" if is_generated else ""
    if tag == "a":
        return "a link runs something"
    return "something is loaded from outside the site"


def _content_faults(text: str) -> list[tuple[str, str]]:
    begin, end = text.find(stamp.CONTENT_BEGINS), text.rfind(stamp.CONTENT_ENDS)
    if begin < 0 or end < begin:
        return [("a generated page has no content", stamp.CONTENT_BEGINS)]
    content = text[begin:end]
    faults: list[tuple[str, str]] = []
    for tag, rest in dict.fromkeys(_TAG.findall(content)):
        if tag.lower() in _ACTIVE_TAGS:
            faults.append(("an active element in generated content", f"<{tag.lower()}>"))
        names = (name.lower() for name, *_ in _ATTRIBUTE.findall(rest))
        faults += [("a script attribute in generated content", name) for name in names if name.startswith("on")]
    return faults


def _follow(
    tree: Path,
    files: Mapping[str, str],
    readings: Mapping[str, Reading],
    missing: frozenset[str],
    faults: dict[tuple[str, str], list[str]],
) -> None:
    """Every relative link must name a file of the tree, and its fragment an element of that file.

    Pages `missing` in a language are reported as such, not once more as a link to them.
    """
    anchors: dict[str, frozenset[str]] = {}
    for path, reading in readings.items():
        folder = posixpath.dirname(path)
        for link in reading.links:
            bare, _, fragment = link.partition("#")
            bare = unquote(bare.partition("?")[0])
            target = posixpath.normpath(posixpath.join(folder, bare)) if bare else path
            if target not in files:
                if target not in missing:
                    faults["a link leads nowhere", link].append(path)
            elif fragment and target.endswith(".html"):
                if target not in anchors:
                    anchors[target] = _places((tree / target).read_text(encoding="utf-8"))
                if unquote(fragment) not in anchors[target]:
                    faults["a link leads to a place that is not on the page", link].append(path)


def _places(text: str) -> frozenset[str]:
    """What a link into a page may name: its elements and, in the data dictionary, its models."""
    return frozenset([*_ID.findall(text), *(f"!/{kind}/{name}" for name, kind in _ROUTE.findall(text))])


def _compare_languages(
    files: Iterable[str], languages: Sequence[str], faults: dict[tuple[str, str], list[str]]
) -> frozenset[str]:
    """Every page stands at the same path in every language; returns the paths that are missing."""
    pages = {path for path in files if path.endswith(".html") and "/" in path}
    below = {language: {p.partition("/")[2] for p in pages if p.startswith(f"{language}/")} for language in languages}
    everywhere = set().union(*below.values())
    missing: set[str] = set()
    for language, own in below.items():
        if not own:
            faults["a language has no pages", language].append(f"{language}/")
        for path in sorted(everywhere - own):
            faults["a page is missing in a language", language].append(path)
            missing.add(f"{language}/{path}")
    return frozenset(missing)


def _problem(what: str, found: str, where: Sequence[str]) -> Problem:
    named = ", ".join(where[:EXAMPLES]) + (f" and {len(where) - EXAMPLES} more" if len(where) > EXAMPLES else "")
    why = "the site is not switched; readers keep the previous one"
    return Problem(f"{what}: {found}", where=named, why=why)


def _keys(made: manifest.Manifest) -> dict[str, str]:
    """Files to read → under what their reading is remembered: the same bytes obey other rules when generated."""
    return {
        path: f"{RULES}:{_kind(path, made)}:{digest}"
        for path, digest in made.files.items()
        if path.endswith((".html", ".css"))
    }


def _kind(path: str, made: manifest.Manifest) -> str:
    """Which rules a file obeys: those of a generated page, of the data dictionary, or of any other file."""
    if path == dictionary.PLACE:
        return "dictionary"
    return "page" if path in made.fingerprints else "file"


def _recall(memory: Path | None) -> dict[str, Reading]:
    if memory is None or not memory.is_file():
        return {}
    try:
        raw: dict[str, list[str]] = json.loads(memory.read_text(encoding="utf-8"))
        return {key: Reading(links) for key, links in raw.items()}
    except (OSError, ValueError, AttributeError, TypeError):  # only a memory: everything is read again
        return {}


def _remember(memory: Path, links: Mapping[str, list[str]]) -> None:
    """Keep the links of faultless files; the file is replaced in one step."""
    memory.parent.mkdir(parents=True, exist_ok=True)
    beside = memory.with_suffix(".new")
    beside.write_text(json.dumps(links, ensure_ascii=False), encoding="utf-8")
    beside.replace(memory)
