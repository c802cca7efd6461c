"""The key behind codes: a file with random bytes that only its owner can read and that no copy of the site holds.

Belongs here: making the file, looking whether it is fit. Does not belong here: where it is named (`settings`).
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from pipelines.errors import FloorwalkError, Problem

LEAST_BYTES = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OUTSIDE = "keep the key where neither exports nor pages are kept, for instance in the home folder of the account"


def make(file: Path) -> None:
    """Write a new key that only the owner can read. Raises FloorwalkError when something stands there already."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        why = "another key gives everybody another code, so an older one is never replaced"
        raise FloorwalkError(Problem("something stands there already", str(file), why, "choose another name")) from None
    except OSError as error:
        what = f"the key cannot be written: {error.strerror or error}"
        raise FloorwalkError(Problem(what, str(file), fix="choose a folder that exists and is yours")) from None
    with os.fdopen(handle, "wb") as stream:
        stream.write(secrets.token_bytes(LEAST_BYTES))
        stream.flush()
        os.fsync(stream.fileno())


def faults(file: Path | None, kept_apart: Mapping[str, Path]) -> list[Problem]:
    """Everything that keeps the file from being a key; `kept_apart` are folders it may not lie in, by what they are."""
    made = f"floorwalk key {file or 'FILE'}"
    if file is None:
        fix = f"make one with `{made}` and name it: identity_key_file"
        return [Problem("identity is pseudonymised, but no key file is named", why="codes are made from it", fix=fix)]
    if not file.is_file():
        return [Problem("there is no such key file", str(file), fix=f"make it with `{made}`, or restore it")]
    found: list[Problem] = []
    for name, folder in kept_apart.items():
        if file.resolve().is_relative_to(folder.resolve()):
            why = "whoever gets the folder could turn every code back into a person"
            found.append(Problem(f"the key file lies in the {name} folder", str(file), why, _OUTSIDE))
    facts = file.stat()
    if facts.st_mode & _OTHERS:
        why = "whoever can read it can turn every code back into a person"
        found.append(Problem("others than its owner may open the key file", str(file), why, f"chmod 600 {file}"))
    if not os.access(file, os.R_OK):
        found.append(Problem("the key file cannot be read by this account", str(file), fix="build as its owner"))
    elif facts.st_size < LEAST_BYTES:
        what = f"the key has {facts.st_size} bytes; at least {LEAST_BYTES} are needed"
        found.append(Problem(what, str(file), "a short key can be guessed", "make one with `floorwalk key FILE`"))
    elif facts.st_size > 1 << 16:
        found.append(Problem("the file is too large to be a key", str(file), fix="make one with `floorwalk key FILE`"))
    return found


def read(file: Path) -> bytes:
    """The bytes of a key that `faults` had nothing against."""
    return file.read_bytes()
