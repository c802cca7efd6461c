"""What changed, as files that travel: an Atom feed, a mail and its plain text.

Belongs here: the formats. Does not belong here: sentences (`_changes_words`, `_changes_lines`). All three say what the
page says, without links: a mail and a feed reader do not know where the site is. No clock: a feed's dates are days of
data, its ids are made from what was published.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

from markupsafe import Markup, escape

from pipelines.charts.palette import palette
from pipelines.site import policy, stamp, templates
from pipelines.site.areas import _changes_lines, _changes_words
from pipelines.site.areas._changes_parts import EditionPart
from pipelines.site.fragments import Voice

ATOM = "http://www.w3.org/2005/Atom"
NAME = "Floorwalk"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "floorwalk.invalid")
PAGE = "index.html"
LINES = 8
"""Lines of one group in a mail or feed entry; the page has them all."""
EPOCH = date(1970, 1, 1)


def feed(say: Voice, parts: Sequence[EditionPart], origin: str) -> bytes:
    """Atom 1.0 (RFC 4287), one entry per edition, newest first; `origin` names the series the feed belongs to."""
    _ = say.words
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": say.language})
    _add(root, "id", _urn(f"feed {say.language} {origin}"))
    _add(root, "title", f"{NAME}: {_('What changed')}")
    _add(root, "updated", _moment(parts[0].edition.as_of if parts else None))
    _add(_add(root, "author"), "name", NAME)
    _add(root, "link", rel="self", type="application/atom+xml", href="feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=PAGE)
    for part in parts:
        entry = _add(root, "entry")
        edition = part.edition
        _add(entry, "id", _urn(f"edition {say.language} {origin} {edition.edition} {edition.content_digest}"))
        _add(entry, "title", title(say, part))
        _add(entry, "updated", _moment(edition.as_of))
        _add(entry, "link", rel="alternate", type="text/html", href=PAGE)
        _add(entry, "summary", say.sentences(_answer(say, part)), type="text")
        _add(entry, "content", _body(say, part), type="html")
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def digest(say: Voice, parts: Sequence[EditionPart]) -> bytes:
    """The newest edition as one HTML mail: one table, styles inline, nothing loaded, light and dark."""
    _ = say.words
    environment = templates.environment()
    environment.globals["_"] = say.words
    template = environment.get_template(f"areas/changes_digest{templates.SUFFIX}")
    text = template.render(
        language=say.language,
        title=title(say, parts[0]) if parts else _("What changed"),
        below=_changes_words.compared(say, parts[0]) if parts else "",
        answer=_answer(say, parts[0] if parts else None),
        groups=list(_groups(say, parts[0])) if parts else [],
        where=_where(say),
        colours=palette(),
        policy=policy.tag(),
        marks=(Markup(stamp.CONTENT_BEGINS), Markup(stamp.CONTENT_ENDS)),  # noqa: S704 - constants
    )
    return text.encode("utf-8")


def plain_text(say: Voice, parts: Sequence[EditionPart]) -> bytes:
    """The same as plain text, for whoever reads mail so."""
    _ = say.words
    said = [title(say, parts[0]) if parts else _("What changed"), ""]
    said += [_changes_words.compared(say, parts[0]), ""] if parts else []
    said += _answer(say, parts[0] if parts else None)
    for heading, lines in _groups(say, parts[0]) if parts else ():
        said += ["", heading, *(f"- {line}" for line in lines)]
    return ("\n".join([*said, "", _where(say)]) + "\n").encode("utf-8")


def title(say: Voice, part: EditionPart) -> str:
    """An edition's headline."""
    _ = say.words
    return _("What changed, data to {day}", day=say.day(part.edition.as_of))


def _where(say: Voice) -> str:
    _ = say.words
    return _("Everything with figures and reasons: open the site and choose Overview, then What changed.")


def _body(say: Voice, part: EditionPart) -> str:
    paragraphs = [Markup("<p>{}</p>").format(text) for text in _answer(say, part)]
    for heading, lines in _groups(say, part):
        items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
        paragraphs.append(Markup("<h2>{}</h2><ul>{}</ul>").format(heading, items))
    return str(Markup("").join(paragraphs))


def _answer(say: Voice, part: EditionPart | None) -> list[str]:
    return [_plain(text) for text in _changes_words.answer(say, part)]


def _groups(say: Voice, part: EditionPart) -> list[tuple[str, list[str]]]:
    """Heading and the first lines of each group, without links, and how many more the page has."""
    _ = say.words
    found = []
    for _code, heading, lines in _changes_lines.groups(say, part):
        said = [_plain(line) for line in lines[:LINES]]
        if (more := len(lines) - LINES) > 0:
            said.append(_("and {count} more on the page", count=say.figures.count(more)))
        found.append((heading, said))
    return found


def _plain(text: str) -> str:
    """A sentence without its links."""
    return Markup(escape(text)).striptags()  # noqa: S704 - escaped on this line


def _urn(name: str) -> str:
    return uuid.uuid5(NAMESPACE, name).urn


def _moment(day: date | None) -> str:
    return f"{(day or EPOCH).isoformat()}T00:00:00Z"


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, _tag(name), attributes)
    element.text = str(text) or None
    return element
