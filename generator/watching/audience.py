"""The open pages of the preview: each listens for news, and is told only what concerns it.

A page says when it begins to listen which bytes it shows; so nothing is missed between its loading and its listening.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.watching.showcase import NOT_FOUND

Message = tuple[str, Any]
"""The name of an event and its data, which must be fit for JSON."""

_MOST_REMEMBERED = 4000
_INDEX = "index.html"


@dataclass(eq=False, slots=True)
class Listener:
    """One open page: its path on the site, the digest of what it shows, and what it has not been told yet."""

    page: str
    digest: str
    news: "queue.SimpleQueue[Message | None]" = field(default_factory=queue.SimpleQueue)

    def next(self, patience: float) -> Message | None:
        """The next message; one without a name when there is none for `patience` seconds; None at the end."""
        try:
            return self.news.get(timeout=patience)
        except queue.Empty:
            return "", None


class Audience:
    """All open pages, and the assets that any of them may show."""

    def __init__(self, digest_of: Callable[[str], str]) -> None:
        self._digest_of = digest_of
        self._listeners: set[Listener] = set()
        self._assets: dict[str, str] = {}
        self._changed: dict[str, int] = {}
        self._states: dict[str, Any] = {}
        self._moved: dict[str, str] = {}
        self._lock = threading.Lock()
        self.turn = 0

    def join(self, page: str, digest: str, turn: int) -> Listener:
        """A page begins to listen; `turn` is that of its loading. What it has missed is told at once."""
        listener = Listener(page, digest)
        with self._lock:
            self._listeners.add(listener)
            missed = [path for path, when in self._changed.items() if when > turn]
            states = list(self._states.items())
            target = self._moved.get(page.removesuffix(_INDEX))
        if target is not None and self._digest_of(page) == self._digest_of(NOT_FOUND):
            listener.news.put(("moved", {"to": target}))
        for event, data in states:
            listener.news.put((event, data))
        self._tell_changes(listener, missed)
        return listener

    def leave(self, listener: Listener) -> None:
        """A page is closed."""
        with self._lock:
            self._listeners.discard(listener)

    def pages(self) -> frozenset[str]:
        """The paths of the pages that are open."""
        with self._lock:
            return frozenset(listener.page for listener in self._listeners)

    def shows(self, path: str, digest: str) -> None:
        """An asset (a stylesheet, a script, a picture) was given to some page."""
        with self._lock:
            self._assets[path] = digest
            while len(self._assets) > _MOST_REMEMBERED:
                self._assets.pop(next(iter(self._assets)))

    def look_again(self) -> frozenset[str]:
        """Compares what is shown with what would be shown now, and tells each page what concerns it; gives all changes."""
        with self._lock:
            listeners, assets = list(self._listeners), dict(self._assets)
        changed = {path: now for path, before in assets.items() if (now := self._digest_of(path)) != before}
        with self._lock:
            if changed:
                self.turn += 1
            self._assets |= changed
            self._changed |= dict.fromkeys(changed, self.turn)
        moved = [listener.page for listener in listeners if self._tell_changes(listener, changed)]
        return frozenset(moved) | frozenset(changed)

    def tell(self, event: str, data: Any, *, lasting: bool = False) -> None:
        """Tells every page; what is `lasting` is told to pages that come later too, until it is told anew."""
        with self._lock:
            if lasting:
                if self._states.get(event) == data:
                    return
                self._states[event] = data
            listeners = list(self._listeners)
        for listener in listeners:
            listener.news.put((event, data))

    def lead(self, moved: Mapping[str, str]) -> None:
        """Leads pages whose address has changed to the new one: those that are open now, and those that come later."""
        with self._lock:
            known = {old: moved.get(target, target) for old, target in self._moved.items()} | dict(moved)
            self._moved = {old: target for old, target in known.items() if old not in moved.values()}
            listeners = list(self._listeners)
        for listener in listeners:
            target = moved.get(listener.page.removesuffix(_INDEX))
            if target is not None:
                listener.news.put(("moved", {"to": target}))

    def close(self) -> None:
        """Sends everybody away."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener.news.put(None)

    def _tell_changes(self, listener: Listener, assets: Iterable[str]) -> bool:
        now = self._digest_of(listener.page) if listener.digest else ""
        is_changed = now != listener.digest
        listener.digest = now
        paths = sorted({*assets, *([listener.page] if is_changed else [])})
        if paths:
            listener.news.put(("changed", {"paths": paths, "turn": self.turn}))
        return is_changed
