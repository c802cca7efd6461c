"""The Content-Security-Policy of every page, and the inline scripts it lets run.

Belongs here: the policy as a page carries it, finding what a page breaks of it. Does not belong here: the list of
scripts (`site_templates/script_hashes.txt`, reviewed by people), all else that is wrong with a page (`verify`).
The hashes never come from a built site: what data smuggled in would then be allowed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from markupsafe import Markup

from pipelines.settings import PROJECT

HASHES = PROJECT / "site_templates" / "script_hashes.txt"

_SCRIPT = re.compile(
    r'<script(?P<form> src="[^"<>]*"(?: defer)?| id="__config" type="application/json")?>(?P<body>.*?)</script>',
    re.DOTALL,
)
"""The forms of a script element the site has: a file, the theme's settings, which are data, and an inline script."""
_LEFT = re.compile(r"<script[^>]{0,80}>?", re.IGNORECASE)
_BEFORE_WHICH = re.compile(r"<(?:script|link|style|body)\b", re.IGNORECASE)


@cache
def hashes() -> tuple[str, ...]:
    """The listed hashes, `sha256-…`, in the order of the file, which says above each what the script does."""
    lines = (line.strip() for line in HASHES.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def tag() -> Markup:
    """The element that puts the policy on a page; it must stand before everything that the page loads.

    A browser reads `frame-ancestors` in a header only; docs/*/guide/running says so.
    """
    directives = (
        "default-src 'none'",
        " ".join(("script-src 'self'", *(f"'{each}'" for each in hashes()))),
        "style-src 'self' 'unsafe-inline'",  # lengths and shares in drawings; Chinese punctuation of the theme
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return Markup('<meta http-equiv="Content-Security-Policy" content="') + Markup(  # noqa: S704 - no data in it
        "; ".join(directives) + '">'
    )


def hash_of(script: str) -> str:
    """What the list and the policy call an inline script: `sha256-` and the digest of its text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8", "surrogatepass")).digest()).decode()


def inline_scripts(page: str) -> list[str]:
    """Texts of the inline scripts of a page, each once, in order."""
    return list(dict.fromkeys(found["body"] for found in _SCRIPT.finditer(page) if not found["form"]))


def faults(page: str) -> list[tuple[str, str]]:
    """What a page breaks: (what is wrong, what was found). A script in a form the site does not have is a fault."""
    found: list[tuple[str, str]] = []
    place, first = page.find(tag()), _BEFORE_WHICH.search(page)
    if place < 0 or (first and first.start() < place):
        found.append(("a page does not begin with the content security policy", "policy.tag()"))
    unknown = (script for script in inline_scripts(page) if hash_of(script) not in hashes())
    found += [("an inline script is not on the list", script.strip()[:80]) for script in unknown]
    found += [("a script in a form the site does not have", left) for left in _LEFT.findall(_SCRIPT.sub("", page))]
    return list(dict.fromkeys(found))
