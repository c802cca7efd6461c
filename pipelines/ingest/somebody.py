"""Who is to be erased: found by an id, or by the code under which the site shows them.

Belongs here: who is meant, with the names that are theirs alone. Does not belong here: what is held of them
(`persons`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest.erased import CUSTOMER, digest
from pipelines.privacy import codes


@dataclass(frozen=True)
class Somebody:
    """Who is to be erased, in clear: never part of a receipt. `names`: those that nobody else in the lake has."""

    kind: str
    ids: tuple[str, ...]
    names: tuple[str, ...] = ()
    shared_names: int = 0
    """Names that somebody else has, too: where nothing but the name stands, it cannot be said who is meant."""
    codes: tuple[str, ...] = ()
    """Under which codes the site shows them."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that tells who it is."""
        return (*self.ids, *self.names)

    def digests(self, key: bytes) -> tuple[str, ...]:
        """What a mark remembers of them."""
        if self.kind == CUSTOMER:
            return tuple(digest(key, CUSTOMER, text) for text in self.ids)
        own = (digest(key, "id", text) for text in self.ids)
        return (*own, *(digest(key, "name", text) for text in self.names))

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Somebody:
        """What JSON holds of one. Raises KeyError, TypeError or ValueError when it is none."""
        ids, names, shown = (tuple(map(str, raw[name])) for name in ("ids", "names", "codes"))
        return cls(str(raw["kind"]), ids, names, int(raw["shared_names"]), shown)


def meant(
    kind: str, given: str, texts: Collection[str], agents: Sequence[tuple[str, str]], key: bytes | None
) -> Somebody:
    """Who is meant by `given`. `texts` is everything that stands for such people in the lake, `agents` its list of
    ids and names. Raises FloorwalkError for a name."""
    wanted = _plain(given)
    if kind == CUSTOMER:
        known = [text for text in texts if _is_meant(wanted, text, codes.customer_code, key)]
        return Somebody(kind, tuple(sorted(known)) or (wanted,))
    ids = {
        text for text in {*texts, *(agent for agent, _ in agents)} if _is_meant(wanted, text, codes.person_code, key)
    }
    plain = {_plain(text) for text in ids}
    if not any(_plain(agent) in plain for agent, _ in agents) and any(_plain(name) == wanted for _, name in agents):
        fix = "give the id that stands in the list of agents; several people can have one name"
        raise FloorwalkError(Problem("this is a name, not an id", fix=fix))
    own = {_spelling(part): part for agent, name in agents if _plain(agent) in plain for part in _parts(name)}
    others = {_spelling(part) for agent, name in agents if _plain(agent) not in plain for part in _parts(name)}
    found = ids or {wanted}
    return Somebody(
        kind,
        tuple(sorted(found)),
        tuple(sorted(name for spelling, name in own.items() if spelling not in others and name not in found)),
        len(own.keys() & others),
        tuple(sorted(codes.person_code(key, text) for text in found)) if key else (),
    )


def _parts(name: str) -> set[str]:
    """A name, and where it is written in two scripts, each of them: "Wei Fang 卫芳" is also called by either."""
    plain = _plain(name)
    han = "".join(re.findall("[\u3400-\u9fff·]+", plain))
    other = " ".join(re.sub("[\u3400-\u9fff·()（）]+", " ", plain).split())
    return {plain, han, other} if han and other else {plain}


def _is_meant(wanted: str, text: str, code: codes.Code, key: bytes | None) -> bool:
    return _plain(text) == wanted or (key is not None and code(key, text) == wanted)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _spelling(text: str) -> str:
    return " ".join(_plain(text).split()).lower()
