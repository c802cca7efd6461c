"""Shows the current site on this machine, with the headers a real web server should send.

Belongs here: a small local server for looking at a build. Does not belong here: serving a centre (docs/*/running says
how a web server does that), or anything reachable from another machine: it listens on localhost only.
"""

from __future__ import annotations

import errno
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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


class Server(ThreadingHTTPServer):
    """A thread per connection; a reader who leaves before the answer is complete is not an error."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report everything but a connection that the reader closed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(site: Path, port: int) -> Server:
    """A server of a finished site, on localhost; port 0 takes any free one.

    Raises FloorwalkError when there is no site (USAGE) or the port is in use (BUSY).
    """
    if not (site / "index.html").is_file():
        raise FloorwalkError(Problem("there is no site yet", str(site), fix="build one: floorwalk build --drop FOLDER"))
    handler = partial(Handler, directory=str(site))
    try:
        return Server((HOST, port), handler)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        fix = f"choose another: floorwalk serve --port {port + 1}"
        raise FloorwalkError(Problem(f"port {port} is in use", fix=fix), Exit.BUSY) from error


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The site's address for as long as the block runs, for example http://127.0.0.1:43210."""
    with server(site, 0) as started:
        threading.Thread(target=started.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://{HOST}:{started.server_port}"
        finally:
            started.shutdown()
