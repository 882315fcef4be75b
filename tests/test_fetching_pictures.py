"""Pictures are fetched from public addresses alone, with limits on size, time and how far they lead on."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from media.fetching import Fetcher, Unreachable
from media.intake import LARGEST, Unacceptable
from tests.test_media import a_picture


@pytest.mark.parametrize(
    "source",
    [
        "http://127.0.0.1:1/a.png",
        "http://localhost/a.png",
        "http://[::1]/a.png",
        "http://10.1.2.3/a.png",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:127.0.0.1]/a.png",
        "http://0.0.0.0/",
        "file:///etc/passwd",
        "ftp://example.com/a.png",
        "http://user:secret@example.com/a.png",
        "http://a b/",
        "gopher://x",
        "",
    ],
)
@pytest.mark.once
def test_no_address_inside_a_network_is_fetched(source: str) -> None:
    with pytest.raises(Unreachable):
        Fetcher(seconds=2).fetch(source)


@pytest.mark.once
def test_an_address_is_fetched_with_limits(httpd: Any) -> None:
    fetcher = Fetcher(private=True, seconds=5)
    assert fetcher.fetch(httpd("/picture")) == a_picture()
    assert fetcher.fetch(httpd("/moved")) == a_picture()
    for path in ("/round", "/missing", "/long", "/away"):
        with pytest.raises(Unacceptable):
            fetcher.fetch(httpd(path))


@pytest.fixture
def httpd() -> Any:
    """Somebody else's server, on a port of its own."""

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            led = {"/moved": "/picture", "/round": "/round", "/away": "file:///etc/passwd"}.get(self.path)
            self.send_response(302 if led else 404 if self.path == "/missing" else 200)
            if led:
                self.send_header("Location", led)
            if self.path == "/long":
                self.send_header("Content-Length", str(LARGEST + 1))
            self.end_headers()
            if self.path == "/picture":
                self.wfile.write(a_picture())

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield lambda path: f"http://127.0.0.1:{server.server_port}{path}"
    server.shutdown()
    thread.join()
    server.server_close()
