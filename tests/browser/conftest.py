"""A real Chromium before a served site; whatever goes wrong on a page (errors, other hosts, dialogs) is noted."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

PATIENCE = 10_000
"""Milliseconds a test waits for what should come at once: the machine may be busy."""


@contextmanager
def served(site: Path, base_path: str = "/") -> Iterator[str]:
    """Serves a site as `pressmark serve` does; gives its address."""
    from generator.watching.preview import open_preview

    preview = open_preview(site, "127.0.0.1", 0, base_path)
    thread = threading.Thread(target=preview.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{preview.server_address[1]}{base_path}"
    finally:
        preview.shutdown()
        preview.server_close()
        thread.join()


class Visitor:
    """Somebody before a browser, who notes everything that should not happen."""

    def __init__(self, context: Any, address: str) -> None:
        self.address = address
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.wrong: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self._note(True, f"error: {error}"))
        self.page.on("request", lambda request: self._note(self._is_foreign(request.url), f"request: {request.url}"))
        self.page.on("dialog", self._dismiss)

    def _note(self, is_wrong: bool, what: str) -> None:
        if is_wrong:
            self.wrong.append(f"{urlsplit(self.page.url).path}: {what}")

    def _listen(self, message: Any) -> None:
        # A browser looks for /favicon.ico by itself where a page names no icon.
        is_wrong = message.type in ("error", "warning") and not message.location.get("url", "").endswith("/favicon.ico")
        self._note(is_wrong, f"console: {message.text} {message.location.get('url', '')}")

    def _is_foreign(self, url: str) -> bool:
        return url.startswith("http") and urlsplit(url).netloc != urlsplit(self.address).netloc

    def _dismiss(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def go(self, path: str = "") -> "Visitor":
        self.page.goto(self.address + path)
        return self

    def search(self, words: str) -> "Visitor":
        self.box.fill(words)
        return self

    @property
    def box(self) -> Any:
        return self.page.locator("#search_words")

    def titles(self, count: int) -> list[str]:
        """The titles of the results, once there are this many."""
        from playwright.sync_api import expect

        found = self.page.locator(".result-title")
        expect(found).to_have_count(count, timeout=PATIENCE)
        return found.all_inner_texts()

    def tick(self, facet: str, value: str) -> "Visitor":
        self.page.locator(f'fieldset[data-facet="{facet}"] input[value="{value}"]').check()
        return self


@pytest.fixture
def visitor(browser: Any) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors of a site; at the end nothing may have gone wrong on any page they saw."""
    contexts: list[Any] = []
    visitors: list[Visitor] = []

    def come(address: str, *, width: int = 1280, colours: str = "light", javascript: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=colours, java_script_enabled=javascript
        )
        contexts.append(context)
        visitors.append(Visitor(context, address))
        return visitors[-1]

    yield come
    # A page that is closed while it still fetches something complains of that; nobody is there to see it.
    wrong = [what for one in visitors for what in one.wrong]
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def reader_address(reader: Any) -> Iterator[str]:
    """The fixture archive, served below /reader/ as it was built for."""
    with served(reader.site, "/reader/") as address:
        yield address


@pytest.fixture
def serve() -> Callable[..., Any]:
    """Serves any site, for tests that build their own."""
    return served
