"""Shows the current site on this machine, with the headers a real web server should send.

Belongs here: a small local server for looking at a build. Does not belong here: serving a centre (docs/*/running says
how a web server does that), or anything reachable from another machine: it listens on localhost only.
"""

from __future__ import annotations

import errno
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

from pipelines.errors import Exit, FloorwalkError, Problem

HOST = "127.0.0.1"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "frame-ancestors 'none'",  # a page cannot say this itself; the rest stands in every page
}


class Handler(SimpleHTTPRequestHandler):
    """Files of the site: no listings, no dotfiles, no line per request."""

    def end_headers(self) -> None:
        """Add the security headers to every answer, errors included."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> Any:
        """Refuse dotfiles; everything else as the standard library does it."""
        if any(part.startswith(".") for part in self.path.split("/") if part):
            self.send_error(404)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> IO[bytes] | None:  # type: ignore[override]
        """A folder without index.html is not found rather than listed."""
        self.send_error(404)
        return None

    def log_message(self, format: str, *values: Any) -> None:
        """Paths of person pages do not belong in a log."""


def server(work: Path, port: int) -> ThreadingHTTPServer:
    """A server of the site in a work folder, on localhost; port 0 takes any free one.

    Raises FloorwalkError when there is no site (USAGE) or the port is in use (BUSY).
    """
    site = work / "site"
    if not (site / "index.html").is_file():
        raise FloorwalkError(Problem("there is no site yet", str(site), fix="build one: floorwalk build --drop FOLDER"))
    handler = partial(Handler, directory=str(site))
    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        fix = f"choose another: floorwalk serve --port {port + 1}"
        raise FloorwalkError(Problem(f"port {port} is in use", fix=fix), Exit.BUSY) from error
