"""Settled changes: events of the file system, without those of reading, of editors' droppings and of our own output.

A burst (an editor's save by rename, a checkout of two hundred files) counts as one change once it is quiet.
"""

import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

QUIET = 0.05
"""Seconds without an event after which a burst is over."""

WATCHED = ("seeds", "content", "templates", "pressmark.toml")
_TELLING = frozenset({"created", "modified", "moved", "deleted"})


def is_of_interest(path: str) -> bool:
    """Whether a change of this path (below the root) can change the site."""
    parts = path.split("/")
    name = parts[-1]
    hidden = any(part.startswith(".") for part in parts)
    dropping = name.endswith(("~", ".swp", ".swx", ".tmp", ".unfinished")) or name.startswith("#") or name == "4913"
    return parts[0] in WATCHED and not hidden and not dropping


class Changes:
    """Watches an archive; iterate over it to get one settled set of changed paths after another."""

    def __init__(self, root: Path, *, poll: bool = False) -> None:
        self._root = root.resolve()
        self._events: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._observer: Any = PollingObserver(timeout=0.5) if poll else Observer()
        self._observer.schedule(_Handler(self._note), str(self._root), recursive=True)

    def __enter__(self) -> "Changes":
        self._observer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join(5)

    def stop(self) -> None:
        """Ends the iteration."""
        self._events.put(None)

    def __iter__(self) -> Iterator[frozenset[str]]:
        while (first := self._events.get()) is not None:
            changed = {first}
            while True:
                try:
                    more = self._events.get(timeout=QUIET)
                except queue.Empty:
                    break
                if more is None:
                    return
                changed.add(more)
            yield frozenset(changed)

    def _note(self, path: str) -> None:
        try:
            inner = Path(path).relative_to(self._root).as_posix()
        except ValueError:
            return
        if is_of_interest(inner):
            self._events.put(inner)


class _Handler(FileSystemEventHandler):
    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        # Reading emits events as well: whoever listened to those would build for ever.
        if event.event_type not in _TELLING or (event.is_directory and event.event_type == "modified"):
            return
        for path in (event.src_path, getattr(event, "dest_path", "")):
            if path:
                self._note(path.decode() if isinstance(path, bytes) else path)
