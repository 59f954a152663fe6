"""Watches that run, and a Chromium before them."""

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.build import Options
from generator.watch import News, Watch, Wishes

PATIENCE = 30.0


def wait_for(is_true: Callable[[], Any], what: str = "", patience: float = PATIENCE) -> Any:
    """What the function gives once it gives something; fails after `patience` seconds."""
    end = time.monotonic() + patience
    while not (found := is_true()):
        assert time.monotonic() < end, what or "waited in vain"
        time.sleep(0.02)
    return found


class Watched:
    """A watch over an archive, in this process, with what it has told so far."""

    def __init__(self, root: Path, **options: Any) -> None:
        self.root = root
        self.told: list[News] = []
        self.address = ""
        self.options = Options(**{"search": False, "jobs": 1, **options})
        self.watch = Watch(root, self.options, Wishes(port=0), self.told.append)
        self.thread = threading.Thread(target=self.watch.run, args=(self._announced,), daemon=True)

    def _announced(self, address: str) -> None:
        self.address = address

    def start(self) -> "Watched":
        self.thread.start()
        wait_for(lambda: self.address and self.told and self.is_quiet(), "the first build")
        return self

    def stop(self) -> None:
        self.watch.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()

    @property
    def builds(self) -> int:
        return sum(news.build is not None or bool(news.problems) for news in self.told)

    def is_quiet(self) -> bool:
        return self.watch.is_at_rest

    def settle(self, pause: float = 0.6) -> "Watched":
        """Waits until nothing has happened for a while."""
        quiet_since = time.monotonic()
        end = quiet_since + PATIENCE
        seen = -1
        while time.monotonic() - quiet_since < pause:
            if not self.is_quiet() or len(self.told) != seen:
                quiet_since, seen = time.monotonic(), len(self.told)
            assert time.monotonic() < end, "the watch does not come to rest"
            time.sleep(0.02)
        return self

    @property
    def site(self) -> Path:
        return self.root / "site"

    def published(self) -> dict[str, bytes]:
        return {
            file.relative_to(self.site).as_posix(): file.read_bytes()
            for file in sorted(self.site.rglob("*"))
            if file.is_file()
        }

    def clean_build(self, out: Path) -> dict[str, bytes]:
        """What `build --clean` makes of the archive as it is now."""
        from generator.build import build

        build(self.root, dataclasses.replace(self.options, out=out, clean=True))
        return {
            file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()
        }


@pytest.fixture
def watch() -> Iterator[Callable[..., Watched]]:
    """Starts watches, and ends them with the test."""
    running: list[Watched] = []

    def start(root: Path, **options: Any) -> Watched:
        running.append(Watched(root, **options))
        return running[-1].start()

    yield start
    for one in running:
        if one.thread.is_alive():
            one.stop()


@pytest.fixture
def small(archive: Any) -> Any:
    """An archive of three articles without captures."""
    for number in (1, 2, 3):
        archive.article(
            f"a{number}",
            f"title: Article {number}",
            f"date: 2022-0{number}-01",
            "author: [Ada Byron]",
            body=f"Text {number}.\n\n" * 30,
        )
    return archive


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[[str], Any]]:
    """Opens a page; what goes wrong on it (errors, other hosts) fails the test."""
    context = browser.new_context()
    wrong: list[str] = []

    def opened(address: str) -> Any:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console", lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None
        )
        page.on(
            "request",
            lambda request: wrong.append(request.url) if not request.url.startswith("http://127.0.0.1:") else None,
        )
        heard: set[str] = set()
        page.on("response", lambda answer: heard.add("news") if "/_pressmark/events?" in answer.url else None)
        page.on("requestfinished", lambda asked: heard.add("source") if asked.resource_type == "fetch" else None)
        page.goto(address)
        # A page is live once it listens, and stands still once it knows its own source.
        wait_for(lambda: page.wait_for_timeout(20) or heard == {"news", "source"}, "a live page")
        page.wait_for_timeout(100)
        return page

    yield opened
    context.close()
    assert not wrong
