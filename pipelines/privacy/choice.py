"""A centre's choice: are people shown by name, and are words that somebody typed taken in?

Belongs here: the choice as an object, what identifies it. Does not belong here: reading settings (`settings`).
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

IDENTITIES = ("named", "pseudonymised")
FREE_TEXT = ("off", "redacted")


@dataclass(frozen=True)
class Privacy:
    """`key` is there when, and only when, people appear under codes. The default tells least of what people wrote."""

    free_text: str = "off"
    key: bytes | None = field(default=None, repr=False)

    @property
    def is_named(self) -> bool:
        """People appear as they were delivered."""
        return self.key is None

    @property
    def takes_words(self) -> bool:
        """Texts are taken in, redacted."""
        return self.free_text == "redacted"

    @property
    def identity(self) -> str:
        """`named`, or eight hex digits that are the same for the same key and tell nothing about it."""
        if self.key is None:
            return "named"
        return hmac.new(self.key, b"which key is this?", hashlib.sha256).hexdigest()[:8]


DEFAULT = Privacy()
"""People by name, no free text."""
