"""A preview on this machine: serves a built site as a plain web host would, and tells open pages of new builds.

The script that reloads a page is added here, in the answer; no published file contains it.
"""

import contextlib
import threading
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.problems import Problem, Refusal

EVENTS = "/_pressmark/events"
SCRIPT = "/_pressmark/reload.js"
_RELOAD = b"""new EventSource("/_pressmark/events").addEventListener("built", () => location.reload());\n"""
_TAG = b'<script src="/_pressmark/reload.js" defer></script></body>'


class Preview(ThreadingHTTPServer):
    """The server; `reloads` adds the reload script to pages."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], site: Path, base_path: str, reloads: bool) -> None:
        self.site = site.resolve()
        self.base_path = base_path
        self.reloads = reloads
        self.news = threading.Condition()
        self.builds = 0
        super().__init__(address, _Handler)

    def announce(self) -> None:
        """Tells every open page that there is a new build."""
        with self.news:
            self.builds += 1
            self.news.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle of an answer is no error."""


def open_preview(site: Path, host: str, port: int | None, base_path: str, *, reloads: bool) -> Preview:
    """A preview on `port`, or on the first free one from 8000 when none was asked for; raises Refusal."""
    for candidate in [port] if port is not None else range(8000, 8100):
        try:
            return Preview((host, candidate), site, base_path, reloads)
        except OSError as error:
            reason = error.strerror
    hint = "choose another with --port, or stop the program that uses it"
    raise Refusal(Problem(f"{host}:{port or 8000}", f"cannot be served on: {reason}", hint))


class _Handler(SimpleHTTPRequestHandler):
    server: Preview
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".bib": "text/plain; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".ris": "application/x-research-info-systems; charset=utf-8",
        ".avif": "image/avif",
        ".webp": "image/webp",
    }

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if self.server.reloads and path == EVENTS:
            self._tell_news()
        elif self.server.reloads and path == SCRIPT:
            self._answer(HTTPStatus.OK, "text/javascript", _RELOAD)
        else:
            self._serve(path)

    def do_HEAD(self) -> None:
        self._serve(urlsplit(self.path).path)

    def _serve(self, address: str) -> None:
        file = self._file(address)
        if file is not None and file.is_dir():
            if not address.endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", "/" + address.lstrip("/") + "/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            file = file / "index.html"
        status = HTTPStatus.OK
        try:
            data = file.read_bytes() if file is not None else None
        except OSError:
            data = None
        if data is None:
            status, file = HTTPStatus.NOT_FOUND, self.server.site / "404.html"
            data = file.read_bytes() if file.is_file() else b"Not found\n"
        assert file is not None
        kind = self.guess_type(str(file))
        if kind in ("text/html", "text/css", "text/javascript", "text/plain", "application/xml", "text/xml"):
            kind += "; charset=utf-8"
        if self.server.reloads and kind.startswith("text/html"):
            data = data.replace(b"</body>", _TAG, 1)
        self._answer(status, kind, data)

    def _file(self, address: str) -> Path | None:
        """The file an address means, inside the site and nowhere else."""
        base = self.server.base_path
        if base != "/" and address.startswith(base):
            address = "/" + address.removeprefix(base)
        parts = [part for part in unquote(address).split("/") if part not in ("", ".")]
        if any(part == ".." or "\\" in part or "\0" in part for part in parts):
            return None
        file = self.server.site.joinpath(*parts)
        try:
            return file if file.resolve().is_relative_to(self.server.site) else None
        except (OSError, RuntimeError):
            return None

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-cache")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

    def _tell_news(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        seen = self.server.builds
        with contextlib.suppress(OSError):
            while True:
                with self.server.news:
                    self.server.news.wait_for(lambda: self.server.builds != seen, timeout=15)
                    is_news, seen = self.server.builds != seen, self.server.builds
                # A comment now and then finds out that a browser has gone.
                self.wfile.write(b"event: built\ndata: \n\n" if is_news else b": still here\n\n")
                self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Requests are not news to a keeper."""
