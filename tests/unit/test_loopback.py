"""The site on this machine: headers of a real server, nothing but the site, plain words when it cannot be shown."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from pipelines import loopback
from pipelines.errors import Exit, FloorwalkError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site behind a link, as a work folder has it."""
    release = tmp_path / "releases" / "one"
    (release / "en" / "teams").mkdir(parents=True)
    (release / "index.html").write_text("root", encoding="utf-8")
    (release / "large.html").write_bytes(b"x" * 30_000_000)
    (release / ".secret").write_text("x", encoding="utf-8")
    (tmp_path / "site").symlink_to(release)
    return tmp_path / "site"


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with loopback.serving(site) as address:
        yield address


def fetch(address: str) -> HTTPResponse | urllib.error.HTTPError:
    try:
        response: Any = urllib.request.urlopen(address, timeout=5)  # noqa: S310 - our own server
    except urllib.error.HTTPError as error:
        return error
    return response  # type: ignore[no-any-return]


def test_the_site_is_served_with_the_headers_a_real_server_should_send(address: str) -> None:
    with fetch(address + "/") as answer:
        assert answer.read() == b"root"
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'", "the rest stands in every page"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/.secret", "/en/teams/", "/../site/.secret", "/nowhere.html"])
def test_dotfiles_listings_and_other_folders_are_not_served(address: str, path: str) -> None:
    with fetch(address + path) as answer:
        assert answer.status == 404
        assert "Content-Security-Policy" in answer.headers


def test_a_reader_who_leaves_early_is_not_reported(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with loopback.server(site, 0) as server:
        server.daemon_threads = False  # so that leaving the block waits for the answer's end
        with socket.create_connection((loopback.HOST, server.server_port)) as reader:
            reader.sendall(b"GET /large.html HTTP/1.0\r\n\r\n")
            server.handle_request()
            assert reader.recv(1)
    assert capfd.readouterr().err == ""


def test_a_port_in_use_is_said_plainly(site: Path) -> None:
    with loopback.server(site, 0) as server, pytest.raises(FloorwalkError) as caught:
        loopback.server(site, server.server_port)
    assert caught.value.exit_code == Exit.BUSY
