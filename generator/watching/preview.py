"""A preview on this machine: serves a site as a plain web host would and, while watching, tells open pages of changes.

What makes a page live is added here, in the answer: one script before `</body>`. No published file contains it.
"""

import contextlib
import errno
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from generator.problems import Problem, Refusal
from generator.watching.addresses import is_own_host, site_path
from generator.watching.audience import Audience
from generator.watching.rooms import Answer, Room, Visit
from generator.watching.showcase import NOT_FOUND, Showcase, digest, file_path

OWN = "/_pressmark/"
EVENTS = OWN + "events"
_LIVE_FILES = ("preview.js", "preview.css", "review.js", "review.css")
_MOST_RECEIVED = 1_000_000
_HEARTBEAT = 15.0
_PORT_TAKEN = (errno.EADDRINUSE, errno.EACCES)
_TEXTS = ("text/html", "text/css", "text/javascript", "text/plain", "application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class Live:
    """What a preview needs to be live: its audience, its own files, its own pages, and whether there is a site yet."""

    audience: Audience
    files: Path
    room: Room
    is_ready: Callable[[], bool]


class Preview(ThreadingHTTPServer):
    """The server; without `live` it is a plain web host."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(
        self, address: tuple[str, int], showcase: Showcase, base_path: Callable[[], str], live: Live | None
    ) -> None:
        self.showcase = showcase
        self.base_path = base_path
        self.live = live
        self.names = frozenset({address[0].casefold(), *_machine_names()})
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Takes the address."""
        # The base class asks the network for this machine's name, which can take seconds.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle of an answer is no error."""

    @property
    def address(self) -> str:
        """Where the preview is to be found, as a URL."""
        host = self.server_name
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
        return f"http://{host}:{self.server_port}/"


def open_preview(
    site: Path | Showcase, host: str, port: int | None, base_path: str | Callable[[], str], live: Live | None = None
) -> Preview:
    """A preview on `port`, or on the first free one from 8000 when none was asked for; raises Refusal."""
    showcase = site if isinstance(site, Showcase) else Showcase(site)
    base = base_path if callable(base_path) else lambda: base_path
    reason = "no port from 8000 to 8099 is free"
    for candidate in [port] if port is not None else range(8000, 8100):
        try:
            return Preview((host, candidate), showcase, base, live)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            if getattr(error, "errno", None) not in _PORT_TAKEN:
                break  # it is the host that cannot be had: to ask for its address a hundred times takes minutes
    hint = "choose another with --port, or stop the program that uses it"
    raise Refusal(Problem(f"{host}:{8000 if port is None else port}", f"cannot be served on: {reason}", hint))


def _machine_names() -> frozenset[str]:
    name = socket.gethostname().casefold()
    return frozenset({name, name.split(".")[0], name.split(".")[0] + ".local"}) if name else frozenset()


class _Handler(SimpleHTTPRequestHandler):
    server: Preview
    protocol_version = "HTTP/1.1"
    timeout = 60
    # A head and a body in two packets would wait for each other (Nagle and delayed acknowledgement): 40 ms a page.
    wbufsize = -1
    disable_nagle_algorithm = True
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
        self._handle()

    def do_HEAD(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def _handle(self) -> None:
        path = urlsplit(self.path).path
        live = self.server.live
        if live is not None:
            if not is_own_host(self.headers.get("Host", ""), self.server.names):
                text = b"This preview answers under the name of this machine only. Start it with --host NAME to use another.\n"
                self._answer(Answer(HTTPStatus.FORBIDDEN, "text/plain", text))
                return
            if path == EVENTS and self.command == "GET":
                self._tell_news(live.audience)
                return
            answer = self._own_file(live, path) or live.room(self._visit(path))
            if answer is not None:
                self._answer(answer)
                return
        if self.command == "POST":
            self.close_connection = True
            self._answer(Answer(HTTPStatus.METHOD_NOT_ALLOWED, "text/plain", b"Only reading is possible here.\n"))
            return
        self._serve(path)

    def _visit(self, path: str) -> Visit:
        size = self.headers.get("Content-Length", "0")
        length = int(size) if size.isdecimal() else 0
        if length > _MOST_RECEIVED:
            self.close_connection = True
            length = 0
        body = self.rfile.read(length) if length else b""
        query = dict(parse_qsl(urlsplit(self.path).query))
        headers = {name.lower(): value for name, value in self.headers.items()}
        is_local = self.client_address[0] in ("127.0.0.1", "::1", "::ffff:127.0.0.1")
        return Visit(self.command, path, query, headers, body, is_local)

    def _own_file(self, live: Live, path: str) -> Answer | None:
        name = path.removeprefix(OWN)
        if not path.startswith(OWN) or name not in _LIVE_FILES:
            return None
        return Answer(HTTPStatus.OK, self.guess_type(name), (live.files / name).read_bytes())

    def _serve(self, address: str) -> None:
        showcase, live = self.server.showcase, self.server.live
        path = site_path(address, self.server.base_path())
        data = showcase.data(path) if path is not None else None
        if data is None and path is not None and showcase.is_folder(path):
            self._answer(
                Answer(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b""), {"Location": "/" + address.strip("/") + "/"}
            )
            return
        status, file = HTTPStatus.OK, file_path(path or "")
        if data is None:
            status, file = HTTPStatus.NOT_FOUND, NOT_FOUND
            data = showcase.data(NOT_FOUND)
            if live is not None and not live.is_ready():
                status, data = HTTPStatus.SERVICE_UNAVAILABLE, (live.files / "waiting.html").read_bytes()
        data = data if data is not None else b"Not found\n"
        kind = self.guess_type(file)
        if live is not None and path is not None:
            if kind == "text/html":
                data = _with_script(data, path, live.audience.turn)
            elif status is HTTPStatus.OK and not path.startswith("search/index/"):
                live.audience.shows(path, digest(data))
        self._answer(Answer(status, kind, data))

    def _answer(self, answer: Answer, headers: dict[str, str] | None = None) -> None:
        tag = f'"{digest(answer.data)[:32]}"'
        is_known = answer.status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag
        data = b"" if is_known else answer.data
        kind = answer.kind + "; charset=utf-8" if answer.kind in _TEXTS else answer.kind
        with contextlib.suppress(ConnectionError):
            self.send_response(HTTPStatus.NOT_MODIFIED if is_known else answer.status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-cache")
            self.send_header("ETag", tag)
            self.send_header("X-Content-Type-Options", "nosniff")
            if self.server.live is not None:
                self.send_header("X-Frame-Options", "SAMEORIGIN")
                self.send_header("Cross-Origin-Resource-Policy", "same-origin")
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

    def _tell_news(self, audience: Audience) -> None:
        asked = dict(parse_qsl(urlsplit(self.path).query))
        turn = asked.get("turn", "")
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        listener = audience.join(
            asked.get("page", ""), asked.get("digest", ""), int(turn) if turn.isdecimal() else audience.turn
        )
        try:
            self.wfile.write(b"retry: 500\n\n")
            self.wfile.flush()
            while (message := listener.next(_HEARTBEAT)) is not None:
                # A comment now and then finds out that a browser has gone.
                event, data = message
                self.wfile.write(
                    f"event: {event}\ndata: {json.dumps(data)}\n\n".encode() if event else b": still here\n\n"
                )
                self.wfile.flush()
        except OSError:
            pass
        finally:
            audience.leave(listener)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Requests are not news to a keeper."""


def _with_script(data: bytes, path: str, turn: int) -> bytes:
    """The page with the preview's script at its end; the script knows which page it is on and which bytes it shows."""
    page = path.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    script = (
        f'<script src="{OWN}preview.js" defer data-page="{page}" data-digest="{digest(data)}" data-turn="{turn}"></script>'
    ).encode()
    head, end, tail = data.rpartition(b"</body>")
    return head + script + end + tail if end else data + script
